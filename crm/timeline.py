"""The timeline of an actor: contacts, events and ties in one list, also of its organisations or persons.

It stands above the apps because it shows what several of them know; the actor's page loads it by its address.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from actors.models import Actor, Affiliation, Contact, FormerName, Relation
from crm.common.fields import last_day
from crm.common.roles import can
from events.models import EventStatus, Participation, ParticipationState

STEP = 40
MOST_SHOWN = 5000
KINDS = ("contacts", "events", "ties")
CHANNEL_ICONS = {
    "phone": "phone",
    "voicemail": "phone",
    "email": "mail",
    "letter": "mail",
    "home_visit": "home",
    "meeting": "users",
}


@dataclass(frozen=True)
class Entry:
    """One line of the timeline."""

    date: dt.date | None
    title: str
    icon: str
    url: str = ""
    text: str = ""
    meta: str = ""


@dataclass(frozen=True)
class Scope:
    """Whose entries are shown: the actor's, and those of others while they belonged together."""

    actor: Actor
    others: dict[int, Actor] = field(default_factory=dict)
    periods: tuple[tuple[int, dt.date | None, dt.date | None], ...] = ()

    def condition(self, actor: str, date: str) -> Q:
        """Return the condition on a row that names an actor in one column and a day in another."""
        always = [key for key, first, until in self.periods if first is None and until is None]
        found = Q(**{f"{actor}__in": [self.actor.pk, *always]})
        for key, first, until in self.periods:
            if first is None and until is None:
                continue
            during = Q(**{actor: key})
            if first is not None:
                during &= Q(**{f"{date}__gte": first})
            if until is not None:
                during &= Q(**{f"{date}__lt": until})
            found |= during
        return found

    def via(self, keys: set[int]) -> str:
        """Say through whom an entry came here; nothing when it is the actor's own."""
        if self.actor.pk in keys:
            return ""
        return ", ".join(sorted(self.others[key].name for key in keys & self.others.keys()))


def scope_of(actor: Actor, *, user: Any) -> Scope:
    """Return whose entries belong into the timeline of ``actor``, as far as ``user`` may know."""
    side, other = ("person", "organisation") if actor.is_person else ("organisation", "person")
    rows = Affiliation.objects.visible_to(user).filter(**{side: actor}).select_related(other)
    return Scope(
        actor=actor,
        others={getattr(row, f"{other}_id"): getattr(row, other) for row in rows},
        periods=tuple((getattr(row, f"{other}_id"), row.valid_from, row.valid_until) for row in rows),
    )


@dataclass(frozen=True)
class Window:
    """Which part of the timeline is asked for: how many entries, and of which year."""

    limit: int
    year: int | None = None

    def on(self, column: str) -> Q:
        """Return the condition that a day lies in the year asked for."""
        if self.year is None:
            return Q()
        first, until = dt.date(self.year, 1, 1), dt.date(self.year + 1, 1, 1)
        return Q(**{f"{column}__gte": first, f"{column}__lt": until})


def contact_entries(scope: Scope, window: Window, *, user: Any) -> Iterator[Entry]:
    """Yield the logged contacts, newest first."""
    involved = Contact.actors.through.objects.filter(scope.condition("actor", "contact__date"))
    contacts = (
        Contact.objects.visible_to(user)
        .filter(window.on("date"), pk__in=involved.values("contact"))
        .newest_first()
        .select_related("channel", "staff")
        .prefetch_related(Prefetch("actors", Actor.objects.visible_to(user)))
    )
    for contact in contacts[: window.limit]:
        involved_here = {actor.pk: actor.name for actor in contact.actors.all()}
        via = scope.via(set(involved_here))
        aside = {scope.actor.pk, *(scope.others if via else ())}
        others = [name for key, name in involved_here.items() if key not in aside]
        yield Entry(
            date=contact.date,
            title=contact.title,
            icon=CHANNEL_ICONS.get(contact.channel.code, "message-2"),
            url=contact.get_absolute_url(),
            text=_beginning(contact.note) if contact.subject else _rest(contact.note),
            meta=_joined(
                contact.channel.label,
                str(contact.staff),
                _("confidential") if contact.is_confidential else "",
                _("with %(names)s") % {"names": ", ".join(others)} if others else "",
                _("through %(name)s") % {"name": via} if via else "",
            ),
        )


def event_entries(scope: Scope, window: Window, *, user: Any) -> Iterator[Entry]:
    """Yield the participations, newest first; several roles at one event are one entry."""
    own = Q(represented_by=scope.actor)
    rows = (
        Participation.objects.visible_to(user)
        .filter(window.on("event__start_date"), scope.condition("actor", "event__start_date") | own)
        .select_related("event__event_type", "role", "actor", "represented_by")
        .order_by(
            F("event__start_date").desc(nulls_last=True), "-event__pk", "actor__sort_name", "role__position"
        )
    )
    groups: dict[int, list[Participation]] = {}
    for row in rows[: window.limit]:
        groups.setdefault(row.event_id, []).append(row)
    for group in groups.values():
        yield _event_entry(scope, group)


def _event_entry(scope: Scope, group: list[Participation]) -> Entry:
    event = group[0].event
    via = scope.via({row.actor_id for row in group})
    represents = dict.fromkeys(
        row.actor.name for row in group if row.represented_by_id == scope.actor.pk != row.actor_id
    )
    roles = ", ".join(dict.fromkeys(row.role.label for row in group))
    states = dict.fromkeys(
        row.get_state_display() for row in group if row.state != ParticipationState.ATTENDED
    )
    brought = sum(row.people_brought for row in group)
    return Entry(
        date=event.start_date,
        title=_("Participation: %(title)s") % {"title": event.title},
        icon="calendar-event",
        url=event.get_absolute_url(),
        text=_joined(
            _("Role: %(roles)s") % {"roles": roles},
            ", ".join(states),
            _("%(count)s people brought") % {"count": brought} if brought else "",
        ),
        meta=_joined(
            event.event_type.label,
            event.get_status_display() if event.status != EventStatus.HELD else "",
            _("for %(name)s") % {"name": ", ".join(represents)} if represents else "",
            _("through %(name)s") % {"name": via} if via and not represents else "",
        ),
    )


def tie_entries(scope: Scope, window: Window, *, user: Any) -> Iterator[Entry]:
    """Yield when ties of the actor began and ended, and when it gave up a name."""
    dated = (window.on("valid_from") & Q(valid_from__isnull=False)) | (
        window.on("valid_until") & Q(valid_until__isnull=False)
    )
    latest = F("valid_from").desc(nulls_last=True)
    relations = Relation.objects.visible_to(user).of(scope.actor).filter(dated).order_by(latest)
    for row in relations.select_related("source", "target", "relation_type")[: window.limit]:
        yield from _tie_entries(
            row, row.other_end(scope.actor), row.relation_type.label, _("Relation"), window
        )
    own = Q(person=scope.actor) | Q(organisation=scope.actor)
    affiliations = Affiliation.objects.visible_to(user).filter(own, dated).order_by(latest)
    for member in affiliations.select_related("person", "organisation")[: window.limit]:
        other = member.organisation if member.person_id == scope.actor.pk else member.person
        yield from _tie_entries(member, other, member.role, _("Affiliation"), window)
    names = FormerName.objects.visible_to(user).filter(actor=scope.actor, used_until__isnull=False)
    for former in names.filter(window.on("used_until")):
        title = _("Renamed, until then: %(name)s") % {"name": former.name}
        yield Entry(date=last_day(former.used_until), title=title, icon="history", meta=_("Name"))


def _tie_entries(
    row: Relation | Affiliation, other: Actor, label: str, meta: str, window: Window
) -> Iterator[Entry]:
    url = other.get_absolute_url()
    days = [
        (row.valid_from, _("New tie: %(name)s"), "link"),
        (last_day(row.valid_until), _("Tie ended: %(name)s"), "unlink"),
    ]
    for day, title, icon in days:
        if day is not None and window.year in {None, day.year}:
            yield Entry(
                date=day, title=title % {"name": other.name}, icon=icon, url=url, text=label, meta=meta
            )


SOURCES = {"contacts": contact_entries, "events": event_entries, "ties": tie_entries}


def timeline_of(
    actor: Actor, *, user: Any, shown: int = STEP, kind: str = "", year: int | None = None
) -> tuple[list[Entry], bool]:
    """Return the newest entries, and whether there are more; in a fixed number of queries."""
    scope = scope_of(actor, user=user)
    window = Window(limit=shown + 1, year=year)
    wanted = (
        [kind] if kind in SOURCES else [k for k in KINDS if k != "contacts" or can(user, "view", Contact)]
    )
    entries = [entry for name in wanted for entry in SOURCES[name](scope, window, user=user)]
    entries.sort(key=lambda entry: entry.date or dt.date.min, reverse=True)
    return entries[:shown], len(entries) > shown


def years_of(actor: Actor, *, user: Any) -> list[int]:
    """Return the years in which something happened, newest first."""
    contacts = Contact.objects.visible_to(user).filter(actors=actor).order_by()
    events = Participation.objects.visible_to(user).filter(actor=actor).order_by()
    found = {*contacts.values_list("date__year", flat=True).distinct()}
    found |= {*events.values_list("event__start_date__year", flat=True).distinct()} - {None}
    return sorted(found, reverse=True)


@require_GET
def actor_timeline(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the timeline: a part of the actor's page, or a page of its own where there are no scripts."""
    actor = get_object_or_404(Actor.objects.visible_to(request.user), pk=pk)
    kind = request.GET.get("kind", "")
    year = _number(request.GET.get("year", ""), most=9998)
    shown = max(_number(request.GET.get("shown", ""), most=MOST_SHOWN) or STEP, STEP)
    entries, has_more = timeline_of(actor, user=request.user, shown=shown, kind=kind, year=year)
    kinds = [("", _("everything")), ("contacts", _("contacts")), ("events", _("events")), ("ties", _("ties"))]
    context = {
        "actor": actor,
        "entries": entries,
        "has_more": has_more,
        "next_shown": min(shown + STEP * 2, MOST_SHOWN),
        "kind": kind if kind in SOURCES else "",
        "kinds": kinds if can(request.user, "view", Contact) else [k for k in kinds if k[0] != "contacts"],
        "year": year,
        "years": years_of(actor, user=request.user),
        "may_log_contact": can(request.user, "add", Contact),
    }
    part = request.htmx and not request.htmx.boosted  # type: ignore[attr-defined]
    return render(request, "timeline/timeline.html" if part else "timeline/page.html", context)


def _number(text: str, *, most: int) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 6 and 0 < int(text) <= most else None


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _beginning(text: str) -> str:
    short = " ".join(text.split())
    return short if len(short) <= 240 else f"{short[:239].rstrip()}…"


def _rest(note: str) -> str:
    """Return what follows the first line, which already is the title."""
    first, _break, rest = note.strip().partition("\n")
    return _beginning(rest if len(first) <= 80 else note)
