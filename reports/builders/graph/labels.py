"""What the explorer calls the kinds of ties, and how it writes numbers."""

from __future__ import annotations

from django.utils.translation import gettext as _

from reports.analysis import ties
from reports.builders.shared.digits import grouped


def kind_labels() -> dict[str, str]:
    """Return the name of each kind of ties in the reader's language."""
    return {
        ties.ATTENDANCE: _("Shared events"),
        ties.ORGANISING: _("Organised together"),
        ties.TASKS: _("Shared tasks"),
        ties.RELATIONS: _("Declared relations"),
        ties.AFFILIATIONS: _("Affiliations"),
        ties.CONTACTS: _("Contacts with the office"),
    }


def whole(number: int) -> str:
    """Write a number with separators."""
    return grouped(number)
