"""Every route of the site, asked by every role and by nobody: the matrix says all that is open."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.api import everything
from tests.crm.lines import PART_OR_PAGE, PRIVATE, PUBLIC, ROLES, Line
from tests.crm.matrix import MATRIX
from tests.crm.world import World
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
METHODS = ("get", "post", "put", "patch", "delete")
REFUSED = {
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.METHOD_NOT_ALLOWED,
}


def is_refused(line: Line, role: str) -> bool:
    """Tell whether the role writes nothing here."""
    answers = [statuses[ROLES.index(role)] for method, statuses in line.expected.items() if method != "get"]
    return all(status in REFUSED for status in answers)


def routes(resolver: URLResolver, namespaces: tuple[str, ...] = ()) -> Iterator[tuple[str, URLPattern]]:
    """Walk through everything that is mounted, with the full name of each route."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from routes(pattern, inner)
        else:
            yield ":".join([*namespaces, pattern.name or f"no name: {pattern.pattern}"]), pattern


def test_every_route_has_its_line_and_every_line_its_route():
    mounted = {name for name, _pattern in routes(get_resolver())}
    listed = {line.route for line in MATRIX}
    assert (sorted(mounted - listed), sorted(listed - mounted)) == ([], [])


def test_every_method_of_the_api_is_in_the_matrix():
    offered = {
        (name, method)
        for name, pattern in routes(get_resolver())
        for method in getattr(pattern.callback, "actions", None) or {}
        if method != "head"
    }
    listed = {(line.route, method) for line in MATRIX for method in line.expected}
    assert sorted(offered - listed) == []


def signed_in(user: Any) -> str:
    """Sign in once: what each request of this user brings along."""
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def ask(session: str | None, method: str, line: Line, url: str) -> int:
    """Return the status of an answer, which nobody may keep: neither anything on its way nor the browser."""
    client = Client()
    if session:
        client.cookies[settings.SESSION_COOKIE_NAME] = session
    json = {"content_type": "application/json"} if line.route.startswith("api:") and method != "get" else {}
    answer = getattr(client, method)(url, **json)
    is_public = line.route in PUBLIC and method == "get"
    varies = set(answer.get("Vary", "").split(", ")) >= PART_OR_PAGE
    assert (answer["Cache-Control"], varies) == (("no-cache", False) if is_public else (PRIVATE, True))
    status: int = answer.status_code
    return status


def ask_and_undo(session: str, method: str, line: Line, url: str) -> int:
    with transaction.atomic():
        status = ask(session, method, line, url)
        transaction.set_rollback(True)
    return status


def url_of(line: Line, world: World) -> str:
    return reverse(line.route, kwargs={name: world.key(key) for name, key in line.keys.items()})


@pytest.fixture(autouse=True)
def _no_memory_of_earlier_attempts():
    cache.clear()


@pytest.mark.parametrize("line", MATRIX, ids=str)
def test_each_role_gets_what_the_matrix_says(line: Line):
    users = {role: UserFactory(role=role) for role in ROLES}
    url = url_of(line, World(follow_ups_of=users["volunteer"]))
    cells = [
        (method, role, status)
        for method, statuses in line.expected.items()
        for role, status in zip(ROLES, statuses, strict=True)
    ]
    sessions = {role: signed_in(user) for role, user in users.items()}
    before = everything()
    got = {
        (m, r): ask(sessions[r], m, line, url) for m, r, status in cells if m == "get" or status in REFUSED
    }
    assert everything() == before
    got |= {(m, r): ask_and_undo(sessions[r], m, line, url) for m, r, _status in cells if (m, r) not in got}
    assert got == {(method, role): status for method, role, status in cells}


@pytest.mark.parametrize("line", MATRIX, ids=str)
def test_nobody_gets_in_without_an_open_account(line: Line):
    url = url_of(line, World(follow_ups_of=UserFactory(role="volunteer")))
    closed = signed_in(UserFactory(role="management", is_active=False))
    # A sign-in with nothing in it is a wrong one; to everything else the API says that one has to sign in.
    open_to_all = {"post": 400} if line.route == "api:token" else {}
    before = everything()
    for session in (None, closed):
        got = {method: ask(session, method, line, url) for method in line.expected}
        assert got == dict.fromkeys(line.expected, line.anonymous) | open_to_all
    assert everything() == before


@pytest.mark.parametrize("line", [line for line in MATRIX if is_refused(line, "reader")], ids=str)
def test_no_other_method_is_a_back_door(line: Line):
    """What the matrix names was asked above, and wrote nothing."""
    reader = UserFactory(role="reader")
    url, session = url_of(line, World(follow_ups_of=reader)), signed_in(reader)
    before = everything()
    for method in set(METHODS) - set(line.expected):
        ask(session, method, line, url)
    assert everything() == before


def test_nothing_is_written_by_a_form_of_another_site():
    boss = UserFactory(role="management")
    client = Client(enforce_csrf_checks=True)
    client.force_login(boss)
    world = World(follow_ups_of=boss)
    lines = [(line, url_of(line, world)) for line in MATRIX if set(line.expected) - {"get"}]
    before = everything()
    let_through = [
        (method, url, answer.status_code)
        for line, url in lines
        for method in set(line.expected) - {"get"}
        if (answer := getattr(client, method)(url, content_type="application/json")).status_code
        not in {HTTPStatus.FORBIDDEN, HTTPStatus.METHOD_NOT_ALLOWED}
    ]
    assert let_through == []
    assert everything() == before
