"""Tables of quiet contacts and of those known to one colleague only."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import Any

import django_tables2 as tables
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from actors.marks import actor_link
from actors.models import Actor
from actors.tables.actors import NUMBER, ONE_LINE, SEVERAL_LINES, name_with_dot, short_name
from contacts.models.attention import Attention, attention_of
from contacts.tables.actors import light_tag
from core.accounts.models import User
from core.icons import icon_svg
from core.tables import RecordTable
from core.viewers import Viewer


def short_day(day: dt.date | None) -> str:
    """Return a day as tables show it; where there is none, that it never was."""
    return date_format(day, "SHORT_DATE_FORMAT") if day else gettext("never")


class RegisterTable(RecordTable):
    """What both tables share: who it is about."""

    name = tables.Column(_("Name"), order_by=("sort_name", "pk"))
    actor_type = tables.Column(_("Type"), order_by=("actor_type__name_de", "sort_name"), attrs=SEVERAL_LINES)

    class Meta(RecordTable.Meta):
        model = Actor
        fields: tuple[str, ...] = ()
        empty_text = _("No actors found.")

    def __init__(self, *args: Any, user: Viewer, **kwargs: Any) -> None:
        self.user, self.today = user, timezone.localdate()
        super().__init__(*args, **kwargs)

    def render_name(self, record: Actor) -> SafeString:
        return actor_link(record, "name")

    def value_name(self, record: Actor) -> str:
        return record.name

    def render_actor_type(self, record: Actor) -> SafeString:
        return name_with_dot(record.actor_type.label, record.sector)

    def value_actor_type(self, record: Actor) -> str:
        return record.actor_type.label

    @property
    def drawn(self) -> list[Actor]:
        """The actors of this page; all of them where there are no pages (export)."""
        page = getattr(self, "page", None)
        return list(self.data.data) if page is None else [row.record for row in page.object_list]


class QuietTable(RegisterTable):
    """Actors that should be talked to every so often, with a button for the contact that is due."""

    light = tables.Column(_("Light"), empty_values=(), orderable=False, accessor="pk", attrs=SEVERAL_LINES)
    next_due = tables.Column(_("Next due"), order_by=("next_due", "sort_name", "pk"), attrs=NUMBER)
    last = tables.Column(_("Last contact"), empty_values=(), orderable=False, accessor="pk", attrs=NUMBER)
    interval = tables.Column(_("Every … days"), empty_values=(), orderable=False, accessor="pk", attrs=NUMBER)
    responsible = tables.Column(
        _("Responsible"), order_by=("responsible__last_name", "sort_name"), attrs=SEVERAL_LINES
    )
    actions = tables.Column(
        "", empty_values=(), orderable=False, exclude_from_export=True, accessor="pk", attrs=ONE_LINE
    )

    class Meta(RegisterTable.Meta):
        sequence = ("name", "light", "next_due", "last", "interval", "actor_type", "responsible", "actions")
        empty_text = _("Nobody has to be asked how it is going.")

    @cached_property
    def standing(self) -> dict[int, Attention]:
        """How it stands with each, asked once for the whole page."""
        return attention_of(self.drawn, user=self.user, today=self.today)

    def render_light(self, record: Actor) -> SafeString:
        return light_tag(self.standing[record.pk])

    def value_light(self, record: Actor) -> str:
        return str(self.standing[record.pk].label)

    def render_next_due(self, value: dt.date) -> str:
        return short_day(value)

    def value_next_due(self, value: dt.date) -> dt.date:
        return value

    def render_last(self, record: Actor) -> str:
        return short_day(self.standing[record.pk].last)

    def value_last(self, record: Actor) -> dt.date | None:
        return self.standing[record.pk].last

    def render_interval(self, record: Actor) -> int:
        return self.standing[record.pk].interval

    def render_responsible(self, value: Any) -> str:
        return short_name(value)

    def value_responsible(self, value: Any) -> str:
        return str(value)

    def render_actions(self, record: Actor) -> str:
        return render_to_string("contacts/quiet_actions.html", {"actor": record})


class KnownToOneTable(RegisterTable):
    """Actors known to one colleague only: to whom, from how many contacts, the last of them."""

    known_by = tables.Column(_("Known to"), order_by=("known_by", "sort_name"), attrs=SEVERAL_LINES)
    contacts_known = tables.Column(_("Contacts"), order_by=("contacts_known", "sort_name"), attrs=NUMBER)
    last_known = tables.Column(_("Last contact"), order_by=("last_known", "sort_name"), attrs=NUMBER)
    responsible = tables.Column(
        _("Responsible"), order_by=("responsible__last_name", "sort_name"), attrs=SEVERAL_LINES
    )

    class Meta(RegisterTable.Meta):
        sequence = ("name", "actor_type", "known_by", "contacts_known", "last_known", "responsible")
        empty_text = _("Everybody is known to several colleagues.")

    @cached_property
    def colleagues(self) -> dict[int, User]:
        """The accounts by key: an office has a few."""
        return User.objects.in_bulk()

    def render_known_by(self, value: int) -> SafeString | str:
        colleague = self.colleagues[value]
        if colleague.is_active:
            return str(colleague)
        closed = gettext("account deactivated")
        return format_html(
            '{} <span class="tag tag-danger">{}{}</span>', colleague, icon_svg("user-off"), closed
        )

    def value_known_by(self, value: int) -> str:
        colleague = self.colleagues[value]
        closed = gettext("account deactivated")
        return str(colleague) if colleague.is_active else f"{colleague} ({closed})"

    def render_last_known(self, value: dt.date) -> str:
        return short_day(value)

    def value_last_known(self, value: dt.date) -> dt.date:
        return value

    def render_responsible(self, value: Any) -> str:
        return short_name(value)

    def value_responsible(self, value: Any) -> str:
        return str(value)
