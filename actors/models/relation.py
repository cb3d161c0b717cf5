"""Ties that somebody declared: persons in organisations, and actors with actors."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from actors.models.actor import (
    CHOOSE_COLLECTIVE,
    CHOOSE_PERSON,
    COLLECTIVES,
    PERSONS,
    Actor,
    without_hidden_persons,
)
from actors.models.vocabulary import RelationType
from actors.validators import STRENGTH
from core.fields import CharField
from core.models import Interval, IntervalQuerySet, Record
from core.roles import HELPER_ROLES, Role
from core.viewers import Viewer


class Affiliation(Record, Interval):
    """A person in an organisation or body, during a time. A change of organisation keeps the history."""

    person = models.ForeignKey(
        Actor,
        models.CASCADE,
        verbose_name=_("person"),
        related_name="affiliations",
        limit_choices_to=PERSONS,
        error_messages=CHOOSE_PERSON,
    )
    organisation = models.ForeignKey(
        Actor,
        models.CASCADE,
        verbose_name=_("organisation"),
        related_name="members",
        limit_choices_to=COLLECTIVES,
        error_messages=CHOOSE_COLLECTIVE,
    )
    role = CharField(_("function"), max_length=100, blank=True)
    is_main_contact = models.BooleanField(_("main contact"), default=False)

    objects: ClassVar = IntervalQuerySet.as_manager()
    view_roles = HELPER_ROLES

    class Meta(Interval.Meta):
        verbose_name = _("affiliation")
        verbose_name_plural = _("affiliations")
        ordering = ["-is_main_contact", "person__sort_name", "pk"]
        constraints = [
            *Interval.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(person=F("organisation")),
                name="actors_affiliation_distinct",
                violation_error_message=_("Nobody is a member of itself."),
            ),
            models.UniqueConstraint(
                fields=["person", "organisation", "role", "valid_from"],
                name="actors_affiliation_once",
                violation_error_message=_("This affiliation is already recorded."),
            ),
            models.UniqueConstraint(
                fields=["person", "organisation", "role"],
                condition=Q(valid_from__isnull=True),
                name="actors_affiliation_once_undated",
                violation_error_message=_("This affiliation is already recorded."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.organisation}"


class RelationQuerySet(IntervalQuerySet):
    """Relations between actors."""

    def visible_to_role(self, role: Role, user: Viewer) -> Self:
        """A relation is seen by whoever sees both ends."""
        return without_hidden_persons(self, role, "source", "target")

    def of(self, actor: Actor) -> Self:
        """Return the relations that ``actor`` has, in either direction."""
        return self.filter(Q(source=actor) | Q(target=actor))


class Relation(Record, Interval):
    """A declared tie between two actors. An undirected one is stored with the smaller key first."""

    source = models.ForeignKey(
        Actor, models.CASCADE, verbose_name=_("from actor"), related_name="relations_out"
    )
    target = models.ForeignKey(Actor, models.CASCADE, verbose_name=_("to actor"), related_name="relations_in")
    relation_type = models.ForeignKey(
        RelationType, models.PROTECT, verbose_name=_("kind of relation"), related_name="relations"
    )
    is_directed = models.BooleanField(_("directed"), default=False, editable=False)
    strength = models.PositiveSmallIntegerField(
        _("strength"), default=2, validators=STRENGTH, help_text=_("1 loose, 2 regular, 3 close")
    )
    evidence = CharField(
        _("source"),
        max_length=200,
        blank=True,
        help_text=_("Where this is known from, such as a contract or a talk."),
    )

    objects: ClassVar = RelationQuerySet.as_manager()

    class Meta(Interval.Meta):
        verbose_name = _("relation")
        verbose_name_plural = _("relations")
        ordering = ["-strength", "source__sort_name", "pk"]
        constraints = [
            *Interval.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(source=F("target")),
                name="actors_relation_distinct",
                violation_error_message=_("An actor has no relation to itself."),
            ),
            models.CheckConstraint(
                condition=Q(is_directed=True) | Q(source__lte=F("target")),
                name="actors_relation_no_reversed_twin",
                violation_error_message=_("This relation is already recorded."),
            ),
            models.CheckConstraint(
                condition=Q(strength__range=(1, 3)),
                name="actors_relation_strength",
                violation_error_message=_("Enter a strength from 1 to 3."),
            ),
            models.UniqueConstraint(
                fields=["source", "target", "relation_type", "valid_from"],
                name="actors_relation_once",
                violation_error_message=_("This relation is already recorded."),
            ),
            models.UniqueConstraint(
                fields=["source", "target", "relation_type"],
                condition=Q(valid_from__isnull=True),
                name="actors_relation_once_undated",
                violation_error_message=_("This relation is already recorded."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} · {self.relation_type} · {self.target}"

    def normalise(self) -> None:
        """Take the direction from the type, and put the ends of an undirected relation in order."""
        self.is_directed = self.relation_type.is_directed
        if not self.is_directed and self.source_id > self.target_id:
            self.source, self.target = self.target, self.source

    def clean(self) -> None:
        """Refuse a second relation of the same kind at the same time."""
        if not (self.source_id and self.target_id and self.relation_type_id):
            return
        self.normalise()
        if self.source_id == self.target_id:
            return  # said by the constraint
        twins = Relation.objects.filter(
            source=self.source, target=self.target, relation_type=self.relation_type
        )
        start, end = self.valid_from or dt.date.min, self.valid_until or dt.date.max
        for twin in twins.exclude(pk=self.pk):
            if twin.valid_from == self.valid_from:
                continue  # said by the constraint
            if start < (twin.valid_until or dt.date.max) and (twin.valid_from or dt.date.min) < end:
                raise ValidationError(_("This relation is already recorded for this time."), code="duplicate")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with the ends in order."""
        self.normalise()
        super().save(*args, **kwargs)

    def other_end(self, actor: Actor) -> Actor:
        return self.target if self.source_id == actor.pk else self.source
