"""Where files are kept: one that cannot be written to its end leaves nothing behind."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage


class WholeFileStorage(FileSystemStorage):
    """Files on the disk of the server, each whole or not at all."""

    def _save(self, name: str, content: Any) -> str:
        is_new = not self.exists(name)
        try:
            return str(super()._save(name, content))  # type: ignore[misc]
        except BaseException:
            if is_new:  # names are random: nobody else has written there in the meantime
                with suppress(FileNotFoundError):
                    Path(self.path(name)).unlink()
            raise
