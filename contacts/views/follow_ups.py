"""Pages of the follow-ups: what is to be done, by whom, until when."""

from __future__ import annotations

import datetime as dt
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from actors.models import Actor
from contacts.filtersets import FollowUpFilterSet
from contacts.forms.follow_ups import FollowUpForm
from contacts.models import DiscussionPoint, FollowUp
from contacts.tables.follow_ups import FollowUpTable
from core.accounts.models import User
from core.roles import can
from core.viewers import SignedIn
from core.views import RecordCreateView, RecordDeleteView, RecordListView, RecordUpdateView, address_to_return

PRESETS = ("actor", "contact", "concern", "point")


class FollowUpListView(RecordListView):
    """Follow-ups; at first one's own that are open."""

    model = FollowUp
    filterset_class = FollowUpFilterSet
    table_class = FollowUpTable
    template_name = "contacts/follow_up_list.html"
    title = _("Follow-ups")
    create_url_name = "contacts:follow_up_create"
    help_text = _("What is to be done next. “Done”, “Postpone” and “Hand on” can be undone.")
    empty_title = _("Nothing to follow up")
    empty_text = empty_text_for_readers = _("A follow-up can be planned while logging a contact.")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show one's own open follow-ups to whoever comes without a wish."""
        if not self.request.GET and not self.request.htmx:
            return HttpResponseRedirect(f"{self.request.path}?{urlencode(self.own())}")
        return super().get(request, *args, **kwargs)

    def get_table_kwargs(self) -> dict[str, Any]:
        return {"user": self.request.user}

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
        names = {"assignee", "state"}
        in_force = {key: value for key, value in self.request.GET.items() if value and key in names}
        return [
            (label, f"?{urlencode(query)}", {key: str(value) for key, value in query.items()} == in_force)
            for label, query in offered
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {"scopes": self.scopes(), "create_label": _("New follow-up")}
        return super().get_context_data(**{**context, **follow_up_tools(self.request.user), **kwargs})


class FollowUpFormMixin:
    """What planning and changing a follow-up share."""

    model = FollowUp
    form_class = FollowUpForm
    template_name = "contacts/follow_up_form.html"
    request: Any

    def get_success_url(self) -> str:
        return address_to_return(self.request, reverse("contacts:follow_up_list"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        around = {"cancel_url": self.get_success_url(), "next": self.get_success_url()}
        return super().get_context_data(**{**around, **kwargs})


class FollowUpCreateView(FollowUpFormMixin, RecordCreateView):
    """Plan a follow-up; ``?actor=``, ``?contact=``, ``?concern=`` or ``?point=`` presets what it is about."""

    title = _("New follow-up")

    def get_initial(self) -> dict[str, Any]:
        keys = {name: self.request.GET.get(name, "") for name in PRESETS}
        preset: dict[str, Any] = {
            name: key for name, key in keys.items() if key.isdecimal() and len(key) < 19
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
    success_url_name = "contacts:follow_up_list"

    def get_success_url(self) -> str:
        return address_to_return(self.request, super().get_success_url())

    def get_undone_url(self) -> str:
        """Return to where it was deleted, else to what it is about: both show it again."""
        return address_to_return(self.request, self.object.page_for(self.request.user))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"cancel_url": self.get_success_url(), **kwargs})


def next_days() -> dict[str, dt.date]:
    """Return the days that a follow-up can be put off to with one press."""
    today = timezone.localdate()
    return {
        "tomorrow": today + dt.timedelta(days=1),
        "next_week": today + dt.timedelta(days=7),
        "next_month": today + relativedelta(months=1),
    }


def follow_up_tools(user: SignedIn) -> dict[str, Any]:
    """Return what the buttons of follow-ups need; colleagues are looked up when the first menu is drawn."""
    may_hand_over = can(user, "change", FollowUp)
    colleagues = User.objects.visible_to(user).helpers()
    return {
        "today": timezone.localdate(),
        "may_finish": can(user, "finish", FollowUp),
        "may_hand_over": may_hand_over,
        "colleagues": colleagues if may_hand_over else (),
        **next_days(),
    }
