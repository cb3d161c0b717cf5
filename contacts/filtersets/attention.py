"""What the lists of quiet contacts and of those known to one colleague only can be filtered by."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actors.models import Actor, ActorGroup, Sector
from contacts.models.attention import Light, lit
from core.accounts.models import User
from core.filters import RecordFilterSet, SearchFilter, VisibleChoiceFilter
from core.widgets import CountedCheckboxes

EVERY_LIGHT = "any"
LIGHTS = [
    (Light.RED, _("long overdue (red)")),
    (Light.YELLOW, _("due (yellow)")),
    (Light.GREEN, _("in touch (green)")),
]


class RegisterFilterSet(RecordFilterSet):
    """What both lists share: words, sector and group."""

    q = SearchFilter(label=_("Name or keyword"))
    sector = django_filters.MultipleChoiceFilter(
        field_name="actor_type__sector",
        label=_("Sector"),
        choices=[choice for choice in Sector.choices if choice[0] != Sector.OFFICE],
        distinct=False,
        widget=CountedCheckboxes,
    )
    group = VisibleChoiceFilter(
        queryset=ActorGroup.objects, field_name="groups", label=_("Group"), empty_label=_("any")
    )

    class Meta:
        model = Actor
        fields: list[str] = []

    def search(self, queryset: Any, name: str, value: str) -> QuerySet:
        """Find every spelling of the names."""
        actors: QuerySet = queryset.matching(value, details=True)
        return actors


class QuietFilterSet(RegisterFilterSet):
    """Actors that should be talked to every so often, by how pressing it is and whose they are."""

    light = django_filters.ChoiceFilter(
        label=_("Light"),
        choices=[*LIGHTS, (EVERY_LIGHT, _("all with an interval"))],
        method="by_light",
        empty_label=_("red and yellow"),
    )
    responsible = VisibleChoiceFilter(
        queryset=User.objects, label=_("Responsible"), empty_label=_("anybody"), null_label=_("nobody")
    )

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """Without a wish show what is due."""
        actors: QuerySet = super().filter_queryset(queryset)
        if self.form.cleaned_data.get("light"):
            return actors
        return lit(actors, Light.RED, Light.YELLOW, today=timezone.localdate())

    def by_light(self, queryset: Any, name: str, value: str) -> QuerySet:
        """Return those that show this light."""
        lights = Light.values if value == EVERY_LIGHT else [value]
        return lit(queryset, *lights, today=timezone.localdate())


class KnownToOneFilterSet(RegisterFilterSet):
    """Actors known to one colleague only, by whom."""

    staff = VisibleChoiceFilter(
        queryset=User.objects, label=_("Known to"), empty_label=_("anybody"), method="by_staff"
    )
    account = django_filters.ChoiceFilter(
        label=_("Account"),
        choices=[("active", _("active")), ("closed", _("deactivated"))],
        method="by_account",
        empty_label=_("any"),
    )

    def by_staff(self, queryset: Any, name: str, value: User) -> QuerySet:
        """Return whom only this colleague knows."""
        actors: QuerySet = queryset.filter(known_by=value.pk)
        return actors

    def by_account(self, queryset: Any, name: str, value: str) -> QuerySet:
        """Tell the accounts that are still used from those of colleagues who left."""
        accounts = User.objects.filter(is_active=value == "active")
        actors: QuerySet = queryset.filter(known_by__in=accounts.order_by().values("pk"))
        return actors
