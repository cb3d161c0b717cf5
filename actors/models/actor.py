"""Actors: everyone who can take part."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any, ClassVar, Self, TypeVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from actors.models.vocabulary import ActorType, ContactIntervalField, Sector, Topic
from actors.validators import LATITUDE, LONGITUDE
from core.fields import CharField, DateField, TextField, UntilDateField, WebAddressField, last_day
from core.models import Record, VisibleQuerySet
from core.person_names import read_person
from core.phone_numbers import SHORTEST_SEARCH, phone_digits, phone_search
from core.roles import HELPER_ROLES, Role
from core.text import fold, one_line, search_forms, search_words
from core.viewers import Viewer

NAME_LENGTH = 250
PART_LENGTH = 100
TITLE_LENGTH = 60
SORT_LENGTH = 2 * NAME_LENGTH
NOTES_HELP = _("Nothing about origin, religion or health: such details must not be stored.")


class ActorKind(models.TextChoices):
    """What can take part."""

    ORGANISATION = "organisation", _("Organisation")
    PERSON = "person", _("Person")
    BODY = "body", _("Body or network")


# What a foreign key may ask of the actor it points to.
PERSONS = {"kind": ActorKind.PERSON}
COLLECTIVES = {"kind__in": [ActorKind.ORGANISATION, ActorKind.BODY]}
CHOOSE_PERSON = {"invalid": _("Choose a person.")}
CHOOSE_COLLECTIVE = {"invalid": _("Choose an organisation or a body.")}


class Salutation(models.TextChoices):
    """How a person is addressed in letters."""

    NONE = "", _("none")
    MS = "ms", _("Ms")
    MR = "mr", _("Mr")


Rows = TypeVar("Rows", bound=models.QuerySet)


def without_hidden_persons(rows: Rows, role: Role, *paths: str) -> Rows:
    """Leave out what would show a natural person, named by one of ``paths``, to a reader from outside."""
    if role in HELPER_ROLES:
        return rows.all()
    for path in paths:
        rows = rows.exclude(**{f"{path}__kind": ActorKind.PERSON})
    return rows


class ActorQuerySet(VisibleQuerySet):
    """Actors by what is asked of them in daily work."""

    def visible_to_role(self, role: Role, user: Viewer) -> Self:
        """Readers from outside see organisations and bodies, never natural persons."""
        return self.all() if role in HELPER_ROLES else self.exclude(kind=ActorKind.PERSON)

    def persons(self) -> Self:
        return self.filter(kind=ActorKind.PERSON)

    def collectives(self) -> Self:
        """Return organisations and bodies."""
        return self.exclude(kind=ActorKind.PERSON)

    def offices(self) -> Self:
        """Return the actors that are a neighbourhood office."""
        return self.filter(actor_type__sector=Sector.OFFICE)

    def active_on(self, day: dt.date) -> Self:
        """Return the actors that exist on ``day``; an empty bound is open."""
        return self.filter(
            Q(active_from__isnull=True) | Q(active_from__lte=day),
            Q(active_until__isnull=True) | Q(active_until__gt=day),
        )

    def matching(self, text: str, *, details: bool | Q | None = False) -> Self:
        """Return the actors whose names hold every word of ``text`` in any order and spelling.

        With ``details`` also telephone numbers and e-mail addresses are searched, of all or of those that
        fulfil a condition (``searched_particulars``).
        """
        whose = Q() if details is True else details
        if whose is False or whose is None:
            return self.holding(text, "search_names")
        words = search_words(text)
        matches = self if words is not None else self.none()
        for word in words or ():
            matches = matches.filter(
                Q(search_names__contains=word) | (Q(search_details__contains=word) & whose)
            )
        digits = "" if words is None or fold(text).strip("0123456789 ") else phone_search(text)
        return (
            matches | self.filter(whose, search_details__contains=digits)
            if len(digits) >= SHORTEST_SEARCH
            else matches
        )


def ended_text(active_until: dt.date | None, on: dt.date | None = None) -> str:
    """Return in words that an actor has ended by a day (today), with its last day; empty while it exists."""
    last = last_day(active_until)
    if last is None or last >= (on or timezone.localdate()):
        return ""
    return gettext("ended on %(day)s") % {"day": date_format(last, "SHORT_DATE_FORMAT")}


class Actor(Record):
    """Somebody who can take part: an organisation, a person or a body."""

    kind = models.CharField(_("kind"), max_length=20, choices=ActorKind.choices)
    actor_type = models.ForeignKey(ActorType, models.PROTECT, verbose_name=_("type"), related_name="actors")
    name = CharField(_("name"), max_length=NAME_LENGTH, blank=True)
    salutation = models.CharField(_("form of address"), max_length=10, choices=Salutation.choices, blank=True)
    title = CharField(_("title"), max_length=TITLE_LENGTH, blank=True, help_text=_("Such as Dr."))
    given_name = CharField(_("given name"), max_length=PART_LENGTH, blank=True)
    family_name = CharField(_("family name"), max_length=PART_LENGTH, blank=True)
    description = TextField(_("description"), max_length=5000, blank=True)
    topics = models.ManyToManyField(Topic, verbose_name=_("topics"), related_name="actors", blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    website = WebAddressField(_("website"), blank=True)
    street = CharField(_("street and number"), max_length=200, blank=True)
    postal_code = CharField(_("postal code"), max_length=10, blank=True)
    city = CharField(_("town"), max_length=100, blank=True)
    district = CharField(_("district"), max_length=100, blank=True, db_index=True)
    latitude = models.DecimalField(
        _("latitude"), max_digits=8, decimal_places=6, null=True, blank=True, validators=LATITUDE
    )
    longitude = models.DecimalField(
        _("longitude"), max_digits=9, decimal_places=6, null=True, blank=True, validators=LONGITUDE
    )
    active_from = DateField(_("active from"), null=True, blank=True)
    active_until = UntilDateField(_("active until"), null=True, blank=True)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("responsible"),
        related_name="actors",
        null=True,
        blank=True,
    )
    contact_interval_days = ContactIntervalField()
    guardian = models.ForeignKey(
        "self",
        models.SET_NULL,
        verbose_name=_("guardian"),
        related_name="wards",
        null=True,
        blank=True,
        limit_choices_to=PERSONS,
        error_messages=CHOOSE_PERSON,
    )
    notes = TextField(_("notes"), max_length=20000, blank=True, help_text=NOTES_HELP)
    external_id = CharField(
        _("external key"),
        max_length=100,
        blank=True,
        help_text=_("The key of this actor in the list it came from."),
    )
    sort_name = models.CharField(max_length=SORT_LENGTH, editable=False, db_index=True)
    search_names = models.TextField(editable=False, blank=True)
    search_details = models.TextField(editable=False, blank=True)

    objects: ClassVar = ActorQuerySet.as_manager()

    class Meta:
        verbose_name = _("actor")
        verbose_name_plural = _("actors")
        ordering = ["sort_name", "pk"]
        # Every list says how many there are of each.
        indexes = [models.Index(fields=["kind", "actor_type"], name="actors_actor_kind_type")]
        constraints = [
            models.CheckConstraint(
                condition=Q(active_until__isnull=True)
                | Q(active_from__isnull=True)
                | Q(active_until__gt=F("active_from")),
                name="actors_actor_active",
                violation_error_message=_("The end lies before the beginning."),
            ),
            models.CheckConstraint(condition=~Q(name=""), name="actors_actor_named"),
            models.CheckConstraint(
                condition=Q(guardian__isnull=True) | (Q(kind=ActorKind.PERSON) & ~Q(guardian=F("id"))),
                name="actors_actor_guardian",
                violation_error_message=_("Only a person has a guardian, and it is another person."),
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False)
                & Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="actors_actor_coordinates",
                violation_error_message=_("Enter latitude and longitude together."),
            ),
            models.UniqueConstraint(
                fields=["external_id"],
                condition=~Q(external_id=""),
                name="actors_actor_external_id",
                violation_error_message=_("Another actor already has this external key."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("actors:actor_detail", args=[self.pk])

    @property
    def is_person(self) -> bool:
        """A natural person."""
        return self.kind == ActorKind.PERSON

    @property
    def sector(self) -> str:
        """The fixed sector that the type belongs to."""
        return self.actor_type.sector

    @property
    def last_active_day(self) -> dt.date | None:
        """The last day on which the actor was active; None when still active."""
        return last_day(self.active_until)

    def has_ended(self, day: dt.date) -> bool:
        """Tell whether the actor no longer existed on a day."""
        return self.active_until is not None and self.active_until <= day

    @property
    def ended_text(self) -> str:
        """Since when the actor has ended, in words; empty while it exists."""
        return ended_text(self.active_until)

    @property
    def choice_label(self) -> str:
        """The name as one of several to choose from."""
        return f"{self.name} ({self.ended_text})" if self.ended_text else self.name

    def clean(self) -> None:
        """Check what the columns alone cannot: a name of the right kind, and ties that fit the kind."""
        self.derive()
        errors: dict[str, Any] = {}
        if not self.name:
            field = "family_name" if self.is_person else "name"
            errors[field] = (
                _("Enter at least a given name or a family name.") if self.is_person else _("Enter the name.")
            )
        if max(len(self.given_name), len(self.family_name)) > PART_LENGTH:
            errors["name"] = _("This name is too long.")
        if self.pk and self._kind_is_needed_elsewhere():
            errors["kind"] = _("This actor has entries that only fit its present kind.")
        if errors:
            raise ValidationError(errors)

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Check all but the name: ``clean`` says it at the field where it is missing."""
        super().validate_constraints({*(exclude or ()), "name"})

    def _kind_is_needed_elsewhere(self) -> bool:
        """Tell whether some record points to this actor that the new kind would break."""
        if not Actor.objects.filter(pk=self.pk).exclude(kind=self.kind).exists():
            return False
        broken = COLLECTIVES if self.is_person else PERSONS
        return any(
            relation.related_model._base_manager.filter(**{relation.field.name: self.pk}).exists()
            for relation in self._meta.related_objects
            if relation.limit_choices_to == broken
        )

    def derive(self, *, former_names: list[str] | None = None, phones: list[str] | None = None) -> None:
        """Compute display name, sort key and search columns.

        ``former_names`` and ``phones`` are given where they are not stored yet (import); else they are read.
        """
        self._derive_name()
        if former_names is None:
            former_names = list(self.former_names.values_list("name", flat=True)) if self.pk else []
        if phones is None:
            phones = list(self.phone_numbers.values_list("number", flat=True)) if self.pk else []
        self.search_names = search_forms(" ".join([self.name, *former_names]))
        self.search_details = " ".join([fold(self.email), *(phone_digits(p) for p in phones)]).strip()

    def _derive_name(self) -> None:
        self.name = one_line(self.name)
        if not self.is_person:
            self.salutation = self.title = self.given_name = self.family_name = ""
            self.sort_name = fold(self.name)[:SORT_LENGTH]
            return
        self.given_name, self.family_name = one_line(self.given_name), one_line(self.family_name)
        if not (self.given_name or self.family_name):
            person = read_person(self.name)
            self.given_name, self.family_name = person.given_name, person.family_name
            self.salutation, self.title = self.salutation or person.salutation, self.title or person.title
        self.name = f"{self.given_name} {self.family_name}".strip()
        self.sort_name = fold(f"{self.family_name} {self.given_name}")[:SORT_LENGTH]

    def refresh_search(self) -> None:
        """Bring the search columns up to date with names and numbers stored elsewhere; all else stays."""
        self.derive()
        Actor.objects.filter(pk=self.pk).update(
            search_names=self.search_names, search_details=self.search_details
        )

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with the derived columns always up to date."""
        self.derive()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {
                *kwargs["update_fields"],
                *("name", "salutation", "title", "given_name", "family_name"),
                *("sort_name", "search_names", "search_details"),
            }
        super().save(*args, **kwargs)
