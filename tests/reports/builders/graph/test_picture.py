"""What is handed over: who is looked at, which ties, and what was asked for in words."""

import datetime as dt

import pytest
from django.utils import translation

from reports.analysis.picture import Picture, PictureEdge, PicturePart
from reports.builders.graph import drawn
from reports.builders.graph.picture import build_picture
from tests.factories.actors import ActorFactory, OfficeFactory, PersonFactory, RelationFactory, TopicFactory
from tests.factories.events import OrganiserRoleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def names(picture: Picture) -> list[str]:
    return [node.label for node in picture.nodes]


def test_an_empty_register_is_an_empty_picture(look):
    picture = build_picture(look())

    assert (picture.nodes, picture.edges, picture.period) == ((), (), "Whole time")
    assert picture.facts == (("Ties", "Shared events, Organised together"), ("Actors", "0"))


def test_a_tie_tells_its_parts_and_counts_a_meeting_once(look, meet):
    club, office = ActorFactory.create(name="Verein"), OfficeFactory.create(name="Büro")
    club.topics.add(TopicFactory.create(code="sports", name_en="Sports"))
    meet(club, office, start_date=dt.date(2019, 5, 1), role=OrganiserRoleFactory.create())
    meet(club, office, start_date=None)

    picture = build_picture(look(), colour="community", size="betweenness")

    assert picture.edges == (
        PictureEdge(
            source=0,
            target=1,
            strength=2.0,
            count=2,
            kinds=("attendance", "organising"),
            is_strong=True,
            parts=(
                PicturePart("attendance", None, None, 1.0, 1, True, has_day=False),
                PicturePart("attendance", 2019, 2019, 1.0, 1, True),
                PicturePart("organising", 2019, 2019, 1.0, 1, True),
            ),
        ),
    )
    node = picture.nodes[0]
    assert (node.label, node.degree, node.strength, node.participations, node.community) == (
        "Verein",
        1,
        2,
        2,
        0,  # two who met only each other are no community
    )
    assert (node.sector_label, len(node.topics), node.since, node.last) == ("Association", 1, 2019, 2019)
    assert (picture.colour, picture.size) == ("community", "betweenness")


def test_only_who_is_looked_at_is_handed_over(look, meet):
    club, office = ActorFactory.create(name="Verein"), OfficeFactory.create(name="Büro")
    third, alone = ActorFactory.create(name="Dritter"), ActorFactory.create(name="Allein")
    meet(club, office, third)

    handed_over = {
        "all": names(build_picture(look())),
        "without office": names(build_picture(look(office="without"))),
        "without club": names(build_picture(look(without=(club.pk,)))),
        "no isolates": names(build_picture(look(hide_isolates=True))),
        "sector": names(build_picture(look(sectors=("office",)))),
    }

    assert handed_over == {
        "all": ["Verein", "Büro", "Dritter", "Allein"],
        "without office": ["Verein", "Dritter", "Allein"],
        "without club": ["Büro", "Dritter", "Allein"],
        "no isolates": ["Verein", "Büro", "Dritter"],
        "sector": ["Büro"],
    }
    assert alone.name in handed_over["all"]


def test_what_was_asked_for_is_said_in_words(look, meet):
    club, person = ActorFactory.create(name="Verein"), PersonFactory.create()
    meet(club, person, ActorFactory.create(), start_date=dt.date(2018, 1, 1))

    parameters = {"kinds": ("relations",), "sectors": ("association",), "minimum": 2, "office": "cancelled"}
    picture = build_picture(look(from_year=2018, without=(club.pk,), **parameters))

    assert (picture.title, picture.period) == ("Network", "since 2018")
    assert picture.facts == (
        ("Ties", "Declared relations"),
        ("Sectors", "Association"),
        ("Least strength", "2"),
        ("Neighbourhood office", "without the office and its events"),
        ("Without", "Verein"),
        ("Actors", "1"),
    )


def test_whoever_is_hidden_is_left_out_under_the_pseudonym(look, meet):
    people = PersonFactory.create_batch(6)
    meet(*people)
    view = look("reader")
    number = view.cover.public_id(people[0].pk)

    picture = build_picture(look("reader", without=(number,)))

    assert dict(picture.facts)["Without"] == view.basis.name(people[0].pk)
    assert number not in [node.id for node in picture.nodes]
    assert len(picture.nodes) == 5


def test_ties_too_many_for_the_screen_are_left_out_of_the_file_as_well(look, meet, monkeypatch):
    monkeypatch.setattr(drawn, "MOST_TIES", 3)
    a, b, *_others = actors = ActorFactory.create_batch(4)
    meet(*actors)
    RelationFactory.create(source=a, target=b)

    picture = build_picture(look())

    assert len(picture.edges) == 3
    assert picture.notes == ("The picture shows the 3 strongest of 6 ties; figures are those of all.",)
    assert [node.degree for node in picture.nodes] == [3] * 4
