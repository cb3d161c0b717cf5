"""Pages of the follow-ups: what is to be done, by whom, until when."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from actors.filtersets import FollowUpFilterSet
from actors.forms import FollowUpForm
from actors.models import Actor, FollowUp
from actors.services import finish_follow_up, postpone_follow_up, reopen_follow_up
from actors.tables import FollowUpTable
from actors.views.follow_up_tools import follow_up_tools
from crm.common.roles import can
from crm.common.views import (
    RecordCreateView,
    RecordDeleteView,
    RecordListView,
    RecordUpdateView,
    address_to_return,
)


class FollowUpListView(RecordListView):
    """Follow-ups; at first one's own that are open."""

    model = FollowUp
    filterset_class = FollowUpFilterSet
    table_class = FollowUpTable
    template_name = "actors/follow_up_list.html"
    title = _("Follow-ups")
    create_url_name = "actors:follow_up_create"
    help_text = _("What is to be done next. “Done” and “Postpone” can be undone.")
    empty_title = _("Nothing to follow up")
    empty_text = _("A follow-up can be planned while logging a contact.")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show one's own open follow-ups to whoever comes without a wish."""
        if not request.GET and not request.htmx:  # type: ignore[attr-defined]
            return HttpResponseRedirect(f"{request.path}?{urlencode(self.own())}")
        return super().get(request, *args, **kwargs)

    def own(self) -> dict[str, Any]:
        """Return the filter for one's own open follow-ups."""
        return {"assignee": self.request.user.pk, "state": "open"}

    def get_queryset(self) -> QuerySet:
        seen = Prefetch("contact__actors", Actor.objects.visible_to(self.request.user))
        rows = super().get_queryset().select_related("assignee", "actor", "contact", "concern")
        return rows.prefetch_related(seen)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = self.own()
        scopes = [
            (_("Mine"), own),
            (_("All"), {"state": "open"}),
            (_("Overdue"), {"state": "overdue"}),
            (_("Done"), {"state": "done"}),
        ]
        asked = {
            key: value for key, value in self.request.GET.items() if value and key in {"assignee", "state"}
        }
        links = [
            (label, f"?{urlencode(query)}", {k: str(v) for k, v in query.items()} == asked)
            for label, query in scopes
        ]
        return super().get_context_data(
            **{
                "scopes": links,
                "create_label": _("New follow-up"),
                **follow_up_tools(self.request.user),
                **kwargs,
            }
        )


class FollowUpFormMixin:
    """What planning and changing a follow-up share."""

    model = FollowUp
    form_class = FollowUpForm
    template_name = "actors/follow_up_form.html"
    request: Any

    def get_success_url(self) -> str:
        return address_to_return(self.request, reverse("actors:follow_up_list"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        around = {"cancel_url": self.get_success_url(), "next": self.get_success_url()}
        return super().get_context_data(**{**around, **kwargs})


class FollowUpCreateView(FollowUpFormMixin, RecordCreateView):
    """Plan a follow-up; ``?actor=`` presets about whom."""

    title = _("New follow-up")

    def get_initial(self) -> dict[str, Any]:
        asked = self.request.GET.get("actor", "")
        return {"actor": asked} if asked.isdecimal() and len(asked) < 19 else {}


class FollowUpUpdateView(FollowUpFormMixin, RecordUpdateView):
    """Change a follow-up."""

    title = _("Edit follow-up")


class FollowUpDeleteView(RecordDeleteView):
    """Delete a follow-up."""

    model = FollowUp
    success_url_name = "actors:follow_up_list"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"cancel_url": self.get_success_url(), **kwargs})


def _to_change(request: HttpRequest, pk: int) -> FollowUp:
    """Return the follow-up that the user sees and may change."""
    follow_up: FollowUp = get_object_or_404(FollowUp.objects.visible_to(request.user), pk=pk)
    if not can(request.user, "finish", FollowUp):
        raise PermissionDenied
    return follow_up


def _back(request: HttpRequest, follow_up: FollowUp, text: str, undo: str = "") -> HttpResponseBase:
    messages.success(request, text, extra_tags=undo)
    return HttpResponseRedirect(address_to_return(request, reverse("actors:follow_up_list")))


@require_POST
def follow_up_done(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Mark as done; the message offers to take it back."""
    follow_up = _to_change(request, pk)
    finish_follow_up(follow_up=follow_up, user=request.user)
    return _back(
        request, follow_up, __("Done: %(what)s") % {"what": follow_up}, _address("reopen", request, pk)
    )


@require_POST
def follow_up_reopen(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take back that it was done."""
    follow_up = _to_change(request, pk)
    reopen_follow_up(follow_up=follow_up)
    return _back(request, follow_up, __("Open again: %(what)s") % {"what": follow_up})


@require_POST
def follow_up_move(request: HttpRequest, pk: int, day: str) -> HttpResponseBase:
    """Postpone to a day; the message offers to put it back."""
    follow_up = _to_change(request, pk)
    before = follow_up.due
    try:
        postpone_follow_up(follow_up=follow_up, due=dt.date.fromisoformat(day))
    except (ValueError, ValidationError) as error:
        raise Http404 from error
    text = __("Postponed to %(day)s: %(what)s") % {
        "day": date_format(follow_up.due, "SHORT_DATE_FORMAT"),
        "what": follow_up,
    }
    return _back(request, follow_up, text, _address("move", request, pk, before.isoformat()))


def _address(action: str, request: HttpRequest, *args: Any) -> str:
    """Return the address that undoes, and that leads back to the page where it was done."""
    back = address_to_return(request, reverse("actors:follow_up_list"))
    return f"{reverse(f'actors:follow_up_{action}', args=args)}?{urlencode({'next': back})}"
