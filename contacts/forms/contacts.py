"""Forms of contacts: quick to fill, everything but the note has a sensible default."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actors.forms.pickers import ActorSelectMultiple
from actors.models import Actor
from contacts.forms.points import POINTS
from contacts.models import Contact
from contacts.models.contact import CONFIDENTIAL_HELP
from contacts.models.follow_up import may_be_given
from contacts.services.contacts import save_contact, usual_channel
from contacts.services.follow_ups import PlannedFollowUp
from core.accounts.models import User
from core.forms import RecordForm
from core.row_forms import share_newcomers
from core.viewers import SignedIn
from core.widgets import TypedSelectMultiple

POINT_ROWS = "points"


class ContactForm(RecordForm):
    """Log a contact, or correct one. On logging, a follow-up can be planned in the same go."""

    actors = forms.ModelMultipleChoiceField(
        label=_("With whom"),
        queryset=Actor.objects.all(),
        widget=ActorSelectMultiple(),
        error_messages={"required": _("Choose at least one actor.")},
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
            "topics": TypedSelectMultiple(),
            "direction": forms.RadioSelect,
        }

        help_texts = {"is_confidential": CONFIDENTIAL_HELP}

    half = frozenset({"channel", "date", "duration_minutes", "follow_up_text", "follow_up_assignee"})

    def __init__(self, *args: Any, user: SignedIn, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.fields["channel"].empty_label = None  # type: ignore[attr-defined]
        self.fields["actors"].widget.described = self.initial.get("new_actors", {})
        self.created: list[Actor] = []
        self.points = self._point_rows()
        share_newcomers(self, [self.points])
        if self.instance.pk:
            for name in ("follow_up_due", "follow_up_text", "follow_up_assignee"):
                del self.fields[name]
            self.fields["actors"].initial = self._seen_actors()
        else:
            self.instance.staff = user
            self.fields["channel"].initial = usual_channel(user)
            self.fields["date"].widget.attrs["max"] = timezone.localdate().isoformat()
            self.offer("follow_up_assignee", User.objects.helpers())
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
        if valid and self.points.is_bound:
            for row in self._kept_points():
                row.check_assignee(self.instance)
            valid = all(row.is_valid() for row in self._kept_points())
        return valid

    def _kept_points(self) -> list[Any]:
        return [
            row for row in self.points.forms if row.has_changed() and row not in self.points.deleted_forms
        ]

    def _seen_actors(self) -> list[int]:
        seen = Actor.objects.visible_to(self.user).filter(contacts=self.instance)
        return list(seen.values_list("pk", flat=True))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "follow_up_due" in self.fields:
            self._clean_follow_up(cleaned)
        return cleaned

    def _clean_follow_up(self, cleaned: dict[str, Any]) -> None:
        due, text = cleaned.get("follow_up_due"), cleaned.get("follow_up_text")
        if text and not due and "follow_up_due" not in self.errors:
            self.add_error("follow_up_due", _("Choose the day of the follow-up."))
        if due and due < (cleaned.get("date") or timezone.localdate()):
            self.add_error("follow_up_due", _("The follow-up lies before the contact."))
        assignee = cleaned.get("follow_up_assignee") or self.user
        about = Contact(staff=self.instance.staff, is_confidential=bool(cleaned.get("is_confidential")))
        if due and not may_be_given(assignee, contact=about, text=text or ""):
            self.add_error("follow_up_assignee", _("This person may not see what is to be done."))

    def _planned(self) -> PlannedFollowUp | None:
        due = self.cleaned_data.get("follow_up_due")
        if not due:
            return None
        assignee = self.cleaned_data.get("follow_up_assignee") or self.user
        return PlannedFollowUp(due=due, assignee=assignee, text=self.cleaned_data["follow_up_text"])

    @transaction.atomic
    def save(self, commit: bool = True) -> Contact:
        """Save the contact with its actors, the new ones among them, and the follow-up."""
        self.created = self.add_newcomers()
        contact = save_contact(
            contact=self.instance,
            user=self.user,
            actors=self.cleaned_data["actors"],
            topics=self.cleaned_data["topics"],
            follow_up=self._planned(),
        )
        if self.points.is_bound:
            self.points.instance = contact
            self.points.save()
        return contact
