"""The points that were talked about in a contact, as rows below its form."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.models import Contact, DiscussionPoint
from contacts.models.follow_up import may_be_given
from contacts.services.follow_ups import PlannedFollowUp, plan_follow_up
from core.accounts.models import User
from core.row_forms import RowForm, RowList
from core.viewers import SignedIn

LAST = 9999
USUAL_WAIT = dt.timedelta(days=7)
PLANNING = ("needs_follow_up", "due", "assignee")


class PointForm(RowForm):
    """One point. A follow-up is planned with it; once there is one, it is changed on its own page."""

    due = forms.DateField(label=_("Follow up on"), required=False)
    assignee = forms.ModelChoiceField(
        label=_("For"), required=False, queryset=User.objects.all(), empty_label=None
    )

    class Meta:
        model = DiscussionPoint
        fields = ("text", "topic", "needs_follow_up")
        widgets = {"text": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, user: SignedIn, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        if not self.instance.pk:
            self.instance.position = LAST
        if self.instance.pk and self.instance.follow_ups.exists():
            for name in PLANNING:
                del self.fields[name]
            return
        self.offer("assignee", User.objects.helpers())
        self.fields["assignee"].initial = user
        self.fields["due"].help_text = _("Left empty, in a week.")

    def has_changed(self) -> bool:
        """A row in which only somebody was chosen is no row."""
        return any(name not in {"version", "assignee"} for name in self.changed_data)

    def clean(self) -> dict[str, Any]:
        """A day asks for a follow-up, even where the box was not ticked."""
        cleaned = super().clean()
        due = cleaned.get("due")
        if due and due < timezone.localdate():
            self.add_error("due", _("This day has passed."))
        if due:
            cleaned["needs_follow_up"] = self.instance.needs_follow_up = True
        return cleaned

    @property
    def plans(self) -> bool:
        """Whether saving plans a follow-up."""
        return bool(self.cleaned_data.get("needs_follow_up")) and "due" in self.fields

    def check_assignee(self, contact: Contact) -> None:
        """Refuse a follow-up about the point for somebody who may not see the contact."""
        assignee = self.cleaned_data.get("assignee") or self.user
        if self.plans and not may_be_given(assignee, contact=contact, text=""):
            self.add_error("assignee", _("This person may not see what is to be done."))

    def save(self, commit: bool = True) -> DiscussionPoint:
        """Save the point, and plan its follow-up where one is wanted."""
        point: DiscussionPoint = super().save(commit)
        if self.plans:
            due = self.cleaned_data["due"] or timezone.localdate() + USUAL_WAIT
            planned = PlannedFollowUp(due=due, assignee=self.cleaned_data["assignee"] or self.user)
            plan_follow_up(
                planned=planned, point=point, contact=point.contact, actor=point.contact.actors.first()
            )
        return point


POINTS = RowList(DiscussionPoint, PointForm, _("Discussion points"), _("Add a point"))
