"""Calendar feeds: the page where they are made and revoked, and the address that calendar programs read."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contacts.calendar import digest_of, entry_of, write_calendar
from contacts.forms.feeds import CalendarFeedForm
from contacts.models import CalendarFeed
from contacts.services.feeds import find_feed, follow_ups_of, note_reading, revoke_feed
from core.file_names import content_disposition
from core.roles import can
from core.stored_once import answer_once, new_key
from core.viewers import SignedInRequest

CALENDAR_TYPE = "text/calendar; charset=utf-8"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def feed_list(request: SignedInRequest) -> HttpResponse:
    """Show one's feeds; a new one shows its address on the answer to the form, and never again."""
    if not can(request.user, "view", CalendarFeed):
        raise Http404
    if request.method == "POST" and not can(request.user, "add", CalendarFeed):
        raise PermissionDenied
    if request.method == "POST":
        # Its address is shown on this one answer; the same form sent again is led to the list.
        return answer_once(request, lambda: _make(request), address_of=_list_if_made)
    return _draw(request, CalendarFeedForm(user=request.user))


def _make(request: SignedInRequest) -> HttpResponse:
    form = CalendarFeedForm(request.POST, user=request.user)
    if not form.is_valid():
        return _draw(request, form, status=422)
    address = address_of(request, form.create()[1])
    return _draw(request, form, address=address, draft_key=new_key())


def _list_if_made(response: HttpResponse) -> str:
    return reverse("contacts:feed_list") if response.status_code == HTTPStatus.OK else ""


def _draw(
    request: SignedInRequest, form: CalendarFeedForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, **more}
    context["feeds"] = CalendarFeed.objects.visible_to(request.user).active()
    return render(request, "contacts/feed_list.html", context, status=status)


def address_of(request: SignedInRequest, secret: str) -> str:
    """Return the whole address of a feed."""
    return request.build_absolute_uri(reverse("calendar_feed", args=[secret]))


@require_POST
def feed_revoke(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Close a feed; whoever knows its address reads nothing from now on."""
    feed = get_object_or_404(CalendarFeed.objects.visible_to(request.user).active(), pk=pk)
    if not can(request.user, "delete", CalendarFeed):
        raise PermissionDenied
    revoke_feed(feed=feed)
    messages.success(request, _("The feed is revoked. Its address does not answer any more."))
    return HttpResponseRedirect(reverse("contacts:feed_list"))


@login_not_required
@require_safe
def calendar_feed(request: SignedInRequest, secret: str) -> HttpResponseBase:
    """Answer a calendar program that knows the secret address; no session, no cookie."""
    feed = find_feed(secret)
    if feed is None:
        return _not_found()
    note_reading(feed)
    site = f"{request.scheme}://{request.get_host()}"
    with translation.override(feed.language):
        name = _("Follow-ups of the office") if feed.scope == "office" else _("My follow-ups")
        today = timezone.localdate()
        entries = [entry_of(row, user=feed.user, site=site, today=today) for row in follow_ups_of(feed)]
        etag = quote_etag(digest_of(entries, name))
        response = get_conditional_response(request, etag=etag)
        if response is None:
            response = HttpResponse(write_calendar(entries, name=name), content_type=CALENDAR_TYPE)
            response["Content-Disposition"] = content_disposition("stadtteilnetz.ics", kind="inline")
    response["ETag"] = etag
    response["X-Robots-Tag"] = "noindex"
    return response


def _not_found() -> HttpResponse:
    response = HttpResponse("404", status=404, content_type="text/plain")
    # Django would note the address, and with it a secret that may be good again tomorrow.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response
