"""What is uncertain about a report, said in the report."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.models import Headcount
from reports.builders.shared.basis import SHARES_FROM, Basis
from reports.builders.shared.communities import Groups
from reports.builders.shared.digits import grouped
from reports.report import Note, Section


def uncertain_section(basis: Basis, *, groups: Groups | None = None, sample: int | None = None) -> Section:
    """Return the chapter about what the figures rest on and what they leave out."""
    notes = [*undated_notes(basis), *_coverage_notes(basis)]
    if groups is not None and not groups.communities.is_stable:
        notes.append(Note("warning", _("The communities are unstable: see their chapter.")))
    if sample:
        notes.append(Note("info", _("Betweenness is estimated, since the network is very large.")))
    if not notes and len(basis.window.events):
        notes.append(Note("info", _("All held events have a day and named participants.")))
    elif not notes:
        notes.append(Note("info", _("No event was held in this period: there are no meetings to count.")))
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
    if basis.period.is_open:
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
    return [Note("warning", text % {"count": grouped(count)})]


def _coverage_notes(basis: Basis) -> list[Note]:
    notes = []
    empty = int((basis.network.actors_per_event == 0).sum())
    if empty:
        text = ngettext(
            "%(count)s held event has no named participants. Whoever was there is missing in the network.",
            "%(count)s held events have no named participants. Whoever was there is missing in the network.",
            empty,
        )
        notes.append(Note("info", text % {"count": grouped(empty)}))
        notes += _headcount_notes(basis)
    notes += [*_year_notes(basis), *_organiser_notes(basis)]
    if 0 < len(basis.network.actor_ids) < SHARES_FROM:
        text = _(
            "Fewer than %(count)s actors took part. The figures describe these few, nothing can "
            "be derived from them."
        )
        notes.append(Note("warning", text % {"count": SHARES_FROM}))
    if basis.window.cancelled:
        text = ngettext(
            "%(count)s event was cancelled: it makes no ties, and nobody counts as having been there.",
            "%(count)s events were cancelled: they make no ties, and nobody counts as having been there.",
            basis.window.cancelled,
        )
        notes.append(Note("info", text % {"count": grouped(basis.window.cancelled)}))
    return notes


def _headcount_notes(basis: Basis) -> list[Note]:
    """Say of how many events only anonymous numbers are known."""
    nameless = basis.network.event_ids[basis.network.actors_per_event == 0].tolist()
    counted = set(Headcount.objects.values_list("event_id", flat=True).distinct())
    count = len(counted.intersection(nameless))
    if not count:
        return []
    text = ngettext(
        "Of %(count)s of them there are headcounts: anonymous numbers, which make no ties.",
        "Of %(count)s of them there are headcounts: anonymous numbers, which make no ties.",
        count,
    )
    return [Note("info", text % {"count": grouped(count)})]


def _year_notes(basis: Basis) -> list[Note]:
    """Name the years of which nobody or hardly anybody is known by name."""
    events = basis.window.events[["event_id", "year"]].dropna()
    merged = basis.window.participations[["actor_id", "event_id"]].merge(events, on="event_id")
    actors = merged.groupby("year")["actor_id"].nunique()
    held = sorted(set(events["year"].astype(int).tolist()))
    nobody = [year for year in held if year not in actors.index]
    few = [year for year in held if year in actors.index and actors[year] < SHARES_FROM]
    notes = []
    if nobody and len(actors):
        text = _(
            "In %(years)s events were held and nobody was recorded by name: the network knows nothing of it."
        )
        notes.append(Note("warning", text % {"years": spans_text(nobody)}))
    if few and len(few) < len(held):
        text = _(
            "In %(years)s fewer than %(count)s actors were recorded. What looks like a change there may be "
            "a change in what was written down."
        )
        notes.append(Note("info", text % {"years": spans_text(few), "count": SHARES_FROM}))
    return notes


def spans_text(years: list[int]) -> str:
    """Write ascending years, those that follow each other as a span: 2003–2005, 2008."""
    spans: list[list[int]] = []
    for year in years:
        if spans and spans[-1][-1] == year - 1:
            spans[-1].append(year)
        else:
            spans.append([year])
    return ", ".join(f"{span[0]}–{span[-1]}" if len(span) > 1 else str(span[0]) for span in spans)


def _organiser_notes(basis: Basis) -> list[Note]:
    """Say on how many events the strong ties rest."""
    held = len(basis.window.events)
    strong = basis.window.participations[basis.window.participations["is_strong"]]
    known = int(strong["event_id"].nunique())
    if not held or known == held or not len(basis.network.actor_ids):
        return []
    if not known:
        return [Note("info", _("No organiser is recorded for the held events: nothing can be said of it."))]
    text = _(
        "An organiser is recorded for %(count)s of %(all)s held events. What is said of organising rests "
        "on these."
    )
    return [Note("info", text % {"count": grouped(known), "all": grouped(held)})]
