"""Bases of the serializers: what a record looks like to other programs, and how it is checked and stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from django.core.exceptions import NON_FIELD_ERRORS
from django.core.exceptions import ValidationError as ModelError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers, status
from rest_framework.exceptions import APIException
from rest_framework.settings import api_settings

from core.api_strictness import refuse_unknown_fields
from core.fields import InclusiveDateSerializerField, UntilDateField
from core.models import VocabularyTerm

GREATEST_KEY = 2**63 - 1


class Conflict(APIException):
    """The record was saved by somebody else in the meantime, or others still need it."""

    status_code = status.HTTP_409_CONFLICT
    default_code = "conflict"
    default_detail = gettext_lazy("Somebody else saved this record in the meantime.")


@contextmanager
def in_words() -> Iterator[None]:
    """Say in the API's words what a service refuses."""
    try:
        yield
    except ModelError as error:
        said = serializers.as_serializer_error(error)
        general = said.pop(NON_FIELD_ERRORS, None)
        raise serializers.ValidationError(
            {**said, **({api_settings.NON_FIELD_ERRORS_KEY: general} if general else {})}
        ) from error


def stored_in(field: Any) -> list[Any]:
    """Return the records that the one being changed holds in ``field``."""
    holder = field.parent if isinstance(field.parent, serializers.ManyRelatedField) else field
    record = getattr(holder.parent, "instance", None)
    if record is None or not hasattr(record, "pk"):
        return []
    stored = getattr(record, str(holder.source))
    if hasattr(stored, "all"):
        return list(stored.all())
    return [] if stored is None else [stored]


class VisibleRelatedMixin:
    """A related record may only be one that the user sees; invisible and missing answer alike."""

    def get_queryset(self) -> Any:
        rows: Any = super().get_queryset()  # type: ignore[misc]
        request = self.context.get("request")  # type: ignore[attr-defined]
        if rows is None or request is None or not hasattr(rows, "visible_to"):
            return rows
        return rows.visible_to(request.user)


class VisibleKeyField(VisibleRelatedMixin, serializers.PrimaryKeyRelatedField):
    """Key of a related record; null for those who may not see it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._is_seen: dict[Any, bool] = {}

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, float) or (isinstance(data, int) and abs(data) > GREATEST_KEY):
            self.fail("does_not_exist", pk_value=data)
        record = super().to_internal_value(data)
        if not getattr(record, "is_active", True) and record not in stored_in(self):
            self.fail("does_not_exist", pk_value=data)
        return record

    def validate_empty_values(self, data: Any) -> tuple[bool, Any]:
        """Who may not see what is stored reads null: sent back, it means that nothing was changed."""
        if data is None and not isinstance(self.parent, serializers.ManyRelatedField):
            for record in self.unseen():
                return True, record
        return super().validate_empty_values(data)

    def unseen(self) -> list[Any]:
        """Return the stored records that the user may not see."""
        stored = stored_in(self)
        visible = self._visible_among({record.pk for record in stored})
        return [record for record in stored if record.pk not in visible]

    def to_representation(self, value: Any) -> Any:
        key = super().to_representation(value)
        self.look_up([key])
        return key if self._is_seen[key] else None

    def look_up(self, keys: Iterable[Any]) -> None:
        """Ask once which of these records the user may see."""
        new = {key for key in keys if key is not None} - self._is_seen.keys()
        if new:
            visible = self._visible_among(new)
            self._is_seen |= {key: key in visible for key in new}

    def _visible_among(self, keys: set[Any]) -> set[Any]:
        request = self.context.get("request")
        rows: Any = getattr(self, "queryset", None)
        if request is None or rows is None or not hasattr(rows.model._default_manager, "visible_to"):
            return keys
        seen = rows.model._default_manager.visible_to(request.user)
        if not seen.query.where:
            return keys  # the user sees all there are
        return set(seen.filter(pk__in=keys).values_list("pk", flat=True))


class TermField(VisibleRelatedMixin, serializers.SlugRelatedField):
    """Code of a term of a vocabulary; one out of use stays where it is but is not given anew."""

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str) or not data.isprintable():
            self.fail("invalid")
        term = super().to_internal_value(data)
        if not term.is_active and term not in stored_in(self):
            self.fail("does_not_exist", slug_name=self.slug_field, value=data)
        return term


class RecordListSerializer(serializers.ListSerializer):
    """Finds out for the whole page at once which related records the user may see."""

    def to_representation(self, data: Any) -> list[Any]:
        rows = list(data.all() if hasattr(data, "all") else data)
        for field in getattr(self.child, "fields", {}).values():
            if isinstance(field, VisibleKeyField):
                field.look_up(getattr(row, f"{field.source}_id", None) for row in rows)
        return super().to_representation(rows)


class StrictMixin:
    """Refuses fields that a serializer does not have; what it only shows may be sent back unread."""

    def to_internal_value(self, data: Any) -> Any:
        owner = getattr(getattr(self, "Meta", None), "owner", None)
        passed_over = {owner} if owner else set()  # a part is stored with its owner, whatever it says
        refuse_unknown_fields(data, self.fields.keys(), passed_over=passed_over)  # type: ignore[attr-defined]
        return super().to_internal_value(data)  # type: ignore[misc]


class StrictSerializer(StrictMixin, serializers.Serializer):
    """What is sent to do something, field by field."""


class ModelRulesSerializer(StrictMixin, serializers.ModelSerializer):
    """Serializer that runs the model's own validation. Intervals go in and out with their last day."""

    serializer_related_field = VisibleKeyField
    serializer_field_mapping: ClassVar[dict[Any, Any]] = {
        **serializers.ModelSerializer.serializer_field_mapping,
        UntilDateField: InclusiveDateSerializerField,
    }
    list_class: ClassVar[type[serializers.ListSerializer]] = RecordListSerializer

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        meta = cls.__dict__.get("Meta")
        if meta is not None and not hasattr(meta, "list_serializer_class"):
            meta.list_serializer_class = cls.list_class

    def build_relational_field(self, field_name: str, relation_info: Any) -> Any:
        field, kwargs = super().build_relational_field(field_name, relation_info)
        if not issubclass(relation_info.related_model, VocabularyTerm):
            return field, kwargs
        kwargs.pop("view_name", None)
        return TermField, {**kwargs, "slug_field": "code"}

    def get_uniqueness_extra_kwargs(self, field_names: Any, declared: Any, extra: Any) -> Any:
        """Leave uniqueness to the model: its constraints know conditions and speak the user's language."""
        return extra, {}

    def get_unique_together_validators(self) -> list[Any]:
        return []

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        self.record = self.candidate(attrs)
        try:
            self.record.full_clean(exclude=self.unchecked())
        except ModelError as error:
            said = serializers.as_serializer_error(error)
            general = {api_settings.NON_FIELD_ERRORS_KEY: said.pop(NON_FIELD_ERRORS, None)}
            raise serializers.ValidationError(said | {k: v for k, v in general.items() if v}) from error
        return attrs

    def unchecked(self) -> set[str]:
        """Return the fields that are set after the check."""
        return set()

    def candidate(self, attrs: dict[str, Any]) -> Any:
        """Return the record as it would be stored; the stored one is left alone until all is sound."""
        model: Any = self.Meta.model
        columns = model._meta.concrete_fields
        stored = (
            {} if self.instance is None else {f.attname: getattr(self.instance, f.attname) for f in columns}
        )
        record = model(**stored)
        record._state.adding = self.instance is None
        for field in columns:
            if field.name in attrs:
                setattr(record, field.name, attrs[field.name])
        return record


class RecordSerializer(ModelRulesSerializer):
    """A record of the register.

    ``version`` is optional when writing: with it, a record that somebody saved in the meantime is refused.
    ``Meta.fixed`` names the fields that cannot be changed once the record exists (its parent).
    ``Meta.parts`` names the nested lists that are stored with the record.
    """

    version = serializers.IntegerField(
        required=False,
        min_value=1,
        help_text=gettext_lazy("If given, a record that was changed since is refused (409)."),
    )

    def validate_version(self, value: int) -> int:
        if self.instance is not None and value != self.instance.version:
            raise Conflict
        return value

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        attrs.pop("version", None)
        self._check_fixed(attrs)
        return super().validate(attrs)

    def _check_fixed(self, attrs: dict[str, Any]) -> None:
        if self.instance is None:
            return
        fixed = [name for name in getattr(self.Meta, "fixed", ()) if name in attrs]
        moved = [name for name in fixed if attrs[name] != getattr(self.instance, name)]
        if moved:
            raise serializers.ValidationError(dict.fromkeys(moved, _("This cannot be changed any more.")))

    def create(self, validated_data: dict[str, Any]) -> Any:
        return self._store(validated_data)

    def update(self, instance: Any, validated_data: dict[str, Any]) -> Any:
        return self._store(validated_data)

    def save_record(self, lists: dict[str, list[Any]]) -> None:
        """Save the record itself with the lists that were sent; sub-classes call the service for it."""
        self.record.save()
        for name, related in lists.items():
            getattr(self.record, name).set(related)

    def _lists(self, attrs: dict[str, Any]) -> dict[str, list[Any]]:
        """Return what the record is tied to from now on; what the user does not see stays."""
        lists = {}
        for field in self.record._meta.many_to_many:
            if field.name in attrs:
                related = getattr(self.fields[field.name], "child_relation", None)
                unseen = related.unseen() if isinstance(related, VisibleKeyField) else []
                lists[field.name] = [*attrs[field.name], *unseen]
        return lists

    def _store(self, attrs: dict[str, Any]) -> Any:
        """Store what was checked, then what hangs on it. The caller holds the transaction."""
        self.save_record(self._lists(attrs))
        for name in getattr(self.Meta, "parts", ()):
            if name in attrs:
                part: Any = self.fields[name]
                part.child.store_all(self.record, getattr(self.record, name), attrs[name])
        return self.record


class PartListSerializer(serializers.ListSerializer):
    """A nested list in which nothing stands twice."""

    def validate(self, attrs: list[dict[str, Any]]) -> list[dict[str, Any]]:
        key = self.child.Meta.key  # type: ignore[union-attr]
        keys = [item[key] for item in attrs]
        if len(set(keys)) < len(keys):
            raise serializers.ValidationError(_("This list names something twice."))
        return attrs


class PartSerializer(ModelRulesSerializer):
    """A row written with the record it belongs to (``Meta.owner``), where ``Meta.key`` tells it apart."""

    list_class = PartListSerializer

    def unchecked(self) -> set[str]:
        return {self.Meta.owner}

    def store_all(self, owner: Any, rows: Any, items: list[dict[str, Any]]) -> None:
        """Make the owner's rows what the list says: the order counts, what is not listed is deleted."""
        meta: Any = self.Meta
        stored = {getattr(row, meta.key): row for row in rows.all()}
        for key in stored.keys() - {item[meta.key] for item in items}:
            stored[key].delete()
        has_order = any(field.name == "position" for field in meta.model._meta.concrete_fields)
        for position, item in enumerate(items):
            row = stored.get(item[meta.key]) or meta.model(**{meta.owner: owner})
            values = {**item, "position": position} if has_order else item
            if row.pk is None or any(getattr(row, name) != value for name, value in values.items()):
                for name, value in values.items():
                    setattr(row, name, value)
                row.save()
