"""The report about concerns: counted by hand, opened to its records, and silent about the few."""

import datetime as dt
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone, translation

from actors.models import Actor, Topic
from contacts.models import Concern, ConcernStatus, ConcernStep
from reports.builders.concerns.report import build_concerns_report
from reports.report import Figure, Note, Report, Series
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory, PersonFactory, TopicFactory
from tests.factories.contacts import ConcernFactory, ConcernKindFactory, ContactFactory
from tests.reports.network_reports import values
from tests.reports.requests import request_for

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2021, 12, 31, 12, tzinfo=dt.UTC)
BEGIN = dt.date(2020, 1, 10)


def build(role: str = "staff", start: dt.date | None = None, end: dt.date | None = None) -> Report:
    with translation.override("en"):
        return build_concerns_report(
            request_for(UserFactory.create(role=role), start=start, end=end, now=NOW, key="k")
        )


def concern(
    raised: dt.date = BEGIN,
    *,
    forwarded: int | None = None,
    answered: int | None = None,
    settled: int | None = None,
    to: Actor | None = None,
    **changes: Any,
) -> Concern:
    """Return a concern with steps so many days after it was raised."""
    code = "done" if settled is not None else "in_progress"
    made = ConcernFactory.create(
        raised_on=raised,
        status=ConcernStatus.objects.get(code=code),
        settled_on=None if settled is None else raised + dt.timedelta(days=settled),
        forwarded_to=to,
        **changes,
    )
    for status, days in (("forwarded", forwarded), ("answered", answered), ("done", settled)):
        if days is not None:
            at = timezone.make_aware(dt.datetime.combine(raised + dt.timedelta(days=days), dt.time(23, 30)))
            ConcernStep.objects.create(
                concern=made, to_status=ConcernStatus.objects.get(code=status), at=at,
                by=UserFactory.create(),
            )  # fmt: skip
    return made


@pytest.fixture
def district() -> Actor:
    """Five concerns over two years, three of them forwarded to one department."""
    park = ActorFactory.create(name="Grünamt")
    green, noise = (
        TopicFactory.create(code="a", name_en="Green"),
        TopicFactory.create(code="b", name_en="Noise"),
    )
    defect = ConcernKindFactory.create(code="defect")
    idea = ConcernKindFactory.create(code="idea")
    concern(
        forwarded=1, answered=4, settled=10, to=park, topic=green, kind=defect, told_on=dt.date(2020, 2, 1)
    )
    concern(forwarded=3, answered=20, settled=21, to=park, topic=green, kind=defect)
    concern(forwarded=8, to=park, topic=noise, kind=defect)
    concern(settled=0, topic=None, kind=idea)
    concern(dt.date(2021, 12, 1), kind=idea, topic=noise)
    return park


def test_an_empty_register_makes_a_report_that_says_so():
    report = build()
    assert report.table("years").rows == ()
    assert report.table("years").empty_text == "There is no concern of this period to be counted."


def test_the_years_are_counted(district):
    report = build()
    assert values(report, "years") == [
        ["2020", 4, 1, 3, 3, 2, 1],
        ["2021", 1, 1, 0, 0, 0, 0],
        ["Whole period", 5, 2, 3, 3, 2, 1],
    ]
    assert report.section("overview").blocks == (
        Figure(
            "concerns",
            "Concerns per year",
            "stacked_bar",
            ("2020", "2021"),
            (Series("Settled", (3, 0)), Series("Open", (1, 1))),
            "Concerns per year from 2020 to 2021, settled and open ones.",
        ),
        report.table("years"),
    )
    assert report.parameters == (("Concerns counted", "all"),)


def test_how_long_it_took_is_told_three_ways(district):
    assert values(build(), "durations") == [
        ["Until first forwarded", 3, 3.0, 4.0, 8],
        ["Until first answered", 2, 12.0, 12.0, 20],
        ["Until settled", 3, 10.0, pytest.approx(31 / 3), 21],
        ["Open ones, waiting so far", 2, 375.5, 375.5, 721],
    ]


def test_topics_kinds_and_departments_are_counted(district):
    report = build()
    kinds, topics, departments = (values(report, key) for key in ("kinds", "topics", "departments"))
    assert [row[1:4] for row in kinds] == [[3, 1, 2], [2, 1, 1]]
    assert sorted(row[:4] for row in topics) == [
        ["Green", 2, 0, 2], ["Noise", 2, 2, 0], ["without topic", 1, 0, 1],
    ]  # fmt: skip
    assert departments == [
        ["Grünamt", 3, 1, 2, 15.5, 15.5, 21],
        ["not forwarded", 2, 1, 1, 0.0, 0.0, 0],
    ]


def test_the_period_counts_what_was_raised_in_it(district):
    report = build(start=dt.date(2021, 1, 1), end=dt.date(2022, 1, 1))
    assert values(report, "years") == [["2021", 1, 1, 0, 0, 0, 0]]
    assert report.section("overview").blocks == (report.table("years"),)


@pytest.mark.parametrize(
    ("start", "end", "period", "everything"),
    [
        (None, None, "", "is_open="),
        (dt.date(2020, 1, 1), None, "since=2020-01-01&", "since=2020-01-01"),
        (None, dt.date(2022, 1, 1), "until=2021-12-31&", "until=2021-12-31"),
    ],
)
def test_figures_open_the_concerns_of_the_period_and_nought_opens_nothing(
    district, start, end, period, everything
):
    report = build("staff", start, end)
    states = ("", "&is_open=true", "&is_open=false", "&has=forwarded", "&has=answered", "&has=told")
    year = "/actors/concerns/?since={0}-01-01&until={0}-12-31"

    def whole(*wishes: str) -> list[str]:
        return [f"/actors/concerns/?{period}{wish}" for wish in wishes]

    forwarded, answered, settled, waiting = whole(
        "has=forwarded", "has=answered", "is_open=false", "is_open=true"
    )
    assert [[cell.url for cell in row] for row in report.table("years").rows] == [
        [None, *(year.format(2020) + state for state in states)],
        [None, *(year.format(2021) + state for state in states[:2]), *[None] * 4],
        [
            None, f"/actors/concerns/?{everything}", waiting, settled, forwarded, answered,
            *whole("has=told"),
        ],
    ]  # fmt: skip
    assert [[cell.url for cell in row] for row in report.table("durations").rows] == [
        [None, *[url] * 4] for url in (forwarded, answered, settled, waiting)
    ]


@pytest.mark.parametrize("period", [(None, None), (dt.date(2020, 1, 1), dt.date(2021, 1, 1))])
def test_every_figure_opens_as_many_records_as_it_counts(district, period):
    client = Client()
    client.force_login(UserFactory.create(role="staff"))
    report = build("staff", *period)
    cells = [
        cell
        for key in ("years", "durations", "kinds", "topics", "departments")
        for pairs in report.table(key).pairs()
        for column, cell in pairs
        if cell.url and column.key not in {"median", "mean", "longest"}
    ]
    assert len(cells) > 20
    for cell in cells:
        assert urlsplit(cell.url).path == "/actors/concerns/"
        assert client.get(cell.url).context["table"].page.paginator.count == cell.value, cell.url


def test_readers_are_told_no_small_number_and_open_nothing(district):
    report = build("reader")
    cells = [
        cell
        for key in ("years", "kinds", "topics", "departments")
        for r in report.table(key).rows
        for cell in r
    ]
    assert [cell.url for cell in cells if cell.url] == []
    assert [cell.value for cell in cells if isinstance(cell.value, int) and 0 < cell.value < 5] == []
    # Of a few, their days would tell as much as their number.
    assert {row[2] for row in values(report, "durations")[:3]} == {"•"}


def test_readers_learn_of_no_concern_out_of_a_confidential_contact_and_no_names_of_persons():
    contact = ContactFactory.create(is_confidential=True)
    for _number in range(6):
        concern(contact=contact)
    for _number in range(6):
        concern(to=PersonFactory.create(family_name="Geheim"), forwarded=1)
    report = build("reader")
    assert values(report, "years") == [["2020", 6, 6, 0, 6, 0, 0]]
    assert [row[0] for row in values(report, "departments")] == ["Persons"]
    assert values(build("staff"), "years") == [["2020", 12, 12, 0, 6, 0, 0]]


def test_readers_are_not_told_how_few_were_not_forwarded_nor_what_is_left_to_one_department():
    park, roads = ActorFactory.create(name="Grünamt"), ActorFactory.create(name="Tiefbauamt")
    for to, number in ((park, 6), (roads, 3), (None, 2)):
        for _number in range(number):
            concern(to=to, forwarded=1 if to else None)

    assert [row[:2] for row in values(build(), "departments")] == [
        ["Grünamt", 6],
        ["Tiefbauamt", 3],
        ["not forwarded", 2],
    ]
    assert values(build("reader"), "years") == [["2020", 11, 11, 0, 9, 0, 0]]
    assert [row[:2] for row in values(build("reader"), "departments")] == [
        ["Grünamt", "•"],
        ["Tiefbauamt", "<5"],
    ]


def test_readers_are_told_days_where_neither_the_few_nor_what_is_left_out_come_out():
    """Two concerns of one department must not come out of the others: so six of another are left out.

    The office changed since what counts as open: of the canals, only four of nine have a day on which they
    were settled, and what the garden office has is open although it was settled once.
    """
    done, begun = (ConcernStatus.objects.get(code=code) for code in ("done", "in_progress"))
    for name, number, status, days in (
        ("Bauhof", 7, done, 3),
        ("Gartenamt", 8, begun, 3),
        ("Kanalamt", 4, done, 5),
        ("Kanalamt", 5, done, None),
        ("Ordnungsamt", 6, done, 2),
        ("Stadtwerke", 2, done, 1),
    ):
        department = Actor.objects.filter(name=name).first() or ActorFactory.create(name=name)
        settled_on = None if days is None else BEGIN + dt.timedelta(days=days)
        ConcernFactory.create_batch(
            number, raised_on=BEGIN, status=status, forwarded_to=department, settled_on=settled_on
        )

    inside, outside = build("staff"), build("reader")

    assert values(inside, "departments") == [
        ["Kanalamt", 9, 0, 9, 5.0, 5.0, 5],
        ["Gartenamt", 8, 8, 0, None, None, None],
        ["Bauhof", 7, 0, 7, 3.0, 3.0, 3],
        ["Ordnungsamt", 6, 0, 6, 2.0, 2.0, 2],
        ["Stadtwerke", 2, 0, 2, 1.0, 1.0, 1],
    ]
    assert values(outside, "departments") == [
        ["Bauhof", 7, 0, 7, 3.0, 3.0, 3],
        ["Gartenamt", 8, 8, 0, None, None, None],
        ["Kanalamt", 9, 0, 9, "•", "•", "•"],
        ["Ordnungsamt", "•", 0, "•", "•", "•", "•"],
        ["Stadtwerke", "<5", 0, "<5", "•", "•", "•"],
    ]
    assert values(outside, "years") == [["2020", 32, 8, 24, 0, 0, 0]]
    assert outside.parameters == (("Concerns counted", "without those out of confidential contacts"),)


def test_topics_are_those_of_the_register():
    topic = Topic.objects.first()
    concern(topic=topic)
    assert values(build(), "topics")[0][0] == topic.name_en


@pytest.mark.parametrize(("role", "is_told"), [("reader", True), ("staff", False)])
def test_only_readers_are_told_on_the_page_too_what_is_not_counted(role, is_told):
    concern(contact=ContactFactory.create(is_confidential=True))

    meant = {definition.term: definition.text for definition in build(role).definitions}

    said = "Those out of confidential contacts are not counted here."
    assert (said in meant["Concern"]) == is_told


def test_readers_are_not_told_that_nobody_raised_what_they_may_not_count():
    concern(contact=ContactFactory.create(is_confidential=True))

    assert values(build("reader"), "years") == []
    assert build("reader").table("years").empty_text == "There is no concern of this period to be counted."
    assert len(values(build(), "years")) == 1


def test_a_year_that_is_not_over_is_told_so_and_a_whole_one_is_not():
    said = "2021 is not over: its figures go up to 30 Dec 2021."
    now = dt.datetime(2021, 12, 30, 12, tzinfo=dt.UTC)
    ConcernFactory.create(raised_on=BEGIN)

    def notices() -> list[str]:
        with translation.override("en"):
            report = build_concerns_report(request_for(UserFactory.create(), now=now, key="k"))
        return [block.text for block in report.section("overview").blocks if isinstance(block, Note)]

    assert notices() == []
    ConcernFactory.create(raised_on=dt.date(2021, 3, 1))
    assert notices() == [said]


def test_without_concerns_it_is_said_once_that_there_are_none():
    assert [section.key for section in build().sections] == ["overview"]
    ConcernFactory.create(raised_on=BEGIN)
    assert [section.key for section in build().sections][1:] == [
        "durations",
        "kinds",
        "topics",
        "departments",
    ]
