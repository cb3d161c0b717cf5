"""Forms of e-mails: taking them in, and saying whose contact one is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actors.forms.pickers import ActorSelect, ActorSelectMultiple
from actors.hints import hints_for
from actors.models import Actor, ActorKind, ActorType, Topic
from actors.names import guess_kind, usual_type
from contacts.emails import limits
from contacts.models import Contact, Direction, IncomingEmail
from contacts.services.email_people import Person, others_in, people_of, spoken_name
from contacts.services.emails import MAX_NOTE, MAX_SUBJECT, ContactDraft, NewSender, draft_of, log_email
from contacts.services.follow_ups import PlannedFollowUp
from core.accounts.models import User
from core.forms import DateInput
from core.picking import PickingForm
from core.viewers import SignedIn
from core.widgets import TypedSelectMultiple

LEAVE_OUT, ADD, KNOWN = "", "new", "known"
MAX_FILES = 20


class FilesInput(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Returns the list of files that were chosen."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Leave what is in a file to the reader: it says of each what is wrong with it."""
        files = [file for file in data or [] if file is not None]
        if len(files) > MAX_FILES:
            raise ValidationError(_("At most %(limit)s files at once."), params={"limit": MAX_FILES})
        return files


class EmailUploadForm(forms.Form):
    """E-mails as files, several at once, or one that was pasted."""

    emails = FilesField(
        label=_("E-mail files (.eml)"),
        required=False,
        widget=FilesInput(attrs={"accept": ".eml,message/rfc822", "multiple": True}),
    )
    text = forms.CharField(
        label=_("Or paste an e-mail"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("With the lines From, Sent, To and Subject if you can copy them."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not cleaned.get("emails") and not (cleaned.get("text") or "").strip():
            raise ValidationError(_("Please choose a file or paste an e-mail."))
        return cleaned

    @staticmethod
    def limits() -> dict[str, int]:
        """Return what the page says about sizes."""
        return {
            "message": limits.MAX_MESSAGE_BYTES // limits.MEBIBYTE,
            "attachment": limits.MAX_ATTACHMENT_BYTES // limits.MEBIBYTE,
            "attachments": limits.MAX_ATTACHMENTS,
            "files": MAX_FILES,
        }


class PersonForm(PickingForm):
    """What to do about an address that does not say by itself whose it is."""

    choice = forms.ChoiceField(label=_("This is"), required=False)
    known = forms.ModelChoiceField(
        label=_("Which actor?"),
        required=False,
        queryset=Actor.objects.all(),
        widget=ActorSelect(),
    )
    name = forms.CharField(label=_("Name"), required=False, max_length=250)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=ActorKind.choices)
    actor_type = forms.ModelChoiceField(
        label=_("Type"),
        required=False,
        queryset=ActorType.objects.all(),
        to_field_name="code",
        empty_label=None,
    )

    def __init__(self, *args: Any, person: Person, user: SignedIn, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.person = person
        hints = hints_for(person.candidates, user=user)
        candidates = [
            (f"actor:{actor.pk}", f"{actor.name} ({hints[actor.pk]})") for actor in person.candidates
        ]
        choice: Any = self.fields["choice"]
        choice.choices = [
            (LEAVE_OUT, _("not to be logged")),
            *candidates,
            (KNOWN, _("an actor of the register")),
            (ADD, _("new: add to the register")),
        ]
        name = spoken_name(person.name) or person.address.partition("@")[0].replace(".", " ").title()
        kind = guess_kind(name)
        usual = usual_type(kind)
        self.initial.update(
            {
                "name": name,
                "kind": kind,
                "actor_type": usual.code if usual else None,
            }
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        chosen = cleaned.get("choice")
        if chosen == KNOWN and not cleaned.get("known") and "known" not in self.errors:
            self.add_error("known", _("Choose the actor."))
        if chosen == ADD:
            self._clean_new(cleaned)
        return cleaned

    def _clean_new(self, cleaned: dict[str, Any]) -> None:
        for name in ("name", "kind", "actor_type"):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, _("Please fill this in."))
        if self.errors:
            return
        try:
            new = Actor(name=cleaned["name"], kind=cleaned["kind"], actor_type=cleaned["actor_type"])
            new.email = self.person.address
            new.full_clean()
        except ValidationError as error:
            self.add_error("name", error.messages)

    def chosen(self) -> Actor | None:
        """Return the actor of the register that was chosen."""
        value = self.cleaned_data.get("choice", "")
        if value == KNOWN:
            return self.cleaned_data.get("known")
        return next((a for a in self.person.candidates if f"actor:{a.pk}" == value), None)

    def new_sender(self) -> NewSender | None:
        """Return whom to add to the register."""
        if self.cleaned_data.get("choice") != ADD:
            return None
        data = self.cleaned_data
        return NewSender(data["name"], self.person.address, data["kind"], data["actor_type"])


class EmailAssignForm(PickingForm):
    """Whose contact an e-mail is; everything is filled in as far as the register knows."""

    actors = forms.ModelMultipleChoiceField(
        label=_("With whom"),
        required=False,
        queryset=Actor.objects.all(),
        widget=ActorSelectMultiple(),
    )
    subject = forms.CharField(label=_("Subject"), required=False, max_length=MAX_SUBJECT)
    note = forms.CharField(
        label=_("Note"), required=False, max_length=MAX_NOTE, widget=forms.Textarea(attrs={"rows": 8})
    )
    date = forms.DateField(label=_("Date"), widget=DateInput)
    direction = forms.ChoiceField(label=_("Direction"), choices=Direction.choices, widget=forms.RadioSelect)
    topics = forms.ModelMultipleChoiceField(
        label=_("Topics"),
        required=False,
        queryset=Topic.objects.all(),
        widget=TypedSelectMultiple(),
    )
    is_confidential = forms.BooleanField(
        label=_("confidential"),
        required=False,
        help_text=_("Only management and staff see a confidential contact."),
    )
    follow_up_due = forms.DateField(label=_("Follow up on"), required=False, widget=DateInput)
    follow_up_text = forms.CharField(label=_("What is to be done"), required=False, max_length=300)
    follow_up_assignee = forms.ModelChoiceField(
        label=_("For"), required=False, queryset=User.objects.all(), empty_label=None
    )

    def __init__(self, *args: Any, email: IncomingEmail, user: SignedIn, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.email = email
        self.draft = draft_of(email)
        self.people = people_of(email)
        self.initial.update(
            {
                "actors": [person.actor.pk for person in others_in(self.people) if person.actor],
                **{name: getattr(self.draft, name) for name in ("subject", "note", "date", "direction")},
                "follow_up_assignee": user,
            }
        )
        self.offer("follow_up_assignee", User.objects.helpers())
        self.fields["date"].widget.attrs["max"] = timezone.localdate().isoformat()
        self.person_forms = [
            PersonForm(self.data if self.is_bound else None, prefix=f"p{index}", person=person, user=user)
            for index, person in enumerate(self.people)
            if person.is_asked_about and person.actor is None
        ]
        for form in self.person_forms:
            form.newcomers = self.newcomers

    def is_valid(self) -> bool:
        """Check the rows about strangers as well."""
        rows = [form.is_valid() for form in self.person_forms]
        return super().is_valid() and all(rows)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        due, text = cleaned.get("follow_up_due"), cleaned.get("follow_up_text")
        if text and not due and "follow_up_due" not in self.errors:
            self.add_error("follow_up_due", _("Choose the day of the follow-up."))
        if due and due < (cleaned.get("date") or timezone.localdate()):
            self.add_error("follow_up_due", _("The follow-up lies before the contact."))
        if not cleaned.get("subject") and not (cleaned.get("note") or "").strip():
            self.add_error("note", _("Enter a subject or a note."))
        if all(form.is_valid() for form in self.person_forms):
            self._clean_people(cleaned)
        return cleaned

    def _clean_people(self, cleaned: dict[str, Any]) -> None:
        self.chosen = [(form.chosen(), form.person.address) for form in self.person_forms]
        self.new_senders = [new for form in self.person_forms if (new := form.new_sender()) is not None]
        nobody = not any(actor for actor, _address in self.chosen) and not self.new_senders
        if nobody and not cleaned.get("actors") and "actors" not in self.errors:
            self.add_error("actors", _("Choose at least one actor."))

    @transaction.atomic
    def save(self) -> Contact:
        """Log the e-mail as a contact; whoever was quicker has logged it."""
        for form in [self, *self.person_forms]:
            form.add_newcomers()
        data = self.cleaned_data
        sent_that_day = data["date"] == self.draft.date
        contact, is_new = log_email(
            email=self.email,
            user=self.user,
            actors=data["actors"],
            new_senders=self.new_senders,
            addresses=[(actor, address) for actor, address in self.chosen if actor is not None],
            draft=ContactDraft(
                date=data["date"],
                time=self.draft.time if sent_that_day else None,
                direction=data["direction"],
                subject=data["subject"],
                note=data["note"],
            ),
            topics=data["topics"],
            is_confidential=data["is_confidential"],
            follow_up=self._planned(),
        )
        transaction.set_rollback(not is_new)  # then nobody is added either
        return contact

    def _planned(self) -> PlannedFollowUp | None:
        data = self.cleaned_data
        if not data.get("follow_up_due"):
            return None
        assignee = data.get("follow_up_assignee") or self.user
        return PlannedFollowUp(due=data["follow_up_due"], assignee=assignee, text=data["follow_up_text"])
