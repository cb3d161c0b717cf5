"""What the REST API does not know it refuses, with the names that exist: nothing sent is dropped silently."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, ClassVar, NoReturn

from django.utils.translation import gettext as _
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.settings import api_settings
from rest_framework.views import APIView

from core.filters import RecordFilterSet

# What only the server sets, wherever it is sent along: it is passed over, so that an answer can be sent back.
SET_BY_THE_SERVER = frozenset({"id", "created_at", "updated_at", "created_by", "role", "is_staff"})
MOST_NAMED = 20


def refuse_unknown(sent: Iterable[Any], *, known: Collection[str], text: str, none: str) -> None:
    """Refuse names that do not exist, each with the names that do; ``none`` is said where there are none."""
    unknown = [str(name) for name in sent if name not in known]
    if unknown:
        said = text % {"names": ", ".join(sorted(known))} if known else none
        raise ValidationError({name[:100]: [said] for name in unknown[:MOST_NAMED]})


def refuse_unknown_parameters(request: Request, known: Collection[str]) -> None:
    """Refuse what an address asks for and this route does not know."""
    refuse_unknown(
        request.query_params,
        known=known,
        text=_("There is no such parameter here. There are: %(names)s."),
        none=_("There is no such parameter here; this address takes none."),
    )


def refuse_unknown_fields(data: Any, known: Collection[str], *, passed_over: Collection[str] = ()) -> None:
    """Refuse what a body holds and this route does not know."""
    if isinstance(data, Mapping):
        refuse_unknown(
            (name for name in data if name not in SET_BY_THE_SERVER and name not in passed_over),
            known=known,
            text=_("There is no such field here. There are: %(names)s."),
            none=_("There is no such field here; nothing is to be sent along."),
        )


def refuse_unknown_ordering(parameter: str, known: Iterable[str]) -> NoReturn:
    """Refuse to sort by a field by which nothing is sorted here."""
    names = ", ".join(sorted(known))
    said = _("It cannot be sorted by this. It can by: %(names)s.") % {"names": names}
    raise ValidationError({parameter: [said if names else _("Nothing is sorted here.")]})


class StrictView(APIView):
    """A view that refuses parameters it does not know; ``parameters`` names those of GET."""

    parameters: ClassVar[Collection[str]] = ()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Look at the parameters after the rights: who may not ask is told no more than that."""
        super().initial(request, *args, **kwargs)
        refuse_unknown_parameters(request, self.known_parameters(request))

    def known_parameters(self, request: Request) -> Collection[str]:
        """Return what this request may ask for: what changes something has a body instead."""
        return self.parameters if request.method in {"GET", "HEAD"} else ()


class FilterBackend(DjangoFilterBackend):
    """Filters lists like the pages; a filter that this user does not have is refused like any other name."""

    filterset_base = RecordFilterSet

    def get_filterset(self, request: Request, queryset: Any, view: Any) -> Any:
        filterset = super().get_filterset(request, queryset, view)
        if getattr(view, "is_list", False):
            filters = filterset.filters if filterset is not None else {}
            refuse_unknown_parameters(request, {*filters, *paging_of(view)})
        return filterset


def paging_of(view: Any) -> set[str]:
    """Return the parameters that sort and divide the list of a view."""
    pages = view.paginator
    names = {pages.page_query_param, pages.page_size_query_param} if pages is not None else set()
    return names | {api_settings.ORDERING_PARAM}
