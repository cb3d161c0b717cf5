"""What an event leaves behind in writing: agenda, decisions, the stops of a tour, contacts."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from contacts.models import Concern, Contact
from core.fields import CharField, TextField
from core.models import Record, VisibleQuerySet
from core.roles import HELPER_ROLES, OFFICE_ROLES
from core.viewers import Viewer
from events.models.event import Event


class AgendaItem(Record):
    """An item of the agenda, with what was said."""

    event = models.ForeignKey(Event, models.CASCADE, verbose_name=_("event"), related_name="agenda_items")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    title = CharField(_("agenda item"), max_length=300)
    text = TextField(_("minutes"), max_length=20000, blank=True)

    view_roles = HELPER_ROLES

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        ordering = ["event", "position", "pk"]

    def __str__(self) -> str:
        return self.title


class Decision(Record):
    """What was decided at an event."""

    event = models.ForeignKey(Event, models.CASCADE, verbose_name=_("event"), related_name="decisions")
    agenda_item = models.ForeignKey(
        AgendaItem,
        models.SET_NULL,
        verbose_name=_("agenda item"),
        related_name="decisions",
        null=True,
        blank=True,
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    text = TextField(_("decision"), max_length=20000)

    view_roles = HELPER_ROLES

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["event", "position", "pk"]

    def __str__(self) -> str:
        return self.text[:80]

    def clean(self) -> None:
        """The agenda item belongs to the same event."""
        if self.agenda_item and self.agenda_item.event_id != self.event_id:
            raise ValidationError({"agenda_item": _("Choose an item of this event's agenda.")})


class TourStop(Record):
    """A stop of a tour with its finding; a finding can become a concern."""

    event = models.ForeignKey(Event, models.CASCADE, verbose_name=_("tour"), related_name="tour_stops")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    place = CharField(_("place"), max_length=200)
    finding = TextField(_("finding"), max_length=20000, blank=True)
    concern = models.OneToOneField(
        Concern, models.SET_NULL, verbose_name=_("concern"), related_name="tour_stop", null=True, blank=True
    )

    view_roles = HELPER_ROLES

    class Meta:
        verbose_name = _("tour stop")
        verbose_name_plural = _("tour stops")
        ordering = ["event", "position", "pk"]

    def __str__(self) -> str:
        return self.place


class EventContactQuerySet(VisibleQuerySet):
    """Which contact belongs to which event."""

    def visible_to_role(self, role: Any, user: Viewer) -> Self:
        """Seen by whoever sees the contact."""
        return self.filter(contact__in=Contact.objects.visible_to(user))


class EventContact(Record):
    """A logged contact that belongs to an event."""

    event = models.ForeignKey(Event, models.CASCADE, verbose_name=_("event"), related_name="event_contacts")
    contact = models.OneToOneField(
        Contact, models.CASCADE, verbose_name=_("contact"), related_name="event_contact"
    )

    objects: ClassVar = EventContactQuerySet.as_manager()
    view_roles = HELPER_ROLES

    class Meta:
        verbose_name = _("contact of an event")
        verbose_name_plural = _("contacts of events")

    def __str__(self) -> str:
        return f"{self.event} · {self.contact}"


class EventConcern(Record):
    """A concern that somebody brought at an event, for instance in the consultation hour."""

    event = models.ForeignKey(Event, models.CASCADE, verbose_name=_("event"), related_name="event_concerns")
    concern = models.OneToOneField(
        Concern, models.CASCADE, verbose_name=_("concern"), related_name="event_concern"
    )

    view_roles = OFFICE_ROLES

    class Meta:
        verbose_name = _("concern of an event")
        verbose_name_plural = _("concerns of events")

    def __str__(self) -> str:
        return f"{self.event} · {self.concern}"
