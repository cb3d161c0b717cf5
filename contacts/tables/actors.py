"""The table of actors with what was talked about with them lately."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import django_tables2 as tables
from django.db.models import F, QuerySet
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from actors.models import Actor
from actors.tables.actors import NUMBER, SEVERAL_LINES, ActorTable
from contacts.models import Contact
from contacts.models.activity import Activity, activity_of, contact_count, last_contact
from contacts.models.attention import Attention, attention_of, may_ask
from core.icons import icon_svg
from core.roles import can
from core.viewers import SignedIn

ABOUT_CONTACTS = ("last_contact", "spark", "contacts")
SPARK_YEARS = 6
SPARK_HEIGHT = 14


def spark(years: list[int], counts: Sequence[int]) -> SafeString:
    """Draw the numbers of some years as little columns; read aloud as one sentence."""
    top = max([*counts, 1])
    heights = [max(1, round(n / top * 12)) for n in counts]
    # Numbers alone: nothing in here could need to be escaped.
    bars = "".join(
        f'<rect x="{place * 10}" y="{SPARK_HEIGHT - height}" width="6" height="{height}"/>'
        for place, height in enumerate(heights)
    )
    spoken = ", ".join(f"{year}: {number}" for year, number in zip(years, counts, strict=True))
    return mark_safe(  # noqa: S308 - numbers
        f'<svg class="spark" viewBox="0 0 60 14" role="img" aria-label="{spoken}">{bars}</svg>'
    )


def light_tag(attention: Attention, text: str = "") -> SafeString:
    """Return the light as a picture, a word and a colour, with ``text`` before the word."""
    words = f"{text} {attention.label}".strip()
    return format_html('<span class="tag {}">{}{}</span>', attention.tag, icon_svg(attention.icon), words)


class ActorContactsTable(ActorTable):
    """Actors with their contacts. The figures are fetched once for all rows on the page."""

    last_contact = tables.Column(_("Last contact"), empty_values=(), attrs=NUMBER)
    attention = tables.Column(
        _("Next contact"),
        empty_values=(),
        orderable=False,
        accessor="pk",
        attrs=SEVERAL_LINES,
    )
    spark = tables.Column(
        _("Contacts a year"), empty_values=(), orderable=False, exclude_from_export=True, accessor="pk"
    )
    contacts = tables.Column(_("Contacts"), empty_values=(), attrs=NUMBER, accessor="pk")

    class Meta(ActorTable.Meta):
        sequence: tuple[str, ...] = (
            *("name", "actor_type", "district"),
            *("last_contact", "attention", "spark", "contacts"),
            *("status", "responsible"),
        )

    def __init__(self, *args: Any, user: SignedIn, with_lights: bool = False, **kwargs: Any) -> None:
        left_out = () if with_lights and may_ask(user) else ("attention",)
        sees_contacts = can(user, "view", Contact)
        exclude = left_out if sees_contacts else (*ABOUT_CONTACTS, *left_out)
        super().__init__(*args, user=user, exclude=exclude, **kwargs)
        if sees_contacts:
            self.columns["spark"].column.verbose_name = f"{self.years[0]}–{self.years[-1]}"

    @property
    def drawn(self) -> Any:
        """The actors of this page; all rows where there are no pages (export)."""
        page = getattr(self, "page", None)
        return self.data.data if page is None else [row.record for row in page.object_list]

    @cached_property
    def years(self) -> list[int]:
        """The years of the little columns: the last that hold a contact."""
        newest = (
            Contact.objects.visible_to(self.user).order_by("-date").values_list("date", flat=True).first()
        )
        last = min(newest or self.today, self.today).year
        return list(range(last - SPARK_YEARS + 1, last + 1))

    @cached_property
    def activity(self) -> dict[int, Activity]:
        """What the actors of this page did; of all rows where there are no pages (export)."""
        years = () if getattr(self, "page", None) is None else self.years
        return activity_of(self.drawn, user=self.user, today=self.today, years=years)

    def _of(self, record: Actor) -> Activity:
        return self.activity.get(record.pk) or Activity()

    def render_last_contact(self, record: Actor) -> str:
        day = self._of(record).last_contact
        return date_format(day, "SHORT_DATE_FORMAT") if day else "–"

    def value_last_contact(self, record: Actor) -> dt.date | None:
        return self._of(record).last_contact

    @cached_property
    def standing(self) -> dict[int, Attention]:
        """How pressing it is to get in touch with each, asked once for the whole page."""
        return attention_of(self.drawn, user=self.user, today=self.today)

    def render_attention(self, record: Actor) -> SafeString | str:
        attention = self.standing.get(record.pk)
        return (
            light_tag(attention, date_format(attention.next_due, "SHORT_DATE_FORMAT")) if attention else "–"
        )

    def value_attention(self, record: Actor) -> dt.date | None:
        attention = self.standing.get(record.pk)
        return attention.next_due if attention else None

    def order_last_contact(self, queryset: QuerySet, is_descending: bool) -> tuple[QuerySet, bool]:
        return self._order(queryset.annotate(_key=last_contact(self.user)), is_descending)

    def render_spark(self, record: Actor) -> SafeString:
        return spark(self.years, self._of(record).contacts_of_years or [0] * len(self.years))

    def render_contacts(self, record: Actor) -> int:
        return self._of(record).contacts

    def order_contacts(self, queryset: QuerySet, is_descending: bool) -> tuple[QuerySet, bool]:
        return self._order(queryset.annotate(_key=contact_count(self.user)), is_descending)

    def _status(self, record: Actor) -> str:
        status = super()._status(record)
        return "overdue" if status == "active" and self._of(record).is_overdue else status

    def _order(self, queryset: QuerySet, is_descending: bool) -> tuple[QuerySet, bool]:
        key = F("_key").desc(nulls_last=True) if is_descending else F("_key").asc(nulls_first=True)
        return queryset.order_by(key, "sort_name", "pk"), True
