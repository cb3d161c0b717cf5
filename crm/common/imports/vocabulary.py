"""Fields whose values are a list: choices of the model, terms of a vocabulary, records known by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any

from django.db import models
from django.utils import translation

from crm.common.imports.fields import ImportField, split_list
from crm.common.imports.suggestions import KnownNames, name_key, resembling
from crm.common.models import VocabularyTerm
from crm.common.sheets.cells import Cell, show
from crm.common.sheets.values import refuse_fault
from crm.common.text import fold


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
            raise self._known.unknown(text) from None
        return found

    @cached_property
    def _known(self) -> KnownNames:
        return KnownNames(lambda: {name: self.show(value) for name, value in self._meanings.items()})

    def knows(self, text: str) -> bool:
        """Tell whether some value goes by this text."""
        return fold(text) in self._meanings

    def nearest(self, text: str) -> list[Any]:
        """Return the values whose names in any language resemble the text, the likeliest first."""
        return [self._meanings[name] for name in resembling(text, self._meanings)]

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


class NamedField(ImportField):
    """A record of a short list, by any of its names. ``names`` yields name and record."""

    def __init__(
        self, key: str, words: str = "", *, names: Callable[[], Iterable[tuple[str, Any]]], **options: Any
    ) -> None:
        super().__init__(key, words, **options)
        self.names = names

    @cached_property
    def _by_name(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, record in self.names():
            found.setdefault(name_key(name), record)
        return found

    @cached_property
    def _known(self) -> KnownNames:
        return KnownNames(lambda: {name: str(record) for name, record in self._by_name.items()})

    def read(self, cell: Cell) -> Any:
        """Return the record of this name."""
        refuse_fault(cell)
        text = show(cell)
        try:
            return self._by_name[name_key(text)]
        except KeyError:
            raise self._known.unknown(text) from None
