"""One actor and those it meets most, made from the events of this actor alone."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations


@dataclass(frozen=True)
class Met:
    """Another actor: at how many events the two met, and how strongly that ties them."""

    actor_id: int
    events: int
    strength: float


def met_by(ego: int, attended: Mapping[int, Collection[int]]) -> list[Met]:
    """Return whom an actor met, the strongest ties first.

    Each common event of n actors counts as 1 ÷ (n - 1), as in the projection of the whole network (Newman
    2001). Only events of `ego` make ties of `ego`, so these strengths are the same as there.

    Parameters
    ----------
    ego
        The actor in the middle.
    attended
        Who took part, by event; events without `ego` are left out.
    """
    numbers: Counter[int] = Counter()
    strengths: dict[int, float] = {}
    for actors in attended.values():
        if ego not in actors:
            continue
        for other in set(actors) - {ego}:
            numbers[other] += 1
            strengths[other] = strengths.get(other, 0.0) + 1 / (len(set(actors)) - 1)
    others = [Met(other, number, strengths[other]) for other, number in numbers.items()]
    return sorted(others, key=lambda met: (-met.strength, -met.events, met.actor_id))


def ties_among(
    chosen: Iterable[int], attended: Mapping[int, Collection[int]]
) -> dict[tuple[int, int], float]:
    """Return the strength of the ties among chosen actors, as far as these events make them."""
    members = set(chosen)
    strengths: dict[tuple[int, int], float] = {}
    for actors in attended.values():
        present = set(actors)
        for pair in combinations(sorted(present & members), 2):
            strengths[pair] = strengths.get(pair, 0.0) + 1 / (len(present) - 1)
    return strengths
