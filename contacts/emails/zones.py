"""The time zone that a date names behind its time, by number or by one of the old abbreviations."""

from __future__ import annotations

import datetime as dt
import re

# Hours east of Greenwich. What Central Europe calls its own time is missing on purpose: "MEZ" is written all
# summer long, and what is meant is the clock on the wall. So is everything that nobody knows.
_HOURS = {
    **dict.fromkeys(("z", "ut", "utc", "gmt", "wet"), 0),
    "bst": 1,
    "west": 1,
    "eet": 2,
    "oez": 2,
    "sast": 2,
    "eest": 3,
    "oesz": 3,
    "msk": 3,
    "trt": 3,
    "est": -5,
    "edt": -4,
    "cst": -6,
    "cdt": -5,
    "mst": -7,
    "mdt": -6,
    "pst": -8,
    "pdt": -7,
    "akst": -9,
    "akdt": -8,
    "hst": -10,
    "brt": -3,
    "jst": 9,
    "kst": 9,
    "aest": 10,
    "aedt": 11,
}
_TIME = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:[.,]\d+)?(?:\s*[ap]\.?m\.?)?(?:\s*uhr)?"
_NUMBER = re.compile(rf"{_TIME}\s*\(?(?:gmt|utc|ut|z)?\s?([+-])(\d{{1,2}}):?(\d{{2}})?\b", re.IGNORECASE)
_NAME = re.compile(rf"{_TIME}\s*\(?([a-z]{{1,5}})(?![\w.])", re.IGNORECASE)
_WINTER = re.compile(r"\b(cet|mez|met)\b", re.IGNORECASE)


def stated_zone(text: str) -> dt.tzinfo | None:
    """Return the zone behind the time in ``text``; None where the clock on the wall is meant.

    >>> stated_zone("23:30:00 +0530"), stated_zone("23:30 MESZ"), stated_zone("23:30 GMT")
    (datetime.timezone(datetime.timedelta(seconds=19800)), None, datetime.timezone.utc)
    """
    number = _NUMBER.search(text)
    if number:
        distance = dt.timedelta(hours=int(number[2]), minutes=int(number[3] or 0))
        return dt.timezone(distance if number[1] == "+" else -distance)
    name = _NAME.search(text)
    # The other letters of armies were used the wrong way round so often that they mean nothing (RFC 5322).
    word = name[1] if name else ""
    hours = 0 if len(word) == 1 and word.isupper() else _HOURS.get(word.lower())
    return None if hours is None else dt.timezone(dt.timedelta(hours=hours))


def says_winter(text: str) -> bool:
    """Tell whether a time in Central Europe is said to be that of winter."""
    return bool(_WINTER.search(text))
