"""No arrow back that imports do not show: URL names, templates, dotted names, relations of higher rooms."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.template.loader import get_template
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).parent.parent
ROOMS = ("core", "actors", "contacts", "events", "reports", "crm")
LOWER = ROOMS[:-1]
# Rooms of the URL namespaces that are not called like their room.
NAMESPACES = {"accounts": "core", "administration": "crm", "api": "crm"}
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
QUOTED = re.compile(r"""(["'])([\w:./-]+)\1""")
MEMBER = re.compile(r"\.(\w+)")


def above(room: str) -> set[str]:
    """Return the rooms that a room must not know."""
    return set(ROOMS[ROOMS.index(room) + 1 :])


def url_names(patterns: list[URLPattern | URLResolver], namespace: str = "") -> Iterator[tuple[str, str]]:
    """Yield each URL name with its room: that of its namespace, else that of its view."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from url_names(pattern.url_patterns, namespace or pattern.namespace or "")
        elif pattern.name and namespace:
            yield f"{namespace}:{pattern.name}", NAMESPACES.get(namespace, namespace)
        elif pattern.name:
            yield pattern.name, pattern.callback.__module__.split(".")[0]


def rooms_of_urls() -> dict[str, str]:
    """Return the room of each URL name; what belongs to Django and its libraries is left out."""
    routes_by_name = dict(url_names(get_resolver().url_patterns))
    # The switch of languages is Django's own view, which the roof mounts.
    return {**{name: room for name, room in routes_by_name.items() if room in ROOMS}, "set_language": "crm"}


def home_of(model: Any) -> str:
    """Return the room of a model."""
    return str(model.__module__.split(".")[0])


def names_of_relations(room: str) -> set[str]:
    """Return how models of rooms above are reached from those of this room and below."""
    own, higher = set(), set()
    for model in (model for model in apps.get_models() if home_of(model) not in above(room)):
        for field in model._meta.get_fields():
            if field.concrete:
                own.add(field.name)
            else:
                names = {field.name, field.get_accessor_name()}
                (higher if home_of(field.related_model) in above(room) else own).update(names)
    return {name for name in higher - own if name}


def files_of(room: str, ending: str) -> list[Path]:
    """Return the files of a room, without what Django writes."""
    return [path for path in sorted((ROOT / room).rglob(f"*{ending}")) if "migrations" not in path.parts]


def room_of_template(name: str) -> str:
    """Return the room in which a template lies."""
    return Path(get_template(name).origin.name).relative_to(ROOT).parts[0]


def named_in_template(text: str) -> Iterator[str]:
    """Yield what tags name in quotes (``name()`` as an address), and what they ask of records (``.name``)."""
    for tag in TAG.findall(text):
        is_address = tag.split()[1] in {"url", "crumb"}
        for _quote, name in QUOTED.findall(tag):
            yield f"{name}()" if is_address else name
        for name in MEMBER.findall(QUOTED.sub("", tag)):
            yield f".{name}"


def named_in_code(text: str) -> Iterator[str]:
    """Yield strings of a module, parts of lookups and attributes as ``.name``, addresses as ``name()``."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
            if "__" in node.value or re.fullmatch(r"[a-z]+_[a-z_]+", node.value):
                yield from (f".{part}" for part in node.value.strip("-").split("__"))
        elif isinstance(node, ast.keyword) and node.arg and "__" in node.arg:
            yield from (f".{part}" for part in node.arg.split("__"))
        elif isinstance(node, ast.Attribute):
            yield f".{node.attr}"
        elif isinstance(node, ast.Call):
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            said = [str(arg.value) for arg in node.args if isinstance(arg, ast.Constant)]
            yield from (f".{name}" for name in said if called == "get_field")
            yield from (f"{name}()" for name in said if called in {"reverse", "redirect", "resolve_url"})


def arrows_back(room: str, texts: dict[str, str]) -> list[str]:
    """Return the names of higher rooms that the templates and modules of a room hold."""
    higher, urls = above(room), rooms_of_urls()
    relations = {f".{name}" for name in names_of_relations(room)}
    dotted = re.compile(rf"(?:{'|'.join(sorted(higher))})\.\w+(?:\.\w+)*")
    routes_by_name = []
    for place, text in texts.items():
        is_template = place.endswith(".html")
        for name in named_in_template(text) if is_template else named_in_code(text):
            is_arrow = (
                # A URL name that is a plain word could be anything where nothing is addressed.
                (urls.get(name.removesuffix("()")) in higher and re.search(r"[:_(]", name) is not None)
                or name in relations
                or (name.endswith(".html") and "/" in name and name.split("/")[0] in higher)
                or (is_template and name.endswith(".html") and room_of_template(name) in higher)
                or (dotted.fullmatch(name) is not None and not name.endswith((".html", ".xlsx")))
            )
            if is_arrow:
                routes_by_name.append(f"{place}: {name}")
    return routes_by_name


@pytest.mark.parametrize("room", LOWER)
def test_no_room_names_a_higher_one(room: str) -> None:
    paths = [*files_of(room, ".html"), *files_of(room, ".py")]
    texts = {str(path.relative_to(ROOT)): path.read_text("utf-8") for path in paths}
    assert arrows_back(room, texts) == []


@pytest.mark.parametrize(
    ("room", "place", "text", "name"),
    [
        ("actors", "a.html", '<a href="{% url "events:invite" %}">', "events:invite"),
        ("core", "a.html", '{% crumb _("Overview") "home" %}', "home"),
        ("core", "a.html", '{% include "contacts/overlays.html" %}', "contacts/overlays.html"),
        ("contacts", "a.html", "{{ concern.tour_stop.event }}", ".tour_stop"),
        ("contacts", "a.py", 'rows.select_related("contact", "tour_stop__event")', ".tour_stop"),
        ("contacts", "a.py", "rows.filter(event_concern__event=event)", ".event_concern"),
        ("actors", "a.py", 'Actor._meta.get_field("participations").related_model', ".participations"),
        ("actors", "a.py", 'reverse("contacts:contact_list")', "contacts:contact_list"),
        ("actors", "a.py", 'apps.get_model("contacts.Contact")', "contacts.Contact"),
        ("events", "a.py", 'template_name = "reports/report.html"', "reports/report.html"),
    ],
)
def test_an_arrow_back_is_seen(room: str, place: str, text: str, name: str) -> None:
    assert f"{place}: {name}" in [arrow.removesuffix("()") for arrow in arrows_back(room, {place: text})]


@pytest.mark.parametrize(
    ("room", "place", "text"),
    [
        ("events", "a.html", '{% url "actors:actor_detail" actor.pk %}'),
        ("actors", "a.html", "{% url pages.invite as invite_url %}"),
        ("events", "a.py", 'rows.select_related("tour_stop__event")'),
        ("contacts", "a.py", 'rows.filter(actors__name="A")'),
    ],
)
def test_what_lies_below_may_be_named(room: str, place: str, text: str) -> None:
    assert arrows_back(room, {place: text}) == []
