"""What the register can be filtered by, on pages and in the REST API."""

from actors.filtersets.actors import ActorFilterSet, ActorGroupFilterSet
from actors.filtersets.ties import (
    AffiliationFilterSet,
    ConsentFilterSet,
    ProgrammeDependencyFilterSet,
    RelationFilterSet,
)

__all__ = [
    "ActorFilterSet",
    "ActorGroupFilterSet",
    "AffiliationFilterSet",
    "ConsentFilterSet",
    "ProgrammeDependencyFilterSet",
    "RelationFilterSet",
]
