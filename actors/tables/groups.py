"""Tables of groups and of the members of one."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from actors.models import ActorGroup
from actors.tables.actors import NUMBER, ONE_LINE
from core.tables import RecordTable


class ActorGroupTable(RecordTable):
    """Groups with the number of their members."""

    name = tables.Column(_("Name"), order_by=("name", "pk"))
    description = tables.Column(_("Description"), orderable=False)
    member_count = tables.Column(_("Members"), order_by=("member_count", "name"), attrs=NUMBER)
    updated_at = tables.Column(_("Changed"), attrs=ONE_LINE)

    class Meta(RecordTable.Meta):
        model = ActorGroup
        fields: tuple[str, ...] = ()
        sequence = ("name", "member_count", "description", "updated_at")
        empty_text = _("No groups found.")

    def render_name(self, record: ActorGroup) -> SafeString:
        return format_html('<a class="name" href="{}">{}</a>', record.get_absolute_url(), record.name)

    def value_name(self, record: ActorGroup) -> str:
        return record.name

    def render_updated_at(self, record: ActorGroup) -> str:
        return date_format(localtime(record.updated_at), "SHORT_DATE_FORMAT")

    def value_updated_at(self, record: ActorGroup) -> Any:
        return localtime(record.updated_at).date()
