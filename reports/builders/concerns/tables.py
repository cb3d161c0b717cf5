"""The tables of the report about concerns; every count stands on one sheet, so that none tells another."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from reports.analysis.courses import Course, Durations, Key, Lot, ages, durations, lot, lots_by
from reports.analysis.privacy import SMALL
from reports.builders.concerns.courses import NOT_FORWARDED, PERSONS, department_names, term_labels
from reports.builders.shared.counts import HIDDEN_SIGN, CountSheet
from reports.builders.shared.links import opened
from reports.period import unfinished_year
from reports.report import Cell, Column, Figure, Note, Section, Series, Table
from reports.request import ReportRequest

COUNTS = ("number", "open", "settled", "forwarded", "answered", "told")
PARTS = ("number", "open", "settled")
STATE = {"open": {"is_open": "true"}, "settled": {"is_open": "false"}}
MARKS = {name: {"has": name} for name in ("forwarded", "answered", "told")}
WHOLE = "whole"


def without_gaps(years: dict[int, Lot]) -> dict[int, Lot]:
    """Return the years from the first to the last, also those in which nothing was raised."""
    return {year: years.get(year, lot(())) for year in range(min(years), max(years) + 1)} if years else {}


def _number(lots: Mapping[Any, Lot]) -> int:
    return sum(part.number for part in lots.values())


class Sheet:
    """All figures of one report about concerns."""

    def __init__(self, request: ReportRequest, courses: Sequence[Course]) -> None:
        self.request, self.courses = request, courses
        self.is_outside = not request.is_office
        self.whole = lot(courses)
        self.years = without_gaps(lots_by(courses, lambda course: course.raised_on.year))
        self.kinds = lots_by(courses, lambda course: course.kind)
        self.topics = lots_by(courses, lambda course: course.topic)
        self.departments = lots_by(self._passed_on(), lambda course: course.department)
        self.counts = self._counted()

    def _passed_on(self) -> list[Course]:
        """Return the concerns of the table by department; outside none tells how few were not forwarded."""
        return [
            course for course in self.courses if not self.is_outside or course.department is not NOT_FORWARDED
        ]

    def _counted(self) -> CountSheet:
        sheet = CountSheet(is_outside=self.is_outside)
        self._put(sheet, WHOLE, None, self.whole, COUNTS)
        for group, lots, names in (
            ("year", self.years, COUNTS),
            ("kind", self.kinds, PARTS),
            ("topic", self.topics, PARTS),
            ("department", self.departments, PARTS),
        ):
            for key, part in lots.items():
                self._put(sheet, group, key, part, names)
            for name in names if _number(lots) == self.whole.number else ():
                sheet.put_sum((WHOLE, None, name), [(group, key, name) for key in lots])
        if _number(self.departments) == self.whole.forwarded:
            forwarded = [("department", key, "number") for key in self.departments]
            sheet.put_sum((WHOLE, None, "forwarded"), forwarded)
        return sheet

    def _put(self, sheet: CountSheet, group: str, key: Hashable, part: Lot, names: tuple[str, ...]) -> None:
        for name in names:
            sheet.put((group, key, name), getattr(part, name))
        sheet.put_sum((group, key, "number"), [(group, key, "open"), (group, key, "settled")])

    # --- addresses ---

    def _url(self, parameters: dict[str, str]) -> str | None:
        """Return the list of the concerns behind a figure; none for those who may not open it."""
        if self.is_outside:
            return None
        first, last = self.request.period.start, self.request.period.last
        period = {"since": first.isoformat() if first else "", "until": last.isoformat() if last else ""}
        given = {name: text for name, text in {**period, **parameters}.items() if text}
        # An address with no wish at all would lead to what is open.
        return f"{reverse('contacts:concern_list')}?{urlencode(given or {'is_open': ''})}"

    def _cell(self, group: str, key: Hashable, name: str, parameters: dict[str, str]) -> Cell:
        state = STATE.get(name, MARKS.get(name, {}))
        return opened(self.counts.cell((group, key, name)), self._url({**parameters, **state}))

    # --- sections ---

    def sections(self) -> tuple[Section, ...]:
        """Return the chapters of the report."""
        return (
            self._overview(),
            *(self._parts() if self.courses else ()),
        )

    def _overview(self) -> Section:
        said = unfinished_year(self.years, self.request.today)
        notes = (Note("info", said),) if said else ()
        return Section("overview", _("Overview"), (*self._figures(), self._year_table(), *notes))

    def _parts(self) -> tuple[Section, ...]:
        """Return what the concerns are taken apart by; without any there is nothing to take apart."""
        kinds, topics = term_labels()
        return (
            Section("durations", _("How long it takes"), (self._duration_table(),)),
            Section("kinds", _("By kind"), (self._kind_table(kinds),)),
            Section("topics", _("By topic"), (self._topic_table(topics),)),
            Section("departments", _("By department"), (self._department_table(),)),
        )

    def _year_table(self) -> Table:
        columns = (
            Column("year", _("Year")),
            Column("number", _("Concerns"), "integer"),
            Column("open", _("Open"), "integer"),
            Column("settled", _("Settled"), "integer"),
            Column("forwarded", _("Forwarded"), "integer"),
            Column("answered", _("Answered"), "integer"),
            Column("told", _("Resident told"), "integer"),
        )
        rows = [
            (Cell(str(year)), *(self._cell("year", year, name, self._of_year(year)) for name in COUNTS))
            for year in self.years
        ]
        if len(rows) > 1:
            rows.append((Cell(_("Whole period")), *(self._cell(WHOLE, None, name, {}) for name in COUNTS)))
        return Table(
            "years",
            _("Concerns by the year in which they were raised"),
            columns,
            tuple(rows),
            empty_text=_("There is no concern of this period to be counted."),
        )

    @staticmethod
    def _of_year(year: int) -> dict[str, str]:
        return {"since": f"{year}-01-01", "until": f"{year}-12-31"}

    def _figures(self) -> tuple[Figure, ...]:
        if len(self.years) < 2:
            return ()
        parts = {name: [self.counts.value(("year", y, name)) for y in self.years] for name in PARTS}
        labels = tuple(str(year) for year in self.years)
        return (
            Figure(
                "concerns",
                _("Concerns per year"),
                "stacked_bar",
                labels,
                (
                    Series(_("Settled"), tuple(parts["settled"])),
                    Series(_("Open"), tuple(parts["open"])),
                ),
                _("Concerns per year from %(first)s to %(last)s, settled and open ones.")
                % {"first": labels[0], "last": labels[-1]},
            ),
        )

    def _duration_table(self) -> Table:
        courses = self.courses
        rows = (
            ("forwarded", _("Until first forwarded"), durations(c.to_forward for c in courses)),
            ("answered", _("Until first answered"), durations(c.to_answer for c in courses)),
            ("settled", _("Until settled"), durations(c.to_settle for c in courses)),
            ("open", _("Open ones, waiting so far"), ages(courses, today=self.request.today)),
        )
        columns = (
            Column("what", _("What")),
            Column("number", _("Concerns"), "integer"),
            Column("median", _("Median (days)"), "decimal", 1),
            Column("mean", _("Mean (days)"), "decimal", 1),
            Column("longest", _("Longest (days)"), "integer"),
        )
        return Table(
            "durations",
            _("Days from the day on which a concern was raised"),
            columns,
            tuple(
                (Cell(label), self._cell(WHOLE, None, name, {}), *self._days(WHOLE, None, name, {}, spans))
                for name, label, spans in rows
            ),
        )

    def _days(
        self, group: str, key: Hashable, name: str, parameters: dict[str, str], spans: Durations
    ) -> tuple[Cell, Cell, Cell]:
        """Return median, mean and longest; not told of a few, nor where their number is not told.

        They open the concerns that they were measured on.
        """
        is_published = not self.is_outside or (
            (not spans.count or spans.count >= SMALL) and self.counts.value((group, key, name)) is not None
        )
        if not is_published:
            hidden = Cell(HIDDEN_SIGN, is_suppressed=True)
            return hidden, hidden, hidden
        url = self._cell(group, key, name, parameters).url
        return Cell(spans.median, url), Cell(spans.mean, url), Cell(spans.longest, url)

    def _kind_table(self, labels: dict[str, str]) -> Table:
        rows = [(key, Cell(labels.get(key, key)), {"kind": key}) for key in self.kinds]
        return self._grouped("kind", _("Kind"), _("Concerns by kind"), self.kinds, rows)

    def _topic_table(self, labels: dict[str, str]) -> Table:
        rows = [
            (key, Cell(labels.get(key, key)), {"topic": key})
            if key
            else (key, Cell(_("without topic")), {"has": "no_topic"})
            for key in self.topics
        ]
        return self._grouped("topic", _("Topic"), _("Concerns by topic"), self.topics, rows)

    @cached_property
    def _names(self) -> dict[int, tuple[str, str]]:
        return department_names(on=self.request.last_day)

    def _department_table(self) -> Table:
        rows = [(key, *self._department(key)) for key in self.departments]
        return self._grouped(
            "department", _("Department"), _("Concerns by department"), self.departments, rows
        )

    def _department(self, key: int | None) -> tuple[Cell, dict[str, str]]:
        if key is None:
            return Cell(_("not forwarded")), {"has": "not_forwarded"}
        if key == PERSONS:
            return Cell(_("Persons")), {}
        name, mark = self._names[key]
        return Cell(name, mark=mark), {"department": str(key)}

    def _grouped(
        self,
        group: str,
        label: str,
        title: str,
        lots: dict[Key, Lot],
        rows: Sequence[tuple[Key, Cell, dict[str, str]]],
    ) -> Table:
        columns = (
            Column(group, label),
            Column("number", _("Concerns"), "integer"),
            Column("open", _("Open"), "integer"),
            Column("settled", _("Settled"), "integer"),
            Column("median", _("Median (days)"), "decimal", 1, _("From raised to settled.")),
            Column("mean", _("Mean (days)"), "decimal", 1, _("From raised to settled.")),
            Column("longest", _("Longest (days)"), "integer", explanation=_("From raised to settled.")),
        )
        # The order of sizes would tell what the sizes do not.
        ordered = sorted(
            rows, key=lambda row: (0 if self.is_outside else -lots[row[0]].number, str(row[1].value))
        )
        return Table(
            f"{group}s",
            title,
            columns,
            tuple(
                (
                    label_cell,
                    *(self._cell(group, key, name, parameters) for name in PARTS),
                    *self._days(group, key, "settled", parameters, lots[key].settling),
                )
                for key, label_cell, parameters in ordered
            ),
        )
