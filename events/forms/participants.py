"""Forms for who took part: picked one by one, pasted as a list, or edited in their row."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from actors.forms.pickers import ActorSelect, ActorSelectMultiple
from actors.models import Actor, ActorKind, ActorType, Sector
from core.forms import RecordForm
from core.picking import PickingForm
from core.roles import can
from core.viewers import SignedIn
from core.widgets import PlainSelect
from events.forms.numbers import CountField
from events.models import Event, Participation, ParticipationRole, ParticipationState
from events.services.name_lists import MAX_NAMES, split_person
from events.services.name_matching import MatchedName, MatchStatus
from events.services.participants import NewActor, NewParticipant
from events.validators import NOT_YET_ATTENDED

SKIP, ACTOR, REPRESENTED, NEW = "skip", "actor", "for", "new"


class ParticipationForm(RecordForm):
    """One participation, edited in its row."""

    people_brought = CountField(label=_("People brought"), required=False, initial=0)

    class Meta:
        model = Participation
        fields = ("role", "state", "volunteer_hours", "people_brought", "represented_by")
        widgets = {"represented_by": ActorSelect(kind="person")}
        labels = {"state": pgettext_lazy("of a participation", "State"), "role": _("Role")}
        localized_fields = ("volunteer_hours",)

    def clean_people_brought(self) -> int:
        """An empty field is nobody."""
        return self.cleaned_data.get("people_brought") or 0

    def _get_validation_exclusions(self) -> set[str]:
        # Event and actor are no fields of the form, yet the rule "once in each role" needs them.
        return super()._get_validation_exclusions() - {"event", "actor"}  # type: ignore[misc]


class EntryForm(PickingForm):
    """In which role and state somebody is recorded."""

    role = forms.ModelChoiceField(queryset=ParticipationRole.objects.all(), label=_("Role"), empty_label=None)
    state = forms.ChoiceField(
        label=pgettext_lazy("of a participation", "State"), choices=ParticipationState.choices
    )

    def __init__(self, *args: Any, event: Event, user: SignedIn, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.event = event
        self.fields["role"].initial = self.fields["role"].queryset.first()  # type: ignore[attr-defined]
        self.fields["state"].initial = usual_state(event)

    def clean_state(self) -> str:
        """Nobody has taken part in what is still to come."""
        state: str = self.cleaned_data["state"]
        if state == ParticipationState.ATTENDED and self.event.is_to_come:
            raise ValidationError(NOT_YET_ATTENDED)
        return state


def usual_state(event: Event) -> str:
    """Return the state in which somebody is mostly recorded: attended from the day of the event on."""
    is_over = not event.is_to_come and (event.counts or event.start_date is not None)
    return ParticipationState.ATTENDED if is_over else ParticipationState.REGISTERED


class PickForm(EntryForm):
    """Participants picked from the register."""

    actors = forms.ModelMultipleChoiceField(
        queryset=Actor.objects.all(), label=_("Who"), widget=ActorSelectMultiple()
    )

    field_order = ("actors", "role", "state")

    def entries(self) -> list[NewParticipant]:
        """What the service records."""
        return [NewParticipant(actor=actor) for actor in self.cleaned_data["actors"]]


class PasteForm(EntryForm):
    """Participants pasted as a list of names."""

    text = forms.CharField(
        label=_("Names"),
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
        help_text=_(
            "One name a line, or several with semicolons, commas or tabs between them. "
            "Also “Muster, Erika” and “Erika Muster (association)”."
        ),
        error_messages={"required": _("Paste at least one name.")},
    )

    field_order = ("text", "role", "state")

    def clean_text(self) -> str:
        """Refuse what no database can keep, and lists without end."""
        text: str = self.cleaned_data["text"]
        if "\x00" in text:
            raise ValidationError(_("This text holds invisible control characters. Please type it again."))
        return text

    @property
    def state_label(self) -> str:
        return str(dict(ParticipationState.choices)[self.cleaned_data["state"]])

    def check_length(self, matches: list[MatchedName]) -> bool:
        """Tell whether the list holds names, and not too many; else the error is at the text."""
        if not matches:
            self.add_error("text", ValidationError(_("There is no name in this list."), code="empty"))
        elif len(matches) > MAX_NAMES:
            self.add_error(
                "text",
                ValidationError(
                    _("These are %(number)s names. Please paste at most %(most)s at a time."),
                    params={"number": len(matches), "most": MAX_NAMES},
                    code="long",
                ),
            )
        return not self.errors


class PastedNameForm(PickingForm):
    """What is to become of one name of the list."""

    choice = forms.ChoiceField(
        label=_("Who is meant"),
        widget=PlainSelect,
        error_messages={"required": _("Please choose who is meant.")},
    )
    other = forms.ModelChoiceField(
        queryset=Actor.objects.all(),
        label=_("Somebody else in the register"),
        required=False,
        widget=ActorSelect({"data-placeholder": _("search …")}),
    )
    name = forms.CharField(widget=forms.HiddenInput, required=False, max_length=5000)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=500)

    def __init__(
        self,
        *args: Any,
        match: MatchedName,
        types: list[ActorType],
        state: str,
        user: SignedIn,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.match = match
        self.types = types if can(user, "add", Actor) else []
        self.fields["choice"].choices = self._choices()  # type: ignore[attr-defined]
        self.fields["choice"].initial = self._initial(state)
        self.fields["name"].initial = match.pasted.name
        self.fields["seen"].initial = ",".join(str(c.actor.pk) for c in match.candidates)
        if match.actor:
            del self.fields["other"]

    def _choices(self) -> list[tuple[str, Any]]:
        return [
            ("", _("– please choose –")),
            *self._known(),
            *self._new,
            (SKIP, _("leave out")),
        ]

    def _known(self) -> list[tuple[str, Any]]:
        choices: list[tuple[str, Any]] = []
        organisation = self.match.organisation
        for candidate in self.match.candidates:
            choices.append((f"{ACTOR}:{candidate.actor.pk}", f"{candidate.actor} ({candidate.hint})"))
            if organisation and candidate.is_exact and candidate.actor.is_person:
                label = _("%(organisation)s, represented by %(person)s") % {
                    "organisation": organisation,
                    "person": candidate.actor,
                }
                choices.append((f"{REPRESENTED}:{organisation.pk}:{candidate.actor.pk}", label))
        return choices

    @cached_property
    def _new(self) -> list[tuple[str, Any]]:
        """Offer to add the name to the register: as a person or an organisation of a type."""
        persons = [t for t in self.types if t.code != "body" and t.sector != Sector.OFFICE]
        persons.sort(key=lambda t: t.sector != Sector.RESIDENT)
        groups = {
            ActorKind.PERSON: (_("Add as a person"), persons),
            ActorKind.ORGANISATION: (
                _("Add as an organisation"),
                [t for t in self.types if t.code != "body" and t.sector != Sector.RESIDENT],
            ),
            ActorKind.BODY: (_("Add as a body"), [t for t in self.types if t.code == "body"]),
        }
        if not self.match.pasted.looks_personal:
            groups = {k: groups[k] for k in (ActorKind.ORGANISATION, ActorKind.BODY, ActorKind.PERSON)}
        return [
            (str(label), [(f"{NEW}:{kind.value}:{t.code}", f"{label}: {t.label}") for t in types])
            for kind, (label, types) in groups.items()
            if types
        ]

    def _initial(self, state: str) -> str:
        match = self.match
        if match.status == MatchStatus.REPEATED or (match.actor and match.state == state):
            return SKIP
        if match.actor:
            return f"{ACTOR}:{match.actor.pk}"
        if match.status == MatchStatus.AMBIGUOUS or match.candidates:
            return ""
        return str(self._new[0][1][0][0]) if self._new else SKIP

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("other") or self.has_error("other"):
            self.errors.pop("choice", None)
        elif cleaned.get("choice", "").startswith(f"{NEW}:"):
            self._check_new(cleaned["choice"])
        return cleaned

    def _check_new(self, choice: str) -> None:
        try:
            self._new_actor(choice).build()
        except ValidationError as error:
            self.add_error("choice", ValidationError(error.messages))

    @cached_property
    def _actors(self) -> dict[str, Actor]:
        known = [c.actor for c in self.match.candidates]
        if self.match.organisation:
            known.append(self.match.organisation)
        return {str(actor.pk): actor for actor in known}

    def _new_actor(self, choice: str) -> NewActor:
        _new, kind, code = choice.split(":")
        pasted = self.match.pasted
        given, family = split_person(pasted) if kind == ActorKind.PERSON else ("", "")
        return NewActor(
            kind=kind,
            actor_type=next(t for t in self.types if t.code == code),
            name=pasted.name,
            given_name=given,
            family_name=family,
            salutation=pasted.salutation if kind == ActorKind.PERSON else "",
            title=pasted.title if kind == ActorKind.PERSON else "",
            organisation=self.match.organisation,
            known=frozenset(
                int(key) for key in self.data.get(self.add_prefix("seen"), "").split(",") if key.isdecimal()
            ),
        )

    def entry(self) -> NewParticipant | None:
        """What the service records; None for a name that is left out."""
        if self.cleaned_data.get("other"):
            return NewParticipant(actor=self.cleaned_data["other"])
        what, _colon, key = self.cleaned_data["choice"].partition(":")
        if what == ACTOR:
            return NewParticipant(actor=self._actors[key])
        if what == REPRESENTED:
            organisation, _colon, person = key.partition(":")
            return NewParticipant(actor=self._actors[organisation], represented_by=self._actors[person])
        if what == NEW:
            return NewParticipant(new=self._new_actor(self.cleaned_data["choice"]))
        return None
