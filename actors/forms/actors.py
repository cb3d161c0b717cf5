"""The form of an actor. Its kind decides which fields there are."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actors.forms.pickers import ActorSelect
from actors.hints import with_hints
from actors.models import Actor, ActorKind
from actors.names import similar_actors, usual_type
from actors.services.actors import Phone, parse_phones, save_actor
from core.accounts.models import User
from core.forms import RecordForm
from core.text import fold
from core.viewers import SignedIn
from core.widgets import TypedSelectMultiple

ONLY_PERSONS = ("salutation", "title", "given_name", "family_name", "guardian")
ONLY_COLLECTIVES = ("name",)
IN_TOUCH = ("responsible", "contact_interval_days")


# Choosing another kind draws the form anew with the fields of that kind; what was typed stays.
SWITCH = {
    "hx-post": "",
    "hx-trigger": "change",
    "hx-vals": '{"_switch": "1"}',
    "hx-target": "closest form",
    "hx-select": "form[data-main]",
    "hx-swap": "outerHTML",
}


class PhonesField(forms.CharField):
    """Telephone numbers, one a line, each with what it is for before a colon."""

    widget = forms.Textarea(attrs={"rows": 3, "placeholder": "Büro: 05361 12345"})

    def clean(self, value: Any) -> list[Phone]:
        return parse_phones(super().clean(value) or "")


class ActorForm(RecordForm):
    """Create or edit an actor.

    ``duplicates`` holds the actors that seem to be the same one; the form then asks once more.
    ``former_name`` is the name to be kept when an actor is renamed.
    """

    phones = PhonesField(
        label=_("Telephone numbers"),
        required=False,
        max_length=2000,
        help_text=_("One a line. Before a colon you can say what for."),
    )
    keep_former_name = forms.BooleanField(
        label=_("Keep the old name as a former name"),
        required=False,
        initial=True,
        help_text=_("Search still finds the actor by it."),
    )
    create_anyway = forms.BooleanField(label=_("Add it anyway"), required=False)

    class Meta:
        model = Actor
        fields = (
            "kind",
            "name",
            "salutation",
            "title",
            "given_name",
            "family_name",
            "actor_type",
            "topics",
            "description",
            "responsible",
            "contact_interval_days",
            "email",
            "website",
            "street",
            "postal_code",
            "city",
            "district",
            "guardian",
            "active_from",
            "active_until",
            "latitude",
            "longitude",
            "external_id",
            "notes",
        )
        widgets = {
            "kind": forms.RadioSelect(attrs=SWITCH),
            "topics": TypedSelectMultiple(),
            "description": forms.Textarea(attrs={"rows": 3}),
            "notes": forms.Textarea(attrs={"rows": 3}),
            "guardian": ActorSelect(kind="person"),
            "district": forms.TextInput(attrs={"list": "districts", "autocomplete": "off"}),
        }

    half = frozenset(
        {
            "salutation",
            "title",
            "given_name",
            "family_name",
            "postal_code",
            "city",
            "active_from",
            "active_until",
            "responsible",
            "contact_interval_days",
            "latitude",
            "longitude",
            "email",
            "website",
        }
    )

    def __init__(self, *args: Any, kind: str | None = None, user: SignedIn, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.duplicates: list[Actor] = []
        self.former_name = self.instance.name if self.instance.pk else ""
        self.kind = self._kind(kind)
        self._drop_fields()
        self._fill_choices()

    def _kind(self, preset: str | None) -> str:
        if self.instance.pk and self.instance.is_person:
            return ActorKind.PERSON
        chosen = self.data.get(self.add_prefix("kind")) if self.is_bound else preset
        fitting = [ActorKind.ORGANISATION, ActorKind.BODY] if self.instance.pk else list(ActorKind)
        usual = self.instance.kind or ActorKind.ORGANISATION
        return chosen if chosen in fitting else usual

    def _drop_fields(self) -> None:
        """Leave only what this kind of actor has; a person stays a person."""
        is_person = self.kind == ActorKind.PERSON
        for name in ONLY_COLLECTIVES if is_person else ONLY_PERSONS:
            del self.fields[name]
        if self.instance.pk and is_person:
            del self.fields["kind"]
        self.instance.kind = self.kind
        del self.fields["create_anyway" if self.instance.pk else "keep_former_name"]

    def _fill_choices(self) -> None:
        self.offer("responsible", User.objects.office_members())
        if "kind" in self.fields:
            self.fields["kind"].initial = self.kind
            kinds = [c for c in ActorKind.choices if not self.instance.pk or c[0] != ActorKind.PERSON]
            self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        if "name" in self.fields:
            self.fields["name"].required = True
        if self.instance.pk:
            self.fields["phones"].initial = "\n".join(map(str, self.instance.phone_numbers.all()))
        elif self.instance.actor_type_id is None:
            self.fields["actor_type"].initial = usual_type(self.kind)

    @property
    def fieldsets(self) -> list[tuple[Any, list[str]]]:
        groups = [
            ("", ["kind", *ONLY_COLLECTIVES, *ONLY_PERSONS[:-1], "keep_former_name", "actor_type", "topics"]),
            (_("How to reach"), ["phones", "email", "website", "street", "postal_code", "city", "district"]),
            (_("Particulars"), ["description", *IN_TOUCH, "active_from", "active_until", "guardian"]),
            (_("More"), ["notes", "latitude", "longitude", "external_id"]),
        ]
        return [(title, [name for name in names if name in self.fields]) for title, names in groups]

    def _post_clean(self) -> None:
        """Look for duplicates once the name is known as it will be stored."""
        super()._post_clean()  # type: ignore[misc]
        if self.errors or self.instance.pk or self.cleaned_data.get("create_anyway"):
            return
        self.duplicates = with_hints(similar_actors(name=self.instance.name, user=self.user), user=self.user)
        if self.duplicates:
            self.add_error(
                None,
                ValidationError(
                    _("This actor may already be in the register. Please compare."), code="duplicate"
                ),
            )

    @property
    def is_renamed(self) -> bool:
        """Whether the name was changed to another one, not only in its spelling of letters."""
        return bool(self.former_name) and fold(self.former_name) != fold(self.instance.name)

    @transaction.atomic
    def save(self, commit: bool = True) -> Actor:
        """Save the actor, its telephone numbers and the name it gave up."""
        self.add_newcomers()
        keep = self.is_renamed and self.cleaned_data.get("keep_former_name")
        actor = save_actor(
            actor=self.instance,
            phones=self.cleaned_data["phones"],
            former_name=self.former_name if keep else "",
            until=timezone.localdate(),
        )
        self._save_m2m()  # type: ignore[attr-defined]
        return actor
