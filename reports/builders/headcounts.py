"""Counts of people in a report: headcounts by age and sex, and what readers from outside are not told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.db.models import Sum
from django.utils.translation import gettext as _

from events.models import EventQuerySet, Headcount, HeadcountGroup, HeadcountSex
from reports.analysis.privacy import SHOWN, suppress
from reports.report import Cell, Column, Note, Section, Table


def person_counts(values: Sequence[int], *, is_outside: bool) -> list[Cell]:
    """Return counts of persons; for readers from outside those from one to four are not told."""
    return _told(values, suppress(values) if is_outside else [SHOWN] * len(values))


def _told(values: Sequence[int], marks: Sequence[str]) -> list[Cell]:
    return [
        Cell(value) if mark == SHOWN else Cell("<5" if 0 < value < 5 else "•", is_suppressed=True)
        for value, mark in zip(values, marks, strict=True)
    ]


def headcount_section(events: EventQuerySet, *, is_outside: bool) -> Section:
    """Return the headcounts of the held ones among ``events``, by age group and sex, with their sums."""
    counted: Counter[tuple[str, str]] = Counter()
    rows = Headcount.objects.filter(event__in=events.held()).order_by().values("group", "sex")
    for row in rows.annotate(people=Sum("count")):
        counted[row["group"], row["sex"]] = row["people"]
    if not counted:
        note = Note("info", _("No headcounts are recorded for this period."))
        return Section("headcounts", _("Headcounts"), (note,))
    matrix = _head_matrix(counted, is_outside=is_outside)
    columns = (
        Column("group", _("Age group")),
        *(Column(sex.value, str(sex.label), "integer") for sex in HeadcountSex),
        Column("sum", _("Sum"), "integer"),
    )
    table = Table(
        "headcounts",
        _("People counted at held events, by age and sex"),
        columns,
        matrix,
        footnote=_("Anonymous numbers. Who came twice is counted twice. They are not added to the names."),
    )
    return Section("headcounts", _("Headcounts"), (table,))


def _head_matrix(counted: Counter[tuple[str, str]], *, is_outside: bool) -> tuple[tuple[Cell, ...], ...]:
    groups, sexes = list(HeadcountGroup), list(HeadcountSex)
    width = len(sexes) + 1
    values = [[counted[group.value, sex.value] for sex in sexes] for group in groups]
    values.append([sum(row[column] for row in values) for column in range(len(sexes))])
    flat = [value for row in values for value in (*row, sum(row))]
    labels = [*(str(group.label) for group in groups), _("Sum")]
    marks = suppress(flat, _sums(len(labels), width)) if is_outside else [SHOWN] * len(flat)
    cells = _told(flat, marks)
    return tuple((Cell(label), *cells[row * width : (row + 1) * width]) for row, label in enumerate(labels))


def _sums(height: int, width: int) -> list[tuple[int, list[int]]]:
    """Return which position sums which, in a table read row by row that ends in a row and column of sums."""
    rows = [
        (row * width + width - 1, [row * width + column for column in range(width - 1)])
        for row in range(height)
    ]
    last = (height - 1) * width
    columns = [
        (last + column, [row * width + column for row in range(height - 1)]) for column in range(width)
    ]
    return rows + columns
