"""Pages of management: what there is to look after, and the terms of the vocabularies."""

from __future__ import annotations

from typing import Any

import django_filters
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from core.accounts.models import User
from core.filters import RecordFilterSet, SearchFilter, holds
from core.models import VocabularyTerm
from core.roles import Role, role_of
from core.viewers import SignedInRequest
from core.views import (
    RecordCreateView,
    RecordDeleteView,
    RecordListView,
    RecordUpdateView,
    RightsMixin,
    address_to_return,
)
from crm.administration.forms import TermForm, term_form
from crm.administration.tables import TermTable
from crm.administration.vocabularies import VOCABULARIES


@require_GET
def overview(request: SignedInRequest) -> HttpResponse:
    """Show what there is to look after."""
    if role_of(request.user) != Role.MANAGEMENT:
        raise PermissionDenied
    vocabularies = [
        {
            "name": vocabulary._meta.verbose_name_plural,
            "url": reverse("administration:term_list", args=[slug]),
            "in_use": vocabulary.objects.in_use().count(),
            "terms": vocabulary.objects.count(),
        }
        for slug, vocabulary in VOCABULARIES.items()
    ]
    accounts = User.objects.filter(is_active=True).count()
    context = {"vocabularies": vocabularies, "accounts": accounts}
    return render(request, "administration/overview.html", context)


class TermFilterSet(RecordFilterSet):
    """Terms by name and whether they are in use."""

    q = SearchFilter(label=gettext_lazy("Name or code"))
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"),
        choices=[("in", gettext_lazy("in use")), ("out", gettext_lazy("out of use"))],
        method="by_state",
        empty_label=gettext_lazy("any"),
    )

    def search(self, queryset: Any, name: str, value: str) -> Any:
        for word in value.split():
            queryset = queryset.filter(holds("name_de", word) | holds("name_en", word) | holds("code", word))
        return queryset

    def by_state(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(is_active=value == "in")


class VocabularyMixin(RightsMixin):
    """One vocabulary, named by the address; for those who may change it."""

    right = "change"
    model: type[VocabularyTerm]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if kwargs["vocabulary"] not in VOCABULARIES:
            raise Http404
        self.model = VOCABULARIES[kwargs["vocabulary"]]
        return super().dispatch(request, *args, **kwargs)

    @property
    def list_url(self) -> str:
        """The address of the vocabulary's list."""
        return reverse("administration:term_list", args=[self.kwargs["vocabulary"]])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {
            "vocabulary": self.model._meta.verbose_name_plural,
            "list_url": self.list_url,
            "cancel_url": self.list_url,
        }
        return super().get_context_data(**{**context, **kwargs})

    def get_success_url(self) -> str:
        return address_to_return(self.request, self.list_url)


class TermListView(VocabularyMixin, RecordListView):
    table_class = TermTable
    filterset_class = TermFilterSet
    template_name = "administration/term_list.html"
    help_text = gettext_lazy(
        "What forms offer to choose from. A term that is no longer wanted is put out of use: records that"
        " have it keep it, new ones do not get it."
    )

    def get_table_kwargs(self) -> dict[str, Any]:
        slug = self.kwargs["vocabulary"]
        return {
            "vocabulary": self.model,
            "edit_url": lambda term: reverse("administration:term_update", args=[slug, term.pk]),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        title = str(self.model._meta.verbose_name_plural)
        create_url = reverse("administration:term_create", args=[self.kwargs["vocabulary"]])
        return super().get_context_data(
            **{"title": title, "create_url": create_url, "may_create": True, **kwargs}
        )


class TermFormMixin(VocabularyMixin):
    template_name = "administration/term_form.html"

    def get_form_class(self) -> type[TermForm]:
        return term_form(self.model)


class TermCreateView(TermFormMixin, RecordCreateView):
    title = gettext_lazy("New term")


class TermUpdateView(TermFormMixin, RecordUpdateView):
    """Edit a term, or put it out of use."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        delete_url = reverse("administration:term_delete", args=[self.kwargs["vocabulary"], self.object.pk])
        return super().get_context_data(
            **{"title": self.object.label, "uses": self.object.uses(), "delete_url": delete_url, **kwargs}
        )


class TermDeleteView(VocabularyMixin, RecordDeleteView):
    """Delete a term that nothing uses."""

    template_name = "administration/term_delete.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        uses = [(label, count, True) for label, count in self.object.uses()]
        return super().get_context_data(
            **{"title": _("Delete term"), "dependents": uses, "is_protected": bool(uses), **kwargs}
        )
