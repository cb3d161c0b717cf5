"""The table of follow-ups, on the page and in an export."""

from __future__ import annotations

import datetime as dt
from typing import Any

import django_tables2 as tables
from django.template.loader import get_template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from actors.models import Actor
from actors.tables.actors import ONE_LINE, short_name
from contacts.models import FollowUp
from contacts.tables.contacts import actor_links
from core.icons import icon_svg
from core.tables import RecordTable
from core.viewers import Viewer

ACTIONS = "contacts/follow_up_actions.html"


class FollowUpTable(RecordTable):
    """Follow-ups, the most pressing first; the buttons work without leaving the list."""

    due = tables.Column(_("Due"), attrs=ONE_LINE)
    text = tables.Column(_("What"), empty_values=(), order_by=("text", "due"))
    about = tables.Column(_("About"), accessor="pk", orderable=False)
    assignee = tables.Column(_("For"), order_by=("assignee__last_name", "due"), attrs=ONE_LINE)
    repeats = tables.Column(_("Repeats"), empty_values=(), orderable=False, visible=False)
    state = tables.Column(_("State"), accessor="pk", orderable=False)
    actions = tables.Column(
        "", accessor="pk", orderable=False, exclude_from_export=True, attrs={"td": {"class": "w-1"}}
    )

    class Meta(RecordTable.Meta):
        model = FollowUp
        fields: tuple[str, ...] = ()
        order_by = "due"
        empty_text = _("No follow-ups found.")
        row_attrs = {"id": lambda record: f"follow-up-{record.pk}", "data-toggle-row": ""}

    def __init__(self, *args: Any, user: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.choose = gettext("Choose %(name)s")

    def render_actions(self, record: FollowUp) -> str:
        # Without the request: the context processors have run for the page and need not run for each row.
        return get_template(ACTIONS).render({**self.context.flatten(), "record": record})

    def render_due(self, record: FollowUp) -> SafeString:
        return format_html(
            '<input class="form-check-input pick" type="checkbox" name="ids" value="{}" form="bulk" data-pick'
            ' data-toggle aria-label="{}">{}',
            record.pk,
            self.choose % {"name": record},
            date_format(record.due, "SHORT_DATE_FORMAT"),
        )

    def value_due(self, record: FollowUp) -> dt.date:
        return record.due

    def render_text(self, record: FollowUp) -> SafeString | str:
        target, text = record.contact_seen_by(self.user) or record.concern, str(record)
        if target is not None:
            text = format_html('<a class="name" href="{}">{}</a>', target.get_absolute_url(), text)
        if not record.repeats:
            return text
        mark = format_html(
            '<span class="tag tag-muted">{}{}</span>', icon_svg("repeat"), self._rhythm(record)
        )
        return format_html("{} {}", text, mark)

    def _rhythm(self, record: FollowUp) -> str:
        return str(record.get_repeats_display())

    def render_repeats(self, record: FollowUp) -> str:
        return self._rhythm(record) if record.repeats else "–"

    def value_text(self, record: FollowUp) -> str:
        return str(record)

    def render_about(self, record: FollowUp) -> SafeString | str:
        actors = self._actors_about(record)
        if actors:
            return actor_links(actors)
        return gettext("Concern: %(text)s") % {"text": record.concern} if record.concern else "–"

    def value_about(self, record: FollowUp) -> str:
        return "; ".join(actor.name for actor in self._actors_about(record))

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

    def _actors_about(self, record: FollowUp) -> list[Actor]:
        if record.actor is not None:
            return [record.actor]
        contact = record.contact_seen_by(self.user)
        return list(contact.actors.all()) if contact is not None else []
