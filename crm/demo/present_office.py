"""What is around the work of these days: funding, coming events, hours and holidays, e-mails."""

from __future__ import annotations

import datetime as dt
import hashlib

from actors.models import IncomingEmail
from crm.demo.contacts import BERLIN
from crm.demo.material import read_json
from crm.demo.world import World
from events.models import (
    ConsultationHours,
    Event,
    EventStatus,
    EventType,
    FundingPeriod,
    Measure,
    MeasureGoal,
    Programme,
    Season,
    SpecialDays,
    SpecialDaysKind,
)

MATERIAL = read_json("present.json")
OLD_END = dt.date(2022, 1, 1)
AT_LEAST_AHEAD = dt.timedelta(days=400)


def extend_funding(world: World, today: dt.date) -> None:
    """Have the second programme pay on, for at least another year.

    What was promised beyond the end of the old funding is moved by the same number of years: what is secured,
    and what is not, stays the same measured from the end.
    """
    end = dt.date((today + AT_LEAST_AHEAD).year + 1, 1, 1)
    later = end.year - OLD_END.year
    programme = Programme.objects.get(name="Sozialer Zusammenhalt")
    world.add(FundingPeriod(programme=programme, valid_from=OLD_END, valid_until=end))
    for series in world.series.values():
        if series.funding_until and series.funding_until >= OLD_END:
            series.funding_until = series.funding_until.replace(year=series.funding_until.year + later)
            series.save()
    for space in world.spaces.values():
        if space.right_until and space.right_until >= OLD_END:
            space.right_until = space.right_until.replace(year=space.right_until.year + later)
            space.save()
    measure = Measure(
        title="Stadtteilbüro Westhagen", programme=programme, carrier=world.actor("office_3"),
        valid_from=OLD_END, valid_until=end,
    )  # fmt: skip
    measure.save()
    world.measures[measure.title] = measure
    world.add(
        MeasureGoal(
            measure=measure,
            goal="Formate in andere Hände geben",
            indicator="Formate mit neuem Träger",
            target=6,
        )
    )


def add_next_events(world: World, today: dt.date) -> None:
    """Add what is planned for the next weeks, two consultation hours among it."""
    for title, event_type, series, distance, start, end, space, status in MATERIAL["events"]:
        event = Event(
            title=title,
            event_type=world.term(EventType, event_type),
            series=world.series.get(series),
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
                valid_from=OLD_END,
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
    """Add e-mails that nobody has assigned to actors yet."""
    for number, (name, address, distance, subject, text) in enumerate(MATERIAL["emails"]):
        day = today - dt.timedelta(days=distance)
        world.add(
            IncomingEmail(
                message_key=hashlib.sha256(f"{address}/{number}".encode()).hexdigest(),
                sent_at=dt.datetime.combine(day, dt.time(9 + number), BERLIN),
                sender_name=name,
                sender=address,
                recipients=[{"kind": "to", "name": "", "address": "stadtteilbuero@example.org"}],
                subject=subject,
                text=text,
            )
        )
