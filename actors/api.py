"""Actors, ties, contacts and their vocabularies in the REST API."""

from __future__ import annotations

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from actors import filtersets, models, serializers
from core.api import RecordViewSet, TermViewSet, all_or_nothing
from core.turns import SINGLE_ROLES, wait_for_turn


class ActorViewSet(RecordViewSet):
    """Everyone who can take part: organisations, persons, bodies."""

    queryset = models.Actor.objects.select_related("actor_type").prefetch_related(
        "topics", "phone_numbers", "former_names"
    )
    serializer_class = serializers.ActorSerializer
    filterset_class = filtersets.ActorFilterSet
    ordering_fields = ("sort_name", "kind", "district", "active_from", "created_at", "updated_at")


class ProgrammeDependencyViewSet(RecordViewSet):
    """Which actors exist, or are paid, thanks to a programme."""

    queryset = models.ProgrammeDependency.objects.all()
    serializer_class = serializers.ProgrammeDependencySerializer
    filterset_class = filtersets.ProgrammeDependencyFilterSet
    ordering_fields = ("programme", "valid_from", "valid_until")


class AffiliationViewSet(RecordViewSet):
    """Persons in organisations and bodies, written in turns: of two chairs at once the second is refused."""

    queryset = models.Affiliation.objects.all()
    serializer_class = serializers.AffiliationSerializer
    filterset_class = filtersets.AffiliationFilterSet
    ordering_fields = ("valid_from", "valid_until", "updated_at")

    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        with all_or_nothing():
            wait_for_turn(SINGLE_ROLES)
            return super().create(request, *args, **kwargs)

    def update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        with all_or_nothing():
            wait_for_turn(SINGLE_ROLES)
            return super().update(request, *args, **kwargs)


class RelationViewSet(RecordViewSet):
    """Declared ties between actors."""

    queryset = models.Relation.objects.select_related("relation_type")
    serializer_class = serializers.RelationSerializer
    filterset_class = filtersets.RelationFilterSet
    ordering_fields = ("strength", "valid_from", "valid_until", "updated_at")


class ActorGroupViewSet(RecordViewSet):
    """Groups of actors."""

    queryset = models.ActorGroup.objects.prefetch_related("members")
    serializer_class = serializers.ActorGroupSerializer
    filterset_class = filtersets.ActorGroupFilterSet
    ordering_fields = ("name", "created_at", "updated_at")


class ConsentViewSet(RecordViewSet):
    """What persons agreed to."""

    queryset = models.Consent.objects.all()
    serializer_class = serializers.ConsentSerializer
    filterset_class = filtersets.ConsentFilterSet
    ordering_fields = ("given_on", "withdrawn_on", "updated_at")


class ActorTypeViewSet(TermViewSet):
    """Vocabulary: types of actors, with their sector."""

    queryset = models.ActorType.objects.all()
    serializer_class = serializers.ActorTypeSerializer


class TopicViewSet(TermViewSet):
    """Vocabulary: fields of action."""

    queryset = models.Topic.objects.all()
    serializer_class = serializers.TopicSerializer


class RelationTypeViewSet(TermViewSet):
    """Vocabulary: kinds of relation."""

    queryset = models.RelationType.objects.all()
    serializer_class = serializers.RelationTypeSerializer


ROUTES = {
    "actors": ActorViewSet,
    "programme-dependencies": ProgrammeDependencyViewSet,
    "affiliations": AffiliationViewSet,
    "relations": RelationViewSet,
    "actor-groups": ActorGroupViewSet,
    "consents": ConsentViewSet,
    "actor-types": ActorTypeViewSet,
    "topics": TopicViewSet,
    "relation-types": RelationTypeViewSet,
}
