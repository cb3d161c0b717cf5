"""What is done with follow-ups at one press, one or several: done, moved, handed on; each can be undone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from actors.models import FollowUp, Repeats
from actors.services import (
    finish_follow_up,
    finish_follow_ups,
    hand_over_follow_up,
    hand_over_follow_ups,
    postpone_follow_up,
    postpone_follow_ups,
    reopen_follow_up,
    reopen_follow_ups,
    set_repeats,
)
from crm.accounts.models import User
from crm.common.roles import HELPER_ROLES, can
from crm.common.selection import MOST_CHOSEN, read_selection
from crm.common.views import address_to_return


def _to_change(request: HttpRequest, pk: int, right: str = "finish") -> FollowUp:
    """Return the follow-up that the user sees and may change in this way."""
    follow_up: FollowUp = get_object_or_404(FollowUp.objects.visible_to(request.user), pk=pk)
    if not can(request.user, right, FollowUp):
        raise PermissionDenied
    return follow_up


def _home(request: HttpRequest) -> str:
    return address_to_return(request, reverse("actors:follow_up_list"))


def _back(request: HttpRequest, text: str, undo: str = "") -> HttpResponseBase:
    messages.success(request, text, extra_tags=undo)
    return HttpResponseRedirect(_home(request))


def _refused(request: HttpRequest, error: ValidationError | str) -> HttpResponseBase:
    text = error if isinstance(error, str) else " ".join(error.messages)
    messages.error(request, text)
    return HttpResponseRedirect(_home(request))


def _address(action: str, request: HttpRequest, *args: Any, **query: Any) -> str:
    """Return the address that undoes, and that leads back to the page where it was done."""
    address = reverse(f"actors:follow_up_{action}", args=args)
    return f"{address}?{urlencode({**query, 'next': _home(request)})}"


def _short(day: dt.date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")


@require_POST
def follow_up_done(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Mark as done; the message says when the next one is due, and offers to take both back."""
    follow_up = _to_change(request, pk)
    following = finish_follow_up(follow_up=follow_up, user=request.user)
    text = _("Done: %(what)s") % {"what": follow_up}
    if following is not None:
        text += " – " + _("next time on %(day)s") % {"day": _short(following.due)}
    return _back(request, text, _address("reopen", request, pk))


@require_POST
def follow_up_reopen(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take back that it was done."""
    follow_up = _to_change(request, pk)
    reopen_follow_up(follow_up=follow_up)
    return _back(request, _("Open again: %(what)s") % {"what": follow_up})


@require_POST
def follow_up_move(request: HttpRequest, pk: int, day: str = "") -> HttpResponseBase:
    """Postpone to a day, in the address or in the form; the message offers to put it back."""
    follow_up = _to_change(request, pk)
    before = follow_up.due
    try:
        postpone_follow_up(follow_up=follow_up, due=_asked_day(request, day))
    except ValidationError as error:
        if day:
            raise Http404 from error
        return _refused(request, error)
    told = {"day": _short(follow_up.due), "what": follow_up}
    text = _("Postponed to %(day)s: %(what)s") % told
    return _back(request, text, _address("move", request, pk, before.isoformat()))


def _asked_day(request: HttpRequest, day: str = "") -> dt.date:
    try:
        return dt.date.fromisoformat(day or request.POST.get("day", ""))
    except ValueError as error:
        raise ValidationError(_("Choose a day.")) from error


@require_POST
def follow_up_hand(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Hand to a colleague; the message offers to take it back."""
    follow_up = _to_change(request, pk, "change")
    before = follow_up.assignee_id
    try:
        hand_over_follow_up(follow_up=follow_up, assignee=_asked_colleague(request))
    except ValidationError as error:
        return _refused(request, error)
    text = _("Now for %(who)s: %(what)s") % {"who": follow_up.assignee, "what": follow_up}
    return _back(request, text, _address("hand", request, pk, assignee=before))


def _asked_colleague(request: HttpRequest) -> User:
    key = request.POST.get("assignee") or request.GET.get("assignee") or ""
    known = User.objects.visible_to(request.user).filter(is_active=True, role__in=HELPER_ROLES)
    found = known.filter(pk=key).first() if key.isdecimal() and len(key) < 19 else None
    if found is None:
        raise ValidationError(_("Choose a colleague who works here."))
    return found


@require_POST
def follow_up_repeats(request: HttpRequest, pk: int) -> HttpResponseBase:
    """End a series with this follow-up; the message offers to have it go on."""
    follow_up = _to_change(request, pk, "change")
    before, wanted = follow_up.repeats, request.GET.get("repeats", Repeats.NEVER)
    if wanted not in Repeats.values:
        raise Http404
    set_repeats(follow_up=follow_up, repeats=wanted)
    if wanted:
        return _back(request, _("It repeats again: %(what)s") % {"what": follow_up})
    text = _("This is the last time: %(what)s") % {"what": follow_up}
    return _back(request, text, _address("repeats", request, pk, repeats=before))


# --- several at once ---------------------------------------------------------------------------------------


def _finish(request: HttpRequest, chosen: list[FollowUp]) -> str:
    finish_follow_ups(follow_ups=chosen, user=request.user)
    return ngettext("%(n)s follow-up done.", "%(n)s follow-ups done.", len(chosen)) % {"n": len(chosen)}


def _reopen(request: HttpRequest, chosen: list[FollowUp]) -> str:
    reopen_follow_ups(follow_ups=chosen)
    told = {"n": len(chosen)}
    return ngettext("%(n)s follow-up open again.", "%(n)s follow-ups open again.", len(chosen)) % told


def _move(request: HttpRequest, chosen: list[FollowUp]) -> str:
    day = _asked_day(request)
    postpone_follow_ups(follow_ups=chosen, due=day)
    told = {"n": len(chosen), "day": _short(day)}
    return (
        ngettext(
            "%(n)s follow-up postponed to %(day)s.", "%(n)s follow-ups postponed to %(day)s.", len(chosen)
        )
        % told
    )


def _hand(request: HttpRequest, chosen: list[FollowUp]) -> str:
    assignee = _asked_colleague(request)
    hand_over_follow_ups(follow_ups=chosen, assignee=assignee)
    told = {"n": len(chosen), "who": assignee}
    return (
        ngettext("%(n)s follow-up is now for %(who)s.", "%(n)s follow-ups are now for %(who)s.", len(chosen))
        % told
    )


SEVERAL: dict[str, tuple[str, Callable[[HttpRequest, list[FollowUp]], str]]] = {
    "done": ("finish", _finish),
    "reopen": ("finish", _reopen),
    "move": ("finish", _move),
    "hand": ("change", _hand),
}


@require_POST
def follow_up_several(request: HttpRequest, action: str) -> HttpResponseBase:
    """Do the same with all that were chosen, or with none of them."""
    if action not in SEVERAL or not can(request.user, "view", FollowUp):
        raise Http404
    right, act = SEVERAL[action]
    if not can(request.user, right, FollowUp):
        raise PermissionDenied
    try:
        with transaction.atomic():
            chosen = _chosen(request)
            text = act(request, chosen)
    except ValidationError as error:
        return _refused(request, error)
    ids = ",".join(str(follow_up.pk) for follow_up in chosen)
    undo = _address("several", request, "reopen", ids=ids) if action == "done" else ""
    return _back(request, text, undo)


def _chosen(request: HttpRequest) -> list[FollowUp]:
    selection = read_selection([*request.POST.getlist("ids"), *request.GET.getlist("ids")])
    if not 0 < len(selection) <= MOST_CHOSEN:
        raise ValidationError(
            _("Choose from 1 to %(most)s follow-ups."), params={"most": MOST_CHOSEN}, code="number"
        )
    # Always in the same order, so that two who lock the same rows do not wait for each other.
    found = list(FollowUp.objects.visible_to(request.user).filter(pk__in=selection.ids).order_by("pk"))
    if len(found) < len(selection):
        raise ValidationError(_("One of the chosen follow-ups does not exist any more. Nothing was changed."))
    return found
