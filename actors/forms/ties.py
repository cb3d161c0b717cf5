"""Forms of what belongs to one actor: relations, affiliations, former names, programme dependencies."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from actors.forms.pickers import ActorSelect
from actors.models import (
    Actor,
    ActorKind,
    Affiliation,
    FormerName,
    ProgrammeDependency,
    Relation,
    RelationType,
)
from actors.services.holders import OtherHolder, check_end, end_holders, other_holders, question_about
from core.forms import RecordForm, label_of

STRENGTHS = [(1, _("loose")), (2, _("regular")), (3, _("close"))]


class TieForm(RecordForm):
    """Form of a row that belongs to ``actor``, the actor from whose page it was opened."""

    half = frozenset({"valid_from", "valid_until", "used_from", "used_until"})

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        self.actor = actor
        super().__init__(*args, **kwargs)

    def _post_clean(self) -> None:
        """Ask the model only about what the form could complete."""
        if not self.errors:
            super()._post_clean()  # type: ignore[misc]

    def _update_errors(self, errors: Any) -> None:
        """Say what the model has against one of the two ends at the field that names it."""
        if hasattr(errors, "error_dict"):
            for name in errors.error_dict.keys() - self.fields.keys() - {NON_FIELD_ERRORS}:
                target = "other" if "other" in self.fields else NON_FIELD_ERRORS
                errors.error_dict.setdefault(target, []).extend(errors.error_dict.pop(name))
        super()._update_errors(errors)


class OtherActorField(forms.ModelChoiceField):
    """The actor at the other end."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Actor.objects.all(), widget=ActorSelect(), **kwargs)


class RelationForm(TieForm):
    """A relation as seen from one of its ends; kinds with a direction are offered in both readings."""

    kind = forms.ChoiceField(label=_("Kind of relation"))
    other = OtherActorField(label=_("With whom"))
    strength = forms.TypedChoiceField(
        label=_("Strength"), choices=STRENGTHS, coerce=int, widget=forms.RadioSelect, initial=2
    )

    class Meta:
        model = Relation
        fields = ("strength", "valid_from", "valid_until", "evidence")

    field_order = ("kind", "other", "strength", "valid_from", "valid_until", "evidence")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        relation = self.instance
        other_end = relation.other_end(self.actor) if relation.pk else None
        self.offer("other", keep=[other_end.pk] if other_end else ())
        self.fields["kind"].choices = self._kinds()  # type: ignore[attr-defined]
        if other_end:
            comes_in = relation.is_directed and relation.target_id == self.actor.pk
            self.fields["other"].initial = other_end.pk
            self.fields["kind"].initial = f"{relation.relation_type.code}:{'in' if comes_in else 'out'}"

    def _kinds(self) -> list[tuple[str, Any]]:
        """Offer each kind; with a direction once as it is and once turned round."""
        kept = self.instance.relation_type_id if self.instance.pk else None
        choices: list[tuple[str, Any]] = []
        unused = gettext("no longer in use")
        for term in RelationType.objects.order_by("position", "name_de"):
            if not term.is_active and term.pk != kept:
                continue
            label = label_of(term)
            if not term.is_active:
                label = f"{label} ({unused})"
            if term.is_directed:
                choices.append((f"{term.code}:out", f"{self.actor} → … ({label})"))
                choices.append((f"{term.code}:in", f"… → {self.actor} ({label})"))
            else:
                choices.append((f"{term.code}:out", label))
        return choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        kind, other = cleaned.get("kind"), cleaned.get("other")
        if kind and other:
            code, _colon, direction = kind.partition(":")
            ends = (other, self.actor) if direction == "in" else (self.actor, other)
            self.instance.relation_type = RelationType.objects.get(code=code)
            self.instance.source, self.instance.target = ends
        return cleaned

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() - {"source", "target", "relation_type"}  # type: ignore[misc]


class AffiliationForm(TieForm):
    """A person in an organisation, as seen from either. Whoever leaves gets an end, and is not deleted."""

    other = OtherActorField()
    # Asked only where somebody else holds a role that one person holds at a time.
    other_holder = forms.ChoiceField(
        label=_("Two at once?"), choices=OtherHolder.choices, widget=forms.RadioSelect, required=False
    )
    asked_about = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Affiliation
        fields = ("role", "is_main_contact", "valid_from", "valid_until")
        help_texts = {
            "valid_until": _("If the person leaves, enter the last day. The history is kept."),
        }

    field_order = ("other", "role", "is_main_contact", "valid_from", "valid_until")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._question = {name: self.fields.pop(name) for name in ("other_holder", "asked_about")}
        self._holders: list[Affiliation] = []
        field: Any = self.fields["other"]
        if self.actor.is_person:
            field.label, field.widget.kind = _("Organisation or body"), "collective"
            offered = Actor.objects.exclude(kind=ActorKind.PERSON)
            other = self.instance.organisation_id
        else:
            field.label, field.widget.kind = _("Person"), "person"
            offered = Actor.objects.filter(kind=ActorKind.PERSON)
            other = self.instance.person_id
        self.offer("other", offered, keep=[other] if other else ())
        field.initial = other

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        other = cleaned.get("other")
        if other:
            person, organisation = (self.actor, other) if self.actor.is_person else (other, self.actor)
            self.instance.person, self.instance.organisation = person, organisation
        return cleaned

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() - {"person", "organisation"}  # type: ignore[misc]

    def _post_clean(self) -> None:
        """Ask, once all else is sound, whether whoever holds the role already has ended."""
        super()._post_clean()
        holders = [] if self.errors else other_holders(self.instance)
        if not holders:
            return
        self.fields = {**self._question, **self.fields}
        is_about_these = self._takes_along(holders)
        answer = self.data.get(self.add_prefix("other_holder"))
        if answer not in OtherHolder.values or not is_about_these:
            self.add_error("other_holder", ValidationError(question_about(holders), code="other_holder"))
        elif answer == OtherHolder.END:
            self._end(holders)

    def _takes_along(self, holders: list[Affiliation]) -> bool:
        """Take the keys of those asked about along; tell whether the answer is about them, and no others."""
        name, keys = self.add_prefix("asked_about"), ",".join(str(holder.pk) for holder in holders)
        sent_keys = self.data.get(name) or keys
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data[name] = keys
        if sent_keys != keys:
            data.pop(self.add_prefix("other_holder"), None)
        self.data = data
        return bool(sent_keys == keys)

    def _end(self, holders: list[Affiliation]) -> None:
        try:
            check_end(holders, self.instance)
        except ValidationError as error:
            self.add_error(None, error)
        else:
            self._holders = holders

    def save(self, commit: bool = True) -> Any:
        """Save; whoever held the role before ends the day before."""
        with transaction.atomic():
            if self._holders:
                end_holders(self._holders, self.instance)
            return super().save(commit)


class PartForm(TieForm):
    """A row that points to the actor by its column ``actor``."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.actor = self.actor

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() - {"actor"}  # type: ignore[misc]


class FormerNameForm(PartForm):
    """A name that the actor used to have."""

    class Meta:
        model = FormerName
        fields = ("name", "used_from", "used_until")

    def clean_name(self) -> str:
        """Refuse the name that the actor has now."""
        name: str = self.cleaned_data["name"]
        if name == self.actor.name:
            raise ValidationError(_("This is the present name."), code="same")
        return name


class DependencyForm(PartForm):
    """A programme that pays for the actor."""

    class Meta:
        model = ProgrammeDependency
        fields = ("programme", "share_percent", "valid_from", "valid_until")
