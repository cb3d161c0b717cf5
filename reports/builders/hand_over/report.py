"""The hand-over sheet: what a colleague has to know about the actors that somebody looks after.

Listed are the actors somebody is responsible for, and those only this person spoke to of late. It is written
for colleagues in the office, so confidential contacts are on it, marked as such.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.text import shorten
from reports.builders.hand_over.facts import LAST_CONTACTS, Facts, Matter, collect_facts
from reports.report import Cell, Column, Definition, Note, Report, Section, Table
from reports.request import ReportRequest

LONGEST_NOTES = 1500


def build_hand_over_sheet(request: ReportRequest, *, person: User) -> Report:
    """Return the sheet about the work of ``person``, as far as the viewer may see it."""
    today = request.today
    facts = collect_facts(request, person)
    return Report(
        kind="hand_over",
        key=request.key,
        title=_("Staff change sheet: %(name)s") % {"name": person},
        period=_("As of %(day)s") % {"day": date_format(today, "SHORT_DATE_FORMAT")},
        author=str(request.viewer),
        created=request.now,
        data_date=today,
        parameters=((_("Work of"), str(person)),),
        sections=tuple(_sections(facts)),
        definitions=_definitions(),
    )


def _sections(facts: Facts) -> list[Section]:
    warning = Note(
        "warning",
        _("Confidential: only for colleagues in the office. Do not pass on, and destroy after use."),
    )
    overview = (warning, _overview(facts))
    intro = _("The most pressing come first.") if len(facts.actors) > 1 else ""
    sections = [Section("overview", _("Overview"), overview, intro=intro)]
    if facts.actors:
        tables = tuple(_actor(facts, actor) for actor in facts.actors)
        sections.append(Section("actors", _("Actor by actor"), tables))
    if facts.elsewhere:
        sections.append(Section("elsewhere", _("Other open matters"), (_elsewhere(facts),)))
    return sections


def _overview(facts: Facts) -> Table:
    columns = (
        Column("actor", _("Actor")),
        Column("why", _("Why on this sheet")),
        Column("last", _("Last contact"), "date"),
        Column("due", _("Next contact due"), "date"),
        Column("open", _("Open matters"), "integer", explanation=_("Listed below, actor by actor.")),
        Column("overdue", _("Overdue"), "integer", explanation=_("Those of them whose day has passed.")),
    )
    rows = tuple(
        (
            Cell(actor.name, actor.get_absolute_url(), mark=actor.ended_text),
            Cell(_("responsible") if actor.pk in facts.responsible else _("known to nobody else")),
            Cell(facts.last_day(actor)),
            Cell(facts.next_due(actor)),
            Cell(len(facts.matters_of(actor))),
            Cell(facts.overdue(actor)),
        )
        for actor in facts.actors
    )
    empty = _("%(name)s is responsible for no actor that exists today, and none is known to %(name)s alone.")
    return Table("overview", _("Actors"), columns, rows, empty_text=empty % {"name": facts.person})


def _columns() -> tuple[Column, ...]:
    return (
        Column("what", _("What")),
        Column(
            "day",
            _("Day"),
            "date",
            explanation=_("Of what is open the day until when it is to be done, of a contact when it was."),
        ),
        Column("text", _("In short")),
        Column("who", _("Details")),
    )


def _actor(facts: Facts, actor: Any) -> Table:
    """Return what is to be known about one actor, what is open, and what was talked about last."""
    rows = [*_to_know(facts, actor), *map(_matter, facts.matters_of(actor)), *_contacts(facts, actor)]
    title = f"{actor.name} ({actor.actor_type.label})"
    empty = _("Neither a contact nor a way to reach it, notes or anything open is recorded.")
    return Table(f"actor-{actor.pk}", title, _columns(), tuple(rows), empty_text=empty)


def _to_know(facts: Facts, actor: Any) -> list[tuple[Cell, ...]]:
    rows: list[tuple[str, dt.date | None, str, str, str | None]] = []
    contact = facts.main_contacts.get(actor.pk)
    if contact is not None:
        person = contact.person
        numbers = ", ".join(phone.number for phone in person.phone_numbers.all())
        reached = " · ".join(filter(None, [contact.role, numbers, person.email]))
        rows.append((_("Main contact"), None, person.name, reached, person.get_absolute_url()))
    numbers = ", ".join(str(phone) for phone in actor.phone_numbers.all())
    reached = " · ".join(filter(None, [numbers, actor.email]))
    if reached:
        rows.append((_("Reached by"), None, reached, "", None))
    attention = facts.attention.get(actor.pk)
    if attention is not None:
        every = _("every %(days)s days") % {"days": attention.interval}
        rows.append((_("Next contact"), attention.next_due, str(attention.label), every, None))
    if actor.notes:
        rows.append((_("Notes"), None, shorten(actor.notes, LONGEST_NOTES), "", None))
    return [_row(*row) for row in rows]


def _contacts(facts: Facts, actor: Any) -> list[tuple[Cell, ...]]:
    return [
        _row(
            _("Contact (confidential)") if contact.is_confidential else _("Contact"),
            contact.date,
            contact.title,
            f"{contact.channel.label} · {contact.staff}",
            contact.get_absolute_url(),
        )
        for contact in facts.contacts.get(actor.pk, [])
    ]


def _matter(matter: Matter) -> tuple[Cell, ...]:
    return _row(matter.kind, matter.due, matter.text, matter.details, matter.url)


def _row(what: str, day: dt.date | None, text: str, details: str, url: str | None) -> tuple[Cell, ...]:
    return (Cell(what), Cell(day), Cell(text, url), Cell(details))


def _elsewhere(facts: Facts) -> Table:
    title = _("What is about nobody on this sheet")
    return Table("elsewhere", title, _columns(), tuple(map(_matter, facts.elsewhere)))


def _definitions() -> tuple[Definition, ...]:
    return (
        Definition(
            _("Known to nobody else"),
            _("All contacts of the last 24 months were logged by this one colleague."),
        ),
        Definition(
            _("Last contacts"),
            _("The latest %(count)s of each actor, whoever logged them.") % {"count": LAST_CONTACTS},
        ),
        Definition(
            _("Next contact due"),
            _(
                "Counted from the last day on which somebody really spoke to the actor or to one of its "
                "persons; where nobody did, from the day on which it was entered. A message left behind may "
                "be the last contact and yet not count, and one with a person of the actor may count and not "
                "be listed with it."
            ),
        ),
        Definition(_("Open matters"), _("Follow-ups that are not done and concerns that are not settled.")),
    )
