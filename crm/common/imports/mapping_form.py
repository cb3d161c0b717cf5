"""The form in which columns, values for all rows and unknown words are given their meaning."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from crm.common.import_models import ImportRun
from crm.common.imports.fields import ImportField
from crm.common.imports.importer import Importer
from crm.common.imports.pipeline import (
    ImportRefused,
    bound_importer,
    sample_rows,
    save_mapping,
    unknown_values,
)
from crm.common.imports.rows import Progress
from crm.common.imports.vocabulary import OptionField
from crm.common.sheets.errors import column_letter

UNKNOWN_SHOWN = 50


@dataclass(frozen=True)
class Column:
    """One column of the table, with what it is assigned to."""

    index: int
    letter: str
    header: str
    samples: list[str]
    key: str


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
        values = self._sent_meanings(data)
        save_mapping(
            run=self.run,
            columns={index: key for index, key in columns.items() if key in known},
            values=values,
            defaults={key: data.get(f"fixed-{key}", "").strip() for key in self.importer().fields},
        )
        bound = bound_importer(self.run, self.importer)
        self.errors += [
            _("“%(name)s” needs a column or a value for all rows.") % {"name": field.label}
            for field in bound.missing_fields()
        ]
        self.asks_again = any(
            text not in values.get(key, {})
            for key, texts in unknown_values(self.run, bound).items()
            for text in texts[:UNKNOWN_SHOWN]
        )
        return not self.errors and not self.asks_again

    def refusal(self) -> Iterator[Progress]:
        """Refuse with the errors of the form; without errors there is only a new question to be asked."""
        if self.errors:
            raise ImportRefused(" ".join(self.errors))
        yield from ()

    def _sent_meanings(self, data: QueryDict) -> dict[str, dict[str, str]]:
        return {
            key: dict(zip(data.getlist(f"text-{key}"), data.getlist(f"meaning-{key}"), strict=False))
            for key in self.importer().fields
            if f"text-{key}" in data
        }

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
        return [
            Column(
                index=index,
                letter=column_letter(index),
                header=header,
                samples=[row[index] for row in samples],
                key=mapped.get(str(index), ""),
            )
            for index, header in enumerate(self.run.table["headers"])
        ]

    @property
    def targets(self) -> list[ImportField]:
        """The fields that a column can be assigned to."""
        return [field for field in self.bound.fields.values() if not field.fixed_only]

    @property
    def questions(self) -> list[FixedValue]:
        """The values for all rows that matter: of required fields without a column, and decisions."""
        mapped = self.bound.columns.values()
        return [
            fixed
            for fixed in self._fixed()
            if fixed.field.key not in mapped
            and (fixed.field.required or fixed.field.fixed_only or fixed.field.suggested)
        ]

    @property
    def further(self) -> list[FixedValue]:
        """The other values for all rows; for a field with a column they fill its empty cells."""
        asked = {fixed.field.key for fixed in self.questions}
        return [fixed for fixed in self._fixed() if fixed.field.key not in asked and not fixed.field.many]

    def _fixed(self) -> list[FixedValue]:
        bound = self.bound
        missing = {field.key for field in bound.missing_fields()} if self.data is not None else set()
        return [
            FixedValue(field, self.run.defaults.get(key, ""), key in missing)
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
