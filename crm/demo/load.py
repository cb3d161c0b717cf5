"""The order in which the demo data are made and written."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from crm.demo.accounts import add_accounts
from crm.demo.actors import NumberBook, add_collectives
from crm.demo.attendance import add_participations
from crm.demo.concerns import add_concerns, add_tours
from crm.demo.contacts import add_contacts, add_follow_ups
from crm.demo.editions import add_editions
from crm.demo.formats import add_series, read_formats
from crm.demo.later_years import add_later_years
from crm.demo.outcomes import add_outcomes
from crm.demo.persons import add_persons, set_guardians
from crm.demo.present import add_present
from crm.demo.programmes import add_programmes
from crm.demo.ties import add_consents, add_relations
from crm.demo.world import World


@transaction.atomic
def load_demo(*, seed: int, today: dt.date | None = None) -> World:
    """Write the whole invented register; the vocabularies have to be there.

    The story is told until ``today``: the same seed and day always give the same data.
    """
    world = World(seed, today or timezone.localdate())
    numbers = NumberBook(world.stream("numbers"))
    add_accounts(world)
    add_collectives(world, numbers)
    add_persons(world, numbers)
    add_later_years(world, numbers)
    world.write()
    set_guardians(world)
    add_relations(world)
    add_consents(world)
    add_programmes(world)
    formats = read_formats(world.today)
    add_series(world, formats)
    world.write()
    editions = add_editions(world, formats)
    add_participations(world, editions)
    add_outcomes(world, editions)
    contacts = add_contacts(world, editions)
    add_concerns(world, contacts)
    add_tours(world, editions)
    add_follow_ups(world, contacts)
    add_present(world, editions)
    world.write()
    return world
