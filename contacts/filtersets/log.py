"""What contacts and their points can be filtered by, on pages and in the REST API."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from actors.models import Actor, Topic
from contacts.models import Contact, ContactChannel, Direction, DiscussionPoint
from core.accounts.models import User
from core.filters import (
    FromDateFilter,
    RecordFilterSet,
    RemoteChoiceFilter,
    SearchFilter,
    TermFilter,
    UntilDateFilter,
    VisibleChoiceFilter,
    YesNoFilter,
    holds,
)
from core.text import fold

ACTORS = "actors:actor_options"


class ContactFilterSet(RecordFilterSet):
    """Contacts by period, channel, staff member, topic, actor and words."""

    q = SearchFilter(label=_("Subject, note or name"))
    since = FromDateFilter(field_name="date", label=_("From"))
    until = UntilDateFilter(field_name="date", label=_("Until"))
    channel = TermFilter(queryset=ContactChannel.objects, label=_("Channel"))
    direction = django_filters.ChoiceFilter(
        label=_("Direction"), choices=Direction.choices, empty_label=_("any")
    )
    staff = VisibleChoiceFilter(queryset=User.objects, label=_("Logged by"), empty_label=_("anybody"))
    topic = TermFilter(queryset=Topic.objects, field_name="topics", label=_("Topic"))
    actor = RemoteChoiceFilter(queryset=Actor.objects, field_name="actors", label=_("Actor"), url_name=ACTORS)

    class Meta:
        model = Contact
        fields: list[str] = []

    def search(self, queryset: Any, name: str, value: str) -> QuerySet:
        """Find every word in the subject, the note or the name of an actor involved."""
        for word in fold(value).split():
            named = Actor.objects.visible_to(self.user).matching(word)
            about = Contact.actors.through.objects.filter(actor__in=named).values("contact")
            queryset = queryset.filter(Q(search_text__contains=word) | Q(pk__in=about))
        return queryset


class DiscussionPointFilterSet(RecordFilterSet):
    """Points of contacts by words, contact, topic and whether they need a follow-up."""

    q = SearchFilter(label=_("Keyword"))
    contact = VisibleChoiceFilter(queryset=Contact.objects, label=_("Contact"))
    topic = TermFilter(queryset=Topic.objects, label=_("Topic"))
    needs_follow_up = YesNoFilter(label=_("needs follow-up"))

    class Meta:
        model = DiscussionPoint
        fields: list[str] = []

    def search(self, queryset: Any, name: str, value: str) -> QuerySet:
        """Find every word in the text."""
        for word in value.split():
            queryset = queryset.filter(holds("text", word))
        points: QuerySet = queryset
        return points
