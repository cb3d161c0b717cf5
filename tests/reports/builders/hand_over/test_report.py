"""What the hand-over sheet says of each actor, in which order, and where there is little to hand over."""

import datetime as dt
from typing import Any

import pytest
from django.utils import translation

from contacts.models import FollowUp
from reports.builders.hand_over.report import build_hand_over_sheet
from reports.report import Report
from tests.factories.accounts import UserFactory
from tests.factories.actors import (
    ActorFactory,
    ActorTypeFactory,
    AffiliationFactory,
    PersonFactory,
    PhoneNumberFactory,
)
from tests.factories.contacts import (
    ConcernFactory,
    ContactChannelFactory,
    ContactFactory,
    FollowUpFactory,
)
from tests.reports.requests import request_for

NOW = dt.datetime(2021, 6, 30, 12, 0, tzinfo=dt.UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return UserFactory.create(first_name="Mara", last_name="Muster")


def build(person, viewer: Any = None) -> Report:
    with translation.override("en"):
        return build_hand_over_sheet(
            request_for(viewer or UserFactory.create(role="staff"), now=NOW, key="k"), person=person
        )


def june(day: int) -> dt.date:
    return dt.date(2021, 6, day)


def rows_of(report: Report, key: str) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in report.table(key).rows]


def test_an_empty_sheet_denies_both_ways_to_come_onto_it(person):
    """The person is responsible for somebody who ended, of whom there is nothing to hand over."""
    ActorFactory.create(responsible=UserFactory.create())
    ActorFactory.create(responsible=person, active_until=NOW.date())

    report = build(person)

    assert report.table("overview").rows == ()
    assert report.table("overview").empty_text == (
        "Mara Muster is responsible for no actor that exists today, and none is known to Mara Muster alone."
    )
    assert [(section.key, section.intro) for section in report.sections] == [("overview", "")]


def test_whoever_is_known_to_others_too_is_on_the_sheet_of_who_is_responsible(person):
    actor = ActorFactory.create(name="Verein", responsible=person)
    ContactFactory.create(actors=[actor], staff=UserFactory.create(), date=dt.date(2021, 6, 1))

    assert [row[0].value for row in build(person).table("overview").rows] == ["Verein"]


def test_the_most_pressing_come_first_only_where_there_are_several(person):
    ActorFactory.create(responsible=person)
    assert build(person).section("overview").intro == ""

    ActorFactory.create(responsible=person)
    assert build(person).section("overview").intro == "The most pressing come first."


def test_of_an_actor_the_sheet_denies_only_what_it_would_show(person):
    actor = ActorFactory.create(responsible=person, district="Nord")

    assert build(person).table(f"actor-{actor.pk}").empty_text == (
        "Neither a contact nor a way to reach it, notes or anything open is recorded."
    )


def test_the_sheet_explains_a_next_contact_that_does_not_follow_from_the_last_one_listed(person):
    """Of the two contacts the later one was a message left behind, which does not count."""
    actor = ActorFactory.create(responsible=person, contact_interval_days=10)
    left = ContactChannelFactory.create(code="left", is_real_contact=False)
    ContactFactory.create(actors=[actor], staff=person, date=dt.date(2021, 5, 1))
    ContactFactory.create(actors=[actor], staff=person, date=dt.date(2021, 6, 1), channel=left)

    report = build(person)

    (row,) = report.table("overview").rows
    assert [cell.value for cell in row[2:4]] == [dt.date(2021, 6, 1), dt.date(2021, 5, 11)]
    assert "Next contact due" in [definition.term for definition in report.definitions]


def test_the_sheet_tells_of_each_actor_what_is_known_open_and_was_talked_about(person):
    choir = ActorFactory.create(
        name="Chor",
        responsible=person,
        notes="Nur abends anrufen.",
        contact_interval_days=30,
        email="c@chor.de",
    )
    PhoneNumberFactory.create(actor=choir, number="05361 1", label="Büro")
    head = PersonFactory.create(given_name="Ada", family_name="Vorsitz", email="ada@chor.de")
    PhoneNumberFactory.create(actor=head, number="05361 2")
    AffiliationFactory.create(person=head, organisation=choir, role="Kasse", is_main_contact=True)
    secret, call, *_earlier = (
        ContactFactory.create(
            actors=[choir], subject=subject, date=june(day), staff=person, is_confidential=day == 20
        )
        for subject, day in (("Streit", 20), ("Anruf", 10), ("Brief", 9), ("Besuch", 8))
    )
    lamp = ConcernFactory.create(raised_by=choir, text="Laterne", responsible=person, due=june(29))
    bench = ConcernFactory.create(raised_by=choir, text="Bank")
    shop = ActorFactory.create(name="Laden", actor_type=ActorTypeFactory.create(code="shop"))
    rent = ContactFactory.create(actors=[shop], subject="Miete", date=june(1), staff=person)
    ActorFactory.create(name="Fremd")
    FollowUpFactory.create(contact=secret, assignee=person, text="Nachfassen", due=june(30))
    FollowUpFactory.create(contact=call, assignee=person, text="Antworten", due=june(28))
    FollowUpFactory.create(concern=bench, assignee=person, text="Nachsehen", due=june(27))
    FollowUpFactory.create(actor=shop, assignee=person, text="Vorbeigehen", due=dt.date(2021, 7, 1))
    FollowUpFactory.create(assignee=person, text="Für sich", due=june(2))
    alone = ConcernFactory.create(text="Ampel", responsible=person)

    report = build(person)

    assert [(section.key, section.intro) for section in report.sections] == [
        ("overview", "The most pressing come first."),
        ("actors", ""),
        ("elsewhere", ""),
    ]
    assert rows_of(report, "overview") == [
        ["Chor", "responsible", june(20), dt.date(2021, 7, 20), 5, 3],
        ["Laden", "known to nobody else", june(1), None, 1, 0],
    ]
    assert rows_of(report, f"actor-{choir.pk}") == [
        ["Main contact", None, "Ada Vorsitz", "Kasse · 05361 2 · ada@chor.de"],
        ["Reached by", None, "Büro: 05361 1 · c@chor.de", ""],
        ["Next contact", dt.date(2021, 7, 20), "in touch", "every 30 days"],
        ["Notes", None, "Nur abends anrufen.", ""],
        ["Follow-up", june(27), "Nachsehen", "Mara Muster"],
        ["Follow-up", june(28), "Antworten", "Mara Muster"],
        ["Concern", june(29), "Laterne", "Enquiry · New · Mara Muster"],
        ["Follow-up (confidential)", june(30), "Nachfassen", "Mara Muster"],
        ["Concern", None, "Bank", "Enquiry · New"],
        ["Contact (confidential)", june(20), "Streit", "Phone · Mara Muster"],
        ["Contact", june(10), "Anruf", "Phone · Mara Muster"],
        ["Contact", june(9), "Brief", "Phone · Mara Muster"],
    ]
    assert [row[2].url for row in report.table(f"actor-{choir.pk}").rows][:9] == [
        head.get_absolute_url(), None, None, None,
        bench.get_absolute_url(), call.get_absolute_url(), lamp.get_absolute_url(),
        secret.get_absolute_url(), bench.get_absolute_url(),
    ]  # fmt: skip
    assert rows_of(report, f"actor-{shop.pk}") == [
        ["Follow-up", dt.date(2021, 7, 1), "Vorbeigehen", "Mara Muster"],
        ["Contact", june(1), "Miete", "Phone · Mara Muster"],
    ]
    assert rows_of(report, "elsewhere") == [
        ["Follow-up", june(2), "Für sich", "Mara Muster"],
        ["Concern", None, "Ampel", "Enquiry · New · Mara Muster"],
    ]
    assert [row[2].url for key in (f"actor-{shop.pk}", "elsewhere") for row in report.table(key).rows] == [
        shop.get_absolute_url(),
        rent.get_absolute_url(),
        f"/actors/follow-ups/?state=open#follow-up-{FollowUp.objects.get(text='Für sich').pk}",
        alone.get_absolute_url(),
    ]


def test_the_sheet_keeps_back_the_contacts_that_the_viewer_may_not_see(person):
    actor = ActorFactory.create(responsible=person)
    volunteer = UserFactory.create(role="volunteer")
    for subject, staff in (("Streit", person), ("Anruf", volunteer)):
        ContactFactory.create(actors=[actor], subject=subject, date=june(1), staff=staff)

    def contacts(viewer: Any) -> list[str]:
        rows = rows_of(build(person, viewer), f"actor-{actor.pk}")
        return [text for what, _day, text, _who in rows if what == "Contact"]

    assert contacts(UserFactory.create()) == ["Anruf", "Streit"]
    assert contacts(volunteer) == ["Anruf"]


def test_the_most_pressing_are_the_overdue_then_the_long_quiet_then_what_is_due_first(person):
    """The names run the other way round, so that nothing stands where it does by its name."""
    overdue, red, yellow, soon, later, open_ended, green, calm = (
        ActorFactory.create(name=name, responsible=person, contact_interval_days=days)
        for name, days in zip("HGFEDCBA", (None, 10, 10, None, None, None, 10, None), strict=True)
    )
    for actor, day in ((red, dt.date(2021, 5, 1)), (yellow, june(18)), (green, june(29))):
        ContactFactory.create(actors=[actor], staff=person, date=day)
    for actor, due in ((overdue, june(29)), (soon, june(30)), (later, dt.date(2021, 7, 1))):
        FollowUpFactory.create(actor=actor, assignee=person, due=due)
    for actor in (soon, later, open_ended):
        ConcernFactory.create(raised_by=actor)

    assert [row[0] for row in rows_of(build(person), "overview")] == [
        actor.name for actor in (overdue, red, yellow, soon, later, open_ended, calm, green)
    ]


def test_of_two_who_are_equally_overdue_the_one_due_for_longer_comes_first(person):
    soon, long_ago = (
        ActorFactory.create(name=name, responsible=person, contact_interval_days=10) for name in "AB"
    )
    ContactFactory.create(actors=[soon], staff=person, date=dt.date(2021, 5, 1))
    assert [row[0] for row in rows_of(build(person), "overview")] == ["A", "B"]

    ContactFactory.create(actors=[long_ago], staff=person, date=dt.date(2019, 5, 1))
    assert [row[0] for row in rows_of(build(person), "overview")] == ["B", "A"]
