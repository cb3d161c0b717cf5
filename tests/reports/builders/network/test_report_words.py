"""What the network report says in words: each sentence where it stands, and where it does not."""

import datetime as dt
import itertools
from typing import Any

import pytest
from django.utils import translation

from actors.models import Sector
from reports.builders.network.report import build_network_report
from reports.report import Figure, Note, Report
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory, ActorTypeFactory, OfficeFactory, PersonFactory
from tests.factories.events import EventFactory, EventSeriesFactory, OrganiserRoleFactory
from tests.reports.requests import request_for

NOW = dt.datetime(2021, 12, 31, 23, 30, tzinfo=dt.UTC)
LEVEL = "Others are level with the last one listed."
BOTH_GONE = "Without the office, its events and what it carried alone"
NOT_THE_ONE = "could no longer reach the one that is looked at here."

pytestmark = pytest.mark.django_db


def build(role: str = "staff") -> Report:
    with translation.override("en"):
        user = UserFactory.create(role=role)
        return build_network_report(request_for(user, now=NOW, key="k"))


def values(report: Report, key: str) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in report.table(key).rows]


def notes(report: Report, section: str) -> list[str]:
    return [block.text for block in report.section(section).blocks if isinstance(block, Note)]


def clubs(*names: str) -> list[Any]:
    return [ActorFactory.create(name=name) for name in names]


@pytest.fixture
def school_type():
    return ActorTypeFactory.create(code="school", sector=Sector.INSTITUTION)


@pytest.mark.parametrize(("count", "is_published"), [(4, False), (5, True)])
def test_readers_are_told_of_possible_ties_only_where_the_number_of_actors_is_told(meet, count, is_published):
    meet(*ActorFactory.create_batch(count))

    report = build("reader")

    assert any("Possible ties" in text for text in notes(report, "overview")) == is_published
    met = {row[0]: row[1] for row in values(report, "overview")}["Ties, on average"]
    assert (met is not None) == is_published
    assert any("Possible ties" in text for text in notes(build(), "overview"))


def test_readers_are_told_no_average_of_ties_whose_number_is_not_told(meet):
    """Of six who took part two met."""
    pair, others = ActorFactory.create_batch(2), ActorFactory.create_batch(4)
    meet(*pair)
    for one in others:
        meet(one)

    def told(role: str) -> tuple[Any, Any, bool]:
        report = build(role)
        row = {row[0]: row[1] for row in values(report, "overview")}
        return row["Actors who took part"], row["Ties, on average"], bool(notes(report, "overview"))

    assert told("staff") == (6, 0, True)
    assert told("reader") == (6, None, False)


def test_events_alone_are_not_nothing_and_of_possible_ties_is_spoken_where_some_exist(meet):
    EventFactory.create(status="planned")
    assert notes(build(), "overview") == [
        "No held event in this period. Record an event with the status “held” and who took part."
    ]
    meet(ActorFactory.create())
    assert notes(build(), "overview") == []
    meet(*ActorFactory.create_batch(2))
    (said,) = notes(build(), "overview")
    assert said.startswith("Possible ties: 3; existing: 1.")


def test_key_actors_say_whether_the_list_is_cut_at_a_tie(meet):
    """Twenty-five in a ring, and one beside it: only that one stands between nobody."""
    ring = ActorFactory.create_batch(25)
    for one, other in zip(ring, [*ring[1:], ring[0]], strict=True):
        meet(one, other)
    assert build().table("key_actors").footnote == ""

    meet(ring[0], ActorFactory.create())
    assert build().table("key_actors").footnote == "The first 25 of 26."

    meet(ring[0], ActorFactory.create())
    assert build().table("key_actors").footnote == "The first 25 of 27."


def test_key_actors_who_all_stand_between_nobody_are_cut_at_a_tie(meet):
    meet(*ActorFactory.create_batch(26))

    assert build().table("key_actors").footnote == f"The first 25 of 26. {LEVEL}"


def regular(meet, hub, *groups):
    for _time in range(2):
        for group in groups:
            meet(hub, *group)


def test_where_all_are_of_one_sector_no_role_stands_out(meet):
    hub = ActorFactory.create(name="Nabe")
    regular(meet, hub, ActorFactory.create_batch(2), ActorFactory.create_batch(3))

    (row,) = build().table("brokers").rows

    assert [cell.value for cell in row] == ["Nabe", "Association", None, "Association – Association (6)", 6]
    assert row[2].note == "No role with 5 or more pairs stands out from what the sizes of the sectors give."
    assert "stands between others" not in values(build(), "key_actors")[0][-1]


def test_whoever_stands_between_five_pairs_in_all_is_listed_without_a_role(meet, school_type):
    """Six pairs, of which no role has five."""
    hub = ActorFactory.create(name="Nabe")
    schools = ActorFactory.create_batch(2, actor_type=school_type)
    regular(meet, hub, *([one] for one in (*ActorFactory.create_batch(2), *schools)))

    (row,) = build().table("brokers").rows
    assert (row[0].value, row[2].value, row[4].value) == ("Nabe", None, 6)
    assert row[2].note == "No role with 5 or more pairs stands out from what the sizes of the sectors give."


def test_readers_are_told_why_it_is_not_said_between_which_sectors(meet, school_type):
    """Of six pairs four are of club and school; a third club makes them six."""
    hub = ActorFactory.create(name="Nabe")
    regular(
        meet,
        hub,
        *(
            [one]
            for one in (*ActorFactory.create_batch(2), *ActorFactory.create_batch(2, actor_type=school_type))
        ),
    )

    def between(role: str) -> tuple[Any, str]:
        cell = build(role).table("brokers").rows[0][3]
        return cell.value, cell.note

    few = "Not told: fewer than 5 pairs between any two sectors (n<5)."
    assert between("staff")[1] == ""
    assert between("reader") == (None, few)
    regular(meet, hub, [ActorFactory.create()])
    assert between("reader") == ("Association – Institution (6)", "")


def test_below_five_pairs_nobody_is_listed_and_that_is_what_is_said(meet):
    hub = ActorFactory.create()
    regular(meet, hub, ActorFactory.create_batch(2), ActorFactory.create_batch(2))

    table = build().table("brokers")

    assert table.rows == ()
    assert table.empty_text == "Nobody stands between 5 or more pairs of regular acquaintances."


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


@pytest.mark.parametrize(
    ("sizes", "footnote"),
    [
        ([2] * 10, ""),
        ([2] * 11, f"The first 10 of 11. {LEVEL}"),
        ([3] * 10 + [2], "The first 10 of 11."),
    ],
)
def test_connected_groups_say_what_they_leave_out(meet, sizes, footnote):
    for size in sizes:
        meet(*ActorFactory.create_batch(size))

    assert build().table("components").footnote == footnote


def test_who_met_nobody_and_who_did_are_told_in_exact_words(meet):
    one, other = clubs("Eins", "Zwei")
    meet(one, other)
    meet(one)

    table = build().table("isolates")

    assert (table.rows, table.empty_text) == ((), "There is nobody who took part and met nobody.")


def test_cores_that_are_equally_dense_are_told_as_several(meet):
    """Three groups of seven meet twice: the same core three times."""
    rooms = [ActorFactory.create_batch(7) for _room in range(3)]
    for room in rooms:
        regular(meet, room[0], room[1:])

    said = " ".join(notes(build(), "components"))
    assert (
        "3 cores are equally dense, with 21 actors together: each of them met at least 6 others of its core "
        "at least 2 times (k-core)." in said
    )
    assert "The densest core" not in said

    meet(*itertools.chain(*rooms))
    meet(*itertools.chain(*rooms))
    assert "The densest core has 21 actors" in " ".join(notes(build(), "components"))


def test_what_holds_together_is_told_from_the_start_of_the_curve(meet):
    rooms = [ActorFactory.create_batch(10) for _room in range(2)]
    for room in rooms:
        meet(*room)

    report = build()
    (curve,) = [block for block in report.section("components").blocks if isinstance(block, Figure)]

    apart = "Even with everybody there, the largest connected group has at most half of all actors."
    assert any(text.startswith(apart) for text in notes(report, "components"))
    assert curve.alt.startswith(
        "Two lines: the share of all actors in the largest connected group while up to half of all actors "
        "leave. At first it is 50.0 percent. When a tenth has left"
    )

    meet(rooms[0][0], rooms[1][0])
    assert not any(apart in text for text in notes(build(), "components"))


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


@pytest.fixture
def organiser() -> Any:
    return OrganiserRoleFactory.create()


@pytest.mark.parametrize(("size", "is_named"), [(2, False), (3, True)])
def test_communities_that_lose_touch_are_denied_only_from_the_size_that_is_looked_at(
    meet, organiser, size, is_named
):
    office, room = OfficeFactory.create(), ActorFactory.create_batch(8)
    small = ActorFactory.create_batch(size)
    for _time in range(5):
        meet(office, *room)
        meet(*small)
    meet(office, room[0], small[0], role=organiser)

    table, outside = build().table("cut_off"), build("reader").table("cut_off")

    assert any(small[0].name in str(row[2].value) for row in table.rows) == is_named
    assert table.empty_text == "No community of 3 or more actors would lose touch with all others."
    assert not any(small[0].name in str(row[2].value) for row in outside.rows)
    assert outside.empty_text == "No community of 5 or more actors would lose touch with all others."


@pytest.mark.parametrize(
    ("sizes", "sentence"),
    [
        ((5, 5), f"{BOTH_GONE} there would be 2 largest groups, with 5 actors each. 5 actors {NOT_THE_ONE}"),
        ((6, 5), f"{BOTH_GONE} 5 actors could no longer reach the largest group."),
    ],
)
def test_two_groups_of_the_same_size_are_both_the_largest(meet, organiser, sizes, sentence):
    fall_apart(meet, organiser, sizes)

    assert sentence in notes(build(), "office")
    assert sentence in notes(build("reader"), "office")


@pytest.mark.parametrize(
    ("sizes", "whole", "told"),
    [
        ((5, 1), f"{BOTH_GONE} 1 actor could no longer reach the largest group.", None),
        ((6, 4), f"{BOTH_GONE} 4 actors could no longer reach the largest group.", None),
        (
            (4, 4, 4),
            f"{BOTH_GONE} there would be 3 largest groups, with 4 actors each. 8 actors {NOT_THE_ONE}",
            f"{BOTH_GONE} there would be 3 largest groups, with <5 actors each. 8 actors {NOT_THE_ONE}",
        ),
    ],
)
def test_readers_are_not_told_how_few_fall_away_nor_how_few_are_left(meet, organiser, sizes, whole, told):
    fall_apart(meet, organiser, sizes)

    def said(role: str) -> list[str]:
        return [text for text in notes(build(role), "office") if "no longer reach" in text]

    assert said("staff") == [whole]
    assert said("reader") == ([told] if told else [])


def fall_apart(meet: Any, organiser: Any, sizes: tuple[int, ...]) -> None:
    """Record groups of which one member each came to an event of the office, their only one in common."""
    rooms = [ActorFactory.create_batch(size) for size in sizes]
    for room in rooms:
        meet(*room)
    meet(OfficeFactory.create(), *(room[0] for room in rooms), role=organiser)


@pytest.mark.parametrize(
    ("count", "late", "limit"),
    [
        (10, None, ""),
        (11, None, f"Only the first 10 are listed. {LEVEL}"),
        # The eleventh has not met the one who falls away, or has met it and has fewer common acquaintances.
        (10, "room", "Only the first 10 are listed."),
        (10, "lonely", "Only the first 10 are listed."),
    ],
)
def test_who_could_bridge_says_whether_there_are_others(meet, organiser, count, late, limit):
    """All of a room met the one who falls away, at an event of the office."""
    office, lonely, room = OfficeFactory.create(), ActorFactory.create(), ActorFactory.create_batch(count)
    meet(*room)
    meet(office, lonely, *room, role=organiser)
    if late:
        eleventh = ActorFactory.create()
        meet(eleventh, room[0])
        if late == "lonely":
            meet(office, lonely, eleventh, role=organiser)

    table = build().table("could_bridge")

    assert len(table.rows) == 10
    advice = "Whoever knows somebody can ring them up; whoever has common acquaintances can be introduced."
    assert table.footnote == f"{advice} {limit}".rstrip()


def test_readers_are_told_that_persons_who_could_bridge_are_not_listed(meet, organiser):
    office, lonely = OfficeFactory.create(), ActorFactory.create()
    room = PersonFactory.create_batch(3)
    meet(*room)
    meet(office, lonely, *room, role=organiser)

    assert len(values(build(), "could_bridge")) == 3
    assert build("reader").table("could_bridge").rows == ()
    assert build("reader").table("could_bridge").empty_text == "Persons are not listed here."


def test_where_nobody_could_bring_back_who_falls_away_it_is_said(meet, organiser):
    """Of two offices each knows some: those have neither met nor a contact in common."""
    (office, other), lonely = OfficeFactory.create_batch(2), ActorFactory.create()
    room = ActorFactory.create_batch(3)
    meet(*room)
    meet(office, *room, role=organiser)

    def said() -> tuple[list[Any], str]:
        table = build().table("could_bridge")
        return [row[0].value for row in table.rows], table.empty_text

    assert said() == ([], "Nobody falls away from the largest group.")
    meet(office, other, role=organiser)
    meet(other, lonely, role=organiser)
    nobody = "Nobody of the largest group has met those who fall away or shares an acquaintance with them."
    assert said() == ([], nobody)
    meet(office, lonely, room[0], role=organiser)
    assert said()[0][0] == room[0].name


def test_of_few_ties_it_is_not_said_whether_sectors_keep_to_themselves(meet, school_type):
    few = "Fewer than 20 ties: whether sectors keep to themselves cannot be said."
    club, school = ActorFactory.create(), ActorFactory.create(actor_type=school_type)
    meet(club, school, *ActorFactory.create_batch(4))

    assert notes(build(), "sectors") == [few]
    meet(*ActorFactory.create_batch(5))
    said = notes(build(), "sectors")
    assert few not in said
    assert said[0].startswith("20 percent of all ties run between different sectors")


def test_communities_on_which_the_runs_agree_are_told_so(meet):
    for _time in range(2):
        meet(*ActorFactory.create_batch(5))
        meet(*ActorFactory.create_batch(5))

    (said,) = notes(build(), "communities")
    assert said == "Twenty runs agree at 1.00 (1 is complete agreement); modularity 0.75."
