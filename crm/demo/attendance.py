"""Who took part in which role: members who come again and again, newcomers, and those who stay away."""

from __future__ import annotations

import random
from decimal import Decimal

from actors.models import Actor, ActorKind, Sector
from crm.demo.editions import Edition
from crm.demo.world import Profile, World, weighted_sample
from events.models import EventMode, EventStatus, Participation, ParticipationRole, ParticipationState

STATES = {
    ParticipationState.ATTENDED: 91,
    ParticipationState.EXCUSED: 5,
    ParticipationState.ABSENT: 3,
    ParticipationState.INVITED: 1,
}
BODIES_THAT_COME = {"friends", "shops_circle", "festival_circle", "green_group", "education_circle"}
GIVERS = {"funder", "housing"}


def add_participations(world: World, editions: list[Edition]) -> None:
    """Add who came to every edition, and who had registered for those that did not take place."""
    loyalties = {code: loyalty(world, code) for code in {edition.event_format.code for edition in editions}}
    for edition in editions:
        rng = world.stream(f"participations/{edition.day}/{edition.event.title}")
        guests = weighted_sample(
            rng, invitations(world, edition, loyalties[edition.event_format.code]), edition.size
        )
        if edition.is_held:
            add_attendance(world, rng, edition, guests)
        elif edition.event.status in {EventStatus.CANCELLED, EventStatus.POSTPONED, EventStatus.CONFIRMED}:
            for guest in guests[: edition.size // 2]:
                state = rng.choice([ParticipationState.INVITED, ParticipationState.REGISTERED])
                participate(world, rng, edition, guest, "attendee", state=state)


def loyalty(world: World, code: str) -> dict[str, float]:
    """Return how attached each actor is to a format; few come nearly always, many hardly ever."""
    return {key: world.stream(f"loyalty/{code}/{key}").lognormvariate(0, 1.3) for key in world.profiles}


def invitations(world: World, edition: Edition, loyalties: dict[str, float]) -> list[tuple[Profile, float]]:
    """Return who could come, and how likely each is to do so."""
    carrier = edition.event_format.carrier_on(edition.day)
    day = min(edition.day, world.today)  # who will be there next year nobody knows
    return [
        (profile, pull(profile, edition) * loyalties[key])
        for key, profile in world.profiles.items()
        if key != carrier and profile.is_there_on(day) and may_come(key, profile)
    ]


def may_come(key: str, profile: Profile) -> bool:
    """The offices come by another rule, and of the bodies only some do."""
    if profile.actor.sector == Sector.OFFICE:
        return False
    return profile.actor.kind != ActorKind.BODY or key in BODIES_THAT_COME


def pull(profile: Profile, edition: Edition) -> float:
    """Return how much the format suits the actor."""
    reach = edition.event_format.reach
    fit = max(reach.get(profile.circle, 0.01), 0.35 * reach.get(profile.second_circle, 0.0))
    if profile.actor.kind == ActorKind.PERSON:
        fit *= edition.event_format.persons
    elif profile.actor.kind == ActorKind.BODY:
        fit *= 0.12
    if edition.event.mode == EventMode.ONLINE and profile.circle == "neighbours":
        fit *= 0.5
    return fit * profile.energy


def add_attendance(world: World, rng: random.Random, edition: Edition, guests: list[Profile]) -> None:
    """Add carrier, co-organisers, the office and all other guests of an edition that was held."""
    carrier = world.profiles[edition.event_format.carrier_on(edition.day)]
    edition.organisers = [
        carrier,
        *sorted(guests, key=lambda p: -p.energy)[: edition.event_format.co_organisers],
    ]
    participate(world, rng, edition, carrier, "organiser")
    for guest in edition.organisers[1:]:
        participate(world, rng, edition, guest, "co_organiser")
    office = world.office_on(edition.day)
    if office is not carrier and rng.random() < 0.85:
        role = "co_organiser" if rng.random() < 0.6 and edition.day.year < 2019 else "attendee"
        participate(world, rng, edition, office, role)
        edition.attendees.append(office)
    if edition.event_format.meeting and rng.random() < 0.7:
        moderators = [carrier, *edition.organisers[1:]]
        participate(world, rng, edition, rng.choice(moderators), "facilitator")
        participate(world, rng, edition, rng.choice([carrier, *guests[:2]]), "minutes")
    for guest in guests:
        if guest not in edition.organisers:
            attend(world, rng, edition, guest)


def attend(world: World, rng: random.Random, edition: Edition, guest: Profile) -> None:
    """Add one guest in a role that suits them; some do not come after all."""
    role = rng.choices(list(edition.event_format.roles), list(edition.event_format.roles.values()))[0]
    if guest.actor.kind == ActorKind.PERSON and role == "stall":
        role = "volunteer"
    if guest.actor.actor_type.code in GIVERS and role == "stall" and rng.random() < 0.5:
        role = "funder"
    state = rng.choices(list(STATES), list(STATES.values()))[0]
    participate(world, rng, edition, guest, role, state=state)
    if state == ParticipationState.ATTENDED:
        edition.attendees.append(guest)


def participate(
    world: World,
    rng: random.Random,
    edition: Edition,
    guest: Profile,
    role: str,
    *,
    state: str = ParticipationState.ATTENDED,
) -> None:
    """Add one participation, with who spoke for an organisation, hours worked and people brought along."""
    came = state == ParticipationState.ATTENDED
    hours = Decimal(rng.randint(2, 16)) / 2 if came and role in {"volunteer", "performer"} else None
    brings = came and guest.actor.actor_type.code in {"school", "daycare", "youth_facility", "association"}
    world.add(
        Participation(
            event=edition.event,
            actor=guest.actor,
            role=world.term(ParticipationRole, role),
            state=state,
            volunteer_hours=hours,
            people_brought=rng.randint(2, 24) if brings and rng.random() < 0.12 else 0,
            represented_by=representative(world, rng, guest, edition) if came else None,
        )
    )


def representative(world: World, rng: random.Random, guest: Profile, edition: Edition) -> Actor | None:
    """Return who spoke for an organisation on that day, where that was noted."""
    if guest.actor.kind == ActorKind.PERSON or rng.random() < 0.35:
        return None
    persons = world.spokespersons(guest, edition.day)
    return rng.choice(persons) if persons else None
