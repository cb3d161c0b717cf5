"""Tables of actors, groups, contacts and follow-ups."""

from actors.tables.actors import STATUS_LABELS, STATUS_TAGS, ActorTable, short_name, status_of
from actors.tables.attention import KnownToOneTable, QuietTable
from actors.tables.concerns import ConcernTable
from actors.tables.contacts import ContactTable
from actors.tables.follow_ups import FollowUpTable
from actors.tables.groups import ActorGroupTable

__all__ = [
    "STATUS_LABELS",
    "STATUS_TAGS",
    "ActorGroupTable",
    "ActorTable",
    "ConcernTable",
    "ContactTable",
    "FollowUpTable",
    "KnownToOneTable",
    "QuietTable",
    "short_name",
    "status_of",
]
