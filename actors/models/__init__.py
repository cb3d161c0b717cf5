"""Who: actors, their ties, contacts, concerns, follow-ups and consents."""

from actors.models.actor import (
    CHOOSE_COLLECTIVE,
    CHOOSE_PERSON,
    COLLECTIVES,
    NAME_LENGTH,
    NOTES_HELP,
    PERSONS,
    Actor,
    ActorKind,
    ActorQuerySet,
    Salutation,
    without_hidden_persons,
)
from actors.models.consent import Consent, ConsentGivenHow, ConsentPurpose
from actors.models.group import ActorGroup
from actors.models.part import FormerName, PhoneNumber, ProgrammeDependency
from actors.models.relation import Affiliation, Relation
from actors.models.vocabulary import ActorType, RelationType, Sector, Topic

__all__ = [
    "CHOOSE_COLLECTIVE",
    "CHOOSE_PERSON",
    "COLLECTIVES",
    "NAME_LENGTH",
    "NOTES_HELP",
    "PERSONS",
    "Actor",
    "ActorGroup",
    "ActorKind",
    "ActorQuerySet",
    "ActorType",
    "Affiliation",
    "Consent",
    "ConsentGivenHow",
    "ConsentPurpose",
    "FormerName",
    "PhoneNumber",
    "ProgrammeDependency",
    "Relation",
    "RelationType",
    "Salutation",
    "Sector",
    "Topic",
    "without_hidden_persons",
]
