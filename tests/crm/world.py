"""Records that the routes of the site are asked for."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from actors.imports import ActorImporter
from core.imports.pipeline import start_run
from tests.crm.records import make
from tests.factories import actors, contacts, events
from tests.factories.accounts import UserFactory
from tests.factories.reports import saved_report, small_report


class World:
    """Records to ask for, made when they are asked for."""

    def __init__(self, follow_ups_of: Any = None) -> None:
        self.follow_ups_of = follow_ups_of

    def key(self, name: str) -> Any:
        """Return the key of a record, or what stands after ``=``."""
        if name.startswith("="):
            return name[1:]
        if name.startswith("api "):
            return self._served(name.removeprefix("api ")).pk
        return getattr(self, name).pk

    def _served(self, prefix: str) -> Any:
        """A record that only the rights of the role decide about, and that nothing else needs."""
        return self.follow_up if prefix == "follow-ups" else make(prefix, 1)

    @cached_property
    def actor(self) -> Any:
        return actors.ActorFactory()

    @cached_property
    def person(self) -> Any:
        return actors.PersonFactory()

    @cached_property
    def relation(self) -> Any:
        return actors.RelationFactory(source=self.actor)

    @cached_property
    def foreign_relation(self) -> Any:
        return actors.RelationFactory()

    @cached_property
    def affiliation(self) -> Any:
        return actors.AffiliationFactory(person=self.person, organisation=self.actor)

    @cached_property
    def foreign_affiliation(self) -> Any:
        return actors.AffiliationFactory()

    @cached_property
    def foreign_former_name(self) -> Any:
        return actors.FormerNameFactory()

    @cached_property
    def foreign_dependency(self) -> Any:
        return actors.ProgrammeDependencyFactory()

    @cached_property
    def former_name(self) -> Any:
        return actors.FormerNameFactory(actor=self.actor)

    @cached_property
    def dependency(self) -> Any:
        return actors.ProgrammeDependencyFactory(actor=self.actor)

    @cached_property
    def group(self) -> Any:
        return actors.ActorGroupFactory(members=[self.actor])

    @cached_property
    def contact(self) -> Any:
        return contacts.ContactFactory(actors=[self.actor])

    @cached_property
    def own_contact(self) -> Any:
        """Logged by the volunteer who asks."""
        logged_by = {"staff": self.follow_ups_of} if self.follow_ups_of else {}
        return contacts.ContactFactory(actors=[self.actor], **logged_by)

    @cached_property
    def own_point(self) -> Any:
        return contacts.DiscussionPointFactory(contact=self.own_contact)

    @cached_property
    def point(self) -> Any:
        return contacts.DiscussionPointFactory(contact=self.contact)

    @cached_property
    def secret_contact(self) -> Any:
        return contacts.ContactFactory(is_confidential=True)

    @cached_property
    def concern(self) -> Any:
        return contacts.ConcernFactory(raised_by=self.actor)

    @cached_property
    def email(self) -> Any:
        return contacts.IncomingEmailFactory()

    @cached_property
    def attachment(self) -> Any:
        return contacts.AttachmentFactory(email=self.email)

    @cached_property
    def follow_up(self) -> Any:
        return contacts.FollowUpFactory(assignee=self.follow_ups_of)

    @cached_property
    def foreign_follow_up(self) -> Any:
        return contacts.FollowUpFactory()

    @cached_property
    def tour_stop(self) -> Any:
        return events.TourStopFactory(event=self.event)

    @cached_property
    def topic(self) -> Any:
        return actors.TopicFactory(code="of-the-matrix")

    @cached_property
    def user(self) -> Any:
        return UserFactory(role="reader")

    @cached_property
    def colleague(self) -> Any:
        return UserFactory(role="staff")

    @cached_property
    def feed(self) -> Any:
        return contacts.CalendarFeedFactory(user=self.follow_ups_of)

    @cached_property
    def event(self) -> Any:
        return events.EventFactory()

    @cached_property
    def event_contact(self) -> Any:
        return events.EventContactFactory(event=self.event, contact=self.contact)

    @cached_property
    def own_event_contact(self) -> Any:
        return events.EventContactFactory(event=self.event, contact=self.own_contact)

    @cached_property
    def secret_event_contact(self) -> Any:
        return events.EventContactFactory(event=self.event, contact=self.secret_contact)

    @cached_property
    def participation(self) -> Any:
        return events.ParticipationFactory(event=self.event, actor=self.actor)

    @cached_property
    def participation_of_person(self) -> Any:
        return events.ParticipationFactory(event=self.event, actor=self.person)

    @cached_property
    def series(self) -> Any:
        return events.EventSeriesFactory()

    @cached_property
    def hours(self) -> Any:
        return events.ConsultationHoursFactory()

    @cached_property
    def special_days(self) -> Any:
        return events.SpecialDaysFactory()

    @cached_property
    def space(self) -> Any:
        return events.SpaceFactory()

    @cached_property
    def programme(self) -> Any:
        return events.ProgrammeFactory()

    @cached_property
    def measure(self) -> Any:
        return events.MeasureFactory()

    @cached_property
    def saved_report(self) -> Any:
        return saved_report()

    @cached_property
    def hand_over_sheet(self) -> Any:
        return saved_report(report=small_report(kind="hand_over"))

    @cached_property
    def import_run(self) -> Any:
        return start_run(
            importer=ActorImporter, data=b"Name;Typ\nA;Verein\n", file_name="liste.csv", user=None
        )
