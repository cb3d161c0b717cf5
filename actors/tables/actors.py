"""The table of actors, on the page and in an export."""

from __future__ import annotations

import datetime as dt
from typing import Any

import django_tables2 as tables
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from actors.models import Actor
from core.tables import RecordTable
from core.viewers import SignedIn

NUMBER = {"th": {"class": "num"}, "td": {"class": "num"}}
ONE_LINE = {"td": {"class": "text-nowrap"}}
SEVERAL_LINES = {"td": {"class": "cell-lines"}}  # gives way where the screen is too narrow for all columns


def status_of(actor: Actor, *, today: dt.date) -> str:
    """Return whether an actor is active, has ended, or is yet to begin."""
    if actor.has_ended(today):
        return "ended"
    return "planned" if actor.active_from is not None and actor.active_from > today else "active"


STATUS_LABELS = {"active": _("active"), "ended": _("ended"), "planned": _("planned"), "overdue": _("overdue")}
STATUS_TAGS = {"active": "tag-ok", "ended": "tag-muted", "planned": "tag-info", "overdue": "tag-warn"}


def short_name(user: SignedIn) -> str:
    """Return a colleague's name as it fits into a column: initial and family name."""
    return f"{user.first_name[:1]}. {user.last_name}" if user.first_name and user.last_name else str(user)


def name_with_dot(label: str, sector: str) -> SafeString:
    """Return a label after the coloured dot of its sector."""
    # A long word of two may be broken between them.
    words = format_html_join(mark_safe("/<wbr>"), "{}", ((part,) for part in label.split("/")))
    return format_html('<span class="dot sector-{}" aria-hidden="true"></span>{}', sector, words)


class ActorTable(RecordTable):
    """Actors: name, type, district, whether they exist, and who looks after them."""

    name = tables.Column(_("Name"), order_by=("sort_name", "pk"))
    actor_type = tables.Column(_("Type"), order_by=("actor_type__name_de", "sort_name"), attrs=SEVERAL_LINES)
    district = tables.Column(_("District"), order_by=("district", "sort_name"), attrs=ONE_LINE)
    status = tables.Column(_("Status"), empty_values=(), orderable=False, accessor="pk")
    responsible = tables.Column(
        _("Responsible"), order_by=("responsible__last_name", "sort_name"), attrs=SEVERAL_LINES
    )

    class Meta(RecordTable.Meta):
        model = Actor
        fields: tuple[str, ...] = ()
        sequence: tuple[str, ...] = ("name", "actor_type", "district", "status", "responsible")
        empty_text = _("No actors found.")
        row_attrs = {"data-toggle-row": ""}  # the arrow keys lead from box to box

    def __init__(self, *args: Any, user: SignedIn, **kwargs: Any) -> None:
        self.user, self.today = user, timezone.localdate()
        self.choose = gettext("Choose %(name)s")
        super().__init__(*args, **kwargs)

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

    def render_responsible(self, value: Any) -> str:
        return short_name(value)

    def value_responsible(self, value: Any) -> str:
        return str(value)

    def _status(self, record: Actor) -> str:
        """Return how it stands with an actor, as one of ``STATUS_LABELS``."""
        return status_of(record, today=self.today)

    def render_status(self, record: Actor) -> SafeString:
        status = self._status(record)
        return format_html('<span class="tag {}">{}</span>', STATUS_TAGS[status], STATUS_LABELS[status])

    def value_status(self, record: Actor) -> str:
        return str(STATUS_LABELS[self._status(record)])
