"""Where the machine's own Chromium is."""

import shutil

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_chromium() -> str | None:
    """Return the path of the first browser found, or None."""
    return next(filter(None, map(shutil.which, PROGRAMS)), None)
