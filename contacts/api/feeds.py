"""Calendar feeds in the REST API: listed, made, revoked."""

from __future__ import annotations

from typing import Any, ClassVar

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from contacts.forms.feeds import scopes_for
from contacts.models import CalendarFeed, FeedScope
from contacts.services.feeds import create_feed, revoke_feed
from core.api import ReadOnlyViewSet, all_or_nothing
from core.serializers import RecordSerializer, StrictSerializer
from core.viewers import account_of


class CalendarFeedSerializer(RecordSerializer):
    """A feed as it is listed: without its address, of which only a digest is kept."""

    class Meta:
        model = CalendarFeed
        fields: tuple[str, ...] = ("id", "scope", "language", "last_read_at", "created_at")
        read_only_fields = fields


class NewCalendarFeedSerializer(StrictSerializer):
    """Whose follow-ups a new feed shows."""

    scope = serializers.ChoiceField(FeedScope.choices)

    def validate_scope(self, scope: str) -> str:
        """Refuse what the page does not offer either."""
        if scope not in dict(scopes_for(self.context["request"].user)):
            raise serializers.ValidationError(_("You see only your own follow-ups."))
        return scope


class MadeCalendarFeedSerializer(CalendarFeedSerializer):
    """A feed that was just made, with its address; no other answer holds that."""

    address = serializers.SerializerMethodField()

    class Meta(CalendarFeedSerializer.Meta):
        fields = (*CalendarFeedSerializer.Meta.fields, "address")
        read_only_fields = fields

    def get_address(self, _feed: CalendarFeed) -> str:
        """Return the whole address."""
        path = reverse("calendar_feed", args=[self.context["secret"]])
        address: str = self.context["request"].build_absolute_uri(path)
        return address


class CalendarFeedViewSet(ReadOnlyViewSet):
    """One's own feeds that are not revoked; to make one tells its address, to delete one revokes it."""

    queryset = CalendarFeed.objects.active()
    serializer_class = CalendarFeedSerializer
    ordering_fields: ClassVar = ("created_at", "last_read_at")
    http_method_names = ["get", "head", "post", "delete"]

    @extend_schema(request=NewCalendarFeedSerializer, responses={201: MadeCalendarFeedSerializer})
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Make a feed; the answer holds its address, which is told only now."""
        context = self.get_serializer_context()
        serializer = NewCalendarFeedSerializer(data=request.data, context=context)
        serializer.is_valid(raise_exception=True)
        language = get_language() or "de"
        with all_or_nothing():
            feed, secret = create_feed(
                user=account_of(request), language=language, **serializer.validated_data
            )
        made = MadeCalendarFeedSerializer(feed, context={**context, "secret": secret})
        return Response(made.data, status=status.HTTP_201_CREATED)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Revoke a feed: its address does not answer any more."""
        revoke_feed(feed=self.get_object())
        return Response(status=status.HTTP_204_NO_CONTENT)


ROUTES = {"calendar-feeds": CalendarFeedViewSet}
