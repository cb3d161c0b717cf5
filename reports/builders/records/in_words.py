"""The value of a figure in words, where it is made of codes."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from actors.models import Sector
from events.models import EventType, HeadcountGroup, HeadcountSex, TaskKind
from reports import frames


def parts_in_words(figure: str, value: str) -> str:
    """Return the parts of a value, each in words; what has no word stays as it is."""
    words = {**_common(), **WORDS[figure]()}
    return ", ".join(words.get(part, part) for part in value.split(":") if part)


def _common() -> dict[str, str]:
    return {
        "none": _("without date"),
        "nobody": _("nobody recorded"),
        "by_office": _("by the office"),
        "independent": _("independent of the office"),
    }


def _headcount_words() -> dict[str, str]:
    return {code: str(label) for code, label in [*HeadcountGroup.choices, *HeadcountSex.choices]}


def _task_words() -> dict[str, str]:
    titles = {str(key): title for key, title in frames.load_series_titles().items()}
    return titles | frames.load_terms(TaskKind)


# The figures whose values are made of codes, and where their words are.
WORDS: dict[str, Callable[[], dict[str, str]]] = {
    "formats": lambda: {code: str(label) for code, label in Sector.choices},
    "formats_in": lambda: {str(space["pk"]): space["name"] for space in frames.load_spaces()},
    "headcounts": _headcount_words,
    "hours": dict,
    "engaged": dict,
    "persons": dict,
    "strong_year": dict,
    "tasks_format": _task_words,
    "tasks_year": dict,
    "visits": lambda: frames.load_terms(EventType),
}
