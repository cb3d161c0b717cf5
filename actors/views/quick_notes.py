"""The quick note: a dialog on every page, and the door that its text is sent through."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from actors.forms.note_people import type_choices
from actors.forms.quick_notes import KEY, Logged, QuickNote
from actors.models import Actor, ActorKind, Contact, Direction
from actors.quick_note.dates import add_months
from actors.services import LoggedOtherwise
from actors.services.undo import LoggedContact, TooLate, undo_contact
from crm.common.roles import can, role_of
from crm.common.toasts import add_toast
from crm.common.views import address_to_return

AfterSave = Callable[[Contact], object]


def require_logging(request: HttpRequest) -> None:
    """Refuse who may not log contacts; for readers there are none."""
    if not can(request.user, "view", Contact):
        raise Http404
    if not can(request.user, "add", Contact):
        raise PermissionDenied


def wants_json(request: HttpRequest) -> bool:
    """Tell whether a script of ours asks, and not a page."""
    return request.accepts("application/json") and not request.accepts("text/html")


def is_dialog(request: HttpRequest) -> bool:
    """Tell whether the dialog itself sends."""
    return bool(getattr(request, "htmx", False))


def sent_data(request: HttpRequest) -> dict[str, Any]:
    """Return what was sent, as a form or as JSON."""
    if request.content_type != "application/json":
        return {**request.POST.dict(), "actors": request.POST.getlist("actors")}
    try:
        found = json.loads(request.body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def drawn_note(note: QuickNote, *, save_url: str) -> dict[str, Any]:
    """Return what the templates of the dialog show."""
    return {
        "note": note,
        "save_url": save_url,
        "today": timezone.localdate(),
        "directions": Direction.choices,
        "kinds": ActorKind.choices,
        "types": type_choices() if any(row.is_new for row in note.people.rows) else [],
        "quick_days": [
            ("day", _("tomorrow"), note.today + dt.timedelta(1)),
            ("week", _("+1 week"), note.today + dt.timedelta(7)),
            ("month", _("+1 month"), add_months(note.today, 1)),
        ],
    }


@require_GET
def quick_note(request: HttpRequest) -> HttpResponse:
    """The inside of the dialog; ``?actor=`` presets with whom."""
    require_logging(request)
    return draw_dialog(request, save_url=reverse("actors:quick_note_save"))


def draw_dialog(
    request: HttpRequest,
    *,
    save_url: str,
    form_url: str = "",
    about: str = "",
    draft_name: str = "quick-note",
    choices: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Draw the inside of the dialog that sends to ``save_url``, with ``choices`` made already.

    ``form_url`` is the form with more fields, if it is not the usual one.

    ``?source_key=`` goes on with a note that waits in the browser; it does not mix with the draft of another.
    """
    waiting = request.GET.get("source_key", "")
    is_waiting = bool(KEY.fullmatch(waiting))
    chosen = json.dumps(dict(choices or {}))
    data = {
        "actors": request.GET.getlist("actor"),
        "source_key": waiting if is_waiting else str(uuid.uuid4()),
        "choices": chosen,
    }
    note = QuickNote(data, user=request.user)
    name = f"{draft_name}-{waiting}" if is_waiting else draft_name
    around = {"about": about, "form_url": form_url, "draft_name": name, "choices": chosen}
    context = {**drawn_note(note, save_url=save_url), **around}
    return render(request, "actors/quick_note.html", context)


@require_POST
def quick_note_parse(request: HttpRequest) -> HttpResponse:
    """Show what the text says so far. Nothing is stored."""
    require_logging(request)
    note = QuickNote(sent_data(request), user=request.user)
    return render(request, "actors/quick_note_parts.html", drawn_note(note, save_url=""))


def signed_in_or_told(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Send pages of whoever is not signed in to the sign-in, and tell scripts in their own words."""

    @login_not_required
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if role_of(request.user) is not None:
            return view(request, *args, **kwargs)
        if wants_json(request):
            return JsonResponse({"errors": {"user": [_("Please sign in.")]}}, status=401)
        return redirect_to_login(request.get_full_path())

    return answer


@signed_in_or_told
@require_POST
def quick_note_save(request: HttpRequest) -> HttpResponse:
    """Log what was typed. The dialog gets a toast or its errors, everything else JSON."""
    return save_note(request)


def save_note(request: HttpRequest, *, after_save: AfterSave | None = None) -> HttpResponse:
    """Log what was typed; ``after_save`` ties the contact to something else in the same transaction."""
    require_logging(request)
    note = QuickNote(sent_data(request), user=request.user)
    try:
        logged = _log(note, after_save)
    except LoggedOtherwise as news:
        return _answer_otherwise(request, note, news.contact)
    if logged is None:
        return _answer_errors(request, note)
    return _answer_logged(request, logged)


def _log(note: QuickNote, after_save: AfterSave | None) -> Logged | None:
    if stored := note.already_logged():
        return stored
    if not note.is_valid():
        return None
    if after_save is None:
        return note.save()
    with transaction.atomic():
        logged = note.save()
        if logged and logged.is_new:
            after_save(logged.contact)
    return logged


def _answer_logged(request: HttpRequest, logged: Logged) -> HttpResponse:
    contact = logged.contact
    undo_url = undo_address(request.user, contact, logged.created)
    if not is_dialog(request):
        return JsonResponse(
            {
                "ok": True,
                "id": contact.pk,
                "url": contact.get_absolute_url(),
                "title": contact.title,
                "is_new": logged.is_new,
                "created": [{"id": actor.pk, "name": actor.name} for actor in logged.created],
                "undo_url": undo_url,
            }
        )
    said = said_of(logged)
    answer = HttpResponse(status=204)
    return add_toast(answer, said, url=contact.get_absolute_url(), undo_url=undo_url, event="quickNoteSaved")


def undo_address(user: Any, contact: Contact, created: Iterable[Actor]) -> str:
    """Return where to send to take back a contact and the actors that were added with it."""
    logged = LoggedContact(contact.pk, user.pk, tuple(actor.pk for actor in created))
    return reverse("actors:contact_undo", args=[logged.token()])


def said_of(logged: Logged) -> str:
    """Return what the toast says about a logged contact."""
    said = [_("Logged: %(title)s") % {"title": logged.contact.title}]
    if names := ", ".join(actor.name for actor in logged.created):
        said.append(_("new: %(names)s") % {"names": names})
    if follow_up := logged.contact.follow_ups.first():
        day = date_format(follow_up.due, "SHORT_DATE_FORMAT")
        said.append(_("follow-up on %(day)s") % {"day": day})
    return " · ".join(said)


def _answer_errors(request: HttpRequest, note: QuickNote) -> HttpResponse:
    if not is_dialog(request):
        return JsonResponse({"errors": note.errors}, status=422)
    return render(request, "actors/quick_note_parts.html", drawn_note(note, save_url=""), status=422)


def _answer_otherwise(request: HttpRequest, note: QuickNote, stored: Contact) -> HttpResponse:
    """The draft was logged with another text: nothing is thrown away, whoever sent it decides."""
    said = _("This draft was already logged with another text. Open that contact, or log this as a new one.")
    if not is_dialog(request):
        found = {"id": stored.pk, "url": stored.get_absolute_url(), "title": stored.title}
        return JsonResponse({"errors": {"source_key": [said]}, "stored": found}, status=422)
    context = {**drawn_note(note, save_url=""), "stored": stored, "new_key": str(uuid.uuid4())}
    return render(request, "actors/quick_note_parts.html", context, status=422)


@login_not_required
@require_GET
def quick_note_token(request: HttpRequest) -> HttpResponse:
    """Give scripts that send later what a form carries: a fresh token, and who is signed in."""
    if role_of(request.user) is None:
        return JsonResponse({"errors": {"user": [_("Please sign in.")]}}, status=401)
    return JsonResponse({"csrf": get_token(request), "user": request.user.pk})


@require_POST
def contact_undo(request: HttpRequest, token: str) -> HttpResponse:
    """Take back a contact that was logged a moment ago."""
    require_logging(request)
    try:
        undo_contact(logged=LoggedContact.from_token(token), user=request.user)
    except TooLate:
        messages.warning(request, _("This can no longer be undone. You can delete the contact on its page."))
    else:
        messages.success(request, _("Undone: the contact was removed again."))
    return HttpResponseRedirect(address_to_return(request, reverse("actors:contact_list")))
