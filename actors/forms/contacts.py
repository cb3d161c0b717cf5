"""Forms of contacts: quick to fill, everything but the note has a sensible default."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import transaction
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actors.forms.actors import usual_type
from actors.forms.points import POINTS
from actors.models import Actor, ActorKind, ActorType, Contact, ContactChannel
from actors.names import guess_kind, similar_actors
from actors.services import (
    Draft,
    NewActor,
    PlannedFollowUp,
    create_actor_by_name,
    log_once,
    save_contact,
)
from crm.accounts.models import User
from crm.common.forms import RecordForm, label_of
from crm.common.roles import HELPER_ROLES, OFFICE_ROLES
from crm.common.widgets import NEW, RemoteSelectMultiple, new_names

OPTIONS = "actors:actor_options"
USUAL_CHANNEL = "phone"
POINT_ROWS = "points"
NEW_FIELDS = ("new_name", "new_kind", "new_type")

# A name entered anew is asked about at once: is it a person, and of which type?
ASK_ABOUT_NEW = {
    "hx-post": reverse_lazy("actors:contact_new_actors"),
    "hx-trigger": "change",
    "hx-target": "#new-actors",
}


def usual_channel(user: Any) -> ContactChannel | None:
    """Return the channel that ``user`` logged last, at first the telephone."""
    last = Contact.objects.filter(staff=user).order_by("-pk").select_related("channel").first()
    if last is not None and last.channel.is_active:
        return last.channel
    in_use = ContactChannel.objects.in_use()
    return in_use.filter(code=USUAL_CHANNEL).first() or in_use.first()


@dataclass
class NewActorRow:
    """What the page asks about a name that is not in the register yet."""

    name: str
    kind: str
    actor_type: str
    kinds: list[tuple[str, Any]]
    types: list[tuple[str, str]]
    similar: list[Actor]


class ActorsField(forms.ModelMultipleChoiceField):
    """Actors, several, each either chosen or entered anew by name."""

    def __init__(self) -> None:
        super().__init__(
            label=_("With whom"),
            queryset=Actor.objects.all(),
            widget=RemoteSelectMultiple(url_name=OPTIONS, may_create=True, attrs=ASK_ABOUT_NEW),
            error_messages={"required": _("Choose at least one actor.")},
        )

    def clean(self, value: Any) -> Any:
        """Return the chosen actors; the form asks for the new ones itself."""
        values = [str(v) for v in value or []]
        chosen = [v for v in values if not v.startswith(NEW)]
        if not chosen and new_names(values):
            return self.queryset.none()  # type: ignore[union-attr]
        return super().clean(chosen)


class ContactForm(RecordForm):
    """Log a contact, or correct one. On logging, a follow-up can be planned in the same go."""

    actors = ActorsField()
    # The draft's key: sent twice, it is logged once.
    source_key = forms.CharField(
        widget=forms.HiddenInput,
        required=False,
        max_length=64,
        validators=[RegexValidator(r"\A[0-9A-Za-z_.-]+\Z")],
    )
    follow_up_due = forms.DateField(label=_("Follow up on"), required=False)
    follow_up_text = forms.CharField(label=_("What is to be done"), required=False, max_length=300)
    follow_up_assignee = forms.ModelChoiceField(
        label=_("For"), required=False, queryset=User.objects.all(), empty_label=None
    )

    class Meta:
        model = Contact
        fields = (
            "actors",
            "note",
            "channel",
            "direction",
            "date",
            "subject",
            "topics",
            "duration_minutes",
            "is_confidential",
        )
        widgets = {
            "note": forms.Textarea(attrs={"rows": 5}),
            "topics": forms.SelectMultiple(attrs={"data-tomselect": ""}),
            "direction": forms.RadioSelect,
        }

    half = frozenset({"channel", "date", "duration_minutes", "follow_up_text", "follow_up_assignee"})

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.fields["channel"].empty_label = None  # type: ignore[attr-defined]
        self.created: list[Actor] = []
        self.points = self._point_rows()
        if self.instance.pk:
            for name in ("source_key", "follow_up_due", "follow_up_text", "follow_up_assignee"):
                del self.fields[name]
            self.fields["actors"].initial = self._seen_actors()
        else:
            self.instance.staff = user
            self.fields["source_key"].initial = uuid.uuid4
            self.fields["channel"].initial = usual_channel(user)
            self.fields["date"].widget.attrs["max"] = timezone.localdate().isoformat()
            assignees = User.objects.visible_to(user).filter(is_active=True, role__in=HELPER_ROLES)
            self.fields["follow_up_assignee"].queryset = assignees  # type: ignore[attr-defined]
            self.fields["follow_up_assignee"].initial = user

    def _point_rows(self) -> Any:
        """Return the rows of points; a form sent without any, by a shorter page, leaves them as they are."""
        sent = self.is_bound and f"{POINT_ROWS}-TOTAL_FORMS" in self.data
        rows = POINTS.formset(Contact)
        return rows(
            self.data if sent else None,
            instance=self.instance,
            prefix=POINT_ROWS,
            form_kwargs={"user": self.user},
        )

    def is_valid(self) -> bool:
        """Valid is the contact only together with its points."""
        valid = super().is_valid() and (not self.points.is_bound or self.points.is_valid())
        if valid and self.points.is_bound and self.cleaned_data.get("is_confidential"):
            for row in self._kept_points():
                row.check_confidential()
            valid = all(row.is_valid() for row in self._kept_points())
        return valid

    def _kept_points(self) -> list[Any]:
        return [
            row for row in self.points.forms if row.has_changed() and row not in self.points.deleted_forms
        ]

    def _points_text(self) -> list[str]:
        return (
            [row.cleaned_data.get("text", "") for row in self._kept_points()] if self.points.is_bound else []
        )

    def _seen_actors(self) -> list[int]:
        seen = Actor.objects.visible_to(self.user).filter(contacts=self.instance)
        return list(seen.values_list("pk", flat=True))

    def new_rows(self) -> list[NewActorRow]:
        """Return a row for each name entered anew, with what was chosen or the likeliest choice."""
        if self.is_bound:
            names = new_names(self.data.getlist(self.add_prefix("actors")))  # type: ignore[attr-defined]
            typed = self._typed_rows()
        else:
            typed = self.initial.get("new_actors", {})
            names = list(typed)
        types = [(term.code, label_of(term)) for term in ActorType.objects.in_use()] if names else []
        rows = []
        for name in names:
            kind, code = typed.get(name, ("", ""))
            if kind not in ActorKind.values:
                kind, code = guess_kind(name), ""
            if code not in dict(types):
                usual = usual_type(kind)
                code = usual.code if usual else ""
            similar = similar_actors(name=name, user=self.user)
            rows.append(NewActorRow(name, kind, code, list(ActorKind.choices), types, similar))
        return rows

    def _typed_rows(self) -> dict[str, tuple[str, str]]:
        names, kinds, codes = (self.data.getlist(name) for name in NEW_FIELDS)  # type: ignore[attr-defined]
        return {name: (kind, code) for name, kind, code in zip(names, kinds, codes, strict=False)}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._clean_new_actors()
        if "follow_up_due" in self.fields:
            self._clean_follow_up(cleaned)
        return cleaned

    def _clean_new_actors(self) -> None:
        types = {term.code: term for term in ActorType.objects.in_use()}
        self.new_actors: list[NewActor] = []
        for row in self.new_rows():
            new = NewActor(name=row.name, kind=row.kind, actor_type=types[row.actor_type])
            try:
                Actor(name=new.name, kind=new.kind, actor_type=new.actor_type).full_clean()
            except ValidationError as error:
                self.add_error("actors", [f"{row.name[:60]}: {message}" for message in error.messages])
            self.new_actors.append(new)

    def _clean_follow_up(self, cleaned: dict[str, Any]) -> None:
        due, text = cleaned.get("follow_up_due"), cleaned.get("follow_up_text")
        if text and not due and "follow_up_due" not in self.errors:
            self.add_error("follow_up_due", _("Choose the day of the follow-up."))
        if due and due < (cleaned.get("date") or timezone.localdate()):
            self.add_error("follow_up_due", _("The follow-up lies before the contact."))
        assignee = cleaned.get("follow_up_assignee") or self.user
        if due and cleaned.get("is_confidential") and assignee.role not in OFFICE_ROLES:
            self.add_error("follow_up_assignee", _("This person may not see what is to be done."))

    def _planned(self) -> PlannedFollowUp | None:
        due = self.cleaned_data.get("follow_up_due")
        if not due:
            return None
        assignee = self.cleaned_data.get("follow_up_assignee") or self.user
        return PlannedFollowUp(due=due, assignee=assignee, text=self.cleaned_data["follow_up_text"])

    def renew_key(self) -> None:
        """Make it another draft: what is sent next is logged as a contact of its own."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data[self.add_prefix("source_key")] = str(uuid.uuid4())
        self.data = data

    def save(self, commit: bool = True) -> Contact:
        """Save the contact with its actors, the new ones among them, and the follow-up.

        Raises ``LoggedOtherwise`` if this draft was logged before with another text.
        """
        if self.instance.pk:
            return self._store()
        text = "\n".join([self.cleaned_data["subject"], self.cleaned_data["note"], *self._points_text()])
        draft = Draft(user=self.user, key=self.cleaned_data["source_key"], text=text)
        for name, value in draft.columns().items():
            setattr(self.instance, name, value)
        contact, is_new = log_once(draft=draft, save=self._store)
        if not is_new:
            self.created = []
        return contact

    @transaction.atomic
    def _store(self) -> Contact:
        self.created = [create_actor_by_name(new=new) for new in self.new_actors]
        contact = save_contact(
            contact=self.instance,
            actors=[*self.cleaned_data["actors"], *self.created],
            topics=self.cleaned_data["topics"],
            follow_up=self._planned(),
        )
        if self.points.is_bound:
            self.points.instance = contact
            self.points.save()
        return contact
