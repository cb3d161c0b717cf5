"""The targets of an import: what a column can mean, and how one of its cells becomes a value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from crm.common.fields import ONE_DAY, last_day
from crm.common.models import VocabularyTerm
from crm.common.sheets.cells import Cell, show
from crm.common.sheets.values import ValueProblem, parse_bool, parse_end_date, parse_text, refuse_fault
from crm.common.text import fold

Text = str | Promise

_SEPARATORS = str.maketrans({";": "\n", "|": "\n", "•": "\n"})


def split_list(cell: Cell, *, commas: bool = True) -> list[str]:
    """Return the entries of a cell that holds several, parted by line, semicolon, bar or comma."""
    text = parse_text(cell).translate(_SEPARATORS)
    if commas:
        text = text.replace(",", "\n")
    return list(dict.fromkeys(entry.strip() for entry in text.split("\n") if entry.strip()))


class ImportField:
    """A field of the record that a column can be assigned to.

    Parameters
    ----------
    key
        Name of the model field unless ``attribute`` names another; also what the command line uses.
    words
        How headings call it, German and English, parted by commas, the usual one first.
    label
        How the field is called here, unless the model's own name for it says it.
    suggested
        Offered as the value for all rows when no column fits; shown, never silent.
    fixed_only
        A decision about the whole table; no column can be assigned to it.
    """

    many = False

    def __init__(
        self,
        key: str,
        words: str = "",
        *,
        label: Text = "",
        parse: Callable[[Cell], Any] = parse_text,
        required: bool = False,
        suggested: str = "",
        fixed_only: bool = False,
        is_stored: bool = True,
        help_text: Text = "",
    ) -> None:
        self.key = key
        self.label = label
        self.words = [word.strip() for word in words.split(",")]
        self.parse = parse
        self.required = required
        self.suggested = suggested
        self.fixed_only = fixed_only
        self.is_stored = is_stored
        self.help_text = help_text

    @property
    def options(self) -> Sequence[tuple[str, str]] | None:
        """Code and label of every possible value; None where any value may stand."""
        return None

    def read(self, cell: Cell) -> Any:
        """Return the value of a cell that is not empty, or raise ``ValueProblem``."""
        return self.parse(cell)

    def current(self, instance: models.Model) -> Any:
        """Return what the record holds now."""
        return getattr(instance, self.key)

    def same(self, old: Any, new: Any) -> bool:
        """Tell whether assigning ``new`` would change nothing."""
        return bool(old == new)

    def assign(self, instance: models.Model, value: Any) -> None:
        """Put the value into the record."""
        setattr(instance, self.key, value)

    def show(self, value: Any) -> str:
        """Return the value as text for the preview."""
        if value is None:
            return ""
        if isinstance(value, VocabularyTerm):
            return value.label
        if isinstance(value, bool | dt.date | dt.time | str | int | float):
            return show(value)
        if isinstance(value, Decimal):
            return f"{value.normalize():f}".replace(".", ",")
        return str(value)

    def knows(self, text: str) -> bool:
        """Tell whether this text has a meaning here; only fields with options can say no."""
        return True


class UntilField(ImportField):
    """The inclusive last day of a time, stored as the day after it."""

    def __init__(self, key: str, words: str = "", **options: Any) -> None:
        super().__init__(key, words, parse=parse_end_date, **options)

    def read(self, cell: Cell) -> dt.date:
        """Return the first day after the one that is written."""
        day: dt.date = super().read(cell)
        return day + ONE_DAY

    def show(self, value: Any) -> str:
        """Return the last day."""
        return super().show(last_day(value))


class BoolField(ImportField):
    """Yes or no."""

    def __init__(self, key: str, words: str = "", **options: Any) -> None:
        super().__init__(key, words, parse=parse_bool, **options)

    @property
    def options(self) -> Sequence[tuple[str, str]]:
        """Yes and no."""
        return [("ja", str(_("yes"))), ("nein", str(_("no")))]

    def knows(self, text: str) -> bool:
        """Tell whether the text says yes or no."""
        try:
            parse_bool(text)
        except ValueProblem:
            return False
        return True


class ListField(ImportField):
    """Entries that are added to a list of the record, such as telephone numbers; none is ever taken away."""

    many = True

    def __init__(
        self,
        key: str,
        words: str = "",
        *,
        entry: models.Field,
        same_entry: Callable[[str], str] = fold,
        commas: bool = True,
        **options: Any,
    ) -> None:
        super().__init__(key, words, **options)
        self.entry = entry
        self.same_entry = same_entry
        self.commas = commas

    def read(self, cell: Cell) -> list[str]:
        """Return the entries of the cell."""
        refuse_fault(cell)
        entries = split_list(cell, commas=self.commas)
        for text in entries:
            try:
                self.entry.clean(text, None)
            except ValidationError as error:
                raise ValueProblem("%(reason)s", reason=" ".join(error.messages)) from error
        return entries

    def current(self, instance: models.Model) -> list[str]:
        """Return the entries that the record has."""
        if not instance.pk:
            return []
        return [getattr(row, self.entry.name) for row in getattr(instance, self.key).all()]

    def added(self, old: list[str], new: list[str]) -> list[str]:
        """Return the entries of ``new`` that are not there yet."""
        have = {self.same_entry(text) for text in old}
        by_sameness = {self.same_entry(text): text for text in reversed(new)}
        return [text for same, text in reversed(by_sameness.items()) if same not in have]

    def same(self, old: Any, new: Any) -> bool:
        """Tell whether all entries are there already."""
        return not self.added(old, new)

    def show(self, value: Any) -> str:
        """Return the entries in a row."""
        return ", ".join(value)
