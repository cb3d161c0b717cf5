"""The OpenAPI schema: what every route answers, errors included, and what may be null in an answer."""

from __future__ import annotations

from typing import Any, Literal

from drf_spectacular.extensions import OpenApiSerializerExtension, OpenApiSerializerFieldExtension
from drf_spectacular.openapi import AutoSchema

DETAIL = {
    "type": "object",
    "properties": {"detail": {"type": "string"}},
    "required": ["detail"],
}
# By field what is wrong with it, in nested lists row by row; what concerns no field stands in a list.
FAULTS: dict[str, Any] = {
    "oneOf": [{"type": "object", "additionalProperties": {}}, {"type": "array", "items": {}}]
}
WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})
CLOCK = r"^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?$"


def answer(description: str, schema: dict[str, Any]) -> dict[str, Any]:
    """Return an answer in JSON as a schema writes it."""
    return {"description": description, "content": {"application/json": {"schema": schema}}}


class Schema(AutoSchema):
    """Says of each route also what it answers when it refuses."""

    def _get_response_bodies(self, direction: Literal["request", "response"] = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        for status, body in self.refusals().items():
            bodies.setdefault(status, body)
        return dict(sorted(bodies.items()))

    def refusals(self) -> dict[str, dict[str, Any]]:
        """Return the answers to what is wrong, not allowed or not possible."""
        answers = {
            "400": answer("Something sent is wrong, or there is no such parameter or field.", FAULTS),
            "401": answer("Nobody is signed in.", DETAIL),
            "403": answer("Seen, but not to be changed by this role.", DETAIL),
            "404": answer("Not there, or not for this role.", DETAIL),
            "406": answer("Only JSON is answered.", DETAIL),
        }
        if self.method in WRITES:
            answers["409"] = answer("Somebody else was quicker, or others still need it.", DETAIL)
            answers["415"] = answer("Only JSON is understood.", DETAIL)
            answers["503"] = answer("Nothing can be stored at the moment.", DETAIL)
            answers["507"] = answer("The disk is full; nothing was stored.", DETAIL)
        if getattr(self.view, "slows_attempts", False):
            answers["429"] = answer(
                "Too many attempts; Retry-After says for how many seconds to wait.", DETAIL
            )
        return answers


class RecordFix(OpenApiSerializerExtension):  # type: ignore[no-untyped-call]
    """What a role may not see of a record is null in the answer (``Meta.hidden``)."""

    target_class = "core.serializers.RecordSerializer"
    match_subclasses = True

    def map_serializer(self, auto_schema: Any, direction: str) -> dict[str, Any]:
        schema: dict[str, Any] = auto_schema._map_serializer(self.target, direction, bypass_extensions=True)
        if direction == "response":
            for name in getattr(self.target.Meta, "hidden", ()):
                schema["properties"][name] = nullable(schema["properties"][name])
        return schema


class VisibleKeyFix(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]
    """The key of a record that the user does not see is null in the answer."""

    target_class = "core.serializers.VisibleKeyField"
    match_subclasses = True

    def map_serializer_field(self, auto_schema: Any, direction: str) -> dict[str, Any]:
        schema: dict[str, Any] = auto_schema._map_serializer_field(
            self.target, direction, bypass_extensions=True
        )
        return nullable(schema) if direction == "response" else schema


class ClockFix(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]
    """A time of the clock on the wall: what the standards call ``time`` names a zone."""

    target_class = "rest_framework.serializers.TimeField"

    def map_serializer_field(self, auto_schema: Any, direction: str) -> dict[str, Any]:
        return {"type": "string", "pattern": CLOCK, "example": "14:30:00"}


def nullable(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema with null allowed; beside a reference nothing else counts."""
    if "$ref" in schema:
        return {"allOf": [schema], "nullable": True}
    return {**schema, "nullable": True}
