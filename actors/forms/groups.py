"""Forms of groups: name and description, and which actors come into one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from actors.forms.pickers import ActorSelectMultiple
from actors.models import Actor, ActorGroup
from core.forms import RecordForm
from core.picking import PickingForm
from core.selection import SelectionField
from core.widgets import TypedSelect


class ActorGroupForm(RecordForm):
    """Name and description of a group, and how often to be in touch with its members."""

    class Meta:
        model = ActorGroup
        fields = ("name", "description", "contact_interval_days")
        widgets = {"description": forms.Textarea(attrs={"rows": 3})}


class MembersForm(PickingForm):
    """Actors looked up one by one to come into a group."""

    actors = forms.ModelMultipleChoiceField(
        queryset=Actor.objects.all(),
        label=_("Add members"),
        widget=ActorSelectMultiple(),
        error_messages={"required": _("Choose at least one actor.")},
    )


class GroupSelectionForm(PickingForm):
    """Into which group chosen actors come: one that exists, or a new one."""

    ids = SelectionField(error_messages={"required": _("Choose at least one actor.")})
    group = forms.ModelChoiceField(
        queryset=ActorGroup.objects.all(),
        label=_("Existing group"),
        required=False,
        empty_label=_("none"),
        widget=TypedSelect(),
    )
    name = forms.CharField(label=_("Or the name of a new group"), required=False, max_length=100)

    def clean(self) -> dict[str, Any]:
        """Ask for one group, not none and not two; a new one is checked as everywhere."""
        cleaned = super().clean() or self.cleaned_data
        group, name = cleaned.get("group"), cleaned.get("name")
        if self.errors:
            return cleaned
        if bool(group) == bool(name):
            raise ValidationError(_("Choose a group or enter the name of a new one."), code="one")
        if name:
            cleaned["group"] = self._new_group(name)
        return cleaned

    def _new_group(self, name: str) -> ActorGroup:
        group = ActorGroup(name=name)
        try:
            group.full_clean()
        except ValidationError as error:
            self.add_error("name", error.messages)
        return group
