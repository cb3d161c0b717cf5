"""The form of a follow-up: what, when, who, and how often it comes back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from actors.models import FollowUp
from crm.accounts.models import User
from crm.common.forms import RecordForm, restrict_choices
from crm.common.roles import HELPER_ROLES
from crm.common.widgets import RemoteSelect

OPTIONS = "actors:actor_options"
ABOUT = ("contact", "concern", "point")


class FollowUpForm(RecordForm):
    """Plan or change a follow-up. What it is about comes from the page where it is planned, and stays."""

    class Meta:
        model = FollowUp
        fields = ("due", "assignee", "text", "repeats", "actor", *ABOUT)
        widgets = {"actor": RemoteSelect(url_name=OPTIONS), **dict.fromkeys(ABOUT, forms.HiddenInput)}
        help_texts = {"repeats": _("When it is done, the next one is planned, counted from this day.")}

    half = frozenset({"due", "assignee"})

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        stored = self.instance if self.instance.pk else None
        self._before = stored and FollowUp(due=stored.due, repeats=stored.repeats)
        assignees = User.objects.visible_to(user).filter(is_active=True, role__in=HELPER_ROLES)
        field: Any = self.fields["assignee"]
        field.queryset, field.empty_label = assignees, None
        restrict_choices(field, user)
        if stored is None:
            field.initial = user
        for name in ABOUT:
            if stored is not None or not self._asked(name):
                del self.fields[name]

    def _asked(self, name: str) -> Any:
        return self.data.get(self.add_prefix(name)) if self.is_bound else self.initial.get(name)

    def about(self) -> list[Any]:
        """Return the records that the follow-up is about, beside the actor."""
        if self.instance.pk:
            found = [getattr(self.instance, name) for name in ABOUT]
        else:
            found = [self._chosen(name) for name in ABOUT if name in self.fields]
        return [record for record in found if record is not None]

    def _chosen(self, name: str) -> Any:
        field: Any = self.fields[name]
        key = str(self._asked(name))
        return field.queryset.filter(pk=key).first() if key.isdecimal() and len(key) < 19 else None

    def save(self, commit: bool = True) -> FollowUp:
        """Save; another day or rhythm begins the series anew."""
        self.instance.start_series_anew(self._before)
        saved: FollowUp = super().save(commit)
        return saved
