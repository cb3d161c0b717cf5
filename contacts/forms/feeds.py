"""The form of a calendar feed: whose follow-ups it shows."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language

from contacts.models import CalendarFeed, FeedScope, FollowUp
from contacts.services.feeds import create_feed
from core.forms import RecordForm
from core.roles import can
from core.viewers import SignedIn


class CalendarFeedForm(RecordForm):
    """Make a feed. Who sees only their own follow-ups is not asked whose."""

    class Meta:
        model = CalendarFeed
        fields = ("scope",)
        widgets = {"scope": forms.RadioSelect}

    def __init__(self, *args: Any, user: SignedIn, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        field: Any = self.fields["scope"]
        field.choices = scopes_for(user)

    def create(self) -> tuple[CalendarFeed, str]:
        """Return the new feed and its secret."""
        language = get_language() or "de"
        return create_feed(user=self.user, scope=self.cleaned_data["scope"], language=language)


def scopes_for(user: SignedIn) -> list[tuple[str, Any]]:
    """Return whose follow-ups a user may choose."""
    sees_all = can(user, "change", FollowUp)
    return [choice for choice in FeedScope.choices if sees_all or choice[0] == FeedScope.MINE]
