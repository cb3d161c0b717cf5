"""How pictures are drawn on the server: in the type and colours of the pages, the same bytes every time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

import matplotlib as mpl
from matplotlib import font_manager

from reports.renderers.colours import INK, MUTED
from reports.renderers.fonts import FAMILY, font_files

STYLE: Any = {
    "font.size": 9,
    "text.color": INK,
    "axes.edgecolor": MUTED,
    "axes.labelcolor": MUTED,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "hatch.linewidth": 0.6,
    "hatch.color": "white",
    "svg.fonttype": "path",
    "svg.hashsalt": "report",
    # A name with two dollar signs is no formula.
    "text.parse_math": False,
}
# matplotlib keeps its settings for the whole process, and may draw for one at a time.
_lock = Lock()


@contextmanager
def drawing_style() -> Iterator[None]:
    """Draw in our style, one at a time."""
    with _lock, mpl.rc_context(STYLE | {"font.family": _family()}):
        yield


def _family() -> list[str]:
    """Make the type known, and name it."""
    known = {entry.fname for entry in font_manager.fontManager.ttflist}
    for path in font_files():
        if str(path) not in known:
            font_manager.fontManager.addfont(path)
    return [FAMILY, "DejaVu Sans"] if font_files() else ["DejaVu Sans"]
