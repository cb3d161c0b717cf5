"""Contacts, their points and follow-ups as other programs see them, with the vocabularies of the log."""

from __future__ import annotations

from typing import Any, ClassVar

from rest_framework import serializers

from actors.serializers import STAMPS, TERM
from contacts.models import ConcernKind, ConcernStatus, Contact, ContactChannel, DiscussionPoint, FollowUp
from contacts.models.contact import CONFIDENTIAL_HELP
from contacts.services.contacts import save_contact
from core.serializers import RecordSerializer, StrictSerializer, in_words


class ContactSerializer(RecordSerializer):
    """A logged contact. Who logs it is whoever is signed in."""

    class Meta:
        model = Contact
        fields = (
            *("id", "date", "time", "channel", "direction", "staff", "actors", "subject", "note", "topics"),
            *("duration_minutes", "is_confidential"),
            *STAMPS,
        )
        read_only_fields = ("staff",)
        extra_kwargs: ClassVar = {"is_confidential": {"help_text": CONFIDENTIAL_HELP}}

    def candidate(self, attrs: dict[str, Any]) -> Contact:
        contact: Contact = super().candidate(attrs)
        if self.instance is None:
            contact.staff = self.context["request"].user
        return contact

    def save_record(self, lists: dict[str, list[Any]]) -> None:
        with in_words():
            save_contact(
                contact=self.record,
                user=self.context["request"].user,
                actors=lists.get("actors"),
                topics=lists.get("topics"),
            )


class QuickNoteSerializer(StrictSerializer):
    """A contact in one text, as it is typed into the quick note."""

    text = serializers.CharField(max_length=20_000, trim_whitespace=False)
    source_key = serializers.CharField(
        max_length=64, required=False, allow_blank=True, help_text="Sent twice, it is logged once."
    )
    actors = serializers.ListField(child=serializers.IntegerField(min_value=1), required=False, max_length=50)
    typed_at = serializers.CharField(max_length=40, required=False, allow_blank=True)


class DiscussionPointSerializer(RecordSerializer):
    """One thing that was talked about in a contact. A follow-up names it by its key."""

    class Meta:
        model = DiscussionPoint
        fixed = ("contact",)
        fields = ("id", "contact", "position", "topic", "text", "needs_follow_up", *STAMPS)


class FollowUpSerializer(RecordSerializer):
    """Something to come back to. It is marked as done, and taken up again, at its address ``done/``."""

    class Meta:
        model = FollowUp
        fields = (
            "id",
            "due",
            "assignee",
            "text",
            "actor",
            "contact",
            "concern",
            "point",
            "repeats",
            "repeats_from",
            "previous",
            "done_at",
            "done_by",
            *STAMPS,
        )
        read_only_fields = ("repeats_from", "previous", "done_at", "done_by")

    def candidate(self, attrs: dict[str, Any]) -> FollowUp:
        follow_up: FollowUp = super().candidate(attrs)
        follow_up.start_series_anew(self.instance)
        follow_up.keep_assignee_of(self.instance)
        return follow_up


class ContactChannelSerializer(RecordSerializer):
    """A way in which contacts happen."""

    class Meta:
        model = ContactChannel
        fields = ("id", *TERM, "is_real_contact", *STAMPS)


class ConcernKindSerializer(RecordSerializer):
    """What sort of request was brought."""

    class Meta:
        model = ConcernKind
        fields = ("id", *TERM, "yellow_after_days", "red_after_days", *STAMPS)


class ConcernStatusSerializer(RecordSerializer):
    """Where a request stands."""

    class Meta:
        model = ConcernStatus
        fields = ("id", *TERM, "is_open", *STAMPS)
