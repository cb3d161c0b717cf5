"""Communities: who belongs together, around what, and how sure that is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import pandas as pd
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from scipy import sparse

from reports.analysis import centrality
from reports.analysis.communities import NO_COMMUNITY, Communities
from reports.analysis.privacy import SMALL
from reports.builders.basis import Basis, sector_label
from reports.builders.digits import grouped, rounded
from reports.builders.measured import kept_communities
from reports.frames import load_series_titles
from reports.report import Block, Cell, Column, Note, Section, Table

SMALLEST = 3
TYPICAL = 6


@dataclass(frozen=True, eq=False)
class Groups:
    """The communities, and the strength of every actor's ties inside its own one and altogether."""

    found: Communities
    inside: pd.Series
    strength: pd.Series


def find_groups(basis: Basis) -> Groups:
    """Find the communities of the projection, and remember how many actors each has."""
    found = kept_communities(basis.network, basis.ties)
    labels = found.table["community"].to_numpy()
    groups = Groups(found, _strength_inside(basis, labels), centrality.strength(basis.ties).table["value"])
    for number, size in enumerate(found.sizes.tolist(), start=1):
        basis.counts.put(("community", number), size)
    return groups


def _strength_inside(basis: Basis, labels: np.ndarray) -> pd.Series:
    if not len(labels):
        return pd.Series(dtype="float64")
    rows = np.repeat(np.arange(basis.ties.size), basis.ties.degrees)
    same = labels[rows] == labels[basis.ties.weights.indices]
    return pd.Series(np.bincount(rows[same], basis.ties.weights.data[same], minlength=len(labels)))


def communities_section(basis: Basis, groups: Groups) -> Section:
    """Return the chapter about the communities."""
    sizes = groups.found.sizes
    least = SMALL if basis.is_outside else SMALLEST
    shown = [number for number, size in enumerate(sizes.tolist(), start=1) if size >= least]
    around, members = (_around(basis, groups), _members(groups)) if shown else ({}, {})
    table = Table(
        "communities",
        _("Communities with their typical members"),
        (
            Column("number", _("No.")),
            Column("members", _("Members"), "integer"),
            Column("sectors", _("Mostly")),
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
        tuple(_row(basis, groups, number, members[number], around.get(number, "")) for number in shown),
        footnote=_("Typical are those with the strongest ties inside their community."),
        empty_text=_("There are no communities of three or more actors: too few actors met each other."),
    )
    return Section(
        "communities",
        _("Communities"),
        (table, *_notes(groups, len(sizes) - len(shown))),
        intro=_("Groups whose members meet each other more often than chance would have it."),
    )


def _members(groups: Groups) -> dict[int, pd.DataFrame]:
    """Return the members of each community, the most typical first."""
    table = groups.found.table.assign(inside=groups.inside, strength=groups.strength)
    ordered = table.sort_values(["inside", "actor_id"], ascending=[False, True])
    parts = ordered.groupby("community")
    return {number: parts.get_group(number) for number in ordered["community"].unique().tolist()}


def _row(basis: Basis, groups: Groups, number: int, table: pd.DataFrame, around: str) -> tuple[Cell, ...]:
    members = table["actor_id"].tolist()
    sectors = Counter(basis.sector_of[actor] for actor in members).most_common(2)
    members_url = basis.records_url("community", str(number))
    return (
        Cell(str(number)),
        basis.counts.cell(("community", number), members_url),
        Cell(", ".join(sector_label(code) for code, _count in sectors)),
        Cell(", ".join(basis.name(actor) for actor in members[:TYPICAL])),
        Cell(around),
        Cell(float(table["inside"].sum() / table["strength"].sum()), members_url),
        _found_again(groups, number, len(members), members_url),
    )


def _found_again(groups: Groups, number: int, members: int, url: str) -> Cell:
    if members < SMALL:
        note = _("Below %(count)s members finding a community again says nothing (n<%(count)s).")
        return Cell(None, note=note % {"count": SMALL})
    return Cell(groups.found.stability[number - 1], url)


def _around(basis: Basis, groups: Groups) -> dict[int, str]:
    """Name for every community the formats (or single events) where it makes up most of the company."""
    labels = groups.found.table["community"].to_numpy()
    network = basis.network
    belongs = sparse.csr_array(
        (np.ones(len(labels)), (labels, np.arange(len(labels)))), shape=(int(labels.max()) + 1, len(labels))
    )
    there = sparse.csr_array(belongs @ network.matrix).tocoo()
    # An event counts for a community by its members there, times their share in all who were there.
    weight = there.data**2 / network.actors_per_event[there.col]
    names = _event_names(basis)
    table = pd.DataFrame(
        {
            "community": there.row,
            "name": [names[event] for event in network.event_ids[there.col]],
            "weight": weight,
        }
    )
    summed = table.groupby(["community", "name"], as_index=False).agg({"weight": "sum"})
    best = summed.sort_values(["weight", "name"], ascending=[False, True]).groupby("community").head(2)
    found: dict[int, list[str]] = {}
    for community, name in zip(best["community"].tolist(), best["name"].tolist(), strict=True):
        found.setdefault(community, []).append(name)
    return {number: ", ".join(found_names) for number, found_names in found.items() if number != NO_COMMUNITY}


def _event_names(basis: Basis) -> dict[int, str]:
    titles = load_series_titles()
    rows = basis.window.events[["event_id", "series_id", "title"]].itertuples(index=False)
    return {event: title if pd.isna(series) else titles[series] for event, series, title in rows}


def _notes(groups: Groups, small: int) -> list[Block]:
    found = groups.found
    notes: list[Block] = []
    if found.agreement is None or found.modularity is None:
        return notes
    figures = {
        "agreement": rounded(found.agreement),
        "modularity": rounded(found.modularity),
    }
    if found.is_stable:
        text = _("Twenty runs agree at %(agreement)s (1 is complete agreement); modularity %(modularity)s.")
        notes.append(Note("info", text % figures))
    else:
        notes.append(Note("warning", unstable_text(found)))
    if small:
        text = ngettext(
            "%(count)s further community is too small to be described.",
            "%(count)s further communities are too small to be described.",
            small,
        )
        notes.append(Note("info", text % {"count": grouped(small)}))
    if found.ties_used is not None:
        text = _("The network is very large: communities rest on its %(count)s strongest ties.")
        notes.append(Note("info", text % {"count": grouped(found.ties_used)}))
    return notes


def unstable_text(found: Communities) -> str:
    """Say that the communities are unstable."""
    return _(
        "The communities are unstable: twenty runs agree only at %(agreement)s (1 is "
        "complete agreement). Take them as a "
        "hint, not as a finding."
    ) % {"agreement": rounded(found.agreement or 0)}
