"""The table of actors with what they did lately, on the page and in an export."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import django_tables2 as tables
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from actors.models import Actor, Contact
from actors.models.activity import Activity, activity_of, attended_count, contact_count, last_contact
from actors.models.attention import Attention, attention_of, may_ask
from crm.common.icons import icon_svg
from crm.common.roles import can
from crm.common.tables import RecordTable

ABOUT_CONTACTS = ("last_contact", "spark", "contacts")
SPARK_YEARS = 6
SPARK_HEIGHT = 14
NUMBER = {"th": {"class": "num"}, "td": {"class": "num"}}
ONE_LINE = {"td": {"class": "text-nowrap"}}


def status_of(actor: Actor, *, today: dt.date) -> str:
    """Return whether an actor is active, has ended, or is yet to begin."""
    if actor.active_until is not None and actor.active_until <= today:
        return "ended"
    return "planned" if actor.active_from is not None and actor.active_from > today else "active"


STATUS_LABELS = {"active": _("active"), "ended": _("ended"), "planned": _("planned"), "overdue": _("overdue")}
STATUS_TAGS = {"active": "tag-ok", "ended": "tag-muted", "planned": "tag-info", "overdue": "tag-warn"}


def short_name(user: Any) -> str:
    """Return a colleague's name as it fits into a column: initial and family name."""
    return f"{user.first_name[:1]}. {user.last_name}" if user.first_name and user.last_name else str(user)


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


def light_tag(found: Attention, text: str = "") -> SafeString:
    """Return the light as a picture, a word and a colour, with ``text`` before the word."""
    words = f"{text} {found.label}".strip()
    return format_html('<span class="tag {}">{}{}</span>', found.tag, icon_svg(found.icon), words)


def name_with_dot(label: str, sector: str) -> SafeString:
    """Return a label after the coloured dot of its sector."""
    return format_html('<span class="dot sector-{}" aria-hidden="true"></span>{}', sector, label)


class ActorTable(RecordTable):
    """Actors with what they did lately. The figures are fetched once for all rows on the page."""

    name = tables.Column(_("Name"), order_by=("sort_name", "pk"))
    actor_type = tables.Column(_("Type"), order_by=("actor_type__name_de", "sort_name"), attrs=ONE_LINE)
    district = tables.Column(_("District"), order_by=("district", "sort_name"), attrs=ONE_LINE)
    last_contact = tables.Column(_("Last contact"), empty_values=(), attrs=NUMBER)
    attention = tables.Column(
        _("Next contact"),
        empty_values=(),
        orderable=False,
        accessor="pk",
        attrs=ONE_LINE,
    )
    spark = tables.Column(
        _("Contacts a year"), empty_values=(), orderable=False, exclude_from_export=True, accessor="pk"
    )
    contacts = tables.Column(_("Contacts"), empty_values=(), attrs=NUMBER, accessor="pk")
    participations = tables.Column(_("Participations"), empty_values=(), attrs=NUMBER, accessor="pk")
    status = tables.Column(_("Status"), empty_values=(), orderable=False, accessor="pk")
    responsible = tables.Column(
        _("Responsible"), order_by=("responsible__last_name", "sort_name"), attrs=ONE_LINE
    )

    class Meta(RecordTable.Meta):
        model = Actor
        fields: tuple[str, ...] = ()
        sequence = (
            "name",
            "actor_type",
            "district",
            "last_contact",
            "attention",
            "spark",
            "contacts",
            "participations",
            "status",
            "responsible",
        )
        empty_text = _("No actors found.")
        row_attrs = {"data-toggle-row": ""}  # the arrow keys lead from box to box

    def __init__(self, *args: Any, user: Any, with_lights: bool = False, **kwargs: Any) -> None:
        self.user, self.today = user, timezone.localdate()
        self.choose = gettext("Choose %(name)s")
        left_out = () if with_lights and may_ask(user) else ("attention",)
        if can(user, "view", Contact):
            super().__init__(*args, exclude=left_out, **kwargs)
            self.columns["spark"].column.verbose_name = f"{self.years[0]}–{self.years[-1]}"
        else:
            super().__init__(*args, exclude=(*ABOUT_CONTACTS, *left_out), **kwargs)

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
        page = getattr(self, "page", None)
        if page is None:
            return activity_of(self.data.data, user=self.user, today=self.today)
        actors = [row.record for row in page.object_list]
        return activity_of(actors, user=self.user, today=self.today, years=self.years)

    def _of(self, record: Actor) -> Activity:
        return self.activity.get(record.pk) or Activity()

    def render_name(self, record: Actor) -> SafeString:
        return format_html(
            '<input class="form-check-input pick" type="checkbox" name="ids" value="{}" form="bulk" data-pick'
            ' data-toggle aria-label="{}"><a class="name" href="{}">{}</a>',
            record.pk,
            self.choose % {"name": record.name},
            record.get_absolute_url(),
            record.name,
        )

    def value_name(self, record: Actor) -> str:
        return record.name

    def render_actor_type(self, record: Actor) -> SafeString:
        return name_with_dot(record.actor_type.label, record.sector)

    def value_actor_type(self, record: Actor) -> str:
        return record.actor_type.label

    def render_last_contact(self, record: Actor) -> str:
        day = self._of(record).last_contact
        return date_format(day, "SHORT_DATE_FORMAT") if day else "–"

    def value_last_contact(self, record: Actor) -> dt.date | None:
        return self._of(record).last_contact

    @cached_property
    def standing(self) -> dict[int, Attention]:
        """How pressing it is to get in touch with each, asked once for the whole page."""
        page = getattr(self, "page", None)
        shown = self.data.data if page is None else [row.record for row in page.object_list]
        return attention_of(shown, user=self.user, today=self.today)

    def render_attention(self, record: Actor) -> SafeString | str:
        found = self.standing.get(record.pk)
        return light_tag(found, date_format(found.next_due, "SHORT_DATE_FORMAT")) if found else "–"

    def value_attention(self, record: Actor) -> dt.date | None:
        found = self.standing.get(record.pk)
        return found.next_due if found else None

    def order_last_contact(self, queryset: QuerySet, is_descending: bool) -> tuple[QuerySet, bool]:
        return self._order(queryset.annotate(_key=last_contact(self.user)), is_descending)

    def render_spark(self, record: Actor) -> SafeString:
        return spark(self.years, self._of(record).contacts_of_years or [0] * len(self.years))

    def render_contacts(self, record: Actor) -> int:
        return self._of(record).contacts

    def order_contacts(self, queryset: QuerySet, is_descending: bool) -> tuple[QuerySet, bool]:
        return self._order(queryset.annotate(_key=contact_count(self.user)), is_descending)

    def render_participations(self, record: Actor) -> int:
        return self._of(record).attended

    def order_participations(self, queryset: QuerySet, is_descending: bool) -> tuple[QuerySet, bool]:
        return self._order(queryset.annotate(_key=attended_count()), is_descending)

    def render_responsible(self, value: Any) -> str:
        return short_name(value)

    def value_responsible(self, value: Any) -> str:
        return str(value)

    def _order(self, queryset: QuerySet, is_descending: bool) -> tuple[QuerySet, bool]:
        key = F("_key").desc(nulls_last=True) if is_descending else F("_key").asc(nulls_first=True)
        return queryset.order_by(key, "sort_name", "pk"), True

    def _status(self, record: Actor) -> str:
        status = status_of(record, today=self.today)
        return "overdue" if status == "active" and self._of(record).is_overdue else status

    def render_status(self, record: Actor) -> SafeString:
        status = self._status(record)
        return format_html('<span class="tag {}">{}</span>', STATUS_TAGS[status], STATUS_LABELS[status])

    def value_status(self, record: Actor) -> str:
        return str(STATUS_LABELS[self._status(record)])
