"""The table of consents, on the page and in an export."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from actors.marks import ended_mark
from actors.models import Consent
from actors.tables.actors import ONE_LINE, SEVERAL_LINES, short_name
from core.tables import RecordTable


class ConsentTable(RecordTable):
    """Who agreed to what, whether it holds today, to which text, how and to whom."""

    person = tables.Column(_("Person"), order_by=("person__sort_name", "purpose"), attrs=SEVERAL_LINES)
    purpose = tables.Column(_("Purpose"), attrs=SEVERAL_LINES)
    effect = tables.Column(_("Effect"), accessor="pk", empty_values=(), orderable=False, attrs=ONE_LINE)
    text_version = tables.Column(_("Text"), attrs=ONE_LINE)
    given_on = tables.Column(_("Given on"), attrs=ONE_LINE)
    given_how = tables.Column(_("How"), attrs=SEVERAL_LINES)
    taken_by = tables.Column(_("Taken by"), order_by=("taken_by__last_name", "person__sort_name"))
    withdrawn_on = tables.Column(_("Withdrawn on"), visible=False)

    class Meta(RecordTable.Meta):
        model = Consent
        fields: tuple[str, ...] = ()
        order_by = "person"
        empty_text = _("No consents found.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.today = timezone.localdate()
        super().__init__(*args, **kwargs)

    def render_person(self, record: Consent) -> SafeString:
        link = format_html('<a class="name" href="{}">{}</a>', record.get_absolute_url(), record.person.name)
        return format_html("{}{}", link, ended_mark(record.person))

    def value_person(self, record: Consent) -> str:
        return record.person.name

    def render_effect(self, record: Consent) -> SafeString:
        css = "tag-ok" if record.holds_on(self.today) else "tag-muted"
        return format_html('<span class="tag {}">{}</span>', css, record.effect_on(self.today))

    def value_effect(self, record: Consent) -> str:
        return record.effect_on(self.today)

    def render_taken_by(self, value: Any) -> str:
        return short_name(value)

    def value_taken_by(self, value: Any) -> str:
        return str(value)
