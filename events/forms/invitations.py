"""To which event, and in which role, chosen actors are invited."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from actors.models import ActorGroup
from core.forms import restrict_choices
from core.picking import PickingForm
from core.selection import SelectionField
from core.viewers import SignedIn
from core.widgets import TypedSelect
from events.models import Event, ParticipationRole

MOST_INVITED = 2_000


class EventChoice(forms.ModelChoiceField):
    """An event with its day."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{date_format(obj.start_date, 'SHORT_DATE_FORMAT')} · {obj.title}"


class InvitationForm(PickingForm):
    """A coming event and a role; the next event is proposed."""

    event = EventChoice(
        queryset=Event.objects.all(),
        label=_("To which event"),
        widget=TypedSelect(),
    )
    role = forms.ModelChoiceField(queryset=ParticipationRole.objects.all(), label=_("Role"), empty_label=None)

    def __init__(self, *args: Any, user: SignedIn, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.offer("event", Event.objects.upcoming(timezone.localdate()))


class SendInvitationsForm(InvitationForm):
    """The same with the actors that were shown as to be invited: nobody else is."""

    ids = SelectionField(most=MOST_INVITED, error_messages={"required": _("Nobody is chosen.")})


class InvitedGroupForm(forms.Form):
    """Whom to invite where nobody was chosen before: a group."""

    group = forms.ModelChoiceField(queryset=ActorGroup.objects.all(), label=_("Group"), empty_label=None)

    def __init__(self, *args: Any, user: SignedIn, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        restrict_choices(self.fields["group"], user)  # type: ignore[arg-type]
