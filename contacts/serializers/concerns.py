"""Concerns in the REST API: recorded once, then moved by steps."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from actors.models import Actor
from actors.serializers import STAMPS
from contacts.models import Concern, ConcernStatus, ConcernStep
from contacts.services.concerns import record_concern
from core.serializers import RecordSerializer, StrictSerializer, VisibleKeyField, in_words


class ConcernStepSerializer(serializers.ModelSerializer):
    """One step of a concern; statuses by their codes."""

    from_status: Any = serializers.SlugRelatedField("code", read_only=True)
    to_status: Any = serializers.SlugRelatedField("code", read_only=True)

    class Meta:
        model = ConcernStep
        fields = ("id", "from_status", "to_status", "at", "by", "forwarded_to", "due", "note")
        read_only_fields = fields


class ConcernSerializer(RecordSerializer):
    """A request that somebody brought, with its steps; once recorded, it is moved at its address ``move/``.

    Without a status, a new one is new.
    """

    number = serializers.CharField(read_only=True, help_text=_("Counts within its year, such as 2026/17."))
    steps = ConcernStepSerializer(many=True, read_only=True)

    class Meta:
        model = Concern
        fields = (
            *("id", "number", "kind", "status", "raised_on", "raised_by", "topic", "text", "contact"),
            *(
                "responsible",
                "forwarded_to",
                "forwarded_on",
                "due",
                "answer",
                "told_on",
                "settled_on",
                "steps",
            ),
            *STAMPS,
        )
        read_only_fields = ("number", "settled_on")
        extra_kwargs: ClassVar = {"status": {"required": False}}
        moved = ("status", "forwarded_to", "forwarded_on")

    def candidate(self, attrs: dict[str, Any]) -> Concern:
        concern: Concern = super().candidate(attrs)
        if self.instance is None and not concern.status_id:
            concern.status = ConcernStatus.objects.get(code="new")
        return concern

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if self.instance is not None:
            changed = [n for n in self.Meta.moved if n in attrs and attrs[n] != getattr(self.instance, n)]
            if changed:
                text = _("This changes by a step only: send it to the address “move/” of the concern.")
                raise serializers.ValidationError(dict.fromkeys(changed, text))
        return super().validate(attrs)

    def create(self, validated_data: dict[str, Any]) -> Concern:
        with in_words():
            return record_concern(concern=self.record, user=self.context["request"].user)


class ConcernMoveSerializer(StrictSerializer):
    """A step of a concern: where to, and what belongs to it."""

    to = serializers.SlugRelatedField("code", queryset=ConcernStatus.objects.in_use())
    note = serializers.CharField(required=False, allow_blank=True, max_length=5000)
    forwarded_to = VisibleKeyField(queryset=Actor.objects.all(), required=False, allow_null=True)
    due = serializers.DateField(required=False, allow_null=True)
    on = serializers.DateField(required=False, allow_null=True, help_text=_("Empty: today."))
    answer = serializers.CharField(required=False, allow_blank=True, max_length=20_000)
    told_on = serializers.DateField(required=False, allow_null=True)
    version = serializers.IntegerField(
        required=False,
        min_value=1,
        help_text=_("If given, a record that was changed since is refused (409)."),
    )
