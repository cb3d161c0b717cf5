"""Table of concerns, on the page and in an export."""

from __future__ import annotations

import datetime as dt
from typing import Any

import django_tables2 as tables
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from actors.marks import actor_link
from actors.tables.actors import ONE_LINE, SEVERAL_LINES, short_name
from contacts.concerns import Light
from contacts.models import Concern
from core.icons import icon_svg
from core.tables import RecordTable

WIDE = {"td": {"class": "cell-wide"}}
NUMBERS = {"td": {"class": "num"}, "th": {"class": "num"}}
LIGHT_TAGS = {Light.GREEN: "tag-ok", Light.YELLOW: "tag-warn", Light.RED: "tag-danger"}
LIGHT_ICONS = {Light.GREEN: "circle-check", Light.YELLOW: "clock-exclamation", Light.RED: "alert-triangle"}


def light_mark(light: Light | None) -> SafeString | str:
    """Return a light as colour, sign and word; a dash for what is settled."""
    if light is None:
        return "–"
    return format_html(
        '<span class="tag {}">{}{}</span>', LIGHT_TAGS[light], icon_svg(LIGHT_ICONS[light]), light.label
    )


class ConcernTable(RecordTable):
    """Concerns; how long they have been open, and how pressing that is."""

    raised_on = tables.Column(_("Raised on"), order_by=("raised_on", "pk"), attrs=ONE_LINE)
    text = tables.Column(_("Concern"), order_by=("text", "pk"), attrs=WIDE)
    days = tables.Column(_("Days"), accessor="pk", order_by=("-raised_on", "pk"), attrs=NUMBERS)
    light = tables.Column(_("How pressing"), accessor="pk", orderable=False, attrs=SEVERAL_LINES)
    status = tables.Column(_("Status"), order_by=("status__position", "raised_on"), attrs=SEVERAL_LINES)
    kind = tables.Column(_("Kind"), order_by=("kind__position", "raised_on"), visible=False)
    topic = tables.Column(_("Topic"), order_by=("topic__position", "raised_on"), visible=False)
    raised_by = tables.Column(_("From"), order_by=("raised_by__sort_name", "raised_on"), empty_values=())
    forwarded_to = tables.Column(_("Forwarded to"), order_by=("forwarded_to__sort_name", "raised_on"))
    due = tables.Column(_("Due"), attrs=ONE_LINE)
    responsible = tables.Column(
        _("Responsible"), order_by=("responsible__last_name", "raised_on"), attrs=SEVERAL_LINES
    )
    number = tables.Column(
        pgettext_lazy("of a concern", "Number"),
        accessor="number",
        order_by=("number_year", "number_in_year"),
        visible=False,
    )
    forwarded_on = tables.Column(_("Forwarded on"), visible=False)
    answer = tables.Column(_("Answer"), visible=False, orderable=False)
    told_on = tables.Column(_("Resident told on"), visible=False)
    settled_on = tables.Column(_("Settled on"), visible=False)

    class Meta(RecordTable.Meta):
        model = Concern
        fields: tuple[str, ...] = ()
        order_by = "raised_on"
        empty_text = _("No concerns found.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = timezone.localdate()

    def render_raised_on(self, value: dt.date) -> str:
        return date_format(value, "SHORT_DATE_FORMAT")

    def value_raised_on(self, value: dt.date) -> dt.date:
        return value

    def render_text(self, record: Concern) -> SafeString:
        terms = (term.label for term in (record.kind, record.topic) if term is not None)
        about = " · ".join([record.number, *terms])
        return format_html(
            '<a class="name" href="{}">{}</a><div class="sub">{}</div>',
            record.get_absolute_url(),
            str(record),
            about,
        )

    def value_text(self, record: Concern) -> str:
        return record.text

    def render_days(self, record: Concern) -> int | str:
        days = record.days_open(self.today)
        return "–" if days is None else days

    def value_days(self, record: Concern) -> int | None:
        return record.days_open(self.today)

    def render_light(self, record: Concern) -> SafeString | str:
        return light_mark(record.light(self.today))

    def value_light(self, record: Concern) -> str:
        light = record.light(self.today)
        return "" if light is None else str(light.label)

    def render_status(self, record: Concern) -> str:
        return record.status.label

    def render_kind(self, record: Concern) -> str:
        return record.kind.label

    def render_topic(self, record: Concern) -> str:
        return record.topic.label if record.topic else "–"

    def render_raised_by(self, record: Concern) -> SafeString | str:
        if record.raised_by is None:
            return format_html('<span class="sub">{}</span>', gettext("anonymous"))
        return actor_link(record.raised_by)

    def value_raised_by(self, record: Concern) -> str:
        return record.raised_by.name if record.raised_by else gettext("anonymous")

    def render_forwarded_to(self, record: Concern) -> SafeString | str:
        if record.forwarded_to is None:
            return "–"
        return actor_link(record.forwarded_to, is_urgent=record.has_ended_department(self.today))

    def value_forwarded_to(self, record: Concern) -> str:
        name = record.forwarded_to.name if record.forwarded_to else ""
        ended = gettext("has ended")
        return f"{name} ({ended})" if record.has_ended_department(self.today) else name

    def render_due(self, value: dt.date) -> str:
        return date_format(value, "SHORT_DATE_FORMAT")

    def value_due(self, value: dt.date) -> dt.date:
        return value

    def render_responsible(self, value: Any) -> str:
        return short_name(value)

    def value_responsible(self, value: Any) -> str:
        return str(value)
