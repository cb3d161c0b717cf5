"""What belongs to an actor: former names, telephone numbers, and the programmes it depends on."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from actors.models.actor import NAME_LENGTH, Actor, without_hidden_persons
from actors.validators import PERCENT, validate_phone_number
from core.fields import CharField
from core.models import EarlierName, Interval, IntervalQuerySet, Record, VisibleQuerySet
from core.phone_numbers import read_numbers
from core.roles import OFFICE_ROLES, Role
from core.viewers import Viewer


class FormerNameQuerySet(VisibleQuerySet):
    """Former names."""

    def visible_to_role(self, role: Role, user: Viewer) -> Self:
        """Seen by whoever sees the actor."""
        return without_hidden_persons(self, role, "actor")


class PartOfActor(Record):
    """A row that the actor is searched by."""

    actor: models.ForeignKey[Actor, Actor]

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and let search find the actor by it."""
        super().save(*args, **kwargs)
        self.refresh_search()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete, and let search forget it. Whoever deletes several at once saves the actor afterwards."""
        deleted = super().delete(*args, **kwargs)
        self.refresh_search()
        return deleted

    def refresh_search(self) -> None:
        """Let search find the actor by what is stored of it now."""
        self.actor.refresh_search()


class FormerName(PartOfActor, EarlierName):
    """A name that an actor used to have; search still finds the actor by it."""

    actor = models.ForeignKey(Actor, models.CASCADE, verbose_name=_("actor"), related_name="former_names")
    name = CharField(_("former name"), max_length=NAME_LENGTH)

    objects: ClassVar = FormerNameQuerySet.as_manager()

    class Meta(EarlierName.Meta):
        verbose_name = _("former name")
        verbose_name_plural = _("former names")
        constraints = [
            *EarlierName.Meta.constraints,
            models.UniqueConstraint(
                fields=["actor", "name"],
                name="actors_formername_once",
                violation_error_message=_("This name is already recorded."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PhoneNumber(PartOfActor):
    """A telephone number of an actor, with what it is for."""

    actor = models.ForeignKey(Actor, models.CASCADE, verbose_name=_("actor"), related_name="phone_numbers")
    number = CharField(_("telephone number"), max_length=40, validators=[validate_phone_number])
    label = CharField(_("what for"), max_length=40, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    view_roles = OFFICE_ROLES

    class Meta:
        verbose_name = _("telephone number")
        verbose_name_plural = _("telephone numbers")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["actor", "number"],
                name="actors_phonenumber_once",
                violation_error_message=_("This number is already recorded."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.number}" if self.label else self.number

    def clean(self) -> None:
        """Refuse two numbers in one: each is dialled and found by itself."""
        if len(read_numbers(self.number)) > 1:
            raise ValidationError({"number": _("These are several numbers. Please enter each by itself.")})


class ProgrammeDependencyQuerySet(IntervalQuerySet):
    """Programme dependencies."""

    def visible_to_role(self, role: Role, user: Viewer) -> Self:
        """Seen by whoever sees the actor."""
        return without_hidden_persons(self, role, "actor")


class ProgrammeDependency(Record, Interval):
    """This actor exists, or is paid, thanks to a funding programme during a time."""

    actor = models.ForeignKey(
        Actor, models.CASCADE, verbose_name=_("actor"), related_name="programme_dependencies"
    )
    programme = CharField(_("programme"), max_length=200)
    share_percent = models.PositiveSmallIntegerField(_("share in percent"), default=100, validators=PERCENT)

    objects: ClassVar = ProgrammeDependencyQuerySet.as_manager()

    class Meta(Interval.Meta):
        verbose_name = _("programme dependency")
        verbose_name_plural = _("programme dependencies")
        ordering = ["actor", "valid_from"]
        constraints = [
            *Interval.Meta.constraints,
            models.CheckConstraint(
                condition=Q(share_percent__lte=100),
                name="actors_programmedependency_share",
                violation_error_message=_("Enter a share from 0 to 100 percent."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.actor} · {self.programme}"
