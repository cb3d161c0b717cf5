"""Pseudonyms and the suppression of small numbers, settled before anything is rendered."""

import hmac
from collections.abc import Sequence
from hashlib import sha256

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import linprog

from reports.analysis.network import Ids, Numbers

SMALL = 5
PUBLISHED, BELOW, HIDDEN = "published", "below", "hidden"
Marks = NDArray[np.object_]


def pseudonym_numbers(actor_ids: Sequence[int] | Ids, groups: Sequence[str], *, key: str) -> "pd.Series[int]":
    """Number the actors within each group in an order that only the key decides.

    The number of an actor is the rank, from 1, of HMAC-SHA256(key, id) among all actors of its group. With
    one key it is always the same; another key gives an unrelated one. Hand over all actors, not only those to
    be hidden: else the number would depend on who is looking.

    Returns
    -------
    Series
        Numbers, indexed by actor id.
    """
    table = pd.DataFrame({"actor_id": np.asarray(actor_ids, dtype="int64"), "group": list(groups)})
    secret = key.encode()
    table["digest"] = [
        hmac.new(secret, str(actor).encode(), sha256).hexdigest() for actor in table["actor_id"].tolist()
    ]
    table = table.sort_values(["group", "digest"])
    numbers = table.groupby("group").cumcount() + 1
    return pd.Series(numbers.to_numpy(), index=table["actor_id"].to_numpy(), dtype="int64").sort_index()


def suppress(
    values: Sequence[int], sums: Sequence[tuple[int, Sequence[int]]] = (), *, small: int = SMALL
) -> list[str]:
    """Say for each of some published counts whether it may be shown.

    Counts from 1 to `small` - 1 are never shown. Further counts are hidden until none of the small ones can
    be computed back from what is still shown, even by a reader who knows the sums, the threshold and which
    counts are small: for each small count at least two values must remain possible. Source: A. Hundepool et
    al., Statistical Disclosure Control (2012), ch. 4.

    Parameters
    ----------
    values
        The counts that would be printed.
    sums
        Each a position and the positions it is the sum of, as a reader of the table can see.

    Returns
    -------
    list of str
        `PUBLISHED`, `BELOW` (print as "<5") or `HIDDEN` (print as hidden; it may be any number).
    """
    numbers = np.asarray(values, dtype=np.float64)
    equations = np.zeros((len(sums), len(numbers)))
    for row, (total, parts) in enumerate(sums):
        equations[row, list(parts)] = 1
        equations[row, total] -= 1
    is_small = (numbers > 0) & (numbers < small)
    marks = np.where(is_small, BELOW, PUBLISHED).astype(object)
    # Hiding more never exposes what was safe before, so one pass is enough.
    for position in np.flatnonzero(is_small):
        while _is_given_away(int(position), numbers, equations, marks, small):
            companion = _companion(int(position), numbers, equations, marks)
            if companion is None:
                break
            marks[companion] = HIDDEN
    return [str(mark) for mark in marks]


def _is_given_away(position: int, numbers: Numbers, equations: Numbers, marks: Marks, small: int) -> bool:
    """Say whether only one value of a hidden count fits everything that is shown."""
    linked = _linked(position, equations, marks)
    concerned = np.any(equations[:, linked] != 0, axis=1)
    if not concerned.any():
        return False
    unknown = np.flatnonzero(linked)
    known = equations[concerned][:, ~linked] @ numbers[~linked]
    system = {
        "A_eq": equations[concerned][:, unknown],
        "b_eq": -known,
        "bounds": [
            (1, small - 1) if marks[at] == BELOW else (min(numbers[at], small), None) for at in unknown
        ],
        "method": "highs",
    }
    aim = (unknown == position).astype(np.float64)
    ends = (linprog(sign * aim, **system) for sign in (1, -1))
    return all(end.status == 0 and abs(end.x[aim > 0][0] - numbers[position]) < 0.5 for end in ends)


def _companion(position: int, numbers: Numbers, equations: Numbers, marks: Marks) -> int | None:
    """Choose what to hide next: the smallest shown count that helps, zeros last.

    A sum with a single unknown gives that unknown away, so a count of such a sum is hidden first. Where
    everything bound to the exposed count is hidden already, a small total stops being called small instead.
    """
    linked = _linked(position, equations, marks)
    is_unknown = marks != PUBLISHED
    near = np.any(equations[:, linked & is_unknown] != 0, axis=1)
    single = near & ((equations[:, is_unknown] != 0).sum(axis=1) == 1)
    for sums in (single, near):
        published = np.flatnonzero(np.any(equations[sums] != 0, axis=0) & ~is_unknown)
        if len(published):
            return int(min(published, key=lambda at: (numbers[at] == 0, numbers[at], at)))
    linked[position] = False
    others = np.flatnonzero(linked & (marks == BELOW))
    return int(max(others, key=lambda at: (numbers[at], at))) if len(others) else None


def _linked(position: int, equations: Numbers, marks: Marks) -> NDArray[np.bool_]:
    """Return the unknown counts bound to one of them through sums, itself included."""
    is_unknown = marks != PUBLISHED
    linked = np.arange(len(marks)) == position
    while True:
        sums = np.any(equations[:, linked] != 0, axis=1)
        reached = np.any(equations[sums] != 0, axis=0) & is_unknown | linked
        if (reached == linked).all():
            return np.asarray(linked)
        linked = reached
