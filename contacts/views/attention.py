"""Lists for the office alone: who went quiet, and who is known to one colleague only."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actors.models import Actor
from contacts.filtersets import KnownToOneFilterSet, QuietFilterSet
from contacts.models.attention import known_to_one, may_ask, with_next_due
from contacts.tables.attention import KnownToOneTable, QuietTable
from core.views import RecordListView

SHOWN = ("kind", "name", "active_until", "actor_type", "responsible")


class OfficeListView(RecordListView):
    """A list that would tell others of confidential contacts; for them it does not exist."""

    model = Actor

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_ask(self.request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_table_kwargs(self) -> dict[str, Any]:
        return {"user": self.request.user}


class QuietListView(OfficeListView):
    """Who should have been talked to by now, the longest overdue first."""

    filterset_class = QuietFilterSet
    table_class = QuietTable
    template_name = "contacts/quiet_list.html"
    title = _("Quiet contacts")
    help_text = _(
        "Due is the last real contact plus the interval of the actor, of its groups or of its type. A "
        "contact with a person counts for the person's organisation as well; a message on an answering "
        "machine does not count. Yellow from the day it is due, red once half an interval has passed."
    )
    empty_title = _("Nobody went quiet")
    empty_text = _("Say at an actor, a group or a type how often you want to be in touch.")

    def get_queryset(self) -> QuerySet:
        rows = with_next_due(self.request.user, today=timezone.localdate()).only(*SHOWN)
        return rows.select_related("actor_type", "responsible").order_by("next_due", "sort_name", "pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        responsible = self.request.GET.get("responsible", "")
        rest = self.request.GET.copy()
        for name in ("responsible", "page"):
            rest.pop(name, None)
        mine, own = rest.copy(), str(self.request.user.pk)
        mine["responsible"] = own
        scopes = [
            (_("Mine"), f"?{mine.urlencode()}", responsible == own),
            (_("All"), f"?{rest.urlencode()}", not responsible),
        ]
        return super().get_context_data(**{"scopes": scopes, **kwargs})


class KnownToOneListView(OfficeListView):
    """Whom the office would lose sight of if one colleague left."""

    filterset_class = KnownToOneFilterSet
    table_class = KnownToOneTable
    template_name = "contacts/known_to_one_list.html"
    title = _("Known to one person only")
    help_text = _(
        "Actors whose contacts of the last 24 months were all logged by the same colleague; one contact is "
        "enough. A contact with a person counts for the person's organisation as well. Introduce a second "
        "colleague before somebody leaves."
    )
    empty_title = _("Everybody is known to several colleagues")
    empty_text = _("Here you find actors whose contacts of two years were all logged by one colleague.")

    def get_queryset(self) -> QuerySet:
        rows = known_to_one(self.request.user, today=timezone.localdate()).only(*SHOWN)
        return rows.select_related("actor_type", "responsible").order_by("-contacts_known", "sort_name", "pk")
