"""Pages of the follow-ups: what is to be done, by whom, until when."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from actors.filtersets import FollowUpFilterSet
from actors.forms import FollowUpForm
from actors.models import Actor, DiscussionPoint, FollowUp
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

PRESETS = ("actor", "contact", "concern", "point")


class FollowUpListView(RecordListView):
    """Follow-ups; at first one's own that are open."""

    model = FollowUp
    filterset_class = FollowUpFilterSet
    table_class = FollowUpTable
    template_name = "actors/follow_up_list.html"
    title = _("Follow-ups")
    create_url_name = "actors:follow_up_create"
    help_text = _("What is to be done next. “Done”, “Postpone” and “Hand on” can be undone.")
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
        rows = super().get_queryset().select_related("assignee", "actor", "contact", "concern", "point")
        return rows.prefetch_related(seen)

    def scopes(self) -> list[tuple[Any, str, bool]]:
        """Return the choices above the list: label, address, and whether it is the one in force."""
        offered = [
            (_("Mine"), self.own()),
            (_("The office's"), {"state": "open"}),
            (_("Overdue"), {"state": "overdue"}),
            (_("Done"), {"state": "done"}),
        ]
        if not can(self.request.user, "change", FollowUp):
            del offered[1]  # volunteers see their own and no others
        told = {"assignee", "state"}
        asked = {key: value for key, value in self.request.GET.items() if value and key in told}
        return [
            (label, f"?{urlencode(query)}", {key: str(value) for key, value in query.items()} == asked)
            for label, query in offered
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {"scopes": self.scopes(), "create_label": _("New follow-up")}
        return super().get_context_data(**{**context, **follow_up_tools(self.request.user), **kwargs})


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
    """Plan a follow-up; ``?actor=``, ``?contact=``, ``?concern=`` or ``?point=`` presets what it is about."""

    title = _("New follow-up")

    def get_initial(self) -> dict[str, Any]:
        asked = {name: self.request.GET.get(name, "") for name in PRESETS}
        preset: dict[str, Any] = {
            name: key for name, key in asked.items() if key.isdecimal() and len(key) < 19
        }
        if "point" in preset:
            points = DiscussionPoint.objects.visible_to(self.request.user).filter(pk=preset["point"])
            preset["contact"] = points.values_list("contact", flat=True).first()
        return preset


class FollowUpUpdateView(FollowUpFormMixin, RecordUpdateView):
    """Change a follow-up."""

    title = _("Edit follow-up")


class FollowUpDeleteView(RecordDeleteView):
    """Delete a follow-up."""

    model = FollowUp
    success_url_name = "actors:follow_up_list"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"cancel_url": self.get_success_url(), **kwargs})
