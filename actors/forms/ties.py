"""Forms of what belongs to one actor: relations, affiliations, former names, programme dependencies."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext_lazy as _

from actors.models import (
    Actor,
    ActorKind,
    Affiliation,
    FormerName,
    ProgrammeDependency,
    Relation,
    RelationType,
)
from crm.common.forms import RecordForm, label_of, restrict_choices
from crm.common.widgets import RemoteSelect

OPTIONS = "actors:actor_options"
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

    def __init__(self, *, query: str = "", **kwargs: Any) -> None:
        super().__init__(
            queryset=Actor.objects.all(), widget=RemoteSelect(url_name=OPTIONS, query=query), **kwargs
        )


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
        restrict_choices(self.fields["other"], self.user)  # type: ignore[arg-type]
        relation = self.instance
        self.fields["kind"].choices = self._kinds()  # type: ignore[attr-defined]
        if relation.pk:
            comes_in = relation.is_directed and relation.target_id == self.actor.pk
            self.fields["other"].initial = relation.other_end(self.actor).pk
            self.fields["kind"].initial = f"{relation.relation_type.code}:{'in' if comes_in else 'out'}"

    def _kinds(self) -> list[tuple[str, Any]]:
        """Offer each kind; with a direction once as it is and once turned round."""
        kept = self.instance.relation_type_id if self.instance.pk else None
        choices: list[tuple[str, Any]] = []
        for term in RelationType.objects.order_by("position", "name_de"):
            if not term.is_active and term.pk != kept:
                continue
            label = label_of(term)
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

    class Meta:
        model = Affiliation
        fields = ("role", "is_main_contact", "valid_from", "valid_until")
        help_texts = {
            "valid_until": _("If the person leaves, enter the last day. The history is kept."),
        }

    field_order = ("other", "role", "is_main_contact", "valid_from", "valid_until")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["other"]
        if self.actor.is_person:
            field.label, field.widget.query = _("Organisation or body"), "kind=collective"
            field.queryset = Actor.objects.exclude(kind=ActorKind.PERSON)
            other = self.instance.organisation_id
        else:
            field.label, field.widget.query = _("Person"), "kind=person"
            field.queryset = Actor.objects.filter(kind=ActorKind.PERSON)
            other = self.instance.person_id
        restrict_choices(field, self.user)
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
