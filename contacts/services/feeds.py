"""Calendar feeds: made, found by their secret, read, revoked."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from django.db.models import Q
from django.utils import timezone

from contacts.models import CalendarFeed, FeedScope, FollowUp
from core.roles import can
from core.unavailable import store_if_possible
from core.viewers import SignedIn

# How exactly it is known when a feed was read last; reading it more often writes nothing.
READ_NOTED_EVERY = dt.timedelta(minutes=10)


def digest(secret: str) -> str:
    """Return what is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def create_feed(*, user: SignedIn, scope: str, language: str) -> tuple[CalendarFeed, str]:
    """Make a feed; return it with its secret, which nobody can look up later."""
    secret = secrets.token_urlsafe(32)
    feed = CalendarFeed(user=user, scope=scope, language=language, secret_digest=digest(secret))
    feed.full_clean()
    feed.save()
    return feed, secret


def revoke_feed(*, feed: CalendarFeed) -> None:
    """Close a feed for good."""
    if feed.revoked_at is None:
        feed.revoked_at = timezone.now()
        feed.save()


def find_feed(secret: str) -> CalendarFeed | None:
    """Return the open feed of this secret, if its user may still see follow-ups."""
    feed = CalendarFeed.objects.active().filter(secret_digest=digest(secret)).select_related("user").first()
    return feed if feed is not None and can(feed.user, "view", FollowUp) else None


def follow_ups_of(feed: CalendarFeed) -> list[FollowUp]:
    """Return what is still to be done as far as the feed's user sees it now."""
    rows = FollowUp.objects.visible_to(feed.user).open()
    if feed.scope == FeedScope.MINE:
        rows = rows.filter(assignee=feed.user)
    return list(rows.select_related("actor", "contact", "point", "concern__contact").order_by("due", "pk"))


def note_reading(feed: CalendarFeed) -> None:
    """Remember that a calendar program read the feed; that is no change of the record."""
    now = timezone.now()
    old = Q(last_read_at__isnull=True) | Q(last_read_at__lt=now - READ_NOTED_EVERY)
    due = CalendarFeed.objects.filter(old, pk=feed.pk)
    store_if_possible(lambda: due.update(last_read_at=now))
