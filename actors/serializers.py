"""Actors, ties, contacts and the rest of the register as other programs see them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from actors.models import (
    Actor,
    ActorGroup,
    ActorType,
    Affiliation,
    Concern,
    ConcernKind,
    ConcernStatus,
    ConcernStep,
    Consent,
    Contact,
    ContactChannel,
    DiscussionPoint,
    FollowUp,
    FormerName,
    PhoneNumber,
    ProgrammeDependency,
    Relation,
    RelationType,
    Topic,
)
from actors.services import record_concern
from crm.common.roles import can
from crm.common.serializers import PartSerializer, RecordSerializer, VisibleKeyField, in_words

STAMPS = ("created_at", "updated_at", "version")
TERM = ("code", "name_de", "name_en", "position", "is_active")
AT_MOST = 50  # names or numbers of one actor

# What only the office sees of a person, and what only the office sees of anybody.
PRIVATE_OF_PERSONS = ("email", "street", "postal_code", "city", "latitude", "longitude", "guardian")
PRIVATE = ("notes",)


class PhoneNumberSerializer(PartSerializer):
    """A telephone number of an actor."""

    class Meta:
        model = PhoneNumber
        owner, key = "actor", "number"
        fields = ("number", "label")


class FormerNameSerializer(PartSerializer):
    """A former name of an actor."""

    class Meta:
        model = FormerName
        owner, key = "actor", "name"
        fields = ("name", "used_from", "used_until")


class ActorSerializer(RecordSerializer):
    """An actor with its telephone numbers and former names.

    A given list of numbers or names replaces the stored one. Without the right to private particulars
    these are null or empty.
    """

    phone_numbers = PhoneNumberSerializer(many=True, required=False, max_length=AT_MOST)  # type: ignore[call-arg]
    former_names = FormerNameSerializer(many=True, required=False, max_length=AT_MOST)  # type: ignore[call-arg]
    sector = serializers.CharField(read_only=True)

    class Meta:
        model = Actor
        parts = ("phone_numbers", "former_names")
        fields = (
            *("id", "kind", "actor_type", "sector", "name", "salutation", "given_name", "family_name"),
            *("former_names", "description", "topics", "email", "phone_numbers", "website"),
            *("street", "postal_code", "city", "district", "latitude", "longitude"),
            *("active_from", "active_until", "responsible", "contact_interval_days"),
            *("guardian", "notes", "external_id"),
            *STAMPS,
        )

    def to_representation(self, instance: Actor) -> dict[str, Any]:
        shown: dict[str, Any] = super().to_representation(instance)
        if not can(self.context["request"].user, "view_details", Actor):
            hidden = (*PRIVATE, *PRIVATE_OF_PERSONS) if instance.is_person else PRIVATE
            shown |= dict.fromkeys(hidden)
            shown["phone_numbers"] = []
        return shown


class ProgrammeDependencySerializer(RecordSerializer):
    """That an actor exists, or is paid, thanks to a programme."""

    class Meta:
        model = ProgrammeDependency
        fixed = ("actor",)
        fields = ("id", "actor", "programme", "share_percent", "valid_from", "valid_until", *STAMPS)


class AffiliationSerializer(RecordSerializer):
    """A person in an organisation or body."""

    class Meta:
        model = Affiliation
        fields = (
            *("id", "person", "organisation", "role", "is_main_contact", "valid_from", "valid_until"),
            *STAMPS,
        )


class RelationSerializer(RecordSerializer):
    """A declared tie of two actors; an undirected one comes back with the smaller key as its source."""

    class Meta:
        model = Relation
        fields = (
            *("id", "source", "target", "relation_type", "is_directed", "strength", "evidence"),
            *("valid_from", "valid_until"),
            *STAMPS,
        )


class ActorGroupSerializer(RecordSerializer):
    """A group with the keys of its members; a given list replaces the stored one."""

    class Meta:
        model = ActorGroup
        fields = ("id", "name", "description", "contact_interval_days", "members", *STAMPS)


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

    def candidate(self, attrs: dict[str, Any]) -> Contact:
        contact: Contact = super().candidate(attrs)
        if self.instance is None:
            contact.staff = self.context["request"].user
        return contact


class ConcernStepSerializer(serializers.ModelSerializer):
    """One step of a concern; statuses by their codes."""

    from_status: Any = serializers.SlugRelatedField("code", read_only=True)
    to_status: Any = serializers.SlugRelatedField("code", read_only=True)

    class Meta:
        model = ConcernStep
        fields = ("id", "from_status", "to_status", "at", "by", "forwarded_to", "due", "note")
        read_only_fields = fields


class QuickNoteSerializer(serializers.Serializer):
    """A contact in one text, as it is typed into the quick note."""

    text = serializers.CharField(max_length=20_000, trim_whitespace=False)
    source_key = serializers.CharField(
        max_length=64, required=False, allow_blank=True, help_text="Sent twice, it is logged once."
    )
    actors = serializers.ListField(child=serializers.IntegerField(min_value=1), required=False, max_length=50)
    typed_at = serializers.CharField(max_length=40, required=False, allow_blank=True)


class ConcernSerializer(RecordSerializer):
    """A request that somebody brought, with its steps; once recorded, it is moved at its address ``move/``.

    Without a status, a new one is new.
    """

    steps = ConcernStepSerializer(many=True, read_only=True)

    class Meta:
        model = Concern
        fields = (
            *("id", "kind", "status", "raised_on", "raised_by", "topic", "text", "contact", "responsible"),
            *("forwarded_to", "forwarded_on", "due", "answer", "told_on", "settled_on", "steps"),
            *STAMPS,
        )
        read_only_fields = ("settled_on",)
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


class ConcernMoveSerializer(serializers.Serializer):
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
        return follow_up


class ConsentSerializer(RecordSerializer):
    """What a person agreed to."""

    class Meta:
        model = Consent
        fixed = ("person", "purpose")
        fields = ("id", "person", "purpose", "given_on", "given_how", "text_version", "withdrawn_on", *STAMPS)


class TopicSerializer(RecordSerializer):
    """A field of action."""

    class Meta:
        model = Topic
        fields = ("id", *TERM, *STAMPS)


class ActorTypeSerializer(RecordSerializer):
    """A kind of actor, with its sector."""

    class Meta:
        model = ActorType
        fields = ("id", *TERM, "sector", "contact_interval_days", *STAMPS)


class RelationTypeSerializer(RecordSerializer):
    """How two actors are related."""

    class Meta:
        model = RelationType
        fields = ("id", *TERM, "is_directed", *STAMPS)


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
