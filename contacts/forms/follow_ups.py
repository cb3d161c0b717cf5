"""The form of a follow-up: what, when, who, and how often it comes back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from actors.forms.pickers import ActorSelect
from contacts.models import FollowUp
from core.accounts.models import User
from core.forms import RecordForm
from core.viewers import SignedIn

ABOUT = ("contact", "concern", "point")


class FollowUpForm(RecordForm):
    """Plan or change a follow-up. What it is about comes from the page where it is planned, and stays."""

    class Meta:
        model = FollowUp
        fields = ("due", "assignee", "text", "repeats", "actor", *ABOUT)
        widgets = {"actor": ActorSelect(), **dict.fromkeys(ABOUT, forms.HiddenInput)}
        help_texts = {"repeats": _("When it is done, the next one is planned, counted from this day.")}

    half = frozenset({"due", "assignee"})

    def __init__(self, *args: Any, user: SignedIn, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        stored = self.instance if self.instance.pk else None
        self._before = stored and FollowUp(
            due=stored.due, repeats=stored.repeats, assignee_id=stored.assignee_id
        )
        field: Any = self.fields["assignee"]
        field.empty_label = None
        self.offer("assignee", User.objects.helpers())
        if stored is None:
            field.initial = user
        for name in ABOUT:
            if stored is not None or not self._preset(name):
                del self.fields[name]

    def _preset(self, name: str) -> Any:
        return self.data.get(self.add_prefix(name)) if self.is_bound else self.initial.get(name)

    def about(self) -> list[Any]:
        """Return the records that the follow-up is about, beside the actor."""
        if self.instance.pk:
            records = [getattr(self.instance, name) for name in ABOUT]
        else:
            records = [self._chosen(name) for name in ABOUT if name in self.fields]
        return [record for record in records if record is not None]

    def _chosen(self, name: str) -> Any:
        field: Any = self.fields[name]
        key = str(self._preset(name))
        return field.queryset.filter(pk=key).first() if key.isdecimal() and len(key) < 19 else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("assignee"):
            self.instance.assignee = cleaned["assignee"]
            self.instance.keep_assignee_of(self._before)
        return cleaned

    def save(self, commit: bool = True) -> FollowUp:
        """Save; another day or rhythm begins the series anew."""
        self.instance.start_series_anew(self._before)
        saved: FollowUp = super().save(commit)
        return saved
