"""The data of the explorer: nodes with their places, ties with what they are made of."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from itertools import groupby
from typing import Any

import numpy as np
import pandas as pd
from django.urls import reverse
from django.utils.translation import gettext as _

from actors.models import Sector, Topic
from actors.models.actor import ended_text
from events.models import EventType, ParticipationRole
from reports import frames
from reports.analysis import ties as kinds
from reports.analysis.network import Network
from reports.builders.graph.drawn import drawn
from reports.builders.graph.labels import kind_labels, whole
from reports.builders.graph.placements import places
from reports.builders.graph.view import GraphView
from reports.builders.shared.basis import sector_label
from reports.builders.shared.measured import digest_of, kept

# So many actors no screen can show: the page has a table and an overview instead.
TOO_MANY = 10_000


def graph_json(view: GraphView, *, signed_key: str) -> bytes:
    """Return the network as JSON for the explorer.

    A tie is `[source, target, [[kind, from, until, strength, count, office], …]]`: its ends are positions in
    the list of nodes, a kind is a position in the list of kinds, years as in `analysis.ties.parts` with null
    for an open end. An actor the user may not see has a pseudonym, a negative id and no address.
    """
    network, parts, tie_count = drawn(view)
    topics = frames.load_terms(Topic)
    content = {
        "meta": _meta(view, network, tie_count, signed_key),
        "kinds": list(_kinds(view)),
        "event_types": _terms(frames.load_terms(EventType)),
        "roles": _terms(frames.load_terms(ParticipationRole)),
        "topics": _terms(topics),
        "sectors": [{"code": code, "label": sector_label(code)} for code in Sector.values],
        "nodes": build_nodes(view, list(topics)),
    }
    return dump_json(content)[:-1] + b',"edges":' + _edges_json(view, network, parts) + b"}"


def dump_json(content: Any) -> bytes:
    """Write JSON without blanks."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _edges_json(view: GraphView, network: Network, parts: pd.DataFrame) -> bytes:
    """Write the ties; what they are made of is most of the work and is kept, for it is the same for all."""
    upper = network.upper()

    def compute() -> bytes:
        lines = (dump_json(made).decode() for made in made_of(parts, len(upper.row)))
        return zlib.compress("\n".join(lines).encode(), level=1)

    columns = [parts[name].to_numpy() for name in parts]
    key = digest_of(*columns, network.weights.indptr, network.weights.indices)
    lines = zlib.decompress(kept("edges", key, compute, size=len(view.actors))).decode().split("\n")
    position = np.full(network.size, -1, dtype=np.int64)
    position[view.rows] = np.arange(len(view.rows))
    ends = np.sort(np.column_stack([position[upper.row], position[upper.col]]), axis=1)
    # In the order of the nodes: that of the register would tell something about hidden actors.
    order = np.lexsort((ends[:, 1], ends[:, 0]))
    entries = zip(ends[order].tolist(), order.tolist(), strict=True)
    return f"[{','.join(f'[{one},{other},{lines[tie]}]' for (one, other), tie in entries)}]".encode()


def _meta(view: GraphView, network: Network, tie_count: int, signed_key: str) -> dict[str, Any]:
    return {
        "years": _years(view),
        "n_actors": len(view.actors),
        "n_events": len(view.events),
        "bounded": bounded_text(view, network, tie_count),
        "key": signed_key,
        "too_many": len(view.actors) > TOO_MANY,
        "backbone": view.backbone.summary() if view.backbone else None,
    }


def _terms(terms: dict[str, str]) -> list[dict[str, str]]:
    return [{"code": code, "label": label} for code, label in terms.items()]


def _kinds(view: GraphView) -> Iterator[dict[str, Any]]:
    labels = kind_labels()
    # Readers from outside see neither affiliations nor contacts, which come last.
    codes = kinds.TIE_KINDS[:4] if view.basis.is_outside else kinds.TIE_KINDS
    for code in codes:
        is_default = code in kinds.DEFAULT_KINDS
        yield {
            "code": code,
            "label": labels[code],
            "strong": code in kinds.STRONG_KINDS,
            "default": is_default,
        }


def _years(view: GraphView) -> list[int] | None:
    """Return the first and the last year of what has a day."""
    dated = [each for each in view.everything.records if not each.lasts]
    days = np.concatenate([each.starts[np.diff(each.matrix.tocsc().indptr) > 0] for each in dated])
    days = days[~np.isnat(days)]
    numbers = days.astype("datetime64[Y]").astype(np.int64) + 1970
    return [int(numbers.min()), int(numbers.max())] if len(numbers) else None


def build_nodes(view: GraphView, topics: list[str]) -> list[dict[str, Any]]:
    """Return the actors as the explorer shows them, in the order of `view.actors`."""
    about = view.basis.register.actors.set_index("actor_id").loc[view.actors]
    took_part = view.everything.within(view.query.period.start, view.query.period.end).counts(
        kinds.ATTENDANCE
    )[view.rows]
    first, last = _active_years(view)
    at = places(view)
    own_topics, visible = _topics(view, topics), view.basis.register.visible
    hints = _hints(view)
    # Asking for each address by itself takes longer than all the rest.
    before, after = reverse("actors:actor_detail", args=[0]).split("0")
    columns = (
        view.actors.tolist(),
        *(about[name].tolist() for name in ("label", "kind", "sector", "is_office")),
        about["active_until"].dt.date.tolist(),
        at.round(5).tolist(),
        took_part.tolist(),
        first,
        last,
    )
    return [
        {
            "id": view.cover.public_id(actor),
            "label": label,
            "kind": kind,
            "sector": sector,
            "is_office": is_office,
            "url": f"{before}{actor}{after}" if actor in visible else None,
            **_end(until_day if actor in visible else None),
            **({"hint": hints[actor]} if actor in hints else {}),
            "x": place[0],
            "y": place[1],
            "topics": own_topics.get(actor, []),
            "participations": events,
            "since": since,
            "last": until,
        }
        for actor, label, kind, sector, is_office, until_day, place, events, since, until in zip(
            *columns, strict=True
        )
    ]


def _end(active_until: Any) -> dict[str, str]:
    """Return in words that an actor has ended, nothing for those who have not: that is most of them."""
    text = "" if pd.isna(active_until) else ended_text(active_until)
    return {"ended": text} if text else {}


def _hints(view: GraphView) -> dict[int, str]:
    """Return what tells actors of one name apart: most have a name of their own, and no hint."""
    visible = view.basis.register.visible
    labels = view.basis.register.actors.set_index("actor_id").loc[view.actors, "label"]
    namesakes = labels.index[labels.duplicated(keep=False)].tolist()
    return frames.load_hints(
        viewer=view.basis.request.viewer, actor_ids=[actor for actor in namesakes if actor in visible]
    )


def _active_years(view: GraphView) -> tuple[list[int | None], list[int | None]]:
    """Return the first and the last year in which each told actor took part in something that has a day."""
    meetings = view.everything.records[0]
    years = meetings.starts.astype("datetime64[Y]").astype(np.int64) + 1970
    cells = meetings.matrix.tocoo()
    dated = ~np.isnat(meetings.starts)[cells.col]
    groups = pd.Series(years[cells.col[dated]]).groupby(cells.row[dated])
    per_node: list[list[int | None]] = []
    for bound in (groups.min(), groups.max()):
        known = bound.to_dict()
        per_node.append([known.get(row) for row in view.rows.tolist()])
    return per_node[0], per_node[1]


def _topics(view: GraphView, codes: list[str]) -> dict[int, list[int]]:
    position = {code: at for at, code in enumerate(codes)}
    by_actor: dict[int, list[int]] = {}
    for actor, topic in view.topics.itertuples(index=False):
        by_actor.setdefault(actor, []).append(position[topic])
    return by_actor


def made_of(parts: pd.DataFrame, count: int) -> list[list[list[Any]]]:
    """Return for each of some ties its parts: kind, from, until, strength, count, office."""

    def or_none(years: pd.Series) -> list[int | None]:
        return [None if year == kinds.OPEN else year for year in years.tolist()]

    rows = zip(
        parts["tie"].tolist(),
        parts["kind"].tolist(),
        or_none(parts["from_year"]),
        or_none(parts["until_year"]),
        parts["strength"].round(4).tolist(),
        parts["count"].tolist(),
        parts["office"].tolist(),
        strict=True,
    )
    by_tie: list[list[list[Any]]] = [[] for _tie in range(count)]
    for tie, group in groupby(rows, key=lambda row: row[0]):
        by_tie[tie] = [list(row[1:]) for row in group]
    return by_tie


def bounded_text(view: GraphView, network: Network, tie_count: int) -> str | None:
    """Say what the picture leaves out, None if nothing."""
    said = []
    if network.tie_count < tie_count:
        text = _("The picture shows the %(shown)s strongest of %(all)s ties; figures are those of all.")
        said.append(text % {"shown": whole(network.tie_count), "all": whole(tie_count)})
    if view.ties.too_large is not None:
        text = _("Events with more than %(count)s participants make no ties in the picture.")
        said.append(text % {"count": whole(view.ties.too_large)})
    if len(view.actors) < len(view.basis.register.actors):
        said.append(_("Actors who took part in nothing are left out of so large a picture."))
    return " ".join(said) or None
