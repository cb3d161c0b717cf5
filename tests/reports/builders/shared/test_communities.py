"""What is said of communities: their members, where they meet, and when nothing is told apart."""

from typing import Any

import pytest

from tests.factories.actors import ActorFactory, ActorTypeFactory
from tests.factories.events import EventSeriesFactory
from tests.reports.network_reports import build, notes, values

pytestmark = pytest.mark.django_db


def clubs(*names: str) -> list[Any]:
    return [ActorFactory.create(name=name) for name in names]


def test_of_one_community_alone_nobody_is_told_apart(meet):
    """Small communities are not described: for staff below three, for readers below five."""
    meet(ActorFactory.create())

    def told(role: str) -> bool:
        return any("communit" in row[-1] for row in values(build(role), "key_actors"))

    for size, is_told in ((6, (False, False)), (2, (False, False)), (4, (True, False)), (5, (True, True))):
        room = ActorFactory.create_batch(size)
        meet(*room)
        meet(*room)
        assert (told("staff"), told("reader")) == is_told


def test_members_at_a_tie_are_not_called_the_typical_ones_alone(meet):
    """Six of the seven on the left meet once more: only the list of those on the right is cut at a tie."""
    left, right = ActorFactory.create_batch(7), ActorFactory.create_batch(7)
    for _time in range(2):
        meet(*left)
        meet(*right)
    meet(*left[:6])

    typical = {row[3] for row in values(build(), "communities")}

    assert typical == {
        ", ".join(actor.name for actor in left[:6]),
        f"{', '.join(actor.name for actor in right[:6])} (others are level)",
    }


@pytest.mark.parametrize(
    ("titles", "around"),
    [
        (["Chor", "Chor", "Chor", "Markt", "Markt", "Tanz"], "Chor, Markt"),
        (["Chor", "Chor", "Markt", "Tanz"], "Chor, Markt (others are level)"),
        (["Chor", "Markt"], "Chor, Markt"),
    ],
)
def test_events_at_a_tie_are_not_called_the_ones_where_a_community_meets_above_all(meet, titles, around):
    left = ActorFactory.create_batch(4)
    for title in titles:
        meet(*left, title=title)
    meet(*ActorFactory.create_batch(3), title="Anderswo")

    assert values(build(), "communities")[0][4] == around


def test_editions_of_a_format_count_together_where_a_community_meets(meet):
    left, choir = ActorFactory.create_batch(4), EventSeriesFactory.create(name="Chor")
    for title in ("Probe", "Auftritt"):
        meet(*left, title=title, series=choir)
    meet(*left, title="Markt")
    meet(*ActorFactory.create_batch(3), title="Anderswo")

    assert values(build(), "communities")[0][4] == "Chor, Markt"


@pytest.mark.parametrize(
    ("sectors", "mostly"),
    [
        ({"association": 3, "business": 2, "politics": 1}, "Association, Business"),
        ({"association": 2, "business": 1, "politics": 1}, "Association, Business, Politics"),
        (
            {"association": 1, "business": 1, "politics": 1, "other": 1, "institution": 1},
            "no sector stands out",
        ),
    ],
)
def test_sectors_at_a_tie_are_all_named_or_none(meet, sectors, mostly):
    actors = []
    for code, count in sectors.items():
        kind = ActorTypeFactory.create(code=f"kind-{code}", sector=code)
        actors += ActorFactory.create_batch(count, actor_type=kind)
    meet(*actors)
    meet(*ActorFactory.create_batch(3))

    assert mostly in {row[2] for row in values(build(), "communities")}


def test_communities_too_small_to_be_described_are_counted_and_not_denied(meet):
    for _pair in range(2):
        meet(*ActorFactory.create_batch(2))

    report = build()

    assert report.table("communities").empty_text == "There is no community of 3 or more actors."
    assert "2 communities of fewer than 3 actors each are not described." in notes(report, "communities")
    assert build("reader").table("communities").empty_text == "There is no community of 5 or more actors."


def test_communities_on_which_the_runs_agree_are_told_so(meet):
    for _time in range(2):
        meet(*ActorFactory.create_batch(5))
        meet(*ActorFactory.create_batch(5))

    (said,) = notes(build(), "communities")
    assert said == "Twenty runs agree at 1.00 (1 is complete agreement); modularity 0.75."
