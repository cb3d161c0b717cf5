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
    Consent,
    FormerName,
    PhoneNumber,
    ProgrammeDependency,
    Relation,
    RelationType,
    Sector,
    Topic,
)


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
