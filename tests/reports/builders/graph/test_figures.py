"""The figures of the explorer: those of the library, for the ties that the question leaves."""

import datetime as dt

import numpy as np
import pytest
from django.utils import translation

from reports.analysis import twomode
from reports.analysis.backbone import backbone
from reports.builders.graph.backbone import find_backbone
from reports.builders.graph.figures import build_figures
from tests.factories.actors import ActorFactory, OfficeFactory, PersonFactory, RelationFactory

pytestmark = pytest.mark.django_db
NAMES = ["degree", "strength", "betweenness", "harmonic", "community", "core", "constraint", "participations"]


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def by_name(view, figures, name):
    labels = [view.basis.name(actor) for actor in view.actors.tolist()]
    return dict(zip(labels, figures[name], strict=True))


def test_an_empty_register_has_no_figures(look):
    assert build_figures(look()) == {
        "order": [],
        **{name: [] for name in NAMES},
        "sample": None,
        "sample_error": None,
        "agreement": None,
        "modularity": None,
        "bridging": None,
        "notes": [],
    }


def test_without_the_office_it_is_told_who_could_bridge_like_in_the_report(look, meet):
    office = OfficeFactory.create()
    a, b, c, d = (ActorFactory.create(name=name) for name in "ABCD")
    meet(a, b)
    meet(a, b, c)
    meet(office, a)
    meet(office, d)

    view = look(office="without")

    # A and D both met the office; B and C have nobody in common with D.
    only = {"at": view.actors.tolist().index(a.pk), "met": 0, "common": 1}
    alone = {"equals": 1, "has_more": False}
    assert build_figures(view)["bridging"] == {**alone, "separated": 1, "largest": 3, "candidates": [only]}
    assert build_figures(look(without=(a.pk,)))["bridging"] == {
        "equals": 2,
        "has_more": False,
        "separated": 2,
        "largest": 2,
        "candidates": [],
    }
    assert build_figures(look())["bridging"] is None


def test_hiding_isolates_does_not_hide_who_falls_away(look, meet):
    centre, *others = ActorFactory.create_batch(4)
    meet(others[0], others[1])
    for other in others:
        meet(centre, other)

    assert build_figures(look(without=(centre.pk,), hide_isolates=True))["bridging"]["separated"] == 1


def test_only_isolates_have_nothing_but_zeros(look):
    ActorFactory.create_batch(2)

    figures = build_figures(look())

    assert {name: figures[name] for name in NAMES} == {
        **{name: [0, 0] for name in NAMES},
        "community": [-1, -1],
        "constraint": [None, None],
    }


def test_the_southern_women_have_their_published_figures(look, davis):
    view = look()
    figures = build_figures(view)

    between = by_name(view, figures, "betweenness")
    assert {name.split()[0]: round(between[name], 4) for name in between if name[:4] in ("Evel", "Nora")} == {
        "Evelyn": 0.0966,
        "Nora": 0.1135,
    }
    assert between == {
        name: pytest.approx(value, abs=1e-6)
        for name, value in zip(sorted(davis), twomode.betweenness(view.two_mode).actors["value"], strict=True)
    }
    assert sum(figures["degree"]) == 2 * 139
    assert by_name(view, figures, "strength")["Evelyn Jefferson"] == 8
    assert figures["notes"][0] == "Only 18 actors have ties here: a rank among so few says little."


def test_figures_follow_the_filters_and_keep_the_order(look, meet):
    a, b, c, alone = (ActorFactory.create(name=name) for name in ("A", "B", "C", "Allein"))
    meet(a, b, start_date=dt.date(2018, 1, 1))
    meet(a, c, start_date=dt.date(2019, 1, 1))
    RelationFactory.create(source=b, target=c, strength=3)

    views = {
        "all": look(),
        "2018": look(until_year=2018),
        "relations": look(kinds=("relations",)),
        "without": look(without=(a.pk,)),
        "minimum": look(minimum=2),
    }
    figures = {name: build_figures(view) for name, view in views.items()}

    assert all(each["order"] == [a.pk, b.pk, c.pk, alone.pk] for each in figures.values())
    assert {name: each["strength"] for name, each in figures.items()} == {
        "all": [2, 1, 1, 0],
        "2018": [1, 1, 0, 0],
        "relations": [0, 3, 3, 0],
        "without": [0, 0, 0, 0],
        "minimum": [0, 0, 0, 0],
    }
    assert figures["2018"]["participations"] == [1, 1, 0, 0]


def test_without_the_office_its_ties_count_for_nobody(look, meet):
    office, a, b = OfficeFactory.create(), ActorFactory.create(), ActorFactory.create()
    meet(office, a, b)

    view = look(office="without")

    assert build_figures(view)["strength"] == [0, 0.5, 0.5]
    assert view.looked_at.tolist() == [False, True, True]


def test_what_was_computed_once_is_kept(look, meet, django_assert_max_num_queries):
    meet(*ActorFactory.create_batch(65))
    view, again = look(), look()
    first = build_figures(view)
    again.ties, again.looked_at, again.actors  # noqa: B018 - read the register

    with django_assert_max_num_queries(3):
        assert build_figures(again) == first


def test_hidden_persons_are_told_by_their_numbers_only(look, meet):
    people = PersonFactory.create_batch(6)
    meet(*people)

    figures = build_figures(look("reader"))

    assert sorted(figures["order"]) == [-6, -5, -4, -3, -2, -1]


def test_the_backbone_leaves_only_ties_stronger_than_chance(look, davis, meet):
    view, everything = look(alpha=0.1), look()
    expected = backbone(everything.two_mode, alpha=0.1)

    assert (view.backbone.network.tie_count, view.backbone.of) == (expected.kept, 139)
    assert view.network.tie_count == expected.kept
    is_tied = expected.network().weights > 0
    assert np.array_equal(
        view.network.weights.toarray(), everything.network.weights.multiply(is_tied).toarray()
    )
    assert view.backbone.summary()["text"] == (
        f"Ties by shared events: 139; stronger than chance: {expected.kept} (error rate 10 %)."
    )


def test_an_empty_backbone_is_said_in_words(look, davis):
    kept = find_backbone(look(kinds=("attendance",)).ties, 0.0)

    assert kept.summary()["text"] == "No tie by shared events is stronger than chance (error rate 0 %)."
