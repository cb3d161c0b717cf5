"""Tables of contacts and follow-ups, on the page and in an export."""

from __future__ import annotations

import datetime as dt
from typing import Any

import django_tables2 as tables
from django.template.loader import get_template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from actors.models import Actor, Contact, FollowUp
from actors.tables.actors import ONE_LINE, short_name
from crm.common.tables import RecordTable

ACTIONS = "actors/follow_up_actions.html"


def actor_links(actors: list[Actor]) -> SafeString:
    """Return the first three actors as links, and how many more there are."""
    shown = format_html_join(
        ", ", '<a href="{}">{}</a>', ((actor.get_absolute_url(), actor.name) for actor in actors[:3])
    )
    more = len(actors) - 3
    if more < 1:
        return shown
    return format_html("{} {}", shown, ngettext("and %(n)s more", "and %(n)s more", more) % {"n": more})


class ContactTable(RecordTable):
    """Logged contacts. Only actors that the user sees are named."""

    date = tables.Column(_("Date"), order_by=("date", "time", "pk"), attrs=ONE_LINE)
    title = tables.Column(_("Subject"), order_by=("subject", "pk"))
    actors = tables.Column(_("Actors"), orderable=False, accessor="pk")
    channel = tables.Column(_("Channel"), order_by=("channel__name_de", "-date"))
    direction = tables.Column(_("Direction"), attrs=ONE_LINE)
    topics = tables.Column(_("Topics"), orderable=False, accessor="pk", visible=False)
    duration_minutes = tables.Column(_("Minutes"), visible=False)
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


class FollowUpTable(RecordTable):
    """Follow-ups, the most pressing first; the buttons work without leaving the list."""

    due = tables.Column(_("Due"), attrs=ONE_LINE)
    text = tables.Column(_("What"), empty_values=(), order_by=("text", "due"))
    about = tables.Column(_("About"), accessor="pk", orderable=False)
    assignee = tables.Column(_("For"), order_by=("assignee__last_name", "due"), attrs=ONE_LINE)
    state = tables.Column(_("State"), accessor="pk", orderable=False)
    actions = tables.Column(
        "", accessor="pk", orderable=False, exclude_from_export=True, attrs={"td": {"class": "w-1"}}
    )

    class Meta(RecordTable.Meta):
        model = FollowUp
        fields: tuple[str, ...] = ()
        order_by = "due"
        empty_text = _("No follow-ups found.")
        row_attrs = {"id": lambda record: f"follow-up-{record.pk}"}

    def render_actions(self, record: FollowUp) -> str:
        # Without the request: the context processors have run for the page and need not run for each row.
        return get_template(ACTIONS).render({**self.context.flatten(), "record": record})

    def render_due(self, record: FollowUp) -> str:
        return date_format(record.due, "SHORT_DATE_FORMAT")

    def value_due(self, record: FollowUp) -> dt.date:
        return record.due

    def render_text(self, record: FollowUp) -> SafeString | str:
        if record.contact is None:
            return str(record)
        return format_html('<a class="name" href="{}">{}</a>', record.contact.get_absolute_url(), str(record))

    def value_text(self, record: FollowUp) -> str:
        return str(record)

    def render_about(self, record: FollowUp) -> SafeString | str:
        actors = _actors_about(record)
        if actors:
            return actor_links(actors)
        return gettext("Concern: %(text)s") % {"text": record.concern} if record.concern else "–"

    def value_about(self, record: FollowUp) -> str:
        return "; ".join(actor.name for actor in _actors_about(record))

    def render_assignee(self, value: Any) -> str:
        return short_name(value)

    def value_assignee(self, value: Any) -> str:
        return str(value)

    def render_state(self, record: FollowUp) -> SafeString:
        name, css = self._state(record)
        return format_html('<span class="tag {}">{}</span>', css, name)

    def value_state(self, record: FollowUp) -> str:
        return str(self._state(record)[0])

    def _state(self, record: FollowUp) -> tuple[Any, str]:
        if record.done_at is not None:
            return _("done"), "tag-ok"
        return (_("overdue"), "tag-warn") if record.due < timezone.localdate() else (_("open"), "tag-muted")


def _actors_about(record: FollowUp) -> list[Actor]:
    if record.actor is not None:
        return [record.actor]
    return list(record.contact.actors.all()) if record.contact is not None else []
