"""Counts of people in a report: headcounts by age and sex, and what readers from outside are not told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.db.models import Sum
from django.utils.translation import gettext as _

from events.models import EventQuerySet, Headcount, HeadcountGroup, HeadcountSex
from reports.analysis.privacy import PUBLISHED, SMALL, suppress
from reports.builders.shared.counts import BELOW_SIGN, HIDDEN_SIGN
from reports.builders.shared.links import Links, opened
from reports.report import Cell, Column, Note, Section, Table


def person_counts(
    values: Sequence[int], *, is_outside: bool, sums: Sequence[tuple[int, Sequence[int]]] = ()
) -> list[Cell]:
    """Return counts of persons; for readers from outside those from one to four are not told.

    ``sums`` says which position is the sum of which others, so that none tells another.
    """
    return _cells(values, suppress(values, sums) if is_outside else [PUBLISHED] * len(values))


def people_over_years(whole: int, years: Sequence[int], *, is_outside: bool) -> Cell:
    """Return how many different persons there were over several years.

    For readers from outside only where each year by itself is told, or is without anybody: else a report that
    ends a year earlier would tell how many came in the last one.
    """
    (cell,) = person_counts([whole], is_outside=is_outside)
    is_given_away = is_outside and any(0 < count < SMALL for count in years)
    return Cell(HIDDEN_SIGN, is_suppressed=True) if is_given_away and not cell.is_suppressed else cell


def _cells(values: Sequence[int], marks: Sequence[str]) -> list[Cell]:
    return [
        Cell(value)
        if mark == PUBLISHED
        else Cell(BELOW_SIGN if 0 < value < SMALL else HIDDEN_SIGN, is_suppressed=True)
        for value, mark in zip(values, marks, strict=True)
    ]


def headcount_section(events: EventQuerySet, links: Links, *, is_outside: bool) -> Section:
    """Return the headcounts of the held ones among ``events``, by age group and sex, with their sums."""
    counted: Counter[tuple[str, str]] = Counter()
    rows = Headcount.objects.filter(event__in=events.held()).order_by().values("group", "sex")
    for row in rows.annotate(people=Sum("count")):
        counted[row["group"], row["sex"]] = row["people"]
    if not counted:
        note = Note("info", _("No headcounts are recorded for held events of this period."))
        return Section("headcounts", _("Headcounts"), (note,))
    matrix = _head_matrix(counted, links, is_outside=is_outside)
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


def _head_matrix(
    counted: Counter[tuple[str, str]], links: Links, *, is_outside: bool
) -> tuple[tuple[Cell, ...], ...]:
    groups, sexes = list(HeadcountGroup), list(HeadcountSex)
    width = len(sexes) + 1
    values = [[counted[group.value, sex.value] for sex in sexes] for group in groups]
    values.append([sum(row[column] for row in values) for column in range(len(sexes))])
    flat = [value for row in values for value in (*row, sum(row))]
    labels = [*(str(group.label) for group in groups), _("Sum")]
    marks = suppress(flat, _sums(len(labels), width)) if is_outside else [PUBLISHED] * len(flat)
    cells = _cells(flat, marks)
    if not is_outside:
        codes = [
            f"{group}:{sex}" for group in (*HeadcountGroup.values, "") for sex in (*HeadcountSex.values, "")
        ]
        cells = [
            opened(cell, links.records("headcounts", code)) for cell, code in zip(cells, codes, strict=True)
        ]
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
