"""Who leaves, and who takes what."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from actors.models import ActorGroup
from core.accounts.models import User
from crm.staff_change.work import Plan

KIND_FIELDS = {
    "follow_ups": ("follow_ups_to", _("Follow-ups to")),
    "concerns": ("concerns_to", _("Concerns to")),
    "actors": ("actors_to", _("Actors to")),
}
NOT_OF_THE_OFFICE = {
    "invalid_choice": _(
        "Choose somebody of the office with an open account. Volunteers and readers may not see concerns and"
        " confidential contacts."
    )
}


class LeavingForm(forms.Form):
    """Whose work is handed over."""

    leaving = forms.ModelChoiceField(label=_("Who leaves"), queryset=User.objects.all())


class HandOverForm(forms.Form):
    """One colleague takes all, unless others are named for a kind or a group of actors."""

    to = forms.ModelChoiceField(
        label=_("Pass on to"), queryset=User.objects.none(), error_messages=NOT_OF_THE_OFFICE
    )
    close_account = forms.BooleanField(
        label=_("Close the account afterwards"),
        required=False,
        help_text=_("Nobody signs in with it any more; what was recorded stays."),
    )

    def __init__(self, *args: Any, leaving: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colleagues = User.objects.office_members().exclude(pk=leaving.pk)
        self.fields["to"].queryset = self.colleagues  # type: ignore[attr-defined]
        for name, label in KIND_FIELDS.values():
            self.fields[name] = self._somebody_else(label)
        held = ActorGroup.objects.filter(members__responsible=leaving).distinct().order_by("name", "pk")
        self.groups = {f"group_{group.pk}": group for group in held}
        for name, group in self.groups.items():
            self.fields[name] = self._somebody_else(group.name)

    def _somebody_else(self, label: Any) -> forms.ModelChoiceField:
        return forms.ModelChoiceField(
            label=label,
            queryset=self.colleagues,
            required=False,
            empty_label=_("as above"),
            error_messages=NOT_OF_THE_OFFICE,
        )

    @property
    def kind_fields(self) -> list[Any]:
        return [self[name] for name, _label in KIND_FIELDS.values()]

    @property
    def group_fields(self) -> list[Any]:
        return [self[name] for name in self.groups]

    @property
    def plan(self) -> Plan:
        chosen = self.cleaned_data
        return Plan(
            to=chosen["to"],
            kinds={kind: chosen[name] for kind, (name, _label) in KIND_FIELDS.items() if chosen[name]},
            groups={group: chosen[name] for name, group in self.groups.items() if chosen[name]},
        )
