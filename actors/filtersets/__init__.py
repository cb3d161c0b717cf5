"""What the register can be filtered by, on pages and in the REST API."""

from actors.filtersets.actors import NEVER, QUIET_DAYS, ActorFilterSet, ActorGroupFilterSet
from actors.filtersets.attention import KnownToOneFilterSet, QuietFilterSet
from actors.filtersets.concerns import ConcernFilterSet
from actors.filtersets.follow_ups import FollowUpFilterSet
from actors.filtersets.log import ContactFilterSet, DiscussionPointFilterSet
from actors.filtersets.ties import (
    AffiliationFilterSet,
    ConsentFilterSet,
    ProgrammeDependencyFilterSet,
    RelationFilterSet,
)

__all__ = [
    "NEVER",
    "QUIET_DAYS",
    "ActorFilterSet",
    "ActorGroupFilterSet",
    "AffiliationFilterSet",
    "ConcernFilterSet",
    "ConsentFilterSet",
    "ContactFilterSet",
    "DiscussionPointFilterSet",
    "FollowUpFilterSet",
    "KnownToOneFilterSet",
    "ProgrammeDependencyFilterSet",
    "QuietFilterSet",
    "RelationFilterSet",
]
