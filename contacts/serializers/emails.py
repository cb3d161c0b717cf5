"""E-mails as other programs see them."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from actors.models import Actor
from contacts.emails.errors import why_no_contact
from contacts.models import Attachment, EmailState, IncomingEmail
from contacts.services.emails import draft_of
from core.serializers import RecordSerializer, StrictSerializer, VisibleKeyField


class AttachmentSerializer(serializers.ModelSerializer):
    """A file that came with an e-mail; at ``url`` it is handed out to whoever is signed in on the pages."""

    url = serializers.SerializerMethodField()

    class Meta:
        model = Attachment
        fields = ("id", "name", "content_type", "size", "url")
        read_only_fields = fields

    def get_url(self, attachment: Attachment) -> str:
        """Return the address of the file."""
        return reverse("contacts:attachment_file", args=[attachment.pk])


class NotKeptSerializer(serializers.Serializer):
    """An attachment that was not kept, and why."""

    name = serializers.CharField()
    size = serializers.IntegerField()
    reason = serializers.CharField()


class PersonSerializer(serializers.Serializer):
    """Somebody an e-mail goes to."""

    kind = serializers.CharField()
    name = serializers.CharField()
    address = serializers.CharField()


class IncomingEmailSerializer(RecordSerializer):
    """An e-mail as text, with where it stands."""

    state = serializers.SerializerMethodField()
    reason = serializers.SerializerMethodField()
    note = serializers.SerializerMethodField()
    recipients = PersonSerializer(many=True, read_only=True)
    attachments = AttachmentSerializer(many=True, read_only=True)
    not_kept = NotKeptSerializer(many=True, read_only=True)

    class Meta:
        model = IncomingEmail
        fields = (
            *(
                "id",
                "state",
                "kind",
                "reason",
                "sent_at",
                "sender_name",
                "sender",
                "reply_to_name",
                "reply_to",
                "recipients",
                "subject",
                "text",
                "note",
                "direction",
            ),
            *("taken_in_by", "contact", "attachments", "not_kept", "created_at", "updated_at", "version"),
        )
        read_only_fields = fields

    @extend_schema_field(serializers.ChoiceField(choices=EmailState.choices))
    def get_state(self, email: IncomingEmail) -> str:
        """Return where the e-mail stands."""
        return str(email.state.value)

    def get_reason(self, email: IncomingEmail) -> str:
        """Return why the e-mail is no contact by itself; nothing for a letter."""
        return why_no_contact(email.kind, email.fault)

    def get_note(self, email: IncomingEmail) -> str:
        """Return the text without the older messages that it quotes, as a contact will say it."""
        return draft_of(email).note


class NewEmailSerializer(StrictSerializer):
    """An e-mail to take in: as a file (multipart), as its source, or as text that was copied."""

    file = serializers.FileField(required=False, allow_empty_file=True)
    raw = serializers.CharField(required=False, trim_whitespace=False)
    text = serializers.CharField(required=False, trim_whitespace=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if len(attrs) != 1:
            raise serializers.ValidationError(dict.fromkeys(self.fields, "exactly one of these"))
        return attrs


class AssignSerializer(StrictSerializer):
    """Whose contact an e-mail is."""

    actors = VisibleKeyField(queryset=Actor.objects.all(), many=True, allow_empty=False)
    is_confidential = serializers.BooleanField(required=False, default=False)
