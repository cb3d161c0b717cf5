"""What is uncertain about a report, said in the report."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.builders.basis import SHARES_FROM, Basis
from reports.builders.communities import Groups, unstable_text
from reports.report import Note, Section


def uncertain_section(basis: Basis, *, groups: Groups | None = None, sample: int | None = None) -> Section:
    """Return the chapter about what the figures rest on and what they leave out."""
    notes = [*undated_notes(basis), *_coverage_notes(basis)]
    if groups is not None and not groups.found.is_stable:
        notes.append(Note("warning", unstable_text(groups.found)))
    if sample:
        notes.append(Note("info", _("“Go-between” is estimated, since the network is very large.")))
    if not notes:
        notes.append(Note("info", _("All held events have a day and named participants.")))
    return Section(
        "uncertain",
        _("What is uncertain"),
        tuple(notes),
        intro=_("A report can only know what was recorded."),
    )


def undated_notes(basis: Basis) -> list[Note]:
    """Say how many held events have no day, and whether they were counted."""
    count = basis.window.undated
    if not count:
        return []
    if basis.start is None and basis.end is None:
        text = ngettext(
            "%(count)s held event has no day. It counts in the network but in no single year.",
            "%(count)s held events have no day. They count in the network but in no single year.",
            count,
        )
    else:
        text = ngettext(
            "%(count)s held event has no day and is left out, since a period is chosen.",
            "%(count)s held events have no day and are left out, since a period is chosen.",
            count,
        )
    return [Note("warning", text % {"count": count})]


def _coverage_notes(basis: Basis) -> list[Note]:
    notes = []
    empty = int((basis.network.actors_per_event == 0).sum())
    if empty:
        text = ngettext(
            "%(count)s held event has no named participants. Whoever was there is missing in the network.",
            "%(count)s held events have no named participants. Whoever was there is missing in the network.",
            empty,
        )
        notes.append(Note("info", text % {"count": empty}))
    if 0 < len(basis.network.actor_ids) < SHARES_FROM:
        text = _(
            "Fewer than %(count)s actors took part. The figures describe these few, nothing can "
            "be derived from them."
        )
        notes.append(Note("warning", text % {"count": SHARES_FROM}))
    if basis.window.cancelled:
        text = ngettext(
            "%(count)s cancelled event is counted apart and not in the network.",
            "%(count)s cancelled events are counted apart and not in the network.",
            basis.window.cancelled,
        )
        notes.append(Note("info", text % {"count": basis.window.cancelled}))
    return notes
