"""The targets of an import: what a column can mean, and how one of its cells becomes a value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from rapidfuzz import fuzz, process

from crm.common.fields import ONE_DAY, last_day
from crm.common.models import VocabularyTerm
from crm.common.sheets.cells import Cell, show
from crm.common.sheets.values import ValueProblem, parse_bool, parse_end_date, parse_text, refuse_fault
from crm.common.text import fold

Text = str | Promise

UNKNOWN = _("“%(value)s” is not known here.")
UNKNOWN_WITH_SUGGESTION = _("“%(value)s” is not known here. Did you mean %(suggestions)s?")
AMBIGUOUS = _("“%(value)s” is ambiguous: %(candidates)s.")
_SEPARATORS = str.maketrans({";": "\n", "|": "\n", "•": "\n"})
_SIMILAR = 60
_MARGIN = 8
SUGGESTIONS = 3


def resembling(text: str, names: Iterable[str]) -> list[str]:
    """Return the names that resemble the text, the likeliest first, and no also-rans."""
    hits = process.extract(
        text, list(names), scorer=fuzz.WRatio, processor=fold, limit=10, score_cutoff=_SIMILAR
    )
    return [name for name, score, _index in hits if score >= hits[0][1] - _MARGIN]


def unknown(value: str, known: Iterable[str]) -> ValueProblem:
    """Return the problem of an unknown value, with the known ones that resemble it."""
    return unknown_with(value, resembling(value, known)[:SUGGESTIONS])


def unknown_with(value: str, suggestions: Sequence[str]) -> ValueProblem:
    """Return the problem of an unknown value with these suggestions."""
    if not suggestions:
        return ValueProblem(UNKNOWN, value=value[:60])
    quoted = ", ".join(gettext("“%(value)s”") % {"value": name} for name in suggestions)
    return ValueProblem(UNKNOWN_WITH_SUGGESTION, value=value[:60], suggestions=quoted)


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


class OptionField(ImportField):
    """A field whose values are a closed list; each is known by code and by its names in both languages."""

    def meanings(self) -> dict[str, Any]:
        """Return folded name → value."""
        raise NotImplementedError

    @cached_property
    def _meanings(self) -> dict[str, Any]:
        return self.meanings()

    @cached_property
    def _seen(self) -> dict[str, Any]:
        """Texts as they stand in the table; a column repeats few of them thousands of times."""
        return {}

    def read(self, cell: Cell) -> Any:
        """Return the value that goes by this code or name."""
        refuse_fault(cell)
        return self.find(show(cell))

    def find(self, text: str) -> Any:
        """Return the value that goes by this code or name, or raise with suggestions."""
        if text in self._seen:
            return self._seen[text]
        try:
            found = self._seen[text] = self._meanings[fold(text)]
        except KeyError:
            raise self._unknown(text) from None
        return found

    def _unknown(self, text: str) -> ValueProblem:
        return unknown_with(text, [self.show(value) for value in self.nearest(text, SUGGESTIONS)])

    def knows(self, text: str) -> bool:
        """Tell whether some value goes by this text."""
        return fold(text) in self._meanings

    def nearest(self, text: str, limit: int = 1) -> list[Any]:
        """Return the values whose names in any language resemble the text, the likeliest first."""
        names = resembling(text, self._meanings)
        return list(dict.fromkeys(self._meanings[name] for name in names))[:limit]

    def code(self, value: Any) -> str:
        """Return the code of a value."""
        return str(getattr(value, "code", value))


class ChoiceField(OptionField):
    """A choice of the model. ``synonyms`` are further words for a code."""

    def __init__(
        self,
        key: str,
        words: str = "",
        *,
        choices: type[models.TextChoices],
        synonyms: dict[str, str] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(key, words, **options)
        self.choices = choices
        self.synonyms = synonyms or {}

    @property
    def options(self) -> Sequence[tuple[str, str]]:
        """Code and label of each choice."""
        return [(value, str(label)) for value, label in self.choices.choices if value]

    def meanings(self) -> dict[str, Any]:
        """Return every code, label and synonym."""
        found = {fold(word): code for word, code in self.synonyms.items()}
        for language in ("en", "de"):
            with translation.override(language):
                found |= {fold(str(label)): value for value, label in self.choices.choices if value}
        return found | {fold(str(value)): value for value, _label in self.choices.choices if value}

    def show(self, value: Any) -> str:
        """Return the label."""
        return str(self.choices(value).label) if value else ""


class TermField(OptionField):
    """A term of a vocabulary, as the office calls it in German or English."""

    def __init__(
        self, key: str, words: str = "", *, vocabulary: type[VocabularyTerm], **options: Any
    ) -> None:
        super().__init__(key, words, **options)
        self.vocabulary = vocabulary

    @cached_property
    def terms(self) -> list[VocabularyTerm]:
        """The terms in use."""
        return list(self.vocabulary._default_manager.filter(is_active=True))

    @property
    def options(self) -> Sequence[tuple[str, str]]:
        """Code and label of each term in use."""
        return [(term.code, term.label) for term in self.terms]

    def meanings(self) -> dict[str, Any]:
        """Return every code, name and part of a double name; whole names win."""
        found: dict[str, Any] = {}
        for term in self.terms:
            for part in (*term.name_de.split("/"), *term.name_en.split("/")):
                found.setdefault(fold(part), term)
                found.setdefault(fold(part.replace("*in", "")), term)
                found.setdefault(fold(part.replace("*", "")), term)
        for term in self.terms:
            found |= {fold(term.name_en): term, fold(term.name_de): term}
        return found | {fold(term.code): term for term in self.terms}


class TermsField(TermField):
    """Several terms of a vocabulary in one cell."""

    many = True

    def read(self, cell: Cell) -> list[VocabularyTerm]:
        """Return the terms named in the cell."""
        refuse_fault(cell)
        text = show(cell)
        # A term may itself hold a comma.
        entries = [text] if self.knows(text) else split_list(cell)
        return list(dict.fromkeys(self.find(entry) for entry in entries))

    def current(self, instance: models.Model) -> list[models.Model]:
        """Return the terms of the record; the importer fetches them for all rows at once."""
        return list(getattr(instance, self.key).all()) if instance.pk else []

    def same(self, old: Any, new: Any) -> bool:
        """Tell whether both are the same terms, in any order."""
        return {term.pk for term in old} == {term.pk for term in new}

    def show(self, value: Any) -> str:
        """Return the labels in a row."""
        return ", ".join(term.label for term in value)


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
