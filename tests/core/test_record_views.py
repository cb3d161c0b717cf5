"""The five pages of an entity from one declaration."""

from __future__ import annotations

import pytest
from django.urls import reverse

from core.record_views import record_urls, record_views
from core.views import RecordCreateView, RecordDeleteView, RecordDetailView, RecordListView, RecordUpdateView
from events.filtersets import SpaceFilterSet
from events.forms.series import SpaceForm
from events.models import Space
from events.tables.series import SpaceTable
from tests.actors.pages import client_of
from tests.factories.events import SpaceFactory


class OwnList(RecordListView):
    """A list that does something differently."""


def declared(**more):
    texts = {"title": "Spaces", "new_title": "New space", "edit_title": "Edit space"}
    classes = {"filterset_class": SpaceFilterSet, "table_class": SpaceTable, "form_class": SpaceForm}
    return record_views(Space, "events:space", **classes, **texts, **more)


def test_a_declaration_gives_five_views_of_the_model():
    views = declared(bases={"list": OwnList}, help_text="Where.", deleting="Think twice.").views
    shapes = {shape: view.__mro__[1] for shape, view in views.items()}
    assert shapes == {
        "list": OwnList,
        "create": RecordCreateView,
        "detail": RecordDetailView,
        "update": RecordUpdateView,
        "delete": RecordDeleteView,
    }
    assert {view.model for view in views.values()} == {Space}
    assert (views["list"].title, views["create"].title, views["update"].title) == (
        "Spaces",
        "New space",
        "Edit space",
    )
    assert (views["list"].help_text, views["list"].create_url_name) == ("Where.", "events:space_create")
    assert views["detail"].template_name == "events/space_detail.html"
    assert views["delete"].extra_context["consequences"] == "Think twice."


def test_the_addresses_are_named_by_their_shape():
    urls = record_urls("spaces/", declared())
    assert {str(url.pattern): url.name for url in urls} == {
        "spaces/": "space_list",
        "spaces/new/": "space_create",
        "spaces/<int:pk>/": "space_detail",
        "spaces/<int:pk>/edit/": "space_update",
        "spaces/<int:pk>/delete/": "space_delete",
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("shape", "above"),
    [
        ("list", ["/events/"]),
        ("create", ["/events/", "/events/spaces/"]),
        ("detail", ["/events/", "/events/spaces/"]),
        ("update", ["/events/", "/events/spaces/", "own"]),
        ("delete", ["/events/", "/events/spaces/", "own"]),
    ],
)
def test_the_trail_leads_up_to_the_list_and_beyond(shape, above):
    space = SpaceFactory.create()
    keys = [] if shape in {"list", "create"} else [space.pk]
    page = client_of().get(reverse(f"events:space_{shape}", args=keys)).content.decode()
    trail = page[page.index("breadcrumb") : page.index("</ol>", page.index("breadcrumb"))]
    hrefs = [part.split('"')[0] for part in trail.split('href="')[1:]]
    assert hrefs == ["/", *[space.get_absolute_url() if step == "own" else step for step in above]]
