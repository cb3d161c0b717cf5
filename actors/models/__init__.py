"""Who: actors, their ties, contacts, concerns, follow-ups and consents."""

from actors.models.actor import (
    NOTES_HELP,
    Actor,
    ActorKind,
    ActorQuerySet,
    FormerName,
    PhoneNumber,
    ProgrammeDependency,
    Salutation,
)
from actors.models.consent import Consent, ConsentGivenHow, ConsentPurpose
from actors.models.contact import Concern, Contact, ContactQuerySet, Direction, FollowUp
from actors.models.relation import Affiliation, Relation
from actors.models.vocabulary import (
    ActorType,
    ConcernKind,
    ConcernStatus,
    ContactChannel,
    RelationType,
    Sector,
    Topic,
)

__all__ = [
    "NOTES_HELP",
    "Actor",
    "ActorKind",
    "ActorQuerySet",
    "ActorType",
    "Affiliation",
    "Concern",
    "ConcernKind",
    "ConcernStatus",
    "Consent",
    "ConsentGivenHow",
    "ConsentPurpose",
    "Contact",
    "ContactChannel",
    "ContactQuerySet",
    "Direction",
    "FollowUp",
    "FormerName",
    "PhoneNumber",
    "ProgrammeDependency",
    "Relation",
    "RelationType",
    "Salutation",
    "Sector",
    "Topic",
]
