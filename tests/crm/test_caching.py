"""No answer for somebody is kept by anything on its way, or by the browser: pages, parts, files, errors."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse

from contacts.models import CalendarFeed, FeedScope
from contacts.services.feeds import digest
from tests.crm.lines import PART_OR_PAGE, PRIVATE, PUBLIC
from tests.crm.matrix import PAGES
from tests.crm.test_hostile_text import LISTS
from tests.crm.test_permission_matrix import signed_in
from tests.crm.test_privacy import addresses
from tests.crm.world import World
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory

pytestmark = pytest.mark.django_db


def test_no_page_lets_its_parts_or_its_export_be_kept_and_only_lists_have_one():
    """That no route does so for its whole pages is seen where every role asks for all (the matrix)."""
    user = UserFactory(role="management")
    client, world, session = Client(), World(follow_ups_of=user), signed_in(user)
    kept, alike, workbooks = {}, set(), set()
    for line in (line for line in PAGES if not line.route.endswith("_report")):
        page = addresses(line, world)[0]
        requests = [("get", f"{page}?export=xlsx")]
        requests += [(method, page) for method in set(line.expected) & {"get", "post"}]
        for method, address in requests if line.route in LISTS or "post" in line.expected else requests[:1]:
            client.cookies[settings.SESSION_COOKIE_NAME] = session  # one of the pages signs out
            with transaction.atomic():
                answer = getattr(client, method)(address, headers={"HX-Request": "true"})
                transaction.set_rollback(True)
            if "export=" in address and "spreadsheet" in answer["Content-Type"]:
                workbooks.add(line.route)
            if answer["Cache-Control"] != PRIVATE:
                kept[line.route] = answer["Cache-Control"]
            if not set(answer.get("Vary", "").split(", ")) >= PART_OR_PAGE:
                alike.add(line.route)
    assert kept == dict.fromkeys(PUBLIC, "no-cache")
    assert alike == PUBLIC
    assert workbooks == {*LISTS, "import_errors"}  # the last is a workbook anyhow


@pytest.mark.parametrize(
    "address", ["/actors/", "/actors/concerns/?is_open=true", "/search/?q=verein", "/reports/explorer/data/"]
)
def test_an_answer_says_that_scripts_get_another_one(address):
    client = Client()
    client.force_login(UserFactory())
    for headers in ({}, {"HX-Request": "true"}, {"HX-Request": "true", "HX-Boosted": "true"}):
        answer = client.get(address, headers=headers)
        assert answer.status_code == 200
        assert set(answer["Vary"].split(", ")) >= PART_OR_PAGE


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/no/such/page/", 404),
        ("/actors/999999/", 404),
        ("/administration/", 403),
        ("/actors", 301),
        ("/api/v1/nothing/", 404),
        ("/api/v1/concerns/", 404),
        ("/actors/?q=" + "&q=" * 6000, 400),
    ],
)
def test_errors_and_redirects_are_not_kept_either(address, status):
    client = Client()
    client.force_login(UserFactory(role="volunteer"))
    answer = client.get(address)
    assert (answer.status_code, answer["Cache-Control"]) == (status, PRIVATE)


def test_an_error_of_the_server_is_not_kept(monkeypatch):
    def break_down(*args, **kwargs):
        raise RuntimeError("broken")

    monkeypatch.setattr("crm.search.find", break_down)
    client = Client(raise_request_exception=False)
    client.force_login(UserFactory())
    answer = client.get("/search/", {"q": "ada"})
    assert (answer.status_code, answer["Cache-Control"]) == (500, PRIVATE)


def test_whoever_is_not_signed_in_gets_nothing_to_keep():
    for address in ("/", "/accounts/login/", "/api/v1/actors/"):
        assert Client().get(address)["Cache-Control"] == PRIVATE


def test_a_calendar_is_not_kept_on_the_way_and_still_says_when_nothing_changed():
    secret = "s" * 43
    CalendarFeed.objects.create(user=UserFactory(), scope=FeedScope.MINE, secret_digest=digest(secret))
    address = reverse("calendar_feed", args=[secret])
    first = Client().get(address)
    again = Client().get(address, headers={"If-None-Match": first["ETag"]})
    assert [(a.status_code, a["Cache-Control"]) for a in (first, again)] == [(200, PRIVATE), (304, PRIVATE)]


def test_what_is_public_and_never_changes_may_be_kept():
    ActorFactory()
    answer = Client().get("/static/app.css")
    assert (answer.status_code, "no-store" in answer["Cache-Control"]) == (200, False)
