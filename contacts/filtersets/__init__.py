"""What the log can be filtered by, on pages and in the REST API."""

from contacts.filtersets.actors import NEVER, QUIET_DAYS, ActorContactsFilterSet
from contacts.filtersets.attention import KnownToOneFilterSet, QuietFilterSet
from contacts.filtersets.concerns import ConcernFilterSet
from contacts.filtersets.follow_ups import FollowUpFilterSet
from contacts.filtersets.log import ContactFilterSet, DiscussionPointFilterSet

__all__ = [
    "NEVER",
    "QUIET_DAYS",
    "ActorContactsFilterSet",
    "ConcernFilterSet",
    "ContactFilterSet",
    "DiscussionPointFilterSet",
    "FollowUpFilterSet",
    "KnownToOneFilterSet",
    "QuietFilterSet",
]
