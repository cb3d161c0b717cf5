"""The icons of the interface: drawn by the front-end build, inlined to take the colour of their text."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from pathlib import Path

BUILT = "frontend/dist/icons.json"


@lru_cache(maxsize=2)
def _read(base: Path, changed: int) -> dict[str, str]:
    drawings: dict[str, str] = json.loads((base / BUILT).read_text(encoding="utf-8"))
    return drawings


def drawings() -> dict[str, str]:
    """Return what the build drew, by name; nothing before the first build.

    A new build is noticed where somebody works on the site: a page has dozens of icons, and looking at the
    file for each takes a twentieth of the page's time.
    """
    base: Path = settings.BASE_DIR
    try:
        return _read(base, (base / BUILT).stat().st_mtime_ns if settings.DEBUG else 0)
    except FileNotFoundError:
        return {}


def icon_svg(name: str) -> SafeString:
    """Return an icon as SVG. It is decoration: the words beside it, or an aria-label, carry the meaning."""
    return _svg(name, drawings().get(name, ""))


@lru_cache(maxsize=512)
def _svg(name: str, drawing: str) -> SafeString:
    return format_html(
        '<svg class="ic" data-icon="{}" viewBox="0 0 24 24" fill="none" stroke="currentColor"'
        ' stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"'
        ' focusable="false">{}</svg>',
        name,
        mark_safe(drawing),  # noqa: S308 - drawn by our own build, never by users
    )
