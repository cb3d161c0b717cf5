"""Contacts, concerns, follow-ups and e-mails for tests."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from contacts.models import (
    Attachment,
    CalendarFeed,
    Concern,
    ConcernKind,
    ConcernStatus,
    ConcernStep,
    Contact,
    ContactChannel,
    DiscussionPoint,
    FollowUp,
    IncomingEmail,
)
from contacts.services.feeds import digest
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory, TermFactory


class ContactChannelFactory(TermFactory):
    class Meta:
        model = ContactChannel

    code = "phone"


class ConcernKindFactory(TermFactory):
    class Meta:
        model = ConcernKind

    code = "enquiry"


class ConcernStatusFactory(TermFactory):
    class Meta:
        model = ConcernStatus

    code = "new"


class ContactFactory(DjangoModelFactory):
    class Meta:
        model = Contact
        skip_postgeneration_save = True

    date = dt.date(2020, 5, 4)
    channel = factory.SubFactory(ContactChannelFactory)
    staff = factory.SubFactory(UserFactory)
    subject = factory.Sequence(lambda n: f"Gespräch {n}")

    @factory.post_generation
    def actors(self, create, extracted, **kwargs):
        if create:
            self.actors.set(extracted if extracted is not None else [ActorFactory()])


class DiscussionPointFactory(DjangoModelFactory):
    class Meta:
        model = DiscussionPoint

    contact = factory.SubFactory(ContactFactory)
    text = factory.Sequence(lambda n: f"Punkt {n}")


class ConcernFactory(DjangoModelFactory):
    class Meta:
        model = Concern

    kind = factory.SubFactory(ConcernKindFactory)
    status = factory.SubFactory(ConcernStatusFactory)
    raised_on = dt.date(2020, 5, 4)
    text = "Die Laterne ist kaputt."


class ConcernStepFactory(DjangoModelFactory):
    class Meta:
        model = ConcernStep

    concern = factory.SubFactory(ConcernFactory)
    to_status = factory.SelfAttribute("concern.status")
    by = factory.SubFactory(UserFactory)


class IncomingEmailFactory(DjangoModelFactory):
    """An e-mail of a stranger to the office."""

    class Meta:
        model = IncomingEmail

    message_key = factory.Sequence(lambda n: f"{n:064d}")
    sent_at = dt.datetime(2020, 5, 4, 9, 30, tzinfo=dt.UTC)
    sender_name = "Petra Müller"
    sender = "petra@verein.example"
    recipients = factory.LazyFunction(
        lambda: [{"kind": "to", "name": "Stadtteilbüro", "address": "buero@westhagen.example"}]
    )
    subject = factory.Sequence(lambda n: f"Anfrage {n}")
    text = "Guten Tag,\nhaben Sie am Freitag Zeit?"


class AttachmentFactory(DjangoModelFactory):
    """A file that came with an e-mail."""

    class Meta:
        model = Attachment

    email = factory.SubFactory(IncomingEmailFactory)
    file = factory.django.FileField(filename="file.pdf", data=b"%PDF-1.7")
    name = "Einladung.pdf"
    content_type = "application/pdf"
    size = 8


class FollowUpFactory(DjangoModelFactory):
    class Meta:
        model = FollowUp

    due = dt.date(2020, 5, 11)
    assignee = factory.SubFactory(UserFactory)
    text = "Zurückrufen"


class CalendarFeedFactory(DjangoModelFactory):
    """A feed; ``secret="…"`` is what its address holds."""

    class Meta:
        model = CalendarFeed

    class Params:
        secret = factory.Sequence(lambda n: f"secret-{n}")

    user = factory.SubFactory(UserFactory)
    secret_digest = factory.LazyAttribute(lambda feed: digest(feed.secret))
