"""Actors, ties, contacts and their vocabularies in the REST API."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from actors import filtersets, models, serializers
from actors.forms.quick_notes import QuickNote
from actors.services import LoggedOtherwise, finish_follow_up, move_concern, reopen_follow_up
from crm.common.api import RecordViewSet, TermViewSet, all_or_nothing
from crm.common.serializers import Conflict, in_words


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
    """Persons in organisations and bodies."""

    queryset = models.Affiliation.objects.all()
    serializer_class = serializers.AffiliationSerializer
    filterset_class = filtersets.AffiliationFilterSet
    ordering_fields = ("valid_from", "valid_until", "updated_at")


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


class ContactViewSet(RecordViewSet):
    """Logged contacts."""

    queryset = models.Contact.objects.select_related("channel").prefetch_related("actors", "topics")
    serializer_class = serializers.ContactSerializer
    filterset_class = filtersets.ContactFilterSet
    ordering_fields = ("date", "created_at", "updated_at")

    @extend_schema(request=serializers.QuickNoteSerializer, responses=serializers.ContactSerializer)
    @action(detail=False, methods=["post"])
    def note(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Log a contact by one text, read like the quick note; 200 if this key was logged before."""
        sent = serializers.QuickNoteSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        note = QuickNote(sent.validated_data, user=request.user)
        logged = note.already_logged()
        if logged is None:
            try:
                logged = note.save() if note.is_valid() else None
            except LoggedOtherwise as news:
                raise Conflict(_("This draft was already logged with another text.")) from news
        if logged is None:
            raise ValidationError(note.errors)
        status = HTTPStatus.CREATED if logged.is_new else HTTPStatus.OK
        return Response(self.get_serializer(logged.contact).data, status=status)


class DiscussionPointViewSet(RecordViewSet):
    """What was talked about in contacts, point by point."""

    queryset = models.DiscussionPoint.objects.select_related("contact")
    serializer_class = serializers.DiscussionPointSerializer
    filterset_class = filtersets.DiscussionPointFilterSet
    ordering_fields = ("contact", "position", "updated_at")


class ConcernViewSet(RecordViewSet):
    """Requests that people brought, each with its steps."""

    queryset = models.Concern.objects.select_related("kind", "status", "topic").prefetch_related(
        "steps__from_status", "steps__to_status"
    )
    serializer_class = serializers.ConcernSerializer
    filterset_class = filtersets.ConcernFilterSet
    ordering_fields = ("raised_on", "due", "updated_at")

    @extend_schema(request=serializers.ConcernMoveSerializer, responses=serializers.ConcernSerializer)
    @action(detail=True, methods=["post"])
    def move(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Take one step: forward, answered, done and so on; refused in words where it cannot follow."""
        concern = self.get_object()
        form = serializers.ConcernMoveSerializer(data=request.data, context=self.get_serializer_context())
        form.is_valid(raise_exception=True)
        asked = {name: value for name, value in form.validated_data.items() if value is not None}
        seen = asked.pop("version", None)
        with all_or_nothing(), in_words():
            stored = models.Concern.objects.select_for_update(of=("self",)).get(pk=concern.pk)
            if seen is not None and seen != stored.version:
                raise Conflict
            move_concern(concern=stored, user=request.user, **asked)
        return Response(self.get_serializer(self.get_object()).data)


class FollowUpViewSet(RecordViewSet):
    """What is still to be done, and what was done."""

    queryset = models.FollowUp.objects.all()
    serializer_class = serializers.FollowUpSerializer
    filterset_class = filtersets.FollowUpFilterSet
    ordering_fields = ("due", "done_at", "updated_at")
    action_rights = {"done": "finish", "reopen": "finish"}

    @extend_schema(request=None, responses=serializers.FollowUpSerializer)
    @action(detail=True, methods=["post"])
    def done(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Mark the follow-up as done now, by whoever is signed in; what repeats gets its next one."""
        with all_or_nothing():
            follow_up = self.get_object()
            finish_follow_up(follow_up=follow_up, user=request.user)
        return Response(self.get_serializer(follow_up).data)

    @extend_schema(responses=serializers.FollowUpSerializer)
    @done.mapping.delete
    def reopen(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Take back that the follow-up was done."""
        with all_or_nothing():
            follow_up = self.get_object()
            reopen_follow_up(follow_up=follow_up)
        return Response(self.get_serializer(follow_up).data)


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


class ContactChannelViewSet(TermViewSet):
    """Vocabulary: ways in which contacts happen."""

    queryset = models.ContactChannel.objects.all()
    serializer_class = serializers.ContactChannelSerializer


class ConcernKindViewSet(TermViewSet):
    """Vocabulary: kinds of concern."""

    queryset = models.ConcernKind.objects.all()
    serializer_class = serializers.ConcernKindSerializer


class ConcernStatusViewSet(TermViewSet):
    """Vocabulary: where a concern stands."""

    queryset = models.ConcernStatus.objects.all()
    serializer_class = serializers.ConcernStatusSerializer


ROUTES = {
    "actors": ActorViewSet,
    "programme-dependencies": ProgrammeDependencyViewSet,
    "affiliations": AffiliationViewSet,
    "relations": RelationViewSet,
    "actor-groups": ActorGroupViewSet,
    "contacts": ContactViewSet,
    "discussion-points": DiscussionPointViewSet,
    "concerns": ConcernViewSet,
    "follow-ups": FollowUpViewSet,
    "consents": ConsentViewSet,
    "actor-types": ActorTypeViewSet,
    "topics": TopicViewSet,
    "relation-types": RelationTypeViewSet,
    "contact-channels": ContactChannelViewSet,
    "concern-kinds": ConcernKindViewSet,
    "concern-statuses": ConcernStatusViewSet,
}
