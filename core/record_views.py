"""The five pages of a plain entity from one declaration: list, detail, create, update, delete.

What an entity does differently is a subclass of the shape it concerns; the rest, rights, trail, the way from
page to page, follows from the names of the addresses.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, path

from core.models import Record
from core.views import RecordCreateView, RecordDeleteView, RecordDetailView, RecordListView, RecordUpdateView

SHAPES = {
    "list": "",
    "create": "new/",
    "detail": "<int:pk>/",
    "update": "<int:pk>/edit/",
    "delete": "<int:pk>/delete/",
}


@dataclass(frozen=True)
class RecordViews:
    """The five views of an entity, by shape, and what their addresses are called."""

    name: str
    views: dict[str, Any]


def record_views(
    model: type[Record],
    url_name: str,
    *,
    filterset_class: type,
    table_class: type,
    form_class: type,
    edit_form_class: type | None = None,
    title: Any,
    new_title: Any,
    edit_title: Any,
    under: tuple[Any, str] | None = None,
    form_template: str = "form.html",
    bases: dict[str, type] | None = None,
    deleting: Any = "",
    **of_list: Any,
) -> RecordViews:
    """Return the five views of ``model``.

    Parameters
    ----------
    url_name
        What the addresses are called, without their shape: ``events:space`` for ``events:space_list`` etc.
        The page of one record has the template ``events/space_detail.html``; the others have common ones.
    under
        The step of the trail above the list: its label and the name of its address.
    edit_form_class
        The form of an existing record, where not all of it can be changed.
    bases
        By shape, the subclasses in which the entity does something differently.
    deleting
        What to know before one is deleted.
    of_list
        Further attributes of the list: ``help_text``, ``empty_title``, ``empty_text``.
    """
    namespace, _colon, name = url_name.partition(":")
    above = {"under": under}
    around = {
        **above,
        "list_title": title,
        "list_url_name": f"{url_name}_list",
        "update_url_name": f"{url_name}_update",
        "delete_url_name": f"{url_name}_delete",
    }
    form = {"form_class": form_class, "template_name": form_template, "extra_context": around}
    of_table = {"filterset_class": filterset_class, "table_class": table_class, "extra_context": above}
    shapes: dict[str, tuple[type, dict[str, Any]]] = {
        "list": (
            RecordListView,
            {"title": title, "create_url_name": f"{url_name}_create", **of_table, **of_list},
        ),
        "create": (RecordCreateView, {**form, "title": new_title}),
        "detail": (
            RecordDetailView,
            {"template_name": f"{namespace}/{name}_detail.html", "extra_context": around},
        ),
        "update": (
            RecordUpdateView,
            {**form, "form_class": edit_form_class or form_class, "title": edit_title},
        ),
        "delete": (
            RecordDeleteView,
            {"success_url_name": f"{url_name}_list", "extra_context": {**around, "consequences": deleting}},
        ),
    }
    views: dict[str, Any] = {}
    for shape, (usual, attributes) in shapes.items():
        base = (bases or {}).get(shape, usual)
        label = f"{model.__name__}{shape.title()}View"
        views[shape] = type(label, (base,), {"model": model, "__module__": base.__module__, **attributes})
    return RecordViews(name, views)


def record_urls(prefix: str, declared: RecordViews) -> list[URLPattern]:
    """Return the addresses of the five views under ``prefix``: ``spaces/``, ``spaces/new/`` and so on."""
    return [
        path(f"{prefix}{tail}", declared.views[shape].as_view(), name=f"{declared.name}_{shape}")
        for shape, tail in SHAPES.items()
    ]
