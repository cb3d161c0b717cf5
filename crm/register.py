"""The register as the roof shows it: with contacts and events, which the rooms above it know."""

from typing import Any

from django.urls import path

import actors.api
import actors.urls
import actors.views.actors
import contacts.views.actors
from events.filtersets import ActorActivityFilterSet
from events.tables.actors import ActorActivityTable

app_name = "actors"


class ActorListView(actors.views.actors.ActorListView):
    """All actors that the user sees, with what they did lately."""

    filterset_class = ActorActivityFilterSet
    table_class = ActorActivityTable

    def get_table_kwargs(self) -> dict[str, Any]:
        return {**super().get_table_kwargs(), "with_lights": bool(self.request.GET.get("attention"))}


class ActorViewSet(actors.api.ActorViewSet):
    """Everyone who can take part: organisations, persons, bodies."""

    filterset_class = ActorActivityFilterSet


# These two stand before those of the room itself, at the same addresses and under the same names.
urlpatterns = [
    path("", ActorListView.as_view(), name="actor_list"),
    path("<int:pk>/delete/", contacts.views.actors.ActorDeleteView.as_view(), name="actor_delete"),
    *actors.urls.urlpatterns,
]
