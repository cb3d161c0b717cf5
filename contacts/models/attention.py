"""Who went quiet, and who is known to one colleague only.

Both are questions about all contacts, confidential ones included, so only the office may ask them: a day or a
number would tell others of a contact that does not exist for them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import (
    BigIntegerField,
    Count,
    DateField,
    Exists,
    F,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.expressions import Func
from django.db.models.functions import Coalesce, Greatest, Least, NullIf, TruncDate
from django.utils.translation import gettext_lazy as _

from actors.models.actor import Actor
from actors.models.group import ActorGroup
from actors.models.relation import Affiliation
from actors.models.vocabulary import Sector
from contacts.models.contact import Contact
from core.roles import OFFICE_ROLES, role_of
from core.viewers import Viewer

NEVER = dt.date(1, 1, 1)
NO_ACCOUNT = 2**62
REMEMBERED_YEARS = 2


class Light(models.TextChoices):
    """How pressing it is to get in touch again."""

    RED = "red", _("long overdue")
    YELLOW = "yellow", _("due")
    GREEN = "green", _("in touch")


class AddDays(Func):
    """A day, so many days later."""

    output_field = DateField()
    arity = 2

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, Any]:
        """Write it as SQLite has it, which knows days as text."""
        return super().as_sql(
            compiler, connection, template="DATE(%(expressions)s || ' days')", arg_joiner=", ", **extra
        )

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, Any]:
        """Write it as PostgreSQL has it: a date plus a whole number."""
        return super().as_sql(compiler, connection, template="(%(expressions)s)", arg_joiner=" + ", **extra)


def interval_of_groups() -> Subquery:
    """Return the shortest interval among the groups of the outer actor."""
    memberships: QuerySet = ActorGroup.members.through._default_manager.order_by()
    mine = memberships.filter(actor=OuterRef("pk"), actorgroup__contact_interval_days__isnull=False)
    shortest = mine.values("actor").annotate(days=Min("actorgroup__contact_interval_days"))
    return Subquery(shortest.values("days"), output_field=IntegerField())


def contact_interval() -> Coalesce:
    """Return after how many days the outer actor is due: its own wish, else its groups', else its type's."""
    return Coalesce(
        F("contact_interval_days"),
        interval_of_groups(),
        F("actor_type__contact_interval_days"),
        output_field=IntegerField(),
    )


def own_contacts(**conditions: Any) -> QuerySet:
    """Return the links between the outer actor and its contacts."""
    links: QuerySet = Contact.actors.through._default_manager.order_by()
    return links.filter(actor=OuterRef("pk"), **{f"contact__{name}": v for name, v in conditions.items()})


def contacts_of_its_persons(**conditions: Any) -> QuerySet:
    """Return the outer actor's persons with each contact they had while they belonged to it."""
    day = F("person__contacts__date")
    return Affiliation._default_manager.order_by().filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=day),
        Q(valid_until__isnull=True) | Q(valid_until__gt=day),
        organisation=OuterRef("pk"),
        person__contacts__isnull=False,
        **{f"person__contacts__{name}": value for name, value in conditions.items()},
    )


def latest_of(**conditions: Any) -> NullIf:
    """Return the day of the latest contact with the outer actor or with one of its persons at that time."""
    own = own_contacts(**conditions).values("actor").annotate(day=Max("contact__date"))
    through = contacts_of_its_persons(**conditions).values("organisation")
    through = through.annotate(day=Max("person__contacts__date"))
    days = [Subquery(rows.values("day"), output_field=DateField()) for rows in (own, through)]
    latest = Greatest(*(Coalesce(day, Value(NEVER)) for day in days), output_field=DateField())
    return NullIf(latest, Value(NEVER))


def last_real_contact() -> NullIf:
    """Return the day on which somebody last really spoke to the outer actor; None where nobody ever did."""
    return latest_of(channel__is_real_contact=True)


def known_since() -> Greatest:
    """Return the day from which a first contact is waited for: when it was entered, or begins if later."""
    begins = Coalesce(F("active_from"), Value(NEVER), output_field=DateField())
    return Greatest(TruncDate("created_at"), begins, output_field=DateField())


def may_ask(user: Viewer) -> bool:
    """Tell whether ``user`` may know who went quiet, and to whom alone somebody is known."""
    return role_of(user) in OFFICE_ROLES


def to_keep_in_touch(user: Viewer, *, today: dt.date) -> QuerySet:
    """Return whom ``user`` may ask about: neither what has ended nor the office itself."""
    if not may_ask(user):
        return Actor.objects.none()
    ended = Q(active_until__isnull=False, active_until__lte=today)
    actors: QuerySet = Actor.objects.visible_to(user).exclude(ended)
    return actors.exclude(actor_type__sector=Sector.OFFICE)


def with_next_due(user: Viewer, *, today: dt.date) -> QuerySet:
    """Return the actors that should be talked to every so often, each with its ``next_due`` day."""
    rows = to_keep_in_touch(user, today=today).alias(interval=contact_interval())
    due = AddDays(Coalesce(last_real_contact(), known_since(), output_field=DateField()), F("interval"))
    actors: QuerySet = rows.filter(interval__isnull=False).annotate(next_due=due)
    return actors


def lit(rows: QuerySet, *lights: str, today: dt.date) -> QuerySet:
    """Return those of ``with_next_due()`` that show one of ``lights``."""
    chosen = set(lights)
    if not chosen or chosen >= set(Light.values):
        return rows if chosen else rows.none()
    rows = rows.alias(red_from=AddDays(F("next_due"), half_in_sql(F("interval"))))
    conditions = {
        Light.GREEN: Q(next_due__gt=today),
        Light.YELLOW: Q(next_due__lte=today, red_from__gt=today),
        Light.RED: Q(red_from__lte=today),
    }
    if chosen == {Light.YELLOW, Light.RED}:
        return rows.filter(next_due__lte=today)
    condition = Q()
    for light in chosen:
        condition |= conditions[Light(light)]
    return rows.filter(condition)


def half(interval: int) -> int:
    """Return half an interval in whole days, the longer half of an odd one."""
    return (interval + 1) // 2


def half_in_sql(interval: Any) -> Func:
    """Return the same of a column; both databases divide whole numbers to whole numbers."""
    return Func(interval, template="((%(expressions)s + 1) / 2)", output_field=IntegerField())


def light_of(*, next_due: dt.date, interval: int, today: dt.date) -> Light:
    """Return the light: green before the day, yellow from it on, red once half an interval has passed."""
    if today < next_due:
        return Light.GREEN
    return Light.YELLOW if today < next_due + dt.timedelta(days=half(interval)) else Light.RED


@dataclass(frozen=True)
class Attention:
    """How it stands with one actor: every how many days, spoken to when, due when, and how pressing."""

    interval: int
    last: dt.date | None
    next_due: dt.date
    light: Light

    @property
    def label(self) -> Any:
        """The light in words."""
        return self.light.label

    @property
    def icon(self) -> str:
        """The picture beside the word: nobody has to tell colours apart."""
        return {Light.RED: "alert-triangle", Light.YELLOW: "clock", Light.GREEN: "circle-check"}[self.light]

    @property
    def tag(self) -> str:
        """The class of its colour."""
        return {Light.RED: "tag-danger", Light.YELLOW: "tag-warn", Light.GREEN: "tag-ok"}[self.light]


def attention_of(actors: Any, *, user: Viewer, today: dt.date) -> dict[int, Attention]:
    """Return by key how it stands with each of ``actors``, in one query; without an interval, nothing."""
    keys = [actor.pk for actor in actors]
    rows = with_next_due(user, today=today).filter(pk__in=keys).order_by()
    rows = rows.annotate(days=contact_interval(), last=last_real_contact())
    return {
        key: Attention(days, last, due, light_of(next_due=due, interval=days, today=today))
        for key, days, last, due in rows.values_list("pk", "days", "last", "next_due")
    }


def known_to_one(user: Viewer, staff: Any = None, *, today: dt.date) -> QuerySet:
    """Return the actors whose contacts of the last 24 months were all logged by one colleague.

    At least one contact is needed. As with quiet contacts, one with a person counts for an organisation that
    the person belonged to on that day. Each actor carries ``known_by`` (key of the account),
    ``contacts_known`` (how many) and ``last_known`` (day of the latest); with ``staff`` only theirs.
    """
    since = years_before(today, REMEMBERED_YEARS)
    own = own_contacts(date__gte=since).values("actor")
    through = contacts_of_its_persons(date__gte=since).values("organisation")
    not_own = contacts_of_its_persons(date__gte=since).alias(talk=F("person__contacts"))
    not_own = not_own.exclude(Exists(own_contacts_of_organisation())).values("organisation")
    least = [own.annotate(x=Min("contact__staff")), through.annotate(x=Min("person__contacts__staff"))]
    most = [own.annotate(x=Max("contact__staff")), through.annotate(x=Max("person__contacts__staff"))]
    last = [own.annotate(x=Max("contact__date")), through.annotate(x=Max("person__contacts__date"))]
    counts = [
        own.annotate(x=Count("contact")),
        not_own.annotate(x=Count("person__contacts", distinct=True)),
    ]
    actors = spoken_to_since(since, to_keep_in_touch(user, today=today))
    actors = actors.annotate(known_by=Least(*figures(least, NO_ACCOUNT)))
    actors = actors.filter(known_by=Greatest(*figures(most, 0)))
    if staff is not None:
        actors = actors.filter(known_by=staff.pk)
    number, more = figures(counts, 0)
    return actors.annotate(contacts_known=number + more, last_known=Greatest(*figures(last, NEVER)))


def own_contacts_of_organisation() -> QuerySet:
    """Return whether the organisation of an affiliation took part in the person's contact itself."""
    links: QuerySet = Contact.actors.through._default_manager.order_by()
    return links.filter(contact=OuterRef("talk"), actor=OuterRef("organisation"))


def spoken_to_since(since: dt.date, actors: QuerySet) -> QuerySet:
    """Return those of ``actors`` who, or one of whose persons, had a contact; the others need no counting."""
    own = Contact.actors.through._default_manager.filter(contact__date__gte=since).order_by()
    through = Affiliation._default_manager.filter(person__contacts__date__gte=since).order_by()
    spoken_to: QuerySet = actors.filter(
        Q(pk__in=own.values("actor")) | Q(pk__in=through.values("organisation"))
    )
    return spoken_to


def figures(rows: list[QuerySet], missing: int | dt.date) -> list[Coalesce]:
    """Return the figure ``x`` of each of ``rows``, or what stands for none."""
    kind: Any = DateField if isinstance(missing, dt.date) else BigIntegerField
    return [
        Coalesce(Subquery(one.values("x"), output_field=kind()), Value(missing, output_field=kind()))
        for one in rows
    ]


def years_before(day: dt.date, years: int) -> dt.date:
    """Return the same day ``years`` earlier; 28 February where there is no 29th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
