"""Forms of what belongs to one actor: relations, affiliations, former names, programme dependencies.

All are opened from the page of an actor and lead back to it.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from actors.forms.ties import AffiliationForm, DependencyForm, FormerNameForm, RelationForm
from actors.models import Actor, Affiliation, FormerName, ProgrammeDependency, Relation
from core.turns import SINGLE_ROLES, wait_for_turn
from core.views import RecordCreateView, RecordDeleteView, RecordUpdateView


class OfActorMixin:
    """A row that belongs to the actor named in the address."""

    kwargs: dict[str, Any]
    request: Any
    back_url_name: ClassVar[str] = "actors:actor_relations"

    @cached_property
    def actor(self) -> Actor:
        """The actor from whose page the form was opened."""
        visible = Actor.objects.visible_to(self.request.user).select_related("actor_type")
        return get_object_or_404(visible, pk=self.kwargs["actor"])

    def of_actor(self) -> Q:
        """Return the condition that a row belongs to the actor."""
        return Q(actor=self.actor)

    def get_queryset(self) -> QuerySet:
        rows: QuerySet = super().get_queryset()
        return rows.filter(self.of_actor())

    def get_success_url(self) -> str:
        return reverse(self.back_url_name, args=[self.actor.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        around = {"actor": self.actor, "cancel_url": self.get_success_url()}
        context: dict[str, Any] = super().get_context_data(**{**around, **kwargs})
        return context


class OfActorFormMixin(OfActorMixin):
    """The form of such a row."""

    template_name = "actors/tie_form.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "actor": self.actor}


class RelationMixin:
    """Relations, in whichever direction."""

    model = Relation

    def of_actor(self) -> Q:
        """Return the condition that one end is the actor."""
        return Q(source=self.actor) | Q(target=self.actor)  # type: ignore[attr-defined]


class RelationCreateView(RelationMixin, OfActorFormMixin, RecordCreateView):
    """Add a relation."""

    form_class = RelationForm
    title = _("New relation")


class RelationUpdateView(RelationMixin, OfActorFormMixin, RecordUpdateView):
    """Edit a relation."""

    form_class = RelationForm
    title = _("Edit relation")


class RelationDeleteView(RelationMixin, OfActorMixin, RecordDeleteView):
    """Delete a relation that was never one."""


class AffiliationMixin:
    """Affiliations, from the person's side or the organisation's."""

    model = Affiliation

    def of_actor(self) -> Q:
        """Return the condition that the actor stands on one side."""
        return Q(person=self.actor) | Q(organisation=self.actor)  # type: ignore[attr-defined]


class AffiliationFormMixin(AffiliationMixin, OfActorFormMixin):
    """The form of an affiliation, sent in turns: of two chairs at the same moment the second is asked."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with transaction.atomic():
            wait_for_turn(SINGLE_ROLES)
            answer: HttpResponse = super().post(request, *args, **kwargs)
            return answer


class AffiliationCreateView(AffiliationFormMixin, RecordCreateView):
    """Add an affiliation."""

    form_class = AffiliationForm
    title = _("New affiliation")


class AffiliationUpdateView(AffiliationFormMixin, RecordUpdateView):
    """Edit or end an affiliation."""

    form_class = AffiliationForm
    title = _("Edit affiliation")


class AffiliationDeleteView(AffiliationMixin, OfActorMixin, RecordDeleteView):
    """Delete an affiliation that was never one."""


class FormerNameCreateView(OfActorFormMixin, RecordCreateView):
    """Add a former name."""

    model, form_class, title = FormerName, FormerNameForm, _("New former name")
    back_url_name = "actors:actor_detail"


class FormerNameUpdateView(OfActorFormMixin, RecordUpdateView):
    """Edit a former name."""

    model, form_class, title = FormerName, FormerNameForm, _("Edit former name")
    back_url_name = "actors:actor_detail"


class FormerNameDeleteView(OfActorMixin, RecordDeleteView):
    """Delete a former name."""

    model = FormerName
    back_url_name = "actors:actor_detail"


class DependencyCreateView(OfActorFormMixin, RecordCreateView):
    """Add a programme that pays for the actor."""

    model, form_class, title = ProgrammeDependency, DependencyForm, _("New programme dependency")
    back_url_name = "actors:actor_detail"


class DependencyUpdateView(OfActorFormMixin, RecordUpdateView):
    """Edit or end a programme dependency."""

    model, form_class, title = ProgrammeDependency, DependencyForm, _("Edit programme dependency")
    back_url_name = "actors:actor_detail"


class DependencyDeleteView(OfActorMixin, RecordDeleteView):
    """Delete a programme dependency that was never one."""

    model = ProgrammeDependency
    back_url_name = "actors:actor_detail"
