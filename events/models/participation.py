"""Who took part in what, by name and by head, and who carried which task."""

from __future__ import annotations

from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from actors.models import CHOOSE_PERSON, PERSONS, Actor, without_hidden_persons
from core.fields import CharField
from core.models import Record, VisibleQuerySet
from core.roles import HELPER_ROLES, Role
from core.viewers import Viewer
from events.models.series import EventSeries
from events.models.vocabulary import ParticipationRole, TaskKind
from events.validators import HOURS, NOT_YET_ATTENDED, PEOPLE


class ParticipationState(models.TextChoices):
    """From the invitation to the attendance list."""

    INVITED = "invited", _("invited")
    REGISTERED = "registered", _("registered")
    ATTENDED = "attended", _("attended")
    EXCUSED = "excused", _("excused")
    ABSENT = "absent", _("absent")


class ParticipationQuerySet(VisibleQuerySet):
    """Participations."""

    def visible_to_role(self, role: Role, user: Viewer) -> Self:
        """Seen by whoever sees the actor."""
        return without_hidden_persons(self, role, "actor")

    def attended(self) -> Self:
        return self.filter(state=ParticipationState.ATTENDED)

    def counted(self) -> Self:
        """Return what statistics and networks count: attended, at an event that was held."""
        return self.attended().filter(event__status="held")


class Participation(Record):
    """One actor in one role at one event."""

    # No index of their own: the unique constraint begins with the event, the index below with the actor. The
    # state is in it so that counting need not open the rows.
    event = models.ForeignKey(
        "events.Event", models.CASCADE, verbose_name=_("event"), related_name="participations", db_index=False
    )
    actor = models.ForeignKey(
        Actor, models.PROTECT, verbose_name=_("actor"), related_name="participations", db_index=False
    )
    role = models.ForeignKey(
        ParticipationRole, models.PROTECT, verbose_name=_("role"), related_name="participations"
    )
    state = models.CharField(
        _("state"), max_length=20, choices=ParticipationState.choices, default=ParticipationState.ATTENDED
    )
    volunteer_hours = models.DecimalField(
        _("volunteer hours"), max_digits=6, decimal_places=2, null=True, blank=True, validators=HOURS
    )
    people_brought = models.PositiveIntegerField(
        _("people brought"),
        default=0,
        validators=PEOPLE,
        help_text=_("How many people came with this actor."),
    )
    represented_by = models.ForeignKey(
        Actor,
        models.SET_NULL,
        verbose_name=_("represented by"),
        related_name="representations",
        null=True,
        blank=True,
        limit_choices_to=PERSONS,
        error_messages=CHOOSE_PERSON,
    )

    objects: ClassVar = ParticipationQuerySet.as_manager()
    write_roles = HELPER_ROLES
    delete_roles = HELPER_ROLES

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        ordering = ["actor__sort_name", "pk"]
        indexes = [models.Index(fields=["actor", "event", "state"], name="events_part_actor_event_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "actor", "role"],
                name="events_participation_once",
                violation_error_message=_("This actor is already recorded in this role."),
            ),
            models.CheckConstraint(
                condition=Q(represented_by__isnull=True) | ~Q(represented_by=F("actor")),
                name="events_participation_represented",
                violation_error_message=_("An actor is not represented by itself."),
            ),
            models.CheckConstraint(
                condition=Q(volunteer_hours__isnull=True) | Q(volunteer_hours__gte=0),
                name="events_participation_hours",
                violation_error_message=_("Enter the hours as a number from 0."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.actor} · {self.event}"

    def clean(self) -> None:
        """Nobody has taken part in what is still to come."""
        if self.state == ParticipationState.ATTENDED and self.event_id and self.event.is_to_come:
            raise ValidationError({"state": NOT_YET_ATTENDED})


class HeadcountGroup(models.TextChoices):
    """Age groups that funders ask for."""

    CHILDREN = "children", _("children")
    YOUTH = "youth", _("youth")
    ADULTS_18_29 = "18_29", _("18–29")
    ADULTS_30_54 = "30_54", _("30–54")
    ADULTS_55 = "55_plus", _("55 and older")
    UNKNOWN = "unknown", _("unknown")


class HeadcountSex(models.TextChoices):
    """Sex as funders ask for it."""

    FEMALE = "f", _("female")
    MALE = "m", _("male")
    DIVERSE = "d", _("diverse")
    NOT_STATED = "x", _("not stated")


class HeadcountMethod(models.TextChoices):
    """How a number came about."""

    NAMED_LIST = "named_list", _("list of names")
    COUNTED = "counted", _("counted")
    ESTIMATED = "estimated", _("estimated")
    UNKNOWN = "unknown", _("unknown")


class Headcount(Record):
    """An anonymous number of people beside the names. Small numbers are not for readers from outside."""

    event = models.ForeignKey(
        "events.Event", models.CASCADE, verbose_name=_("event"), related_name="headcounts"
    )
    group = models.CharField(
        _("age group"), max_length=20, choices=HeadcountGroup.choices, default=HeadcountGroup.UNKNOWN
    )
    sex = models.CharField(
        _("sex"), max_length=2, choices=HeadcountSex.choices, default=HeadcountSex.NOT_STATED
    )
    count = models.PositiveIntegerField(_("number of people"), validators=PEOPLE)
    method = models.CharField(
        _("method"), max_length=20, choices=HeadcountMethod.choices, default=HeadcountMethod.COUNTED
    )

    view_roles = HELPER_ROLES
    write_roles = HELPER_ROLES
    delete_roles = HELPER_ROLES

    class Meta:
        verbose_name = _("headcount")
        verbose_name_plural = _("headcounts")
        ordering = ["event", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "group", "sex"],
                name="events_headcount_once",
                violation_error_message=_("There is already a number for this group."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.event}: {self.count}"


class TaskAssignmentQuerySet(VisibleQuerySet):
    """Tasks and who carries them."""

    def visible_to_role(self, role: Role, user: Viewer) -> Self:
        """Seen by whoever sees the actor who carries it."""
        return without_hidden_persons(self, role, "actor")

    def assigned(self) -> Self:
        return self.filter(actor__isnull=False)


class TaskAssignment(Record):
    """Who carried which task at an event; for a series, who is to carry it in future. Nobody: unassigned."""

    event = models.ForeignKey(
        "events.Event", models.CASCADE, verbose_name=_("event"), related_name="tasks", null=True, blank=True
    )
    series = models.ForeignKey(
        EventSeries,
        models.CASCADE,
        verbose_name=_("format"),
        related_name="future_tasks",
        null=True,
        blank=True,
    )
    task = models.ForeignKey(TaskKind, models.PROTECT, verbose_name=_("task"), related_name="assignments")
    actor = models.ForeignKey(
        Actor, models.PROTECT, verbose_name=_("carried by"), related_name="tasks", null=True, blank=True
    )
    note = CharField(_("note"), max_length=200, blank=True)

    objects: ClassVar = TaskAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering = ["task__position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(event__isnull=False, series__isnull=True)
                | Q(event__isnull=True, series__isnull=False),
                name="events_taskassignment_event_or_series",
                violation_error_message=_("A task belongs either to an event or to a format."),
            ),
            models.UniqueConstraint(
                fields=["event", "task", "actor"],
                name="events_taskassignment_once",
                violation_error_message=_("This task is already assigned to this actor."),
            ),
            models.UniqueConstraint(
                fields=["series", "task", "actor"],
                name="events_taskassignment_series_once",
                violation_error_message=_("This task is already assigned to this actor."),
            ),
            models.UniqueConstraint(
                fields=["event", "task"],
                condition=Q(actor__isnull=True),
                name="events_taskassignment_unassigned_once",
                violation_error_message=_("This task is already listed as unassigned."),
            ),
            models.UniqueConstraint(
                fields=["series", "task"],
                condition=Q(actor__isnull=True),
                name="events_taskassignment_series_unassigned_once",
                violation_error_message=_("This task is already listed as unassigned."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task} · {self.actor or '–'}"
