"""Calendar feeds: the page where they are made and revoked, and the address that calendar programs read."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actors.calendar import digest_of, entry_of, write_calendar
from actors.forms.feeds import CalendarFeedForm
from actors.models import CalendarFeed
from actors.services.feeds import find_feed, follow_ups_of, note_reading, revoke_feed
from crm.common.roles import can

CALENDAR_TYPE = "text/calendar; charset=utf-8"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def feed_list(request: HttpRequest) -> HttpResponse:
    """Show one's feeds; a new one shows its address on the answer to the form, and never again."""
    if not can(request.user, "view", CalendarFeed):
        raise Http404
    if request.method == "POST" and not can(request.user, "add", CalendarFeed):
        raise PermissionDenied
    form = CalendarFeedForm(request.POST if request.method == "POST" else None, user=request.user)
    context: dict[str, Any] = {"form": form}
    status = 200
    if request.method == "POST":
        if form.is_valid():
            context["address"] = address_of(request, form.create()[1])
        else:
            status = 422
    context["feeds"] = CalendarFeed.objects.visible_to(request.user).active()
    return render(request, "actors/feed_list.html", context, status=status)


def address_of(request: HttpRequest, secret: str) -> str:
    """Return the whole address of a feed."""
    return request.build_absolute_uri(reverse("calendar_feed", args=[secret]))


@require_POST
def feed_revoke(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Close a feed; whoever knows its address reads nothing from now on."""
    feed = get_object_or_404(CalendarFeed.objects.visible_to(request.user).active(), pk=pk)
    if not can(request.user, "delete", CalendarFeed):
        raise PermissionDenied
    revoke_feed(feed=feed)
    messages.success(request, _("The feed is revoked. Its address does not answer any more."))
    return HttpResponseRedirect(reverse("actors:feed_list"))


@login_not_required
@require_safe
def calendar_feed(request: HttpRequest, secret: str) -> HttpResponseBase:
    """Answer a calendar program that knows the secret address; no session, no cookie."""
    feed = find_feed(secret)
    if feed is None:
        return _not_found()
    note_reading(feed)
    site = f"{request.scheme}://{request.get_host()}"
    with translation.override(feed.language):
        name = _("Follow-ups of the office") if feed.scope == "office" else _("My follow-ups")
        today = timezone.localdate()
        entries = [entry_of(row, site=site, today=today) for row in follow_ups_of(feed)]
        etag = quote_etag(digest_of(entries, name))
        response = get_conditional_response(request, etag=etag)
        if response is None:
            response = HttpResponse(write_calendar(entries, name=name), content_type=CALENDAR_TYPE)
            response["Content-Disposition"] = 'inline; filename="stadtteilnetz.ics"'
    response["ETag"] = etag
    response["Cache-Control"] = "private, max-age=60"
    response["X-Robots-Tag"] = "noindex"
    return response


def _not_found() -> HttpResponse:
    response = HttpResponse("404", status=404, content_type="text/plain")
    # Django would note the address, and with it a secret that may be good again tomorrow.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response
