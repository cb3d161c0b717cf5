"""What somebody who looks at the workbook does not see, and the import reads all the same."""

from __future__ import annotations

from typing import Any

from django.utils.translation import ngettext

from core.imports.groups import rows_named
from core.imports.models import ImportRun
from core.sheets.errors import column_letter


def table_notes(run: ImportRun) -> list[str]:
    """Return a sentence for each kind of hidden part; the table itself stays in the database."""
    names = ("headers", "hidden_rows", "hidden_columns", "hidden_sheets")
    table = ImportRun.objects.values(*(f"table__{name}" for name in names)).get(pk=run.pk)
    headers, rows, columns, sheets = (table[f"table__{name}"] or [] for name in names)
    return [*_rows(rows), *_columns(columns, headers), *_sheets(sheets)]


def _rows(numbers: list[int]) -> list[str]:
    if not numbers:
        return []
    text = ngettext(
        "%(rows)s is hidden in the workbook, perhaps by a filter. It is read like the others.",
        "%(rows)s are hidden in the workbook, perhaps by a filter. They are read like the others.",
        len(numbers),
    )
    return [text % {"rows": rows_named(numbers)}]


def _columns(indexes: list[int], headers: list[Any]) -> list[str]:
    named = [f"{column_letter(i)} {headers[i]}".strip() for i in indexes if i < len(headers)]
    if not named:
        return []
    text = ngettext(
        "This column is hidden in the workbook: %(columns)s.",
        "These columns are hidden in the workbook: %(columns)s.",
        len(named),
    )
    return [text % {"columns": ", ".join(named)}]


def _sheets(names: list[str]) -> list[str]:
    if not names:
        return []
    text = ngettext(
        "The workbook has a hidden sheet that is not read: %(sheets)s.",
        "The workbook has hidden sheets that are not read: %(sheets)s.",
        len(names),
    )
    return [text % {"sheets": ", ".join(names)}]
