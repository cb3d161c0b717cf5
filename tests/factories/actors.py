"""Actors, ties, contacts and the rest of the register for tests."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from actors.models import (
    Actor,
    ActorGroup,
    ActorKind,
    ActorType,
    Affiliation,
    Attachment,
    CalendarFeed,
    Concern,
    ConcernKind,
    ConcernStatus,
    ConcernStep,
    Consent,
    Contact,
    ContactChannel,
    DiscussionPoint,
    FollowUp,
    FormerName,
    IncomingEmail,
    PhoneNumber,
    ProgrammeDependency,
    Relation,
    RelationType,
    Sector,
    Topic,
)
from actors.services.feeds import digest
from tests.factories.accounts import UserFactory


class TermFactory(DjangoModelFactory):
    class Meta:
        abstract = True
        django_get_or_create = ("code",)

    name_de = factory.LazyAttribute(lambda term: term.code.title())
    name_en = factory.LazyAttribute(lambda term: term.code.title())


class ActorTypeFactory(TermFactory):
    class Meta:
        model = ActorType

    code = "association"
    sector = Sector.ASSOCIATION


class TopicFactory(TermFactory):
    class Meta:
        model = Topic

    code = "education"


class RelationTypeFactory(TermFactory):
    class Meta:
        model = RelationType

    code = "cooperates"
    is_directed = False


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


class ActorFactory(DjangoModelFactory):
    """An organisation."""

    class Meta:
        model = Actor

    kind = ActorKind.ORGANISATION
    actor_type = factory.SubFactory(ActorTypeFactory)
    name = factory.Sequence(lambda n: f"Verein {n}")


class PersonFactory(DjangoModelFactory):
    """A resident."""

    class Meta:
        model = Actor

    kind = ActorKind.PERSON
    actor_type = factory.SubFactory(ActorTypeFactory, code="resident", sector=Sector.RESIDENT)
    given_name = "Ada"
    family_name = factory.Sequence(lambda n: f"Beispiel{n}")


class OfficeFactory(ActorFactory):
    """A funded neighbourhood office."""

    actor_type = factory.SubFactory(ActorTypeFactory, code="office", sector=Sector.OFFICE)
    name = factory.Sequence(lambda n: f"Stadtteilbüro {n}")


class FormerNameFactory(DjangoModelFactory):
    class Meta:
        model = FormerName

    actor = factory.SubFactory(ActorFactory)
    name = factory.Sequence(lambda n: f"Alter Name {n}")


class PhoneNumberFactory(DjangoModelFactory):
    class Meta:
        model = PhoneNumber

    actor = factory.SubFactory(ActorFactory)
    number = factory.Sequence(lambda n: f"05361 {10000 + n}")


class ProgrammeDependencyFactory(DjangoModelFactory):
    class Meta:
        model = ProgrammeDependency

    actor = factory.SubFactory(OfficeFactory)
    programme = "Soziale Stadt"


class AffiliationFactory(DjangoModelFactory):
    class Meta:
        model = Affiliation

    person = factory.SubFactory(PersonFactory)
    organisation = factory.SubFactory(ActorFactory)


class RelationFactory(DjangoModelFactory):
    class Meta:
        model = Relation

    source = factory.SubFactory(ActorFactory)
    target = factory.SubFactory(ActorFactory)
    relation_type = factory.SubFactory(RelationTypeFactory)


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


class ConsentFactory(DjangoModelFactory):
    class Meta:
        model = Consent

    person = factory.SubFactory(PersonFactory)
    purpose = "contact"
    given_how = "written"
    given_on = dt.date(2020, 5, 4)


class ActorGroupFactory(DjangoModelFactory):
    """A group; ``members=[…]`` are its members."""

    class Meta:
        model = ActorGroup
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Gruppe {n}")

    @factory.post_generation
    def members(self, create, extracted, **kwargs):
        if create and extracted:
            self.members.set(extracted)
