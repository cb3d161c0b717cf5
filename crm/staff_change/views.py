"""The page on which management hands a colleague's work over, and the one that says what was done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.accounts.models import User
from core.roles import Role, role_of
from core.stored_once import keep_one, say_again, sent_draft
from core.viewers import SignedInRequest
from crm.staff_change.forms import HandOverForm, LeavingForm
from crm.staff_change.steps import hand_over
from crm.staff_change.work import Work, work_of
from reports.models import SavedReport

MOST_SHOWN = 10


def management_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let in who looks after accounts."""

    def guarded(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if role_of(request.user) != Role.MANAGEMENT:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@require_http_methods(["GET", "HEAD", "POST"])
@management_only
def staff_change_page(request: SignedInRequest) -> HttpResponse:
    """Choose who leaves, see what is theirs, and hand it over in one step."""
    is_sent = request.method == "POST"
    if is_sent and (known := sent_draft(request).stored()) is not None:
        say_again(request)
        return redirect("staff_changed", pk=known.pk)
    data = request.POST if is_sent else request.GET
    choice = LeavingForm(data if "leaving" in data or is_sent else None)
    if not (choice.is_bound and choice.is_valid()):
        status = 422 if choice.is_bound else 200
        return render(request, "staff_change/staff_change.html", {"choice": choice}, status=status)
    leaving = choice.cleaned_data["leaving"]
    form = HandOverForm(request.POST if is_sent else None, leaving=leaving)
    if is_sent and form.is_valid():
        try:
            return _hand_over(request, leaving, form)
        except ValidationError as error:
            form.add_error(None, error)
    context = {"choice": choice, "leaving": leaving, "form": form, **_preview(work_of(leaving), leaving)}
    return render(request, "staff_change/staff_change.html", context, status=422 if is_sent else 200)


def _hand_over(request: SignedInRequest, leaving: User, form: HandOverForm) -> HttpResponse:
    by: Any = request.user
    base_url = request.build_absolute_uri("/").rstrip("/")
    _moved, saved = hand_over(leaving=leaving, form=form, by=by, base_url=base_url)
    return redirect("staff_changed", pk=keep_one(sent_draft(request), saved).pk)


def _preview(work: Work, leaving: User) -> dict[str, Any]:
    """Return what is theirs, the first few of each kind."""
    follow_ups = work.follow_ups.select_related("contact", "actor")
    concerns = work.concerns.select_related("status")
    rows = [
        (_("Open follow-ups"), "bell", follow_ups, reverse("contacts:follow_up_list")),
        (_("Open concerns"), "message-question", concerns, ""),
        (_("Actors in their care"), "address-book", work.actors, f"{reverse('actors:actor_list')}"),
    ]
    kinds = [
        {
            "label": label,
            "icon": icon,
            "count": queryset.count(),
            "first": list(queryset[:MOST_SHOWN]),
            "url": url,
        }
        for label, icon, queryset, url in rows
    ]
    for one in kinds:
        one["more"] = one["count"] - len(one["first"])  # type: ignore[operator,arg-type]
    sheet = f"{reverse('reports:report', args=['hand-over'])}?person={leaving.pk}"
    return {"work": kinds, "sheet_url": sheet, "has_work": any(one["count"] for one in kinds)}


@require_http_methods(["GET", "HEAD"])
@management_only
def staff_changed_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say what was handed over to whom, and where the sheet is."""
    kept = SavedReport.objects.visible_to(request.user).filter(kind="hand_over")
    saved = get_object_or_404(kept, pk=pk)
    return render(
        request, "staff_change/staff_changed.html", {"saved": saved, "lines": saved.note.splitlines()}
    )
