"""Fields whose values are a list: choices of the model, terms of a vocabulary, records known by name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from django.db import models
from django.utils import translation

from core.imports.fields import IGNORED, ImportField, split_list
from core.imports.suggestions import KnownNames, UnknownWords, joined_remark, name_key, resembling
from core.models import VocabularyTerm
from core.sheets.cells import Cell, CellError, show
from core.sheets.values import ValueProblem, refuse_fault
from core.text import fold

# Between two terms; some terms hold one of these themselves.
_JOINTS = re.compile(r"\s*(?:/|&|\+|\b(?:und|and)\b)\s*")


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
            value = self._seen[text] = self._meanings[fold(text)]
        except KeyError:
            raise self._known.unknown(text) from None
        return value

    @cached_property
    def _known(self) -> KnownNames:
        return KnownNames(lambda: {name: self.name_of(value) for name, value in self._meanings.items()})

    def name_of(self, value: Any) -> str:
        """Return what one value of the list is called."""
        return self.show(value)

    def knows(self, text: str) -> bool:
        """Tell whether some value goes by this text."""
        return fold(text) in self._meanings

    def is_blank(self, cell: Cell) -> bool:
        """Tell whether the cell says nothing, and is no name of a value."""
        return super().is_blank(cell) and not self.knows(show(cell))

    def nearest(self, text: str) -> list[Any]:
        """Return the values whose names in any language resemble the text, the likeliest first."""
        return [self._meanings[name] for name in resembling(text, self._meanings)]

    def code(self, value: Any) -> str:
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
        super().__init__(key, words, is_text=False, **options)
        self.choices = choices
        self.synonyms = synonyms or {}

    @property
    def options(self) -> Sequence[tuple[str, str]]:
        """Code and label of each choice."""
        return [(value, str(label)) for value, label in self.choices.choices if value]

    def meanings(self) -> dict[str, Any]:
        """Return every code, label and synonym."""
        meanings = {fold(word): code for word, code in self.synonyms.items()}
        for language in ("en", "de"):
            with translation.override(language):
                meanings |= {fold(str(label)): value for value, label in self.choices.choices if value}
        return meanings | {fold(str(value)): value for value, _label in self.choices.choices if value}

    def show(self, value: Any) -> str:
        return str(self.choices(value).label) if value else ""


class TermField(OptionField):
    """A term of a vocabulary, as the office calls it in German or English."""

    def __init__(
        self, key: str, words: str = "", *, vocabulary: type[VocabularyTerm], **options: Any
    ) -> None:
        super().__init__(key, words, is_text=False, **options)
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
        meanings: dict[str, Any] = {}
        for term in self.terms:
            for part in (*term.name_de.split("/"), *term.name_en.split("/")):
                meanings.setdefault(fold(part), term)
                meanings.setdefault(fold(part.replace("*in", "")), term)
                meanings.setdefault(fold(part.replace("*", "")), term)
        for term in self.terms:
            meanings |= {fold(term.name_en): term, fold(term.name_de): term}
        return meanings | {fold(term.code): term for term in self.terms}


class TermsField(TermField):
    """Several terms of a vocabulary in one cell."""

    many = True

    def read(self, cell: Cell) -> list[VocabularyTerm]:
        """Return the terms named in the cell, or raise with every word that names none."""
        refuse_fault(cell)
        terms: dict[VocabularyTerm, None] = {}
        unknown: list[tuple[str, ValueProblem]] = []
        for word in self._words(cell):
            if self.is_blank(word):
                continue
            try:
                terms[self.find(word)] = None
            except ValueProblem as problem:
                unknown.append((word, problem))
        if unknown:
            raise UnknownWords(unknown)
        return list(terms)

    def unknown_words(self, cell: Cell) -> list[str]:
        """Return the words of the cell that name no term."""
        return [word for word in self._words(cell) if not self.knows(word) and not self.is_blank(word)]

    def translated(self, cell: Cell, meanings: Mapping[str, str]) -> Cell:
        """Return the cell with each of its words as the user meant it."""
        if isinstance(cell, CellError):
            return cell
        words = [meanings.get(name_key(word), word) for word in self._words(cell)]
        return "\n".join(word for word in words if word != IGNORED) or None

    def _words(self, cell: Cell) -> list[str]:
        """Return what is listed in the cell; a term may itself hold a comma, a slash or an “and”."""
        if isinstance(cell, CellError):
            return []
        words: list[str] = []
        for entry in split_list(cell, commas=False):
            for word in [entry] if self.knows(entry) else split_list(entry):
                parts = [part for part in _JOINTS.split(word) if part]
                words += parts if not self.knows(word) and all(map(self.knows, parts)) else [word]
        return list(dict.fromkeys(words))

    def name_of(self, value: Any) -> str:
        return str(value.label)

    def current(self, instance: models.Model) -> list[models.Model]:
        """Return the terms of the record; the importer fetches them for all rows at once."""
        return list(getattr(instance, self.key).all()) if instance.pk else []

    def same(self, old: Any, new: Any) -> bool:
        """Tell whether both are the same terms, in any order."""
        return {term.pk for term in old} == {term.pk for term in new}

    def show(self, value: Any) -> str:
        """Return the labels in a row."""
        return ", ".join(term.label for term in value)


class NamedField(ImportField):
    """A record of a short list, by any of its names. ``names`` yields name and record."""

    def __init__(
        self, key: str, words: str = "", *, names: Callable[[], Iterable[tuple[str, Any]]], **options: Any
    ) -> None:
        super().__init__(key, words, is_text=False, **options)
        self.names = names

    @cached_property
    def _by_name(self) -> dict[str, Any]:
        by_name: dict[str, Any] = {}
        for name, record in self.names():
            by_name.setdefault(name_key(name), record)
        return by_name

    @cached_property
    def _known(self) -> KnownNames:
        return KnownNames(lambda: {name: str(record) for name, record in self._by_name.items()})

    def is_blank(self, cell: Cell) -> bool:
        """Tell whether the cell says nothing, and is no name of a record."""
        return super().is_blank(cell) and name_key(show(cell)) not in self._by_name

    def remarks(self, cell: Cell, value: Any) -> Iterator[str]:
        """Tell where a record goes by another name or spelling."""
        yield from joined_remark(show(cell), str(value))

    def read(self, cell: Cell) -> Any:
        """Return the record of this name."""
        refuse_fault(cell)
        text = show(cell)
        try:
            return self._by_name[name_key(text)]
        except KeyError:
            raise self._known.unknown(text) from None
