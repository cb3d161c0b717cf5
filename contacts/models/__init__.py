"""The log: contacts, concerns, follow-ups, e-mails and calendar feeds."""

from contacts.models.concern import Concern, ConcernQuerySet, ConcernStep
from contacts.models.concern_number import ConcernYear
from contacts.models.contact import Contact, ContactQuerySet, Direction, DiscussionPoint
from contacts.models.email import MACHINE_MADE, Attachment, EmailKind, EmailState, IncomingEmail
from contacts.models.feed import CalendarFeed, FeedScope
from contacts.models.follow_up import FollowUp, FollowUpQuerySet
from contacts.models.repetition import Repeats
from contacts.models.vocabulary import ConcernKind, ConcernStatus, ContactChannel

__all__ = [
    "MACHINE_MADE",
    "Attachment",
    "CalendarFeed",
    "Concern",
    "ConcernKind",
    "ConcernQuerySet",
    "ConcernStatus",
    "ConcernStep",
    "ConcernYear",
    "Contact",
    "ContactChannel",
    "ContactQuerySet",
    "Direction",
    "DiscussionPoint",
    "EmailKind",
    "EmailState",
    "FeedScope",
    "FollowUp",
    "FollowUpQuerySet",
    "IncomingEmail",
    "Repeats",
]
