"""Contacts, concerns and follow-ups with their vocabularies in the REST API."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from contacts import filtersets, models, serializers
from contacts.serializers.concerns import ConcernMoveSerializer, ConcernSerializer
from contacts.services.concerns import move_concern
from contacts.services.follow_ups import finish_follow_up, reopen_follow_up
from contacts.services.note_reading import QuickNote
from contacts.services.quick_notes import already_logged, log_quick_note
from core.api import RecordViewSet, TermViewSet, all_or_nothing
from core.api_strictness import refuse_unknown_fields
from core.serializers import Conflict, in_words
from core.stored_once import StoredOtherwise
from core.viewers import account_of


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
        note = QuickNote(sent.validated_data, user=account_of(request))
        logged = already_logged(note=note)
        if logged is None:
            try:
                logged = log_quick_note(note=note) if note.is_valid() else None
            except StoredOtherwise as error:
                raise Conflict(_("This draft was already logged with another text.")) from error
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
    serializer_class = ConcernSerializer
    filterset_class = filtersets.ConcernFilterSet
    ordering_fields = ("raised_on", "due", "updated_at")

    @extend_schema(request=ConcernMoveSerializer, responses=ConcernSerializer)
    @action(detail=True, methods=["post"])
    def move(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Take one step: forward, answered, done and so on; refused in words where it cannot follow."""
        concern = self.get_object()
        serializer = ConcernMoveSerializer(data=request.data, context=self.get_serializer_context())
        serializer.is_valid(raise_exception=True)
        step = {name: value for name, value in serializer.validated_data.items() if value is not None}
        seen = step.pop("version", None)
        with all_or_nothing(), in_words():
            stored = models.Concern.objects.select_for_update(of=("self",)).get(pk=concern.pk)
            if seen is not None and seen != stored.version:
                raise Conflict
            move_concern(concern=stored, user=account_of(request), **step)
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
        refuse_unknown_fields(request.data, ())
        with all_or_nothing():
            follow_up = self.get_object()
            finish_follow_up(follow_up=follow_up, user=account_of(request))
        return Response(self.get_serializer(follow_up).data)

    @extend_schema(responses={200: serializers.FollowUpSerializer})
    @done.mapping.delete
    def reopen(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Take back that the follow-up was done."""
        with all_or_nothing():
            follow_up = self.get_object()
            reopen_follow_up(follow_up=follow_up)
        return Response(self.get_serializer(follow_up).data)


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
    "contacts": ContactViewSet,
    "discussion-points": DiscussionPointViewSet,
    "concerns": ConcernViewSet,
    "follow-ups": FollowUpViewSet,
    "contact-channels": ContactChannelViewSet,
    "concern-kinds": ConcernKindViewSet,
    "concern-statuses": ConcernStatusViewSet,
}
