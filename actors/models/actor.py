"""Actors: everyone who can take part, with their names, telephone numbers and programme dependency."""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from actors.models.vocabulary import ActorType, Sector, Topic
from actors.validators import LATITUDE, LONGITUDE, PERCENT, validate_phone_number
from crm.common.fields import DateField, UntilDateField, last_day
from crm.common.models import Interval, IntervalQuerySet, Record, VisibleQuerySet
from crm.common.roles import OFFICE_ROLES, Role
from crm.common.text import fold, phone_digits, search_forms
from crm.common.validators import validate_no_control_characters, validate_web_address

NOTES_HELP = _("Nothing about origin, religion or health: such details must not be stored.")


class ActorKind(models.TextChoices):
    ORGANISATION = "organisation", _("Organisation")
    PERSON = "person", _("Person")
    BODY = "body", _("Body or network")


class Salutation(models.TextChoices):
    NONE = "", _("none")
    MS = "ms", _("Ms")
    MR = "mr", _("Mr")


class ActorQuerySet(VisibleQuerySet):
    """Actors by what is asked of them in daily work."""

    def visible_to_role(self, role: Role, user: Any) -> Self:
        """Readers from outside see organisations and bodies, never natural persons."""
        return self.exclude(kind=ActorKind.PERSON) if role == Role.READER else self.all()

    def persons(self) -> Self:
        """Return natural persons."""
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

    def matching(self, text: str, *, details: bool = False) -> Self:
        """Return the actors whose names hold every word of ``text`` in any order and spelling.

        With ``details`` also telephone numbers and e-mail addresses are searched.
        """
        found = self
        for word in fold(text).split():
            hit = Q(search_names__contains=word)
            if details:
                hit |= Q(search_details__contains=word)
            found = found.filter(hit)
        digits = phone_digits(text)
        if details and len(digits) >= 4 and not fold(text).strip("0123456789 "):
            found = found | self.filter(search_details__contains=digits)
        return found


class Actor(Record):
    """Somebody who can take part: an organisation, a person or a body."""

    kind = models.CharField(_("kind"), max_length=20, choices=ActorKind.choices)
    actor_type = models.ForeignKey(ActorType, models.PROTECT, verbose_name=_("type"), related_name="actors")
    name = models.CharField(
        _("name"), max_length=200, blank=True, validators=[validate_no_control_characters]
    )
    salutation = models.CharField(_("form of address"), max_length=10, choices=Salutation.choices, blank=True)
    given_name = models.CharField(_("given name"), max_length=100, blank=True)
    family_name = models.CharField(_("family name"), max_length=100, blank=True)
    description = models.TextField(_("description"), max_length=5000, blank=True)
    topics = models.ManyToManyField(Topic, verbose_name=_("topics"), related_name="actors", blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    website = models.URLField(_("website"), blank=True, validators=[validate_web_address])
    street = models.CharField(_("street and number"), max_length=200, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=10, blank=True)
    city = models.CharField(_("town"), max_length=100, blank=True)
    district = models.CharField(_("district"), max_length=100, blank=True, db_index=True)
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
    guardian = models.ForeignKey(
        "self", models.SET_NULL, verbose_name=_("guardian"), related_name="wards", null=True, blank=True
    )
    notes = models.TextField(_("notes"), max_length=20000, blank=True, help_text=NOTES_HELP)
    external_id = models.CharField(
        _("external key"),
        max_length=100,
        blank=True,
        help_text=_("The key of this actor in the list it came from."),
    )
    sort_name = models.CharField(max_length=410, editable=False, db_index=True)
    search_names = models.TextField(editable=False, blank=True)
    search_details = models.TextField(editable=False, blank=True)

    objects = ActorQuerySet.as_manager()

    class Meta:
        verbose_name = _("actor")
        verbose_name_plural = _("actors")
        ordering = ["sort_name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(active_until__isnull=True)
                | Q(active_from__isnull=True)
                | Q(active_until__gt=F("active_from")),
                name="actors_actor_active",
                violation_error_message=_("The end lies before the beginning."),
            ),
            models.CheckConstraint(condition=~Q(name=""), name="actors_actor_named"),
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

    def clean(self) -> None:
        """Check what the columns alone cannot: a person has a name of their own, a guardian is a person."""
        errors: dict[str, Any] = {}
        if self.is_person:
            if not (self.given_name.strip() or self.family_name.strip() or self.name.strip()):
                errors["family_name"] = _("Enter at least a given name or a family name.")
        elif not self.name.strip():
            errors["name"] = _("Enter the name.")
        if self.guardian and (not self.guardian.is_person or self.guardian_id == self.pk):
            errors["guardian"] = _("A guardian is another person.")
        if self.guardian and not self.is_person:
            errors["guardian"] = _("Only a person has a guardian.")
        if errors:
            raise ValidationError(errors)
        self.derive()

    def derive(self, *, former_names: list[str] | None = None, phones: list[str] | None = None) -> None:
        """Compute display name, sort key and search columns.

        ``former_names`` and ``phones`` are given where they are not stored yet (import); else they are read.
        """
        if self.is_person:
            if self.given_name or self.family_name:
                self.name = f"{self.given_name} {self.family_name}".strip()
            else:
                self.given_name, _space, self.family_name = self.name.strip().rpartition(" ")
            self.sort_name = fold(f"{self.family_name} {self.given_name}")
        else:
            self.name = self.name.strip()
            self.sort_name = fold(self.name)[:410]
        if former_names is None:
            former_names = list(self.former_names.values_list("name", flat=True)) if self.pk else []
        if phones is None:
            phones = list(self.phone_numbers.values_list("number", flat=True)) if self.pk else []
        self.search_names = search_forms(" ".join([self.name, *former_names]))
        self.search_details = " ".join([fold(self.email), *(phone_digits(p) for p in phones)]).strip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with the derived columns always up to date."""
        self.derive()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {
                *kwargs["update_fields"],
                *("name", "given_name", "family_name", "sort_name", "search_names", "search_details"),
            }
        super().save(*args, **kwargs)


class FormerName(Record):
    """A name that an actor used to have; search still finds the actor by it."""

    actor = models.ForeignKey(Actor, models.CASCADE, verbose_name=_("actor"), related_name="former_names")
    name = models.CharField(_("former name"), max_length=200, validators=[validate_no_control_characters])
    used_from = DateField(_("used from"), null=True, blank=True)
    used_until = UntilDateField(_("used until"), null=True, blank=True)

    class Meta:
        verbose_name = _("former name")
        verbose_name_plural = _("former names")
        ordering = ["used_until", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["actor", "name"], name="actors_formername_once"),
            models.CheckConstraint(
                condition=Q(used_until__isnull=True)
                | Q(used_from__isnull=True)
                | Q(used_until__gt=F("used_from")),
                name="actors_formername_interval",
                violation_error_message=_("The end lies before the beginning."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PhoneNumber(Record):
    """A telephone number of an actor, with what it is for."""

    actor = models.ForeignKey(Actor, models.CASCADE, verbose_name=_("actor"), related_name="phone_numbers")
    number = models.CharField(_("telephone number"), max_length=40, validators=[validate_phone_number])
    label = models.CharField(_("what for"), max_length=40, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    view_roles = OFFICE_ROLES

    class Meta:
        verbose_name = _("telephone number")
        verbose_name_plural = _("telephone numbers")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["actor", "number"], name="actors_phonenumber_once")]

    def __str__(self) -> str:
        return f"{self.label}: {self.number}" if self.label else self.number


class ProgrammeDependency(Record, Interval):
    """This actor exists, or is paid, thanks to a funding programme during a time."""

    actor = models.ForeignKey(
        Actor, models.CASCADE, verbose_name=_("actor"), related_name="programme_dependencies"
    )
    programme = models.CharField(_("programme"), max_length=200)
    share_percent = models.PositiveSmallIntegerField(_("share in percent"), default=100, validators=PERCENT)

    objects = IntervalQuerySet.as_manager()

    class Meta(Interval.Meta):
        verbose_name = _("programme dependency")
        verbose_name_plural = _("programme dependencies")
        ordering = ["actor", "valid_from"]
        constraints = [
            *Interval.Meta.constraints,
            models.CheckConstraint(
                condition=Q(share_percent__lte=100), name="actors_programmedependency_share"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.actor} · {self.programme}"
