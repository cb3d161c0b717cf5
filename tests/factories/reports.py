"""Small reports for tests of the renderers."""

import base64
import datetime as dt
from typing import Any

from reports.models import SavedReport
from reports.report import (
    Cell,
    Column,
    Definition,
    Figure,
    Note,
    Picture,
    Report,
    Section,
    Series,
    StoredDrawing,
    Table,
)
from reports.saving import save_report
from tests.factories.accounts import UserFactory

CREATED = dt.datetime(2021, 12, 31, 23, 30, tzinfo=dt.UTC)

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><circle cx="5" cy="5" r="4"/></svg>'
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAAD0lEQVR4nGMUCctnYGAAAAPwANuqFR2xAAAAAElFTkSuQmCC"
)


def small_picture() -> Picture:
    """Return a drawing."""
    return Picture(
        "graph", "Bild des Netzwerks", StoredDrawing(SVG, PNG), alt="Zwei Punkte.", caption="Stand 2020."
    )


def small_report(**changes: object) -> Report:
    """Return a report with a note, a figure and a table that holds every kind of value."""
    table = Table(
        key="years",
        title="Jahr für Jahr",
        columns=(
            Column("year", "Jahr"),
            Column("held", "Gehalten", "integer"),
            Column("share", "Anteil", "percent", 1),
            Column("mean", "Mittel", "decimal", 2),
            Column("day", "Tag", "date"),
        ),
        rows=(
            (
                Cell("2019", "/events/?year=2019"),
                Cell(1234),
                Cell(0.125),
                Cell(2.5),
                Cell(dt.date(2019, 6, 15)),
            ),
            (Cell("=2+2"), Cell(None), Cell(None), Cell(None), Cell(None)),
        ),
        footnote="Ohne Gewähr.",
    )
    figure = Figure(
        key="held",
        title="Gehalten",
        kind="bar",
        categories=("2019", "2020"),
        series=(Series("Gehalten", (3, None)),),
        alt="2019 drei, 2020 unbekannt.",
    )
    fields: dict[str, object] = {
        "kind": "network",
        "key": "k1",
        "title": "Netzwerkbericht",
        "period": "2019–2020",
        "author": "Mara Muster",
        "created": CREATED,
        "data_date": dt.date(2022, 1, 1),
        "parameters": (("Büro", "mit"),),
        "sections": (
            Section(
                "overview",
                "Überblick: [alles]",
                (Note("warning", "Wenige Zahlen."), figure, table),
                "Ein Satz.",
            ),
            Section("rest", "Überblick: [alles]", (Table("none", "Leer", (Column("a", "A"),), ()),)),
        ),
        "definitions": (Definition("Gehalten", "Fand statt."),),
    }
    return Report(**{**fields, **changes})


def report_of(texts: list[str], columns: int = 1) -> Report:
    """Return a report of one table with these texts in every column."""
    heads = tuple(Column(f"c{number}", f"Spalte {number}") for number in range(columns))
    rows = tuple(tuple(Cell(text) for _column in heads) for text in texts)
    return small_report(sections=(Section("s", "Kapitel", (Table("t", "Tabelle", heads, rows),)),))


def saved_report(*, user: Any = None, report: Report | None = None, **options: Any) -> SavedReport:
    """Return a saved report; without a user, of somebody new at the office."""
    kept = report or small_report()
    return save_report(report=kept, user=user or UserFactory.create(role="staff"), **options)
