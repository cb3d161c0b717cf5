"""The form in which columns, values for all rows and unknown words are given their meaning."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from core.imports.fields import IGNORED, ImportField
from core.imports.importer import Importer
from core.imports.models import ImportRun
from core.imports.pipeline import (
    ImportRefused,
    bound_importer,
    heading_question,
    sample_rows,
    save_mapping,
    unknown_values,
)
from core.imports.rows import Progress
from core.imports.suggestions import name_key
from core.imports.vocabulary import OptionField
from core.sheets.cells import clean_text, from_json, show
from core.sheets.errors import column_letter
from core.sheets.reader import TITLE_ROWS

UNKNOWN_SHOWN = 50
# As many as the page lets one type.
MAX_VALUE_CHARS = 1_000


@dataclass(frozen=True)
class Column:
    """One column of the table, with what it is assigned to."""

    index: int
    letter: str
    header: str
    samples: list[str]
    key: str
    # It merely counts the rows: worth a word where a field wants a lasting key.
    is_numbering: bool


@dataclass(frozen=True)
class FixedValue:
    """The value for all rows of one field."""

    field: ImportField
    value: str
    missing: bool


@dataclass(frozen=True)
class UnknownWord:
    """A word that a vocabulary does not know, with the code it stands for."""

    text: str
    meaning: str


class MappingForm:
    """What was uploaded and what it means; ``data`` is a sent form.

    Not a Django form: its fields are the columns of a stranger's table.
    """

    def __init__(self, run: ImportRun, importer: type[Importer], data: QueryDict | None = None) -> None:
        self.run = run
        self.importer = importer
        self.data = data
        self.errors: list[str] = []
        self.asks_again = False
        self._looked_at: tuple[object, set[str]] | None = None

    def save(self) -> bool:
        """Store a sent form; False when something is missing or a new question has to be asked."""
        data = self.data or QueryDict()
        columns = {index: data.get(f"column-{index}", "") for index in range(len(self.run.table["headers"]))}
        keys = [key for key in columns.values() if key]
        known = {f.key for f in self.importer().fields.values() if not f.fixed_only}
        twice = {key for key in keys if keys.count(key) > 1}
        if twice:
            names = ", ".join(str(self.importer().fields[key].label) for key in sorted(twice & known))
            self.errors.append(_("Two columns are assigned to the same field: %(names)s.") % {"names": names})
        columns = {index: key for index, key in columns.items() if key in known}
        unknown = unknown_values(self.run, self.importer(columns=columns))
        values = {key: self._sent_meanings(data, key, words) for key, words in unknown.items()}
        save_mapping(run=self.run, columns=columns, values=values, defaults=self._sent_defaults(data))
        if self.run.table.get("doubt"):
            self.errors.append(heading_question(self.run))
        bound = bound_importer(self.run, self.importer)
        self.errors += [
            _("“%(name)s” needs a column or a value for all rows.") % {"name": field.label}
            for field in bound.missing_fields()
        ]
        unasked = any(f"fixed-{key}" not in data for key in self._open)
        self.asks_again = unasked or any(
            word not in values[key] for key, words in unknown.items() for word in words[:UNKNOWN_SHOWN]
        )
        return not self.errors and not self.asks_again

    def refusal(self) -> Iterator[Progress]:
        """Refuse with the errors of the form; without errors there is only a new question to be asked."""
        if self.errors:
            raise ImportRefused(" ".join(self.errors))
        yield from ()

    def _sent_defaults(self, data: QueryDict) -> dict[str, str]:
        """Return the values for all rows; nothing is stored that a database could not keep."""
        values: dict[str, str] = {}
        for key, field in self.importer().fields.items():
            value = clean_text(data.get(f"fixed-{key}", "")) or ""
            if len(value) > MAX_VALUE_CHARS:
                self.errors.append(
                    _("The value for all rows of “%(name)s” is longer than %(limit)s characters.")
                    % {"name": field.label, "limit": MAX_VALUE_CHARS}
                )
                value = ""
            values[key] = value
        return values

    def _sent_meanings(self, data: QueryDict, key: str, words: list[str]) -> dict[str, str]:
        """Return what was said about the words that were asked for, by the word as the table writes it.

        Browsers change line breaks, and a tampered form may send anything: words are known by their spelling
        alone, and a meaning is one that was offered.
        """
        by_spelling = {name_key(word): word for word in words}
        offered = {"", IGNORED, *(code for code, _label in self.importer().fields[key].options or ())}
        sent = zip(data.getlist(f"text-{key}"), data.getlist(f"meaning-{key}"), strict=False)
        return {
            by_spelling[name_key(text)]: meaning if meaning in offered else ""
            for text, meaning in sent
            if name_key(text) in by_spelling
        }

    @property
    def _open(self) -> set[str]:
        """The decisions that the table leaves open."""
        state = (self.run.mapping, self.run.defaults)
        if self._looked_at is None or self._looked_at[0] != state:
            self._looked_at = (state, self.bound.open_questions(self.run.table["rows"]))
        return self._looked_at[1]

    # --- for the template --------------------------------------------------------------------------------

    @property
    def bound(self) -> Importer:
        """The importer as the mapping sets it up now."""
        return bound_importer(self.run, self.importer)

    @property
    def columns(self) -> list[Column]:
        """The columns in the order of the file."""
        samples = sample_rows(self.run)
        mapped = self.run.mapping["columns"]
        numbering = self.run.table.get("numbering", []) if any(f.is_key for f in self.targets) else []
        return [
            Column(
                index=index,
                letter=column_letter(index),
                header=header,
                samples=[row[index] for row in samples],
                key=mapped.get(str(index), ""),
                is_numbering=index in numbering,
            )
            for index, header in enumerate(self.run.table["headers"])
        ]

    @property
    def heading_rows(self) -> list[tuple[int, str]]:
        """Number and text of the rows that may hold the headings."""
        table = self.run.table
        body = zip(table["source_row_numbers"], table["rows"], strict=True)
        rows = [*table.get("head", []), *islice(body, TITLE_ROWS)][:TITLE_ROWS]
        texts = ((number, [show(from_json(cell)) for cell in cells]) for number, cells in rows)
        return [(number, " · ".join(text for text in cells if text)) for number, cells in texts]

    @property
    def targets(self) -> list[ImportField]:
        """The fields that a column can be assigned to."""
        return [field for field in self.bound.fields.values() if not field.fixed_only]

    @property
    def questions(self) -> list[FixedValue]:
        """The values for all rows that matter: of required fields without a column, and decisions."""
        bound, open_keys = self.bound, self._open
        return [
            fixed
            for fixed in self._fixed()
            if fixed.field.key not in bound.mapped
            and bound.matters(fixed.field)
            and (fixed.field.key in open_keys or _is_asked(fixed.field))
        ]

    @property
    def further(self) -> list[FixedValue]:
        """The other values for all rows; for a field with a column they fill its empty cells."""
        question_keys = {fixed.field.key for fixed in self.questions}
        return [
            fixed
            for fixed in self._fixed()
            if not (fixed.field.key in question_keys or fixed.field.many or fixed.field.fixed_only)
        ]

    def _fixed(self) -> list[FixedValue]:
        bound = self.bound
        missing = {field.key for field in bound.missing_fields()} if self.data is not None else set()
        open_keys = self._open
        return [
            FixedValue(field, self.run.defaults.get(key) or _usual(field, open_keys), key in missing)
            for key, field in bound.fields.items()
        ]

    @property
    def unknown(self) -> list[dict[str, Any]]:
        """Per field the words it does not know, with the meaning chosen or proposed."""
        bound = self.bound
        decided: Mapping[str, Mapping[str, str]] = self.run.mapping.get("values", {})
        return [
            {
                "field": bound.fields[key],
                "words": [
                    UnknownWord(text, self._meaning(bound.fields[key], text, decided.get(key, {})))
                    for text in texts[:UNKNOWN_SHOWN]
                ],
                "more": max(0, len(texts) - UNKNOWN_SHOWN),
            }
            for key, texts in unknown_values(self.run, bound).items()
        ]

    def _meaning(self, field: ImportField, text: str, decided: Mapping[str, str]) -> str:
        if text in decided:
            return decided[text]
        likely = field.nearest(text) if isinstance(field, OptionField) else []
        return field.code(likely[0]) if likely and isinstance(field, OptionField) else ""


def _usual(field: ImportField, open_keys: set[str]) -> str:
    """Return what a decision is that nobody could take yet: its column was not assigned, or not looked at."""
    return field.suggested if field.goes_with or field.key in open_keys else ""


def _is_asked(field: ImportField) -> bool:
    """Tell whether every table of this kind has to say, or may well leave open, what is to stand here."""
    return not field.only_if_needed and bool(field.required or field.fixed_only or field.suggested)
