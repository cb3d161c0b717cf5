"""The invented names, formats and sentences in ``fixtures/demo`` that the demo data are drawn from."""

from __future__ import annotations

import csv
import datetime as dt
import json
from typing import Any

from django.conf import settings

FOLDER = settings.BASE_DIR / "fixtures" / "demo"


def read_json(name: str) -> Any:
    """Return the content of a file in ``fixtures/demo``."""
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


def read_collectives(name: str = "collectives.csv") -> list[dict[str, str]]:
    """Return organisations and bodies, one dictionary a row."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def day(text: str | None) -> dt.date | None:
    """Return the date of an ISO text; None for an empty one."""
    return dt.date.fromisoformat(text) if text else None
