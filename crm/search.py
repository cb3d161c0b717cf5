"""One search over everything that the person who asks may see: actors, series, events and contacts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from actors.models import Actor, Contact
from actors.names import find_actors
from crm.common.names import NamesInMemory
from crm.common.roles import can
from crm.common.text import fold
from events.models import Event, EventSeries, SeriesFormerName

SHORTEST = 2
LONGEST = 200
IN_SUGGESTIONS = 5
ON_PAGE = 15
LATEST = 5000  # reading the notes of all contacts at every letter would be slow
ENOUGH = 3  # so many exact hits need no guessing


@dataclass(frozen=True)
class Hit:
    """One thing found."""

    title: str
    url: str
    hint: str = ""
    sector: str = ""


@dataclass(frozen=True)
class Group:
    """The hits of one kind, and where all of them are listed."""

    label: str
    icon: str
    hits: list[Hit] = field(default_factory=list)
    more_url: str = ""


def _series_spellings() -> Iterator[tuple[int, str]]:
    yield from EventSeries.objects.order_by("pk").values_list("pk", "search_names")


def _event_spellings() -> Iterator[tuple[int, str]]:
    yield from Event.objects.order_by("pk").values_list("pk", "search_names")


SERIES = NamesInMemory([EventSeries, SeriesFormerName], _series_spellings)
EVENTS = NamesInMemory([Event], _event_spellings)


def actor_hits(text: str, user: Any, limit: int) -> list[Hit]:
    """Find actors by any name they had; for the office also by telephone number and e-mail address."""
    details = can(user, "view_details", Actor)
    return [
        Hit(
            title=actor.name,
            url=actor.get_absolute_url(),
            hint=" · ".join(part for part in (actor.actor_type.label, actor.district) if part),
            sector=actor.sector,
        )
        for actor in find_actors(text=text, user=user, details=details, limit=limit)
    ]


def tolerant(model: Any, names: NamesInMemory, text: str, user: Any, limit: int) -> list[Any]:
    """Return the records that hold every word; where those are few, also those that nearly do."""
    visible = model.objects.visible_to(user).select_related("event_type")
    found = list(visible.matching(text)[:limit])
    if len(found) >= min(ENOUGH, limit):
        return found
    have = {record.pk for record in found}
    near = [key for key in names.index().near(text, limit=limit * 2) if key not in have]
    seen = visible.in_bulk(near)
    return [*found, *(seen[key] for key in near if key in seen)][:limit]


def series_hits(text: str, user: Any, limit: int) -> list[Hit]:
    """Find series by any name they had."""
    return [
        Hit(title=series.name, url=series.get_absolute_url(), hint=series.event_type.label)
        for series in tolerant(EventSeries, SERIES, text, user, limit)
    ]


def event_hits(text: str, user: Any, limit: int) -> list[Hit]:
    """Find events by their title or the name of their series."""
    return [
        Hit(
            title=event.title,
            url=event.get_absolute_url(),
            hint=" · ".join(
                part
                for part in (
                    date_format(event.start_date, "SHORT_DATE_FORMAT") if event.start_date else "",
                    event.event_type.label,
                )
                if part
            ),
        )
        for event in tolerant(Event, EVENTS, text, user, limit)
    ]


def contact_hits(text: str, user: Any, limit: int) -> list[Hit]:
    """Find contacts by words of the subject or the note; for suggestions only among the latest."""
    contacts = Contact.objects.visible_to(user).matching(text).newest_first()
    if limit <= IN_SUGGESTIONS:
        latest = Contact.objects.order_by("-date").values("pk")[:LATEST]
        contacts = contacts.filter(pk__in=latest)
    seen = Prefetch("actors", Actor.objects.visible_to(user))
    return [
        Hit(
            title=contact.title,
            url=contact.get_absolute_url(),
            hint=" · ".join(
                [date_format(contact.date, "SHORT_DATE_FORMAT"), *(a.name for a in contact.actors.all()[:2])]
            ),
        )
        for contact in contacts.prefetch_related(seen)[:limit]
    ]


Finder = Callable[[str, Any, int], list[Hit]]


def find(text: str, *, user: Any, limit: int) -> list[Group]:
    """Return what ``user`` may see of what ``text`` may mean, in groups; empty groups are left out."""
    kinds: list[tuple[str, str, Finder, type, str]] = [
        (_("Actors"), "address-book", actor_hits, Actor, "actors:actor_list"),
        (_("Series"), "repeat", series_hits, EventSeries, "events:series_list"),
        (_("Events"), "calendar-event", event_hits, Event, "events:event_list"),
        (_("Contacts"), "message-2", contact_hits, Contact, "actors:contact_list"),
    ]
    text = text[:LONGEST].replace("\x00", "").strip()
    if len(text) < SHORTEST:
        return []
    groups = []
    for label, icon, finder, model, list_name in kinds:
        hits = finder(text, user, limit) if can(user, "view", model) else []
        if hits:
            more = f"{reverse(list_name)}?{urlencode({'q': text})}"
            groups.append(Group(label=label, icon=icon, hits=hits, more_url=more))
    return groups


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Show all hits; while one types, only the first few. ``go`` opens the first hit at once."""
    text = request.GET.get("q", "")
    suggest = bool(request.htmx)  # type: ignore[attr-defined]
    groups = find(text, user=request.user, limit=IN_SUGGESTIONS if suggest else ON_PAGE)
    if "go" in request.GET and groups and not suggest:
        return HttpResponseRedirect(groups[0].hits[0].url)
    context = {
        "query": text.strip(),
        "groups": groups,
        "too_short": len(fold(text)) < SHORTEST,
        "may_add": can(request.user, "add", Actor),
    }
    return render(request, "search/suggestions.html" if suggest else "search/search.html", context)
