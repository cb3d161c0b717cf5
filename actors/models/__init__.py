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
from actors.models.concern import Concern, ConcernQuerySet, ConcernStep
from actors.models.consent import Consent, ConsentGivenHow, ConsentPurpose
from actors.models.contact import Contact, ContactQuerySet, Direction, DiscussionPoint
from actors.models.email import Attachment, EmailState, IncomingEmail
from actors.models.feed import CalendarFeed, FeedScope
from actors.models.follow_up import FollowUp, FollowUpQuerySet
from actors.models.group import ActorGroup
from actors.models.part import FormerName, PhoneNumber, ProgrammeDependency
from actors.models.relation import Affiliation, Relation
from actors.models.repetition import Repeats
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
    "Attachment",
    "CalendarFeed",
    "Concern",
    "ConcernKind",
    "ConcernQuerySet",
    "ConcernStatus",
    "ConcernStep",
    "Consent",
    "ConsentGivenHow",
    "ConsentPurpose",
    "Contact",
    "ContactChannel",
    "ContactQuerySet",
    "Direction",
    "DiscussionPoint",
    "EmailState",
    "FeedScope",
    "FollowUp",
    "FollowUpQuerySet",
    "FormerName",
    "IncomingEmail",
    "PhoneNumber",
    "ProgrammeDependency",
    "Relation",
    "RelationType",
    "Repeats",
    "Salutation",
    "Sector",
    "Topic",
    "without_hidden_persons",
]
