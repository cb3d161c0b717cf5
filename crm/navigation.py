"""The menu, and the tabs of actor and event pages: the one place that knows the pages of all apps by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from actors.models import IncomingEmail
from crm.common.roles import ALL_ROLES, HELPER_ROLES, OFFICE_ROLES, Role, role_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest
    from django.utils.functional import _StrPromise

ANALYSTS = OFFICE_ROLES | {Role.READER}


@dataclass(frozen=True)
class Entry:
    """One line of the menu; it is marked on all pages whose URL name starts with one of ``pages``."""

    label: str | _StrPromise
    url_name: str
    icon: str
    pages: tuple[str, ...]
    roles: frozenset[Role] = ALL_ROLES
    count: Callable[[Any], int] | None = None


def waiting_emails(user: Any) -> int:
    """Return how many e-mails nobody has assigned yet."""
    return IncomingEmail.objects.visible_to(user).waiting().count()


MENU = (
    Entry(_("Overview"), "home", "layout-dashboard", ("home",)),
    Entry(_("Actors"), "actors:actor_list", "address-book", ("actors:",)),
    Entry(_("Contacts"), "actors:contact_list", "message-2", ("actors:contact_",), OFFICE_ROLES),
    Entry(
        _("Concerns"),
        "actors:concern_list",
        "message-report",
        ("actors:concern_", "events:concern_"),
        OFFICE_ROLES,
    ),
    Entry(_("Events"), "events:event_list", "calendar-event", ("events:",)),
    Entry(_("Network"), "reports:network_explorer", "affiliate", ("reports:network_explorer",), ANALYSTS),
    Entry(_("Reports"), "reports:report_list", "chart-bar", ("reports:",), ANALYSTS),
)
MORE = (
    Entry(_("Follow-ups"), "actors:follow_up_list", "bell", ("actors:follow_up_",), HELPER_ROLES),
    Entry(_("Quiet contacts"), "actors:quiet_list", "message-off", ("actors:quiet_",), OFFICE_ROLES),
    Entry(
        _("Known to one person only"),
        "actors:known_to_one_list",
        "user-exclamation",
        ("actors:known_to_one_",),
        OFFICE_ROLES,
    ),
    Entry(_("Groups"), "actors:group_list", "users-group", ("actors:group_",), HELPER_ROLES),
    Entry(
        _("E-mails to assign"),
        "actors:email_list",
        "mail",
        ("actors:email_",),
        OFFICE_ROLES,
        count=waiting_emails,
    ),
    Entry(_("Formats"), "events:series_list", "repeat", ("events:series_",)),
    Entry(
        _("Consultation hours"),
        "events:hours",
        "clock",
        ("events:hours", "events:consultation", "events:special_days"),
    ),
    Entry(_("Import"), "imports", "file-import", ("import",), OFFICE_ROLES),
    Entry(
        _("Administration"),
        "administration:overview",
        "settings",
        ("administration:", "accounts:"),
        frozenset({Role.MANAGEMENT}),
    ),
)

# Label and URL name; the name takes the key of the record. The first tab is the page itself.
ACTOR_TABS = (
    (_("Timeline"), "actors:actor_detail"),
    (_("Relations"), "actors:actor_relations"),
    (_("Events"), "events:actor_events"),
)

# Cards beside the tabs of an actor that other apps draw: URL name, heading, and who gets them.
ACTOR_CARDS = (
    (_("Concerns"), "actors:actor_concerns", OFFICE_ROLES),
    (_("Meets most"), "reports:actor_network", ANALYSTS),
)


def url_or_none(url_name: str) -> str | None:
    """Return the address of a page, or None where no app mounts it."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return None


def shown_entry(entry: Entry, current: Entry | None, user: Any = None) -> dict[str, Any] | None:
    """Return what the template draws of one entry; None when its page does not exist.

    What waits behind it is only counted where the menu is drawn.
    """
    url = url_or_none(entry.url_name)
    if url is None:
        return None
    line: dict[str, Any] = {"label": entry.label, "url": url, "icon": entry.icon, "active": entry is current}
    if entry.count is not None and user is not None:
        line["count"] = SimpleLazyObject(partial(entry.count, user))
    return line


def current_entry(page: str) -> Entry | None:
    """Return the entry that a page belongs to: of all that match its URL name the most exact one."""
    matches = [
        (len(prefix), entry) for entry in MENU + MORE for prefix in entry.pages if page.startswith(prefix)
    ]
    return max(matches, key=lambda match: match[0])[1] if matches else None


def menu_for(
    entries: Iterable[Entry], role: Role, current: Entry | None, user: Any = None
) -> list[dict[str, Any]]:
    """Return the lines that ``role`` gets to see."""
    shown = (shown_entry(entry, current, user) for entry in entries if role in entry.roles)
    return [line for line in shown if line is not None]


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Give every page its menu and tabs (context processor)."""
    role = role_of(getattr(request, "user", None))
    context = {
        "office_name": settings.OFFICE_NAME,
        "sends_mail": bool(settings.EMAIL_HOST),
        "offline_worker": settings.OFFLINE_WORKER,
        "actor_tabs": ACTOR_TABS,
    }
    if role is None:
        return context
    match = request.resolver_match
    cards = [(label, url_name) for label, url_name, roles in ACTOR_CARDS if role in roles]
    current = current_entry(match.view_name if match else "")
    more = menu_for(MORE, role, current, request.user)
    return {
        **context,
        "actor_cards": cards,
        "menu": menu_for(MENU, role, current),
        "menu_more": more,
        "menu_more_active": any(line["active"] for line in more),
        "may_log_contact": role in OFFICE_ROLES,
    }
