"""The quick note: a dialog on every page, and the door that its text is sent through."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from functools import wraps
from typing import Any

from dateutil.relativedelta import relativedelta
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from actors.models import Actor, ActorKind
from contacts.models import Contact, Direction
from contacts.services.note_people import type_choices
from contacts.services.note_reading import QuickNote
from contacts.services.quick_notes import Logged, already_logged, log_quick_note
from core.models.undo import UndoStep
from core.roles import can, role_of
from core.stored_once import KEY, StoredOtherwise
from core.toasts import add_toast
from core.undoing import Recorder, recording
from core.viewers import SignedIn, SignedInRequest

AfterSave = Callable[[Contact], object]


def require_logging(request: SignedInRequest) -> None:
    """Refuse who may not log contacts; for readers there are none."""
    if not can(request.user, "view", Contact):
        raise Http404
    if not can(request.user, "add", Contact):
        raise PermissionDenied


def wants_json(request: SignedInRequest) -> bool:
    """Tell whether a script of ours asks, and not a page."""
    return request.accepts("application/json") and not request.accepts("text/html")


def is_dialog(request: SignedInRequest) -> bool:
    """Tell whether the dialog itself sends."""
    return bool(request.htmx)


def sent_data(request: SignedInRequest) -> dict[str, Any]:
    """Return what was sent, as a form or as JSON."""
    if request.content_type != "application/json":
        return {**request.POST.dict(), "actors": request.POST.getlist("actors")}
    try:
        data = json.loads(request.body)
    except (ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


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
            ("month", _("+1 month"), note.today + relativedelta(months=1)),
        ],
    }


@require_GET
def quick_note(request: SignedInRequest) -> HttpResponse:
    """The inside of the dialog; ``?actor=`` presets with whom."""
    require_logging(request)
    return draw_dialog(request, save_url=reverse("contacts:quick_note_save"))


def draw_dialog(
    request: SignedInRequest,
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
    return render(request, "contacts/quick_note.html", context)


@require_POST
def quick_note_parse(request: SignedInRequest) -> HttpResponse:
    """Show what the text says so far. Nothing is stored."""
    require_logging(request)
    note = QuickNote(sent_data(request), user=request.user)
    return render(request, "contacts/quick_note_parts.html", drawn_note(note, save_url=""))


def signed_in_or_told(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Send pages of whoever is not signed in to the sign-in, and tell scripts in their own words."""

    @login_not_required
    @wraps(view)
    def answer(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if role_of(request.user) is not None:
            return view(request, *args, **kwargs)
        if wants_json(request):
            return JsonResponse({"errors": {"user": [_("Please sign in.")]}}, status=401)
        return redirect_to_login(request.get_full_path())

    return answer


@signed_in_or_told
@require_POST
def quick_note_save(request: SignedInRequest) -> HttpResponse:
    """Log what was typed. The dialog gets a toast or its errors, everything else JSON."""
    return save_note(request)


def save_note(request: SignedInRequest, *, after_save: AfterSave | None = None) -> HttpResponse:
    """Log what was typed; ``after_save`` ties the contact to something else in the same transaction."""
    require_logging(request)
    note = QuickNote(sent_data(request), user=request.user)
    try:
        logged = _log(note, after_save)
    except StoredOtherwise as error:
        return _answer_otherwise(request, note, error.record)
    if logged is None:
        return _answer_errors(request, note)
    return _answer_logged(request, logged)


def recording_contact(user: SignedIn, *, key: str) -> AbstractContextManager[Recorder]:
    """Log a contact so that it can be taken back, with who came into the register by it."""
    label = _("Undone: the contact was removed again.")
    return recording(user=user, label=label, rights=[("add", Contact)], draft_key=key)


def note_logged(recorder: Recorder, contact: Contact, created: Iterable[Actor]) -> None:
    """Remember what was logged. An actor that something else hangs on by then stays."""
    recorder.created([contact])
    recorder.created(created, keep_if_used=True)


def _log(note: QuickNote, after_save: AfterSave | None) -> Logged | None:
    if stored := already_logged(note=note):
        stored.undo_url = _undo_address(note)
        return stored
    if not note.is_valid():
        return None
    with recording_contact(note.user, key=note.key) as recorder:
        logged = log_quick_note(note=note)
        if logged and logged.is_new:
            if after_save is not None:
                after_save(logged.contact)
            note_logged(recorder, logged.contact, logged.created)
    if logged:
        logged.undo_url = recorder.address or _undo_address(note)
    return logged


def _undo_address(note: QuickNote) -> str:
    """Return where to send to take back what was logged from this draft before; empty when it is too late."""
    step = UndoStep.objects.open().filter(owner=note.user, draft_key=note.key).last() if note.key else None
    return step.address if step else ""


def _answer_logged(request: SignedInRequest, logged: Logged) -> HttpResponse:
    contact, undo_url = logged.contact, logged.undo_url
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


def said_of(logged: Logged) -> str:
    """Return what the toast says about a logged contact."""
    said = [_("Logged: %(title)s") % {"title": logged.contact.title}]
    if names := ", ".join(actor.name for actor in logged.created):
        said.append(_("new: %(names)s") % {"names": names})
    if follow_up := logged.contact.follow_ups.first():
        day = date_format(follow_up.due, "SHORT_DATE_FORMAT")
        said.append(_("follow-up on %(day)s") % {"day": day})
    return " · ".join(said)


def _answer_errors(request: SignedInRequest, note: QuickNote) -> HttpResponse:
    if not is_dialog(request):
        return JsonResponse({"errors": note.errors}, status=422)
    return render(request, "contacts/quick_note_parts.html", drawn_note(note, save_url=""), status=422)


def _answer_otherwise(request: SignedInRequest, note: QuickNote, stored: Contact) -> HttpResponse:
    """The draft was logged with another text: nothing is thrown away, whoever sent it decides."""
    said = _("This draft was already logged with another text. Open that contact, or log this as a new one.")
    if not is_dialog(request):
        reference = {"id": stored.pk, "url": stored.get_absolute_url(), "title": stored.title}
        return JsonResponse({"errors": {"source_key": [said]}, "stored": reference}, status=422)
    context = {**drawn_note(note, save_url=""), "stored": stored, "new_key": str(uuid.uuid4())}
    return render(request, "contacts/quick_note_parts.html", context, status=422)


@login_not_required
@require_GET
def quick_note_token(request: SignedInRequest) -> HttpResponse:
    """Give scripts that send later what a form carries: a fresh token, and who is signed in."""
    if role_of(request.user) is None:
        return JsonResponse({"errors": {"user": [_("Please sign in.")]}}, status=401)
    return JsonResponse({"csrf": get_token(request), "user": request.user.pk})
