"""What is around the work of these days: coming events, hours and holidays, e-mails."""

from __future__ import annotations

import datetime as dt
import hashlib

from contacts.models import MACHINE_MADE, IncomingEmail
from crm.demo.contacts import BERLIN
from crm.demo.material import read_json
from crm.demo.world import FIRST_FUNDING_END, World
from events.models import (
    ConsultationHours,
    Event,
    EventStatus,
    EventType,
    Season,
    SpecialDays,
    SpecialDaysKind,
)

MATERIAL = read_json("present.json")


def add_next_events(world: World, today: dt.date) -> None:
    """Add what is planned beside the formats; of what lies behind nobody has said what became of it."""
    for title, event_type, distance, start, end, space, status in MATERIAL["events"]:
        event = Event(
            title=title,
            event_type=world.term(EventType, event_type),
            start_date=workday(today + dt.timedelta(days=distance)),
            start_time=dt.time.fromisoformat(start),
            end_time=dt.time.fromisoformat(end),
            space=world.spaces[space],
            status=EventStatus(status),
            measure=world.measures["Stadtteilbüro Westhagen"],
        )
        event.derive()
        world.add(event)


def workday(day: dt.date) -> dt.date:
    """Return the day, or the Monday after a weekend."""
    return day + dt.timedelta(days=(7 - day.weekday()) if day.weekday() > 4 else 0)


def add_hours(world: World, today: dt.date) -> None:
    """Add the office's hours, shorter in the holidays, and the holidays of this year and the next."""
    place = world.spaces["Stadtteilbüro am Marktplatz"]
    for weekday, start, end, season in MATERIAL["hours"]:
        world.add(
            ConsultationHours(
                weekday=weekday,
                start=dt.time.fromisoformat(start),
                end=dt.time.fromisoformat(end),
                season=Season(season),
                place=place,
                valid_from=FIRST_FUNDING_END,
            )
        )
    for year in (today.year, today.year + 1):
        for kind, name, first, last, years in MATERIAL["special_days"]:
            first_day = dt.date.fromisoformat(f"{year}-{first}")
            final_day = dt.date.fromisoformat(f"{year + years}-{last}")
            world.add(
                SpecialDays(kind=SpecialDaysKind(kind), name=name, first_day=first_day, final_day=final_day)
            )


def add_emails(world: World, today: dt.date) -> None:
    """Add e-mails that nobody has assigned to actors yet, and one that the site put aside by itself."""
    for number, (name, address, distance, subject, text, *more) in enumerate(MATERIAL["emails"]):
        day = today - dt.timedelta(days=distance)
        sent_at = dt.datetime.combine(day, dt.time(9 + number), BERLIN)
        fields: dict[str, str] = more[0] if more else {}
        world.add(
            IncomingEmail(
                message_key=hashlib.sha256(f"{address}/{number}".encode()).hexdigest(),
                sent_at=sent_at,
                sender_name=name,
                sender=address,
                recipients=[{"kind": "to", "name": "", "address": "stadtteilbuero@example.org"}],
                subject=subject,
                text=text,
                set_aside_at=sent_at if fields.get("kind") in MACHINE_MADE else None,
                **fields,
            )
        )
