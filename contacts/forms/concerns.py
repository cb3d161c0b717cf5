"""Forms of concerns: recorded, corrected, and each step they take."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from actors.forms.pickers import ActorSelect
from actors.models import Actor
from contacts.concerns import ANSWERED, FORWARDED, may_follow, stage_of
from contacts.models import Concern, ConcernStatus
from contacts.services.concerns import check_department, move_concern, plan_reminder, record_concern
from core.accounts.models import User
from core.forms import DateInput, RecordForm
from core.viewers import SignedIn

USUAL_NEXT = {"new": "forwarded", "forwarded": "answered", "in_progress": "done", "answered": "done"}
SYMBOLS = {
    "new": "message-report",
    "forwarded": "mail-forward",
    "in_progress": "progress",
    "answered": "message-reply",
    "done": "check",
    "declined": "ban",
    "not_responsible": "arrow-back-up",
}


class ConcernForm(RecordForm):
    """Record a concern, or correct what was recorded; how it stands changes by steps only."""

    class Meta:
        model = Concern
        fields = ("text", "kind", "topic", "raised_by", "raised_on", "responsible")
        widgets = {"text": forms.Textarea(attrs={"rows": 6}), "raised_by": ActorSelect()}

    half = frozenset({"kind", "topic", "raised_on", "responsible"})

    def __init__(self, *args: Any, user: SignedIn, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.fields["kind"].empty_label = None  # type: ignore[attr-defined]
        self.offer("responsible", User.objects.office_members())
        self.fields["raised_on"].widget.attrs["max"] = timezone.localdate().isoformat()
        if not self.instance.pk:
            self.initial.setdefault("responsible", user.pk)

    @transaction.atomic
    def save(self, commit: bool = True) -> Concern:
        """Save the concern; a new one gets its first step."""
        if self.instance.pk:
            return super().save(commit)
        self.add_newcomers()
        return record_concern(concern=self.instance, user=self.user)


class ConcernMoveForm(RecordForm):
    """One step of a concern: what is asked depends on where it leads."""

    forwarded_to = forms.ModelChoiceField(
        label=_("Forward to"),
        queryset=Actor.objects.all(),
        widget=ActorSelect(),
        error_messages={"required": _("Say to whom the concern was forwarded.")},
    )
    due = forms.DateField(label=_("Answer wanted by"), required=False)
    remind_on = forms.DateField(label=_("Remind me on"), required=False)
    answer = forms.CharField(
        label=_("Answer"), max_length=20_000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    told_on = forms.DateField(label=_("Resident told on"), required=False)
    note = forms.CharField(
        label=_("Note"), max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    on = forms.DateField(label=_("Day of this step"), required=False, help_text=_("Empty: today."))

    class Meta:
        model = Concern
        # Nothing goes into the record by itself: the step writes it.
        fields = ()

    half = frozenset({"due", "remind_on", "told_on", "on"})

    def __init__(self, *args: Any, to: ConcernStatus, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.to = to
        stage = stage_of(to)
        names_of_step = {"version", "note", "on"}
        if stage == FORWARDED:
            names_of_step |= {"forwarded_to", "due", "remind_on"}
        elif stage == ANSWERED or not to.is_open:
            names_of_step |= {"answer", "told_on"}
        for name in [name for name in self.fields if name not in names_of_step]:
            del self.fields[name]
        if "answer" in self.fields:
            self.fields["answer"].initial = self.instance.answer
            self.fields["answer"].required = stage == ANSWERED

    @property
    def label(self) -> str:
        """What the button says."""
        return move_label(self.to, after=self.instance.status)

    @property
    def is_usual(self) -> bool:
        """Whether this is what mostly comes next."""
        return USUAL_NEXT.get(stage_of(self.instance.status)) == self.to.code

    @property
    def symbol(self) -> str:
        """The icon beside it."""
        return status_symbol(self.to)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        department = cleaned.get("forwarded_to")
        if department is not None and "on" not in self.errors:
            try:
                check_department(department, cleaned.get("on") or timezone.localdate())
            except ValidationError as error:
                self.add_error("forwarded_to", error.message_dict["forwarded_to"])
        remind_on = cleaned.get("remind_on")
        if remind_on and remind_on < timezone.localdate():
            self.add_error("remind_on", _("This day has passed."))
        return cleaned

    def _check_version(self, seen: int) -> None:
        try:
            super()._check_version(seen)
        except ValidationError:
            stored = Concern.objects.select_related("status").get(pk=self.instance.pk)
            self.conflicts.insert(0, (gettext("Status"), stored.status.label))
            raise

    @transaction.atomic
    def save(self, commit: bool = True) -> Concern:
        """Take the step, and plan the reminder."""
        self.add_newcomers()
        values = {name: self.cleaned_data.get(name) for name in ("forwarded_to", "due", "on", "told_on")}
        move_concern(
            concern=self.instance,
            to=self.to,
            user=self.user,
            note=self.cleaned_data["note"],
            answer=self.cleaned_data.get("answer", ""),
            **values,
        )
        remind_on = self.cleaned_data.get("remind_on")
        if remind_on:
            plan_reminder(concern=self.instance, due=remind_on, assignee=self.user)
        return self.instance


def status_symbol(status: ConcernStatus) -> str:
    """Return the icon of a status."""
    return SYMBOLS.get(stage_of(status), "point")


def move_label(to: ConcernStatus, *, after: ConcernStatus) -> str:
    """Return what leads from one status to another, as the words of a button."""
    if not after.is_open:
        return gettext("Take up again")
    if to.code == FORWARDED and stage_of(after) == FORWARDED:
        return gettext("Forward to somebody else")
    words = {
        FORWARDED: gettext("Forward"),
        "in_progress": gettext("In progress"),
        ANSWERED: gettext("Answer received"),
        "done": gettext("Done"),
        "declined": gettext("Decline"),
        "not_responsible": gettext("Not responsible"),
    }
    return words.get(to.code, to.label)


def next_statuses(concern: Concern) -> list[ConcernStatus]:
    """Return the statuses in use that may follow the present one."""
    return [
        to
        for to in ConcernStatus.objects.in_use()
        if to.code != "new" and may_follow(to, after=concern.status)
    ]


class ConcernToldForm(RecordForm):
    """Remember on which day the resident was told."""

    told_on = forms.DateField(label=_("Resident told on"), initial=timezone.localdate)

    class Meta:
        model = Concern
        fields = ("told_on",)


class ReminderForm(forms.Form):
    """Plan to come back to a concern."""

    due = forms.DateField(label=_("Remind on"), widget=DateInput)
    text = forms.CharField(label=_("What is to be done"), required=False, max_length=300)
    assignee = forms.ModelChoiceField(label=_("For"), queryset=User.objects.all(), empty_label=None)

    def __init__(self, *args: Any, user: SignedIn, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["assignee"]
        field.queryset, field.initial = User.objects.visible_to(user).office_members(), user.pk


class LetterForm(forms.Form):
    """What goes into the letter that passes a concern on."""

    with_name = forms.BooleanField(
        label=_("Name the resident"),
        required=False,
        help_text=_("Only with the consent of the resident."),
    )
