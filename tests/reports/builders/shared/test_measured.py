"""Slow measures are kept for the network they were made of, and for no other."""

import numpy as np
import pytest

from reports.analysis import schema
from reports.analysis.components import CutPoints, cut_points_of
from reports.analysis.projection import project
from reports.analysis.twomode import TwoMode, two_mode
from reports.builders.shared import measured

pytestmark = pytest.mark.django_db


def network(last: int = 70) -> TwoMode:
    pairs = [(actor, actor % 9) for actor in range(last)] + [(actor, 9) for actor in range(0, last, 7)]
    columns = {"actor_id": [actor for actor, _ in pairs], "event_id": [event for _, event in pairs]}
    return two_mode(schema.build(schema.PARTICIPATIONS, columns), actor_ids=range(last), event_ids=range(10))


def test_what_is_kept_is_what_was_computed(django_assert_max_num_queries):
    given = network()
    ties = project(given)
    first = (
        measured.kept_betweenness(given)[0],
        measured.kept_communities(given, ties).table["community"].to_numpy(),
        measured.kept_layout(given, ties),
    )

    with django_assert_max_num_queries(3):
        again = (
            measured.kept_betweenness(given)[0],
            measured.kept_communities(given, ties).table["community"].to_numpy(),
            measured.kept_layout(given, ties),
        )

    for one, other in zip(first, again, strict=True):
        assert np.array_equal(one, other)


def test_another_network_has_another_digest():
    one = network()

    assert measured.digest(one) == measured.digest(network())
    assert measured.digest(one) != measured.digest(network(last=71))
    assert measured.digest(one) != measured.digest(one.keep_events(range(9)))


def test_a_small_network_is_simply_computed(django_assert_num_queries):
    with django_assert_num_queries(0):
        measured.kept_betweenness(network(last=20))


def kept_cut_points(given: TwoMode) -> CutPoints:
    (result,) = measured.kept_together([measured.cut_points_calculation(given)])
    return measured.read_cut_points(given, result)


def test_cut_points_are_kept_with_the_actors_they_are(django_assert_max_num_queries):
    given = network()
    computed = cut_points_of(given)

    kept_cut_points(given)

    with django_assert_max_num_queries(3):
        cuts = kept_cut_points(given)
    assert cuts.actors == computed.actors != ()
    assert cuts.bridges.to_dict("list") == computed.bridges.to_dict("list")


def test_what_a_program_of_other_classes_kept_is_computed_anew(monkeypatch):
    given = network()

    def gone(keys: list[str]) -> dict[str, object]:
        raise ModuleNotFoundError("No module named 'reports.builders.structure'")

    monkeypatch.setattr(measured.cache, "get_many", gone)

    assert measured.kept("anything", "digest", lambda: 7, size=70) == 7
    assert kept_cut_points(given).actors == cut_points_of(given).actors
