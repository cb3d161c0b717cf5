"""The menu: who sees what, and which entry is marked."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from core.roles import Role
from crm import navigation as nav


@pytest.mark.parametrize(
    ("page", "url_name"),
    [
        ("home", "home"),
        ("actors:actor_detail", "actors:actor_list"),
        ("actors:relation_create", "actors:actor_list"),
        ("contacts:contact_create", "contacts:contact_list"),
        ("contacts:follow_up_update", "contacts:follow_up_list"),
        ("events:event_detail", "events:event_list"),
        ("events:series_detail", "events:series_list"),
        ("reports:network_explorer", "reports:network_explorer"),
        ("reports:report", "reports:report_list"),
        ("import_mapping", "imports"),
    ],
)
def test_a_page_marks_the_entry_that_fits_best(page: str, url_name: str) -> None:
    entry = nav.current_entry(page)
    assert entry is not None
    assert entry.url_name == url_name


def test_a_page_outside_the_menu_marks_nothing() -> None:
    assert nav.current_entry("account_change_password") is None


@pytest.mark.parametrize(
    ("role", "pages"),
    [
        (Role.MANAGEMENT, {entry.url_name for entry in nav.MENU + nav.MORE}),
        (Role.STAFF, {entry.url_name for entry in nav.MENU + nav.MORE} - {"administration:overview"}),
        (
            Role.VOLUNTEER,
            {
                "home",
                "actors:actor_list",
                "contacts:contact_list",
                "events:event_list",
                "events:series_list",
                "events:hours",
                "contacts:follow_up_list",
                "actors:group_list",
            },
        ),
        (
            Role.READER,
            {
                "home",
                "actors:actor_list",
                "events:event_list",
                "events:series_list",
                "events:hours",
                "reports:network_explorer",
                "reports:report_list",
            },
        ),
    ],
)
def test_each_role_sees_its_own_menu(role: Role, pages: set[str]) -> None:
    assert {entry.url_name for entry in nav.MENU + nav.MORE if role in entry.roles} == pages


def test_an_entry_whose_page_does_not_exist_is_left_out() -> None:
    ghost = nav.Entry("Ghost", "no:such_page", "ghost", ())
    assert nav.menu_for([ghost], Role.STAFF, None) == []


def request_of(user: Any, view_name: str) -> Any:
    request: Any = RequestFactory().get("/")
    request.user = user
    request.resolver_match = SimpleNamespace(view_name=view_name)
    return request


def test_nobody_signed_in_gets_no_menu() -> None:
    assert set(nav.navigation(request_of(AnonymousUser(), "account_login"))) == {
        "office_name",
        "site_name",
        "sends_mail",
        "offline_worker",
        "actor_tabs",
        "pages",
        "parts",
    }


def test_the_menu_of_staff_marks_where_one_is() -> None:
    staff = SimpleNamespace(is_authenticated=True, is_active=True, role="staff")
    context = nav.navigation(request_of(staff, "contacts:follow_up_list"))
    assert context["may_log_contact"] is True
    assert context["menu_more_active"] is True
    assert [entry["url"] for entry in context["menu"] + context["menu_more"] if entry["active"]] == [
        "/actors/follow-ups/"
    ]
