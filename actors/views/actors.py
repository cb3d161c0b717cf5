"""Pages of the actor register."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from actors.filtersets import ActorFilterSet
from actors.forms.actors import ActorForm
from actors.models import Actor, ActorGroup, ActorKind, Consent
from actors.tables.actors import ActorTable
from actors.views.actor_page import page_context
from core.person_names import read_person
from core.roles import can
from core.views import RecordCreateView, RecordDeleteView, RecordDetailView, RecordListView, RecordUpdateView

SHOWN = ("kind", "name", "district", "active_from", "active_until", "actor_type", "responsible")


class ActorListView(RecordListView):
    """All actors that the user sees."""

    model = Actor
    filterset_class = ActorFilterSet
    table_class = ActorTable
    template_name = "actors/actor_list.html"
    results_template_name = "actors/actor_results.html"
    title = _("Actors")
    create_url_name = "actors:actor_create"
    help_text = _(
        "Everyone who can take part: associations, institutions, businesses, bodies and residents. "
        "Names are found in any spelling and by former names."
    )
    empty_title = _("No actors yet")
    empty_text = _("Add the first one, or import a list from Excel or CSV.")

    def get_queryset(self) -> QuerySet:
        rows = super().get_queryset().only(*SHOWN)
        # Thousands of rows share a few types and colleagues, which are then fetched once.
        if "export" in self.request.GET:
            return rows.prefetch_related("actor_type", "responsible")
        return rows.select_related("actor_type", "responsible")

    def get_table_kwargs(self) -> dict[str, Any]:
        return {"user": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **{
                "create_label": _("New actor"),
                "may_group": can(self.request.user, "add", ActorGroup),
                "may_invite": can(self.request.user, "view", Consent),
                **kwargs,
            }
        )


class ActorPageView(RecordDetailView):
    """One tab of the page of an actor."""

    model = Actor

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("actor_type", "responsible", "guardian")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{**page_context(self.object, user=self.request.user), **kwargs})


class ActorDetailView(ActorPageView):
    """The timeline is the page."""

    template_name = "actors/actor_detail.html"


class ActorRelationsView(ActorPageView):
    """All ties of the actor, past ones included."""

    template_name = "actors/actor_relations.html"


class ActorFormMixin:
    """What creating and editing an actor share: the fields follow the kind, also without scripts."""

    template_name = "actors/actor_form.html"

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save; or, when only the kind was switched, show the form again with all that was typed."""
        if "_switch" not in request.POST:
            return super().post(request, *args, **kwargs)
        self.object = self.get_object() if "pk" in self.kwargs else None  # type: ignore[attr-defined]
        form = self.get_form_class()(  # type: ignore[attr-defined]
            initial=carried_over(request.POST),
            instance=self.object,
            user=request.user,
            kind=request.POST.get("kind"),
        )
        return self.render_to_response(self.get_context_data(form=form))  # type: ignore[attr-defined]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        districts = Actor.objects.visible_to(self.request.user).exclude(district="")  # type: ignore[attr-defined]
        names = districts.order_by("district").values_list("district", flat=True).distinct()
        return super().get_context_data(**{"districts": names, **kwargs})


def carried_over(data: Any) -> dict[str, Any]:
    """Return what was typed so far; a name moves along when the kind of actor changes, the type does not."""
    typed = {key: data.get(key) for key in data if key not in {"csrfmiddlewaretoken", "actor_type"}}
    typed["topics"] = data.getlist("topics")
    if data.get("kind") == ActorKind.PERSON and typed.get("name"):
        person = read_person(typed["name"])
        for part in ("salutation", "title", "given_name", "family_name"):
            typed.setdefault(part, getattr(person, part))
    elif not typed.get("name"):
        typed["name"] = f"{typed.get('given_name', '')} {typed.get('family_name', '')}".strip()
    return typed


class ActorCreateView(ActorFormMixin, RecordCreateView):
    """Add an actor."""

    model = Actor
    form_class = ActorForm
    title = _("New actor")
    success_message = _("The actor was added.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "kind": self.request.GET.get("kind")}

    def get_initial(self) -> dict[str, Any]:
        return {"name": self.request.GET.get("name", "")[:250]}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **{"cancel_url": reverse("actors:actor_list"), "another": True, **kwargs}
        )


class ActorUpdateView(ActorFormMixin, RecordUpdateView):
    """Edit an actor."""

    model = Actor
    form_class = ActorForm
    title = _("Edit actor")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        actor: Actor = self.object  # type: ignore[assignment]
        return super().get_context_data(**{"cancel_url": actor.get_absolute_url(), **kwargs})


class ActorDeleteView(RecordDeleteView):
    """Delete an actor that nothing needs; everything else is ended, not deleted."""

    model = Actor
    template_name = "actors/actor_confirm_delete.html"
    success_url_name = "actors:actor_list"
