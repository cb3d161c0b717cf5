"""The table of accounts."""

from __future__ import annotations

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from core.accounts.models import User
from core.tables import RecordTable


class UserTable(RecordTable):
    """Who may sign in, and as what."""

    name = tables.Column(
        accessor="get_full_name",
        empty_values=(),
        verbose_name=_("Name"),
        order_by=("last_name", "first_name", "username"),
        linkify=True,
        attrs={"td": {"class": "strong"}},
    )
    username = tables.Column()
    email = tables.Column()
    role = tables.Column()
    is_active = tables.Column(verbose_name=_("State"))
    last_login = tables.DateTimeColumn(verbose_name=_("Last sign-in"), short=True)

    class Meta(RecordTable.Meta):
        model = User
        fields = ("name", "username", "email", "role", "is_active", "last_login")

    def render_name(self, record: User) -> str:
        return str(record)

    def render_is_active(self, value: bool) -> str:
        css, label = ("tag-ok", _("open")) if value else ("tag-muted", _("closed"))
        return format_html('<span class="tag {}">{}</span>', css, label)

    def value_is_active(self, value: bool) -> str:
        return str(_("open") if value else _("closed"))
