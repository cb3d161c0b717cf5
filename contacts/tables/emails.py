"""Table of e-mails, on the page and in an export."""

from __future__ import annotations

import datetime as dt
from typing import Any

import django_tables2 as tables
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from actors.tables.actors import ONE_LINE, short_name
from contacts.emails.errors import why_no_contact
from contacts.models import EmailKind, EmailState, IncomingEmail
from core.tables import RecordTable

STATE_TAGS = {
    EmailState.WAITING: "tag-warn",
    EmailState.LOGGED: "tag-ok",
    EmailState.SET_ASIDE: "tag-muted",
}


class IncomingEmailTable(RecordTable):
    """E-mails, the latest first."""

    sent_at = tables.Column(_("Sent"), order_by=("sent_at", "pk"), attrs=ONE_LINE)
    subject = tables.Column(_("Subject"), empty_values=(), order_by=("subject", "pk"))
    sender = tables.Column(_("From"), empty_values=(), order_by=("sender", "pk"))
    kind = tables.Column(_("Kind"), order_by=("kind", "pk"))
    direction = tables.Column(_("Direction"), attrs=ONE_LINE)
    attachments = tables.Column(_("Attachments"), accessor="attachment_count", attrs=ONE_LINE)
    taken_in_by = tables.Column(_("Taken in by"), attrs=ONE_LINE, order_by=("taken_in_by__last_name", "pk"))
    state = tables.Column(_("State"), empty_values=(), orderable=False, attrs=ONE_LINE)

    class Meta(RecordTable.Meta):
        model = IncomingEmail
        fields: tuple[str, ...] = ()
        order_by = "-sent_at"
        empty_text = _("No e-mails found.")

    def render_sent_at(self, record: IncomingEmail) -> str:
        return date_format(timezone.localtime(record.sent_at), "SHORT_DATETIME_FORMAT")

    def value_sent_at(self, record: IncomingEmail) -> dt.datetime | None:
        return record.sent_at and timezone.localtime(record.sent_at).replace(tzinfo=None)

    def render_subject(self, record: IncomingEmail) -> SafeString:
        return format_html('<a class="name" href="{}">{}</a>', record.get_absolute_url(), str(record))

    def value_subject(self, record: IncomingEmail) -> str:
        return str(record)

    def render_sender(self, record: IncomingEmail) -> SafeString | str:
        sender = record.sender_name or record.sender or "–"
        answers = record.reply_to_name or record.reply_to
        if not answers:
            return sender
        return format_html('{}<span class="sub d-block">{} {}</span>', sender, _("answers to"), answers)

    def value_sender(self, record: IncomingEmail) -> str:
        return f"{record.sender_name} <{record.sender}>".strip() if record.sender else record.sender_name

    def render_kind(self, record: IncomingEmail) -> SafeString | str:
        """A letter is usual and hence quiet; of all else the page says what it is."""
        if record.is_letter:
            return "–"
        tag = "tag-danger" if record.kind == EmailKind.BROKEN else "tag-muted"
        why = why_no_contact(record.kind, record.fault)
        return format_html('<span class="tag {}" title="{}">{}</span>', tag, why, record.get_kind_display())

    def value_kind(self, record: IncomingEmail) -> str:
        return record.get_kind_display()

    def render_direction(self, record: IncomingEmail) -> str:
        return record.get_direction_display()

    def render_attachments(self, value: int) -> str:
        return str(value) if value else "–"

    def value_attachments(self, value: int) -> int:
        return value

    def render_taken_in_by(self, value: Any) -> str:
        return short_name(value)

    def value_taken_in_by(self, value: Any) -> str:
        return str(value)

    def render_state(self, record: IncomingEmail) -> SafeString:
        return format_html('<span class="tag {}">{}</span>', STATE_TAGS[record.state], record.state.label)

    def value_state(self, record: IncomingEmail) -> str:
        return str(record.state.label)
