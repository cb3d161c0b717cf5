"""The targets of an import: what a column can mean, and how one of its cells becomes a value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from core.fields import ONE_DAY, last_day
from core.imports.suggestions import name_key
from core.models import VocabularyTerm
from core.sheets.cells import Cell, show
from core.sheets.days import AS_WRITTEN, Days, Reading, parse_date, parse_days
from core.sheets.values import ValueProblem, parse_bool, parse_text, refuse_fault, says_nothing
from core.text import fold, one_line

Text = str | Promise

# Said of a word of the table: it says nothing here, its cell counts as if it did not stand there.
IGNORED = "-"

_SEPARATORS = str.maketrans({";": "\n", "|": "\n", "•": "\n"})


def split_list(cell: Cell, *, commas: bool = True) -> list[str]:
    """Return the entries of a cell that holds several, parted by line, semicolon, bar or comma."""
    text = parse_text(cell).translate(_SEPARATORS)
    if commas:
        text = text.replace(",", "\n")
    return list(dict.fromkeys(one_line(entry) for entry in text.split("\n") if entry.strip()))


def label_in(model: type[models.Model], name: str) -> Text:
    """Return what the model calls this field, or what its related rows are called."""
    field: Any = model._meta.get_field(name)
    is_reverse = field.auto_created and not field.concrete
    label: Any = field.related_model._meta.verbose_name_plural if is_reverse else field.verbose_name
    text: Text = capfirst(label)
    return text


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
    only_if_needed
        Such a decision that is asked for only where the table leaves it open.
    is_text
        Any words may stand here, also "–" and "NA"; in other fields these say nothing.
    goes_with
        Key of the field without whose column the decision would decide nothing.
    """

    many = False
    # By this the record is found again in later lists: a column that merely counts the rows is never guessed.
    is_key = False

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
        only_if_needed: bool = False,
        goes_with: str = "",
        is_stored: bool = True,
        is_text: bool | None = None,
        help_text: Text = "",
    ) -> None:
        self.key = key
        self.label = label
        self.words = [word.strip() for word in words.split(",")]
        self.parse = parse
        self.required = required
        self.suggested = suggested
        self.fixed_only = fixed_only
        self.only_if_needed = only_if_needed
        self.is_text = parse is parse_text if is_text is None else is_text
        self.goes_with = goes_with
        self.is_stored = is_stored
        self.help_text = help_text

    @property
    def options(self) -> Sequence[tuple[str, str]] | None:
        """Code and label of every possible value; None where any value may stand."""
        return None

    def read(self, cell: Cell) -> Any:
        """Return the value of a cell that is not empty, or raise ``ValueProblem``."""
        return self.parse(cell)

    def is_blank(self, cell: Cell) -> bool:
        """Tell whether the cell, though not empty, says nothing."""
        return not self.is_text and says_nothing(cell)

    def remarks(self, cell: Cell, value: Any) -> Iterator[str]:
        """Yield what the preview tells about a cell that was understood otherwise than it is written."""
        yield from ()

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

    def unknown_words(self, cell: Cell) -> list[str]:
        """Return what stands in the cell and has no meaning here."""
        text = show(cell)
        return [text] if text and not self.knows(text) and not self.is_blank(text) else []

    def translated(self, cell: Cell, meanings: Mapping[str, str]) -> Cell:
        """Return the cell with what the user said about it; ``meanings`` are known by ``name_key``."""
        meaning = meanings.get(name_key(show(cell)), cell)
        return None if meaning == IGNORED and meaning is not cell else meaning


class DateField(ImportField):
    """A day.

    Parameters
    ----------
    end
        Of a month or a year the last day is meant.
    is_past
        A year of two figures is the last one that was.
    takes_several
        Several days may stand here: "6.–7.4.2019".
    """

    def __init__(
        self,
        key: str,
        words: str = "",
        *,
        end: bool = False,
        is_past: bool = False,
        takes_several: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(key, words, is_text=False, **options)
        self.end = end
        self.takes_several = takes_several
        self.reading: Reading = replace(AS_WRITTEN, is_past=is_past)

    def settle(self, *, month_first: bool | None) -> None:
        """Say which comes first where the cells can be read either way."""
        self.reading = replace(self.reading, month_first=month_first)

    def read(self, cell: Cell) -> Any:
        """Return the day; of several the first, where another field has room for the last."""
        if self.takes_several:
            return self.read_days(cell).first
        return parse_date(cell, end=self.end, reading=self.reading)

    def read_days(self, cell: Cell) -> Days:
        """Return the first and the last day that are meant."""
        return parse_days(cell, reading=self.reading)


class UntilField(DateField):
    """The inclusive last day of a time, stored as the day after it."""

    def __init__(self, key: str, words: str = "", **options: Any) -> None:
        super().__init__(key, words, end=True, **options)

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

    def is_blank(self, cell: Cell) -> bool:
        """Tell whether the cell says nothing; a dash says no."""
        return super().is_blank(cell) and not self.knows(show(cell))

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

    def read(self, cell: Cell) -> list[Any]:
        """Return the entries of the cell."""
        refuse_fault(cell)
        entries = split_list(cell, commas=self.commas)
        for text in entries:
            try:
                self.entry.clean(text, None)
            except ValidationError as error:
                raise ValueProblem("%(reason)s", reason=" ".join(error.messages)) from error
        return entries

    def current(self, instance: models.Model) -> list[Any]:
        """Return the entries that the record has."""
        if not instance.pk:
            return []
        return [getattr(row, self.entry.name) for row in getattr(instance, self.key).all()]

    def added(self, old: list[Any], new: list[Any]) -> list[Any]:
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
