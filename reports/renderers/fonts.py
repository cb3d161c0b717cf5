"""The type of documents and charts: the same as on the pages, brought along, never the machine's own."""

from __future__ import annotations

import logging
from functools import cache
from pathlib import Path

from django.conf import settings

FAMILY = "Source Sans 3"
FOLDER = Path(settings.BASE_DIR) / "frontend" / "dist" / "print-fonts"

logger = logging.getLogger(__name__)


@cache
def font_files() -> tuple[Path, ...]:
    """Return the files of the type; none where the front end has not been built, and then says so once.

    Documents are made all the same, in the type that their library brings.
    """
    files = tuple(sorted(FOLDER.glob("*.ttf")))
    if not files:
        logger.warning("No type for documents in %s: `npm run build` puts it there.", FOLDER)
    return files
