"""The page on which management hands a colleague's work over, and the one that says what was done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from actors.services.handing_over import Work, work_of
from crm.accounts.models import User
from crm.common.roles import Role, role_of
from crm.handing_over.forms import HandOverForm, LeavingForm
from crm.handing_over.steps import hand_over
from reports.models import SavedReport

MOST_SHOWN = 10


def management_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let in who looks after accounts."""

    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if role_of(request.user) != Role.MANAGEMENT:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@require_http_methods(["GET", "HEAD", "POST"])
@management_only
def hand_over_page(request: HttpRequest) -> HttpResponse:
    """Choose who leaves, see what is theirs, and hand it over in one step."""
    is_sent = request.method == "POST"
    asked = request.POST if is_sent else request.GET
    choice = LeavingForm(asked if "leaving" in asked or is_sent else None)
    if not (choice.is_bound and choice.is_valid()):
        status = 422 if choice.is_bound else 200
        return render(request, "handing_over/hand_over.html", {"choice": choice}, status=status)
    leaving = choice.cleaned_data["leaving"]
    form = HandOverForm(request.POST if is_sent else None, leaving=leaving)
    if is_sent and form.is_valid():
        try:
            return _hand_over(request, leaving, form)
        except ValidationError as error:
            form.add_error(None, error)
    context = {"choice": choice, "leaving": leaving, "form": form, **_preview(work_of(leaving), leaving)}
    return render(request, "handing_over/hand_over.html", context, status=422 if is_sent else 200)


def _hand_over(request: HttpRequest, leaving: User, form: HandOverForm) -> HttpResponse:
    by: Any = request.user
    base_url = request.build_absolute_uri("/").rstrip("/")
    _moved, saved = hand_over(leaving=leaving, form=form, by=by, base_url=base_url)
    return redirect("handed_over", pk=saved.pk)


def _preview(work: Work, leaving: User) -> dict[str, Any]:
    """Return what is theirs, the first few of each kind."""
    follow_ups = work.follow_ups.select_related("contact", "actor")
    concerns = work.concerns.select_related("status")
    rows = [
        (_("Open follow-ups"), "bell", follow_ups, reverse("actors:follow_up_list")),
        (_("Open concerns"), "message-question", concerns, ""),
        (_("Actors in their care"), "address-book", work.actors, f"{reverse('actors:actor_list')}"),
    ]
    shown = [
        {"label": label, "icon": icon, "count": found.count(), "first": list(found[:MOST_SHOWN]), "url": url}
        for label, icon, found, url in rows
    ]
    for one in shown:
        one["more"] = one["count"] - len(one["first"])  # type: ignore[operator,arg-type]
    sheet = f"{reverse('reports:hand_over_report')}?person={leaving.pk}"
    return {"work": shown, "sheet_url": sheet, "has_work": any(one["count"] for one in shown)}


@require_http_methods(["GET", "HEAD"])
@management_only
def handed_over_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what was handed over to whom, and where the sheet is."""
    kept = SavedReport.objects.visible_to(request.user).filter(kind="hand_over")
    saved = get_object_or_404(kept, pk=pk)
    return render(
        request, "handing_over/handed_over.html", {"saved": saved, "lines": saved.note.splitlines()}
    )
