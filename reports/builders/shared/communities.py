"""Communities: who belongs together, around what, and how sure that is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from scipy import sparse

from reports.analysis import centrality
from reports.analysis.communities import Communities
from reports.analysis.privacy import SMALL
from reports.builders.shared.basis import Basis, sector_label
from reports.builders.shared.digits import grouped, rounded
from reports.builders.shared.measured import kept_communities
from reports.builders.shared.ranks import most_frequent, named_first
from reports.frames import load_series_titles
from reports.report import Block, Cell, Column, Note, Section, Table

SMALLEST = 3
TYPICAL = 6
# So many sectors, and so many formats or events, stand for a community.
NAMED = 2


@dataclass(frozen=True, eq=False)
class Groups:
    """The communities, and the strength of every actor's ties inside its own one and altogether."""

    communities: Communities
    inside: pd.Series
    strength: pd.Series


def find_groups(basis: Basis) -> Groups:
    """Find the communities of the projection, and remember how many actors each has."""
    measure = kept_communities(basis.network, basis.ties)
    labels = measure.table["community"].to_numpy()
    groups = Groups(measure, _strength_inside(basis, labels), centrality.strength(basis.ties).table["value"])
    for number, size in enumerate(measure.sizes.tolist(), start=1):
        basis.counts.put(("community", number), size)
    return groups


def _strength_inside(basis: Basis, labels: np.ndarray) -> pd.Series:
    rows = np.repeat(np.arange(basis.ties.size), basis.ties.degrees)
    same = labels[rows] == labels[basis.ties.weights.indices]
    return pd.Series(np.bincount(rows[same], basis.ties.weights.data[same], minlength=len(labels)))


def communities_section(basis: Basis, groups: Groups) -> Section:
    """Return the chapter about the communities."""
    sizes = groups.communities.sizes
    least = SMALL if basis.is_outside else SMALLEST
    listed = [number for number, size in enumerate(sizes.tolist(), start=1) if size >= least]
    around, members = (_around(basis, groups), _members(groups)) if listed else ({}, {})
    table = Table(
        "communities",
        _("Communities with their typical members"),
        (
            Column("number", _("No.")),
            Column("members", _("Members"), "integer"),
            Column("sectors", _("Mostly"), explanation=_("The most frequent sectors of its members.")),
            Column("typical", _("Typical members")),
            Column("around", _("Meet above all at")),
            Column(
                "closed",
                _("Among themselves"),
                "percent",
                0,
                _("Share of the strength of their ties that stays inside the community."),
            ),
            Column(
                "stability",
                _("Found again"),
                "percent",
                0,
                _(
                    "How much of the community the other nineteen runs found, too: from 75 percent on it "
                    "can be relied on, below 60 percent not."
                ),
            ),
        ),
        tuple(_row(basis, groups, number, members[number], around.get(number, "")) for number in listed),
        footnote=_("Typical are those with the strongest ties inside their community."),
        empty_text=_none(basis, groups, least),
    )
    return Section(
        "communities",
        _("Communities"),
        (table, *_notes(groups, small=len(sizes) - len(listed), least=least)),
        intro=_("Groups whose members meet each other more often than chance would have it."),
    )


def _none(basis: Basis, groups: Groups, least: int) -> str:
    if basis.ties.tie_count and not groups.communities.count:
        return _("There are no communities: nothing divides those who met, as when all met at one event.")
    return _("There is no community of %(count)s or more actors.") % {"count": grouped(least)}


def _members(groups: Groups) -> dict[int, pd.DataFrame]:
    """Return the members of each community, the most typical first."""
    table = groups.communities.table.assign(inside=groups.inside, strength=groups.strength)
    ordered = table.sort_values(["inside", "actor_id"], ascending=[False, True])
    parts = ordered.groupby("community")
    return {number: parts.get_group(number) for number in ordered["community"].unique().tolist()}


def _row(basis: Basis, groups: Groups, number: int, table: pd.DataFrame, around: str) -> tuple[Cell, ...]:
    members = table["actor_id"].tolist()
    members_url = basis.records_url("community", str(number))
    return (
        Cell(str(number)),
        basis.counts.cell(("community", number), members_url),
        Cell(mostly(basis, members)),
        Cell(named_first([basis.marked_name(actor) for actor in members], table["inside"].tolist(), TYPICAL)),
        Cell(around),
        Cell(float(table["inside"].sum() / table["strength"].sum()), members_url),
        _stability(groups, number, len(members), members_url),
    )


def mostly(basis: Basis, members: Iterable[int]) -> str:
    """Name the most frequent sectors of some actors; where none stands out, say so."""
    codes = most_frequent(Counter(basis.sector_of[actor] for actor in members), names=NAMED)
    return ", ".join(sector_label(code) for code in codes) or _("no sector stands out")


def _stability(groups: Groups, number: int, members: int, url: str) -> Cell:
    if members < SMALL:
        note = _("Below %(count)s members finding a community again says nothing (n<%(count)s).")
        return Cell(None, note=note % {"count": SMALL})
    return Cell(groups.communities.stability[number - 1], url)


def _around(basis: Basis, groups: Groups) -> dict[int, str]:
    """Name for every community the formats (or single events) where it makes up most of the company.

    Whoever belongs to none stands under a number that no community has.
    """
    labels = groups.communities.table["community"].to_numpy()
    network = basis.network
    belongs = sparse.csr_array(
        (np.ones(len(labels)), (labels, np.arange(len(labels)))), shape=(int(labels.max()) + 1, len(labels))
    )
    attendance = sparse.csr_array(belongs @ network.matrix).tocoo()
    # An event counts for a community by its members there, times their share in all who were there.
    weight = attendance.data**2 / network.actors_per_event[attendance.col]
    names = _event_names(basis)
    table = pd.DataFrame(
        {
            "community": attendance.row,
            "name": [names[event] for event in network.event_ids[attendance.col]],
            "weight": weight,
        }
    )
    summed = table.groupby(["community", "name"], as_index=False).agg({"weight": "sum"})
    ordered = summed.sort_values(["weight", "name"], ascending=[False, True]).groupby("community")
    return {
        int(str(number)): named_first(own["name"].tolist(), own["weight"].tolist(), NAMED)
        for number, own in ordered
    }


def _event_names(basis: Basis) -> dict[int, str]:
    titles = load_series_titles()
    rows = basis.window.events[["event_id", "series_id", "title"]].itertuples(index=False)
    return {event: title if pd.isna(series) else titles[series] for event, series, title in rows}


def _notes(groups: Groups, *, small: int, least: int) -> list[Block]:
    measure = groups.communities
    notes: list[Block] = []
    if measure.agreement is None or measure.modularity is None:
        return notes
    figures = {
        "agreement": rounded(measure.agreement),
        "modularity": rounded(measure.modularity),
    }
    if measure.is_stable:
        text = _("Twenty runs agree at %(agreement)s (1 is complete agreement); modularity %(modularity)s.")
        notes.append(Note("info", text % figures))
    else:
        notes.append(Note("warning", _unstable(measure)))
    if small:
        text = ngettext(
            "%(count)s community of fewer than %(least)s actors is not described.",
            "%(count)s communities of fewer than %(least)s actors each are not described.",
            small,
        )
        notes.append(Note("info", text % {"count": grouped(small), "least": least}))
    if measure.ties_used is not None:
        text = _("The network is very large: communities rest on its %(count)s strongest ties.")
        notes.append(Note("info", text % {"count": grouped(measure.ties_used)}))
    return notes


def _unstable(measure: Communities) -> str:
    """Say that the communities are unstable."""
    return _(
        "The communities are unstable: twenty runs agree only at %(agreement)s (1 is "
        "complete agreement). Take them as a "
        "hint, not as a finding."
    ) % {"agreement": rounded(measure.agreement or 0)}
