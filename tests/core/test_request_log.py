"""Log lines have time and request, and hold neither names nor secrets nor query strings."""

import io
import logging
import re
from typing import Any

import pytest
from django.conf import settings as site_settings
from django.contrib import auth
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, OperationalError
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import path
from django.utils.functional import SimpleLazyObject
from rest_framework.authtoken.models import Token
from rest_framework.test import APIClient

from core.request_log import LineFormatter, shown_path
from crm import urls
from tests.factories.accounts import UserFactory

LINE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4} ([A-Z]+) (\S+) \[([0-9a-f]{8}) (.*)\] (.*)")


@pytest.fixture
def log():
    """Return what the site's own handler writes."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(LineFormatter())
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield stream
    root.removeHandler(handler)
    root.setLevel(before)


def lines(log):
    return [LINE.fullmatch(line).groups() for line in log.getvalue().splitlines()]


def break_down(request: HttpRequest, name: str, pk: int) -> None:
    try:
        raise ValueError(f"{name} wohnt hier")
    except ValueError as error:
        raise IntegrityError(f"UNIQUE constraint failed\nDETAIL: Key (name)=({name})") from error


class BrokenSite:
    """The site's addresses and one page that breaks."""

    urlpatterns = [*urls.urlpatterns, path("broken/<str:name>/<int:pk>/", break_down)]


@pytest.mark.django_db
def test_a_request_is_one_line_with_time_number_address_account_and_status(client, log):
    user = UserFactory()
    client.force_login(user)
    answer = client.get("/actors/?q=Ana+Geheim")
    assert lines(log) == [
        (
            "INFO",
            "core.request_log",
            answer["X-Request-ID"],
            f"GET /actors/ user {user.pk} status 200",
            "answered",
        )
    ]


@pytest.mark.django_db
def test_a_program_is_named_by_the_number_of_its_account(log):
    token = Token.objects.create(user=UserFactory())
    client = APIClient(HTTP_AUTHORIZATION=f"Token {token.key}")
    client.get("/api/v1/actors/4711/", {"name": "Geheim"})
    text = log.getvalue()
    assert {line[3] for line in lines(log)} == {f"GET /api/v1/actors/4711/ user {token.user_id} status 404"}
    assert "WARNING django.request" in text
    assert token.key not in text
    assert "Geheim" not in text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("/accounts/password/reset/key/1-c8x3p2-abcdef/", "/accounts/password/reset/key/…-…/"),
        ("/calendar/alt-und-geheim.ics", "/calendar/….ics"),
        ("/Ana-Geheim/?mail=ana@geheim.example", "(unknown address)"),
        ("/actors/12/", "/actors/12/"),
    ],
)
def test_an_address_is_written_without_what_may_be_a_name_or_a_secret(address, written, log):
    Client().get(address)
    text = log.getvalue()
    assert re.findall("geheim|c8x3p2|abcdef", text, re.IGNORECASE) == []
    assert shown_path(RequestFactory().get(address)) == written.replace("/…-…/", "/1-…/")


@pytest.mark.django_db
def test_an_error_says_where_it_came_from_and_not_about_whom(settings, log):
    settings.ROOT_URLCONF = BrokenSite
    user = UserFactory()
    client = Client(raise_request_exception=False)
    client.force_login(user)
    assert client.get("/broken/Ana-Geheim/7/?q=Geheim").status_code == 500
    text = log.getvalue()
    assert "Geheim" not in text
    first, *rest = text.splitlines()
    assert LINE.fullmatch(first)[4].startswith("GET /broken/…/7/ user")
    assert LINE.fullmatch(first)[5] == "Internal Server Error: /broken/…/7/"
    assert "builtins.ValueError" in rest
    assert "which led to" in rest
    assert "django.db.utils.IntegrityError: UNIQUE constraint failed" in rest
    assert any("test_request_log.py" in line and "in break_down" in line for line in rest)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (
            OperationalError("database or disk is full"),
            "django.db.utils.OperationalError: database or disk is full",
        ),
        (
            PermissionError(13, "Permission denied", "/media/Ana Geheim.pdf"),
            "builtins.PermissionError: Permission denied",
        ),
        (
            ImproperlyConfigured("EMAIL_HOST is wrong"),
            "django.core.exceptions.ImproperlyConfigured: EMAIL_HOST is wrong",
        ),
        (KeyError("Ana Geheim"), "builtins.KeyError"),
    ],
)
def test_what_an_exception_says_about_the_machine_is_kept(error, words):
    try:
        raise error
    except type(error) as caught:
        record = logging.LogRecord(
            "x", logging.ERROR, "", 0, "It broke", (), (type(caught), caught, caught.__traceback__)
        )
    assert LineFormatter().format(record).splitlines()[-1] == words


def test_outside_of_a_request_a_line_has_the_time():
    record = logging.LogRecord("reports.renderers.pdf", logging.WARNING, "", 0, "PDF not set.", (), None)
    assert re.fullmatch(
        r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4} WARNING reports.renderers.pdf PDF not set\.",
        LineFormatter().format(record),
    )


@pytest.mark.django_db
def test_a_line_asks_the_database_nothing(client, django_assert_num_queries):
    client.force_login(UserFactory())
    request = RequestFactory().get("/actors/")
    request.session = client.session
    lazy: Any = SimpleLazyObject(lambda: auth.get_user(request))
    request.user = lazy
    record = logging.LogRecord("x", logging.WARNING, "", 0, "Slow.", (), None)
    record.request = request
    with django_assert_num_queries(0):
        line = LineFormatter().format(record)
    assert line.endswith(" WARNING x [- GET /actors/ user -] Slow.")


def test_no_other_handler_writes_what_a_request_holds():
    assert site_settings.LOGGING["loggers"]["django"] == {
        "handlers": [],
        "level": "NOTSET",
        "propagate": True,
    }
    assert [type(handler).__name__ for handler in logging.getLogger("django").handlers] == []
    assert site_settings.MIDDLEWARE[0] == "core.request_log.RequestLogMiddleware"
