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

from contacts.models import IncomingEmail
from contacts.views.actors import (
    follow_up_banners,
    log_contact_button,
    next_contact,
    overdue_follow_ups,
    plan_follow_up_entry,
)
from core.office import site_name
from core.roles import ALL_ROLES, HELPER_ROLES, OFFICE_ROLES, Role, role_of
from core.viewers import SignedInRequest, Viewer
from events.models.activity import attended_events
from events.views.concerns import places_of_concern

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest
    from django.utils.functional import _StrPromise
    from django.utils.safestring import SafeString

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


def waiting_emails(user: Viewer) -> int:
    """Return how many e-mails nobody has assigned yet."""
    return IncomingEmail.objects.visible_to(user).waiting().count()


MENU = (
    Entry(_("Overview"), "home", "layout-dashboard", ("home",)),
    Entry(_("Actors"), "actors:actor_list", "address-book", ("actors:", "contacts:")),
    Entry(_("Contacts"), "contacts:contact_list", "message-2", ("contacts:contact_",), HELPER_ROLES),
    Entry(
        _("Concerns"),
        "contacts:concern_list",
        "message-report",
        ("contacts:concern_", "events:concern_"),
        OFFICE_ROLES,
    ),
    Entry(_("Events"), "events:event_list", "calendar-event", ("events:",)),
    Entry(_("Network"), "reports:network_explorer", "affiliate", ("reports:network_explorer",), ANALYSTS),
    Entry(_("Reports"), "reports:report_list", "chart-bar", ("reports:",), ANALYSTS),
)
MORE = (
    Entry(_("Follow-ups"), "contacts:follow_up_list", "bell", ("contacts:follow_up_",), HELPER_ROLES),
    Entry(_("Quiet contacts"), "contacts:quiet_list", "message-off", ("contacts:quiet_",), OFFICE_ROLES),
    Entry(
        _("Known to one person only"),
        "contacts:known_to_one_list",
        "user-exclamation",
        ("contacts:known_to_one_",),
        OFFICE_ROLES,
    ),
    Entry(_("Groups"), "actors:group_list", "users-group", ("actors:group_",), HELPER_ROLES),
    Entry(_("Consents"), "actors:consent_list", "shield-check", ("actors:consent_",), OFFICE_ROLES),
    Entry(
        _("E-mails to assign"),
        "contacts:email_list",
        "mail",
        ("contacts:email_",),
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

# Label and URL name, which takes the key of the record; where another room counts what the tab holds, a
# function of the key. The first tab is the page itself.
ACTOR_TABS = (
    (_("Timeline"), "actors:actor_detail"),
    (_("Relations"), "actors:actor_relations"),
    (_("Events"), "events:actor_events", attended_events),
)

# Cards beside the tabs of an actor that other apps draw: URL name, heading, and who gets them.
ACTOR_CARDS = (
    (_("Concerns"), "contacts:actor_concerns", OFFICE_ROLES),
    (_("Meets most"), "reports:actor_network", ANALYSTS),
)

# What a room draws on the pages of one below it, by place: functions of the request and the record.
PARTS: dict[str, tuple[Callable[[SignedInRequest, Any], SafeString], ...]] = {
    "actor_list_subtitle": (overdue_follow_ups,),
    "actor_banners": (follow_up_banners,),
    "actor_actions": (log_contact_button,),
    "actor_menu": (plan_follow_up_entry,),
    "actor_facts": (next_contact,),
    "concern_facts": (places_of_concern,),
}

# What stands on every page for those who log contacts: templates in the bar at the top and behind the page,
# and keys.
LOGGING = {
    "topbar_tools": ("contacts/topbar_tools.html",),
    "overlays": ("contacts/overlays.html",),
    "keys": (("n", _("Log a contact")),),
}

# What the menu of one's own account holds beside the account: label, URL name, icon, and who gets it.
OWN_MENU = ((_("Calendar feed"), "contacts:feed_list", "calendar-share", HELPER_ROLES),)

# Pages of higher rooms to which templates of lower ones lead: what it is there, and its URL name.
PAGES = {
    "home": "home",
    "search": "search",
    "manifest": "web_manifest",
    "offline_worker": "offline_worker",
    "language": "set_language",
    "imports": "imports",
    "invite": "events:invite",
    "network": "reports:network_explorer",
    "report": "reports:report",
    "administration": "administration:overview",
    "staff_change": "staff_change",
    "actor_timeline": "actor_timeline",
    "concern_timeline": "concern_timeline",
    "event_timeline": "event_timeline",
    "measure_timeline": "measure_timeline",
}


def url_or_none(url_name: str) -> str | None:
    """Return the address of a page, or None where no app mounts it."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return None


def shown_entry(entry: Entry, current: Entry | None, user: Viewer | None = None) -> dict[str, Any] | None:
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
    entries: Iterable[Entry], role: Role, current: Entry | None, user: Viewer | None = None
) -> list[dict[str, Any]]:
    """Return the lines that ``role`` gets to see."""
    lines = (shown_entry(entry, current, user) for entry in entries if role in entry.roles)
    return [line for line in lines if line is not None]


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Give every page its menu and tabs (context processor)."""
    role = role_of(getattr(request, "user", None))
    context = {
        "office_name": settings.OFFICE_NAME,
        "site_name": site_name(),
        "sends_mail": bool(settings.EMAIL_HOST),
        "offline_worker": settings.OFFLINE_WORKER,
        "actor_tabs": ACTOR_TABS,
        "pages": PAGES,
        "parts": PARTS,
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
        "own_menu": [
            {"label": label, "url_name": url_name, "icon": symbol}
            for label, url_name, symbol, roles in OWN_MENU
            if role in roles
        ],
        "may_log_contact": role in HELPER_ROLES,
        **(LOGGING if role in HELPER_ROLES else {}),
    }
