"""Forms of groups: name and description, and which actors come into one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from actors.models import Actor, ActorGroup
from crm.common.forms import RecordForm, restrict_choices
from crm.common.selection import SelectionField
from crm.common.widgets import RemoteSelectMultiple

OPTIONS = "actors:actor_options"


class ActorGroupForm(RecordForm):
    """Name and description of a group, and how often to be in touch with its members."""

    class Meta:
        model = ActorGroup
        fields = ("name", "description", "contact_interval_days")
        widgets = {"description": forms.Textarea(attrs={"rows": 3})}


class MembersForm(forms.Form):
    """Actors looked up one by one to come into a group."""

    actors = forms.ModelMultipleChoiceField(
        queryset=Actor.objects.all(),
        label=_("Add members"),
        widget=RemoteSelectMultiple(url_name=OPTIONS),
        error_messages={"required": _("Choose at least one actor.")},
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        restrict_choices(self.fields["actors"], user)  # type: ignore[arg-type]


class GroupSelectionForm(forms.Form):
    """Into which group chosen actors come: one that exists, or a new one."""

    ids = SelectionField(error_messages={"required": _("Choose at least one actor.")})
    group = forms.ModelChoiceField(
        queryset=ActorGroup.objects.all(),
        label=_("Existing group"),
        required=False,
        empty_label=_("none"),
        widget=forms.Select(attrs={"data-tomselect": ""}),
    )
    name = forms.CharField(label=_("Or the name of a new group"), required=False, max_length=100)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        restrict_choices(self.fields["group"], user)  # type: ignore[arg-type]

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
