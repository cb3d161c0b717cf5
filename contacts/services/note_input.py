"""Reads what the quick note's dialog, or a script, sends: nonsense is nothing, never a crash."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from contacts.quick_note import Term

OLDEST = dt.timedelta(days=60)
MOST_ACTORS = 50


def as_terms(records: Any) -> list[Term]:
    """Return terms of a vocabulary as the parser knows them."""
    return [Term(record.code, (record.name_de, record.name_en)) for record in records]


def typed_day(value: Any) -> dt.date:
    """Return the local day on which a note was typed; today if that is unknown, too old or to come."""
    today = timezone.localdate()
    try:
        moment = parse_datetime(value) if isinstance(value, str) else None
        if moment is None:
            return today
        aware = timezone.make_aware(moment) if timezone.is_naive(moment) else moment
        day = timezone.localtime(aware).date()
    except (ValueError, OverflowError):
        return today
    return day if today - OLDEST <= day <= today else today


def read_keys(value: Any) -> list[int]:
    """Return the keys in a list, or in a text with commas; what is no key is left out."""
    parts = value if isinstance(value, list) else [value]
    texts = [piece.strip() for part in parts for piece in str(part).split(",")]
    return [int(text) for text in texts if text.isascii() and text.isdecimal() and len(text) < 19][
        :MOST_ACTORS
    ]


def read_choices(value: Any) -> dict[str, Any]:
    """Return what was chosen by hand; nonsense is nothing."""
    try:
        choices = json.loads(value) if isinstance(value, str) and value else value
    except (ValueError, RecursionError):
        return {}
    return choices if isinstance(choices, dict) else {}


def read_day(text: str) -> dt.date | None:
    """Return the day in a date field, None if it is none."""
    try:
        return parse_date(text)
    except ValueError:
        return None
