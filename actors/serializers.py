"""Actors, ties, contacts and the rest of the register as other programs see them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from actors.models import (
    Actor,
    ActorGroup,
    ActorType,
    Affiliation,
    Consent,
    FormerName,
    PhoneNumber,
    ProgrammeDependency,
    Relation,
    RelationType,
    Topic,
)
from actors.models.particulars import sees_particulars
from actors.services.holders import OtherHolder, check_end, end_holders, other_holders, question_about
from core.roles import can
from core.serializers import PartSerializer, RecordSerializer, in_words

STAMPS = ("created_at", "updated_at", "version")


TERM = ("code", "name_de", "name_en", "position", "is_active")


AT_MOST = 50  # names or numbers of one actor


# How an actor is reached (``sees_particulars``), and what only the office sees of anybody.
PARTICULARS = ("email", "street", "postal_code", "city", "latitude", "longitude")


PRIVATE = ("notes", "guardian")
WHO_ADDS = serializers.CreateOnlyDefault(serializers.CurrentUserDefault())


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
        hidden = (*PARTICULARS, *PRIVATE)
        fields = (
            *("id", "kind", "actor_type", "sector", "name"),
            *("salutation", "title", "given_name", "family_name"),
            *("former_names", "description", "topics", "email", "phone_numbers", "website"),
            *("street", "postal_code", "city", "district", "latitude", "longitude"),
            *("active_from", "active_until", "responsible", "contact_interval_days"),
            *("guardian", "notes", "external_id"),
            *STAMPS,
        )

    def to_representation(self, instance: Actor) -> dict[str, Any]:
        values: dict[str, Any] = super().to_representation(instance)
        user = self.context["request"].user
        if not can(user, "view_details", Actor):
            values |= dict.fromkeys(PRIVATE)
        if not sees_particulars(user, instance.kind):
            values |= {**dict.fromkeys(PARTICULARS), "phone_numbers": []}
        return values


class ProgrammeDependencySerializer(RecordSerializer):
    """That an actor exists, or is paid, thanks to a programme."""

    class Meta:
        model = ProgrammeDependency
        fixed = ("actor",)
        fields = ("id", "actor", "programme", "share_percent", "valid_from", "valid_until", *STAMPS)


class AffiliationSerializer(RecordSerializer):
    """A person in an organisation or body.

    Where somebody else holds a role that one person holds at a time (such as the chair), ``other_holder``
    says whether that ends the day before this one begins, or both stay; without it, the second is refused.
    """

    other_holder = serializers.ChoiceField(
        choices=OtherHolder.choices,
        required=False,
        write_only=True,
        help_text=_("Whether whoever holds the role already ends (end) or stays (keep)."),
    )

    class Meta:
        model = Affiliation
        fields = (
            *("id", "person", "organisation", "role", "is_main_contact", "valid_from", "valid_until"),
            "other_holder",
            *STAMPS,
        )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        answer = attrs.pop("other_holder", None)
        attrs = super().validate(attrs)
        holders = other_holders(self.record)
        self.ending = holders if answer == OtherHolder.END else []
        if holders and answer is None:
            said = _("%(question)s Please send “other_holder”: “end” or “keep”.")
            question = {"question": question_about(holders)}
            raise serializers.ValidationError({"other_holder": [said % question]}, code="other_holder")
        if self.ending:
            with in_words():
                check_end(self.ending, self.record)
        return attrs

    def _store(self, attrs: dict[str, Any]) -> Any:
        if self.ending:
            end_holders(self.ending, self.record)
        return super()._store(attrs)


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


class ConsentSerializer(RecordSerializer):
    """What a person agreed to."""

    class Meta:
        model = Consent
        fixed = ("person", "purpose")
        fields = (
            *("id", "person", "purpose", "given_on", "given_how", "text_version", "taken_by", "withdrawn_on"),
            *STAMPS,
        )
        extra_kwargs = {"taken_by": {"default": WHO_ADDS}}


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
