"""What is done with follow-ups at one press, one or several: done, moved, handed on; each can be undone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from contacts.models import FollowUp, Repeats
from contacts.services.follow_ups import (
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
from core.accounts.models import User
from core.roles import can
from core.selection import MOST_CHOSEN, read_selection
from core.viewers import SignedInRequest
from core.views import address_to_return


def _to_change(request: SignedInRequest, pk: int, right: str = "finish") -> FollowUp:
    """Return the follow-up that the user sees and may change in this way."""
    follow_up: FollowUp = get_object_or_404(FollowUp.objects.visible_to(request.user), pk=pk)
    if not can(request.user, right, FollowUp):
        raise PermissionDenied
    return follow_up


def _home(request: SignedInRequest) -> str:
    return address_to_return(request, reverse("contacts:follow_up_list"))


def _back(request: SignedInRequest, text: str, undo: str = "") -> HttpResponseBase:
    messages.success(request, text, extra_tags=undo)
    return HttpResponseRedirect(_home(request))


def _refused(request: SignedInRequest, error: ValidationError | str) -> HttpResponseBase:
    text = error if isinstance(error, str) else " ".join(error.messages)
    messages.error(request, text)
    return HttpResponseRedirect(_home(request))


def _address(action: str, request: SignedInRequest, *args: Any, **query: Any) -> str:
    """Return the address that undoes, and that leads back to the page where it was done."""
    address = reverse(f"contacts:follow_up_{action}", args=args)
    return f"{address}?{urlencode({**query, 'next': _home(request)})}"


def _short(day: dt.date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")


@require_POST
def follow_up_done(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Mark as done; the message says when the next one is due, and offers to take both back."""
    follow_up = _to_change(request, pk)
    following = finish_follow_up(follow_up=follow_up, user=request.user)
    text = _("Done: %(what)s") % {"what": follow_up}
    if following is not None:
        text += " – " + _("next time on %(day)s") % {"day": _short(following.due)}
    return _back(request, text, _address("reopen", request, pk))


@require_POST
def follow_up_reopen(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Take back that it was done."""
    follow_up = _to_change(request, pk)
    reopen_follow_up(follow_up=follow_up)
    return _back(request, _("Open again: %(what)s") % {"what": follow_up})


@require_POST
def follow_up_move(request: SignedInRequest, pk: int, day: str = "") -> HttpResponseBase:
    """Postpone to a day, in the address or in the form; the message offers to put it back."""
    follow_up = _to_change(request, pk)
    before = follow_up.due
    try:
        postpone_follow_up(follow_up=follow_up, due=_day_of(request, day))
    except ValidationError as error:
        if day:
            raise Http404 from error
        return _refused(request, error)
    values = {"day": _short(follow_up.due), "what": follow_up}
    text = _("Postponed to %(day)s: %(what)s") % values
    return _back(request, text, _address("move", request, pk, before.isoformat()))


def _day_of(request: SignedInRequest, day: str = "") -> dt.date:
    try:
        return dt.date.fromisoformat(day or request.POST.get("day", ""))
    except ValueError as error:
        raise ValidationError(_("Choose a day.")) from error


@require_POST
def follow_up_hand(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Hand to a colleague; the message offers to take it back."""
    follow_up = _to_change(request, pk, "change")
    before = follow_up.assignee_id
    try:
        hand_over_follow_up(follow_up=follow_up, assignee=_colleague_of(request))
    except ValidationError as error:
        return _refused(request, error)
    text = _("Now for %(who)s: %(what)s") % {"who": follow_up.assignee, "what": follow_up}
    return _back(request, text, _address("hand", request, pk, assignee=before))


def _colleague_of(request: SignedInRequest) -> User:
    key = request.POST.get("assignee") or request.GET.get("assignee") or ""
    known = User.objects.visible_to(request.user).helpers()
    colleague = known.filter(pk=key).first() if key.isdecimal() and len(key) < 19 else None
    if colleague is None:
        raise ValidationError(_("Choose a colleague who works here."))
    return colleague


@require_POST
def follow_up_repeats(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """End a series with this follow-up; the message offers to have it go on."""
    follow_up = _to_change(request, pk, "change")
    before, repeats = follow_up.repeats, request.GET.get("repeats", Repeats.NEVER)
    if repeats not in Repeats.values:
        raise Http404
    set_repeats(follow_up=follow_up, repeats=repeats)
    if repeats:
        return _back(request, _("It repeats again: %(what)s") % {"what": follow_up})
    text = _("This is the last time: %(what)s") % {"what": follow_up}
    return _back(request, text, _address("repeats", request, pk, repeats=before))


# --- several at once ---------------------------------------------------------------------------------------


def _finish(request: SignedInRequest, chosen: list[FollowUp]) -> str:
    finish_follow_ups(follow_ups=chosen, user=request.user)
    return ngettext("%(n)s follow-up done.", "%(n)s follow-ups done.", len(chosen)) % {"n": len(chosen)}


def _reopen(request: SignedInRequest, chosen: list[FollowUp]) -> str:
    reopen_follow_ups(follow_ups=chosen)
    values = {"n": len(chosen)}
    return ngettext("%(n)s follow-up open again.", "%(n)s follow-ups open again.", len(chosen)) % values


def _move(request: SignedInRequest, chosen: list[FollowUp]) -> str:
    day = _day_of(request)
    postpone_follow_ups(follow_ups=chosen, due=day)
    values = {"n": len(chosen), "day": _short(day)}
    return (
        ngettext(
            "%(n)s follow-up postponed to %(day)s.", "%(n)s follow-ups postponed to %(day)s.", len(chosen)
        )
        % values
    )


def _hand(request: SignedInRequest, chosen: list[FollowUp]) -> str:
    assignee = _colleague_of(request)
    hand_over_follow_ups(follow_ups=chosen, assignee=assignee)
    values = {"n": len(chosen), "who": assignee}
    return (
        ngettext("%(n)s follow-up is now for %(who)s.", "%(n)s follow-ups are now for %(who)s.", len(chosen))
        % values
    )


SEVERAL: dict[str, tuple[str, Callable[[SignedInRequest, list[FollowUp]], str]]] = {
    "done": ("finish", _finish),
    "reopen": ("finish", _reopen),
    "move": ("finish", _move),
    "hand": ("change", _hand),
}


@require_POST
def follow_up_several(request: SignedInRequest, action: str) -> HttpResponseBase:
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


def _chosen(request: SignedInRequest) -> list[FollowUp]:
    selection = read_selection([*request.POST.getlist("ids"), *request.GET.getlist("ids")])
    if not 0 < len(selection) <= MOST_CHOSEN:
        raise ValidationError(
            _("Choose from 1 to %(most)s follow-ups."), params={"most": MOST_CHOSEN}, code="number"
        )
    # Always in the same order, so that two who lock the same rows do not wait for each other.
    follow_ups = list(FollowUp.objects.visible_to(request.user).filter(pk__in=selection.ids).order_by("pk"))
    if len(follow_ups) < len(selection):
        raise ValidationError(_("One of the chosen follow-ups does not exist any more. Nothing was changed."))
    return follow_ups
