"""Pages of consents: who agreed to what, what one may do today, and the way to take a consent back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actors.filtersets import ConsentFilterSet
from actors.forms.consents import ConsentCorrectionForm, ConsentForm, WithdrawalForm
from actors.models import Actor, ActorKind, Consent
from actors.models.consent import ALLOWS, STAYS, latest_by_purpose
from actors.tables.consents import ConsentTable
from core.record_views import record_views
from core.selection import key_in
from core.views import RecordCreateView, RecordDetailView, RecordListView, RecordUpdateView

UNDER_ACTORS = (_("Actors"), "actors:actor_list")
TITLE = _("Consents")


class ConsentList(RecordListView):
    """Consents with whom they are from and who took them."""

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("person", "taken_by")


class ConsentDetail(RecordDetailView):
    """What the consent allows today; one that was withdrawn is not changed any more."""

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("person__actor_type", "taken_by")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        today, consent = timezone.localdate(), self.object
        return {
            **context,
            "holds": consent.holds_on(today),
            "effect": consent.effect_on(today),
            "may_change": context["may_change"] and consent.withdrawn_on is None,
        }


class ConsentCreate(RecordCreateView):
    """Record a consent; the page of a person names whose."""

    def get_initial(self) -> dict[str, Any]:
        key = key_in(self.request.GET.get("person", ""))
        persons = Actor.objects.visible_to(self.request.user).filter(kind=ActorKind.PERSON)
        person = persons.filter(pk=key).first() if key else None
        return {"person": person} if person else {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"cancel_url": reverse("actors:consent_list"), **kwargs})


class ConsentUpdate(RecordUpdateView):
    """Change a consent that was not withdrawn."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form, or why there is none."""
        consent = self.get_object()
        if consent.withdrawn_on is None:
            return super().get(request, *args, **kwargs)
        messages.info(self.request, str(STAYS))
        return HttpResponseRedirect(consent.get_absolute_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"cancel_url": self.object.get_absolute_url(), **kwargs})


CONSENTS = record_views(
    Consent,
    "actors:consent",
    filterset_class=ConsentFilterSet,
    table_class=ConsentTable,
    form_class=ConsentForm,
    edit_form_class=ConsentCorrectionForm,
    title=TITLE,
    new_title=_("Record a consent"),
    edit_title=_("Edit consent"),
    under=UNDER_ACTORS,
    bases={
        "list": ConsentList,
        "detail": ConsentDetail,
        "create": ConsentCreate,
        "update": ConsentUpdate,
    },
    deleting=_("Delete only what was recorded by mistake. A consent that somebody takes back is withdrawn."),
    help_text=_("What persons agreed to, and what one may do today. Without a consent it is not allowed."),
    empty_title=_("No consents yet"),
)


class ConsentWithdrawView(ConsentUpdate):
    """Withdraw a consent: the row stays, its effect ends."""

    model = Consent
    form_class = WithdrawalForm
    title = _("Withdraw consent")
    success_message = _("The consent was withdrawn.")
    extra_context = {"under": UNDER_ACTORS, "list_title": TITLE, "list_url_name": "actors:consent_list"}


def consent_lines(consents: Iterable[Consent]) -> list[dict[str, Any]]:
    """Return what a person's page says about each purpose, what is allowed first: whether, and since when."""
    today = timezone.localdate()
    lines = [
        {
            "allows": ALLOWS[purpose],
            "consent": consent,
            "holds": consent is not None and consent.holds_on(today),
            "effect": consent.effect_on(today) if consent else "",
        }
        for purpose, consent in latest_by_purpose(consents, today)
    ]
    return sorted(lines, key=lambda line: not line["holds"])
