"""Holds answers of the REST API against its own schema."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import Any

import jsonschema
from drf_spectacular.generators import SchemaGenerator

PARAMETER = re.compile(r"\{(\w+)\}")
CHECKER = jsonschema.FormatChecker(formats=())


@CHECKER.checks("date", raises=ValueError)
def _is_date(value: object) -> bool:
    return not isinstance(value, str) or (
        len(value) == len("2020-05-04") and bool(dt.date.fromisoformat(value))
    )


@CHECKER.checks("date-time", raises=ValueError)
def _is_moment(value: object) -> bool:
    return not isinstance(value, str) or dt.datetime.fromisoformat(value).tzinfo is not None


@CHECKER.checks("time")
def _is_time_with_a_zone(value: object) -> bool:
    return not isinstance(value, str) or bool(re.fullmatch(r"\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", value))


@CHECKER.checks("email")
def _is_address(value: object) -> bool:
    return not isinstance(value, str) or "@" in value


@CHECKER.checks("uri")
def _is_uri(value: object) -> bool:
    return not isinstance(value, str) or bool(re.match(r"[a-z]+:", value))


@cache
def schema() -> dict[str, Any]:
    """Return the schema as it is served, with null written as JSON schema has it."""
    errors: dict[str, Any] = with_null(SchemaGenerator().get_schema(public=True))
    return errors


def with_null(part: Any) -> Any:
    """Return a part of an OpenAPI 3.0 schema as JSON schema: ``nullable`` is a type there."""
    if isinstance(part, list):
        return [with_null(one) for one in part]
    if not isinstance(part, dict):
        return part
    plain = {name: with_null(one) for name, one in part.items() if name != "nullable"}
    return {"anyOf": [plain, {"type": "null"}]} if part.get("nullable") is True else plain


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    paths = sorted(schema()["paths"], key=lambda path: path.count("{"))
    return [(re.compile(PARAMETER.sub("[^/]+", path)), path) for path in paths]


def path_of(address: str) -> str | None:
    """Return the path of the schema that an address belongs to."""
    bare = address.partition("?")[0]
    return next((path for pattern, path in _patterns() if pattern.fullmatch(bare)), None)


def faults(method: str, address: str, answer: Any) -> list[str]:
    """Return how an answer differs from what the schema promises; nothing if it fits."""
    path = path_of(address)
    if path is None:
        return [f"{address} is not in the schema"]
    operation = schema()["paths"][path].get(method.lower())
    where = f"{method.upper()} {path} {answer.status_code}"
    if operation is None:
        return [] if answer.status_code in {401, 403, 404, 405} else [f"{where}: no such operation"]
    promised = operation["responses"].get(str(answer.status_code))
    if promised is None:
        return [f"{where}: status not promised"]
    return [f"{where}: {fault}" for fault in _faults_of_body(promised, answer)]


def _faults_of_body(promised: dict[str, Any], answer: Any) -> list[str]:
    content = promised.get("content", {})
    kind = answer.get("Content-Type", "").partition(";")[0]
    if not content:
        return [] if not answer.content else [f"a body of {kind}, where none was promised"]
    if "application/octet-stream" in content:
        return []
    if kind not in content:
        return [f"{kind}, promised was {sorted(content)}"]
    body = answer.json() if kind.endswith("json") else None
    if body is None:
        return []
    root = {**content[kind]["schema"], "components": schema()["components"]}
    errors = jsonschema.Draft202012Validator(root, format_checker=CHECKER).iter_errors(body)
    return [f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}" for error in errors]
