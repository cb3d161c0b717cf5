"""The table of contacts, on the page and in an export."""

from __future__ import annotations

import datetime as dt
from typing import Any

import django_tables2 as tables
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from actors.marks import actor_link
from actors.models import Actor
from actors.tables.actors import ONE_LINE, short_name
from contacts.models import Contact
from core.tables import RecordTable


def actor_links(actors: list[Actor]) -> SafeString:
    """Return the first three actors as links, and how many more there are."""
    links = format_html_join(", ", "{}", ((actor_link(actor),) for actor in actors[:3]))
    more = len(actors) - 3
    if more < 1:
        return links
    return format_html("{} {}", links, ngettext("and %(n)s more", "and %(n)s more", more) % {"n": more})


class ContactTable(RecordTable):
    """Logged contacts. Only actors that the user sees are named."""

    date = tables.Column(_("Date"), order_by=("date", "time", "pk"), attrs=ONE_LINE)
    title = tables.Column(_("Subject"), order_by=("subject", "pk"))
    actors = tables.Column(_("Actors"), orderable=False, accessor="pk")
    points = tables.Column(_("Points"), orderable=False, accessor="pk")
    channel = tables.Column(_("Channel"), order_by=("channel__name_de", "-date"))
    direction = tables.Column(_("Direction"), attrs=ONE_LINE)
    topics = tables.Column(_("Topics"), orderable=False, accessor="pk", visible=False)
    duration_minutes = tables.Column(pgettext_lazy("duration", "Minutes"), visible=False)
    note = tables.Column(_("Note"), visible=False, orderable=False)
    staff = tables.Column(_("Logged by"), order_by=("staff__last_name", "-date"), attrs=ONE_LINE)

    class Meta(RecordTable.Meta):
        model = Contact
        fields: tuple[str, ...] = ()
        order_by = "-date"
        empty_text = _("No contacts found.")

    def render_date(self, record: Contact) -> str:
        return date_format(record.date, "SHORT_DATE_FORMAT")

    def value_date(self, record: Contact) -> dt.date:
        return record.date

    def render_title(self, record: Contact) -> SafeString:
        mark = format_html(' <span class="tag tag-muted">{}</span>', gettext("confidential"))
        return format_html(
            '<a class="name" href="{}">{}</a>{}',
            record.get_absolute_url(),
            record.title,
            mark if record.is_confidential else "",
        )

    def value_title(self, record: Contact) -> str:
        return record.title

    def render_actors(self, record: Contact) -> SafeString:
        return actor_links(list(record.actors.all()))

    def value_actors(self, record: Contact) -> str:
        return "; ".join(actor.name for actor in record.actors.all())

    def render_points(self, record: Contact) -> SafeString | str:
        points: list[Any] = list(record.points.all())
        if not points:
            return ""
        still_open = sum(len(point.open_ones) for point in points)
        if not still_open:
            return str(len(points))
        text = ngettext("%(n)s open", "%(n)s open", still_open) % {"n": still_open}
        return format_html('{} <span class="tag tag-info">{}</span>', len(points), text)

    def value_points(self, record: Contact) -> str:
        return "; ".join(point.text for point in record.points.all())

    def render_channel(self, record: Contact) -> str:
        return record.channel.label

    def render_direction(self, record: Contact) -> str:
        return record.get_direction_display()

    def render_staff(self, value: Any) -> str:
        return short_name(value)

    def value_staff(self, value: Any) -> str:
        return str(value)

    def render_topics(self, record: Contact) -> str:
        return "; ".join(topic.label for topic in record.topics.all())
