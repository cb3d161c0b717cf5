"""Pasted tables whose first row says what the columns hold: names, given names, organisations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

from core.list_marks import bare_name
from core.text import fold, one_line

SEPARATORS = ("\t", ";", "|", ",")
HEADINGS = {
    "name": (
        "name",
        "namen",
        "vor und nachname",
        "vor und zuname",
        "vollstandiger name",
        "full name",
        "names",
    ),
    "family_name": ("nachname", "familienname", "zuname", "last name", "family name", "surname"),
    "given_name": ("vorname", "vornamen", "rufname", "first name", "given name"),
    "salutation": ("anrede", "form of address", "salutation"),
    "title": ("titel", "akad titel", "title"),
    "organisation": (
        *("organisation", "verein", "einrichtung", "institution", "firma", "gruppe", "initiative"),
        *("organization", "association", "institution"),
    ),
    # What is no part of a name is left out.
    "": (
        *("nr", "lfd nr", "lfd", "nummer", "no", "e mail", "email", "mail", "telefon", "tel", "telephone"),
        *("phone", "strasse", "adresse", "anschrift", "plz", "ort", "unterschrift", "anwesend", "funktion"),
        *("datum", "bemerkung", "bemerkungen", "notiz", "address", "signature", "date", "note"),
    ),
}
# A list of persons, or of anybody, may be called so.
PEOPLE = ("teilnehmer", "teilnehmerin", "teilnehmende", "teilnehmer innen", "anwesende", "participants")
_FIELDS = {
    fold(heading): field for field, headings in HEADINGS.items() for heading in headings
} | dict.fromkeys(PEOPLE, "name")


@dataclass(frozen=True)
class TableRow:
    """The cells of one row, by what their columns hold; ``line`` where it does not fit the headings."""

    name: str = ""
    family_name: str = ""
    given_name: str = ""
    salutation: str = ""
    title: str = ""
    organisation: str = ""
    line: str = ""


@dataclass(frozen=True)
class NameTable:
    """A table with its headings as they were written."""

    headings: tuple[str, ...]
    rows: tuple[TableRow, ...]


def read_table(text: str) -> NameTable | None:
    """Return the table in ``text``; None where its first row holds no headings.

    >>> read_table("Name;Vorname\\nMuster;Erika").rows[0].given_name
    'Erika'
    """
    lines = [line for line in text.splitlines() if line.strip()]
    for separator in SEPARATORS if lines else ():
        headings = [one_line(cell).strip("\"'„“”:") for cell in lines[0].split(separator)]
        columns = [_FIELDS.get(fold(heading), None if heading else "") for heading in headings]
        if None not in columns and {"name", "family_name", "given_name"} & set(columns):
            rows = tuple(_rows(lines[1:], separator, [column or "" for column in columns]))
            return NameTable(tuple(filter(None, headings)), rows)
    return None


def headings_of(text: str) -> str:
    """Return the row of headings that is left out of a pasted list; empty where there is none."""
    table = read_table(text)
    return ", ".join(table.headings) if table else ""


def _rows(lines: list[str], separator: str, columns: list[str]) -> Iterator[TableRow]:
    if "given_name" in columns and "family_name" not in columns:
        columns = ["family_name" if column == "name" else column for column in columns]
    names = {field.name for field in fields(TableRow)}
    for line in lines:
        # Where a row does not fit the headings, it is read as any other line.
        cells = [one_line(cell).strip("\"'„“”") for cell in line.split(separator)]
        if len(columns) == 1 or any(cells[len(columns) :]):
            yield TableRow(line=line)
            continue
        written = zip(columns, cells, strict=False)
        yield TableRow(**{column: bare_name(cell) for column, cell in written if column in names and cell})
