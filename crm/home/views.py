"""The start page, and the parts of it that take longer and are fetched when the page stands."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from actors.models import Actor
from contacts.models import Concern, Contact, FollowUp, IncomingEmail
from contacts.models.attention import may_ask
from contacts.views.follow_ups import follow_up_tools
from core.roles import OFFICE_ROLES, REPORT_ROLES, can, role_of
from core.viewers import SignedIn, SignedInRequest
from crm.home.today import (
    agenda,
    countdown,
    emails_waiting,
    follow_up_counts,
    last_contacts,
    my_follow_ups,
    offices_without_period,
    open_today,
    waiting_concerns,
)
from crm.home.untouched import known_to_one_of, quiet_of, untouched
from crm.home.week import week_in_figures
from events.models import Event


def is_empty(user: SignedIn) -> bool:
    """Tell whether this user has nothing to look at yet."""
    return not (Actor.objects.visible_to(user).exists() or Event.objects.visible_to(user).exists())


def home(request: SignedInRequest) -> HttpResponse:
    """Show the start page."""
    user, today = request.user, timezone.localdate()
    if is_empty(user):
        return render(request, "home_empty.html", {"may_write": can(user, "add", Actor)})
    context: dict[str, Any] = {
        "today": today,
        "countdown": countdown(user, today=today),
        "unpaid_offices": offices_without_period(user, today=today),
        "figures": week_in_figures(user, today=today),
        "hours": open_today(today),
        "may_see_hours": can(user, "add", Contact),
        "may_see_contacts": can(user, "view", Contact),
        "sees_all_contacts": role_of(user) in OFFICE_ROLES,
        "may_see_concerns": can(user, "view", Concern),
        "may_follow_up": can(user, "view", FollowUp),
        "may_ask": may_ask(user),
        "may_plan_events": can(user, "add", Event),
        "may_see_reports": role_of(user) in REPORT_ROLES,
        **agenda(user, today=today),
    }
    if context["may_follow_up"]:
        context |= follow_up_tools(user)
        context["follow_ups"] = my_follow_ups(user, today=today)
        context["follow_up_counts"] = follow_up_counts(user, today=today)
    if context["may_see_contacts"]:
        context["contacts"] = last_contacts(user)
    if context["may_see_concerns"]:
        context["concerns"] = waiting_concerns(user, today=today)
    if can(user, "view", IncomingEmail):
        context["emails"] = emails_waiting(user)
    return render(request, "home.html", context)


@require_GET
def home_quiet(request: SignedInRequest) -> HttpResponse:
    """Show who went quiet and who is known to one colleague only: a part of the start page."""
    return _part(request, "home/quiet.html", quiet_of, known_to_one_of)


@require_GET
def home_untouched(request: SignedInRequest) -> HttpResponse:
    """Show what was not touched for a year: a part of the start page."""
    return _part(request, "home/untouched.html", untouched)


def _part(request: SignedInRequest, template: str, *facts: Any) -> HttpResponse:
    """Answer with a part of the page, or with a page of its own where there are no scripts."""
    user, today = request.user, timezone.localdate()
    if not may_ask(user):
        raise Http404
    context: dict[str, Any] = {"today": today, "part": template}
    for ask in facts:
        context |= ask(user, today=today)
    is_part = request.htmx and not request.htmx.boosted
    return render(request, template if is_part else "home/part_page.html", context)
