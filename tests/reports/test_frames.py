"""The door between database and analysis: everything goes in, hidden names stay outside."""

import datetime as dt

import pandas as pd
import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import translation

from actors.models import Sector
from events.models import Event, EventStatus, ParticipationState
from reports import frames
from reports.analysis import schema
from tests.factories.accounts import UserFactory
from tests.factories.actors import (
    ActorFactory,
    AffiliationFactory,
    OfficeFactory,
    PersonFactory,
    ProgrammeDependencyFactory,
    RelationFactory,
    TopicFactory,
)
from tests.factories.contacts import ContactFactory
from tests.factories.events import (
    EventFactory,
    EventSeriesFactory,
    OrganiserRoleFactory,
    ParticipationFactory,
    SeriesCarrierFactory,
    SpaceFactory,
    TaskAssignmentFactory,
)

pytestmark = pytest.mark.django_db


def register(role="staff", key="k"):
    with translation.override("en"):
        return frames.load_register(viewer=UserFactory.create(role=role), key=key)


def labels(register_read):
    return dict(
        zip(register_read.actors["actor_id"].tolist(), register_read.actors["label"].tolist(), strict=True)
    )


def test_an_empty_register_has_empty_frames_of_the_right_columns():
    loaded = register()

    for frame, declared in (
        (loaded.actors, schema.ACTORS),
        (loaded.events, schema.EVENTS),
        (loaded.participations, schema.PARTICIPATIONS),
        (frames.load_tasks(), schema.TASKS),
        (frames.load_relations(), schema.RELATIONS),
        (frames.load_carriers(), schema.CARRIERS),
        (frames.load_all_affiliations(), schema.AFFILIATIONS),
        (frames.load_contacts(viewer=UserFactory.create()), schema.CONTACTS),
        (frames.load_topics(Event), schema.TOPICS),
    ):
        assert frame.empty
        schema.validate(frame, declared)
    assert loaded.visible == frozenset()
    assert frames.load_series(carriers=frames.load_carriers(), on=dt.date(2021, 1, 1)).empty
    assert frames.load_spaces() == []


def test_staff_sees_names_and_readers_see_pseudonyms_of_persons():
    club = ActorFactory.create(name="Turnverein")
    ada = PersonFactory.create(given_name="Ada", family_name="Muster")

    assert labels(register()) == {club.pk: "Turnverein", ada.pk: "Ada Muster"}
    assert labels(register("reader")) == {club.pk: "Turnverein", ada.pk: "Resident 1"}
    assert register("reader").visible == {club.pk}


def test_nobody_is_named_to_an_anonymous_visitor():
    ActorFactory.create(name="Turnverein")

    loaded = frames.load_register(viewer=AnonymousUser(), key="k")

    assert loaded.visible == frozenset()
    assert "Turnverein" not in loaded.actors["label"].tolist()


def test_pseudonyms_hold_for_one_key_and_change_with_another():
    PersonFactory.create_batch(40)

    assert labels(register("reader", "one")) == labels(register("reader", "one"))
    assert labels(register("reader", "one")) != labels(register("reader", "two"))


def test_only_counted_participations_come_in_with_what_they_mean():
    event = EventFactory.create()
    organiser = ParticipationFactory.create(event=event, role=OrganiserRoleFactory.create(), people_brought=4)
    ParticipationFactory.create(event=event, state=ParticipationState.INVITED)
    ParticipationFactory.create(event=EventFactory.create(status=EventStatus.CANCELLED))

    participations = register().participations

    assert participations[["actor_id", "event_id", "role", "is_strong", "state", "brought"]].to_dict(
        "list"
    ) == {
        "actor_id": [organiser.actor_id],
        "event_id": [event.pk],
        "role": ["organiser"],
        "is_strong": [True],
        "state": ["attended"],
        "brought": [4],
    }


def test_an_event_without_a_day_has_no_year():
    EventFactory.create(start_date=dt.date(2019, 6, 15))
    EventFactory.create(start_date=None)

    assert register().events["year"].tolist() == [2019, pd.NA]


def test_the_office_is_the_office_at_any_time():
    office = OfficeFactory.create()
    ProgrammeDependencyFactory.create(
        actor=office, valid_from=dt.date(2003, 4, 1), valid_until=dt.date(2010, 1, 1)
    )
    other = ActorFactory.create(active_until=dt.date(2020, 1, 1))

    rows = register().actors.set_index("actor_id")

    assert rows.loc[[office.pk, other.pk], "is_office"].tolist() == [True, False]
    assert rows.loc[office.pk, "sector"] == Sector.OFFICE
    assert pd.isna(rows.loc[office.pk, "active_until"])
    assert rows.loc[other.pk, "active_until"] == pd.Timestamp(2020, 1, 1)


def test_paid_periods_are_read_one_by_one():
    office = OfficeFactory.create()
    for start, until in ((2003, 2010), (2012, None)):
        ProgrammeDependencyFactory.create(
            actor=office, valid_from=dt.date(start, 1, 1), valid_until=until and dt.date(until, 1, 1)
        )

    rows = frames.load_dependencies().to_dict("list")

    assert rows["actor_id"] == [office.pk] * 2
    assert rows["from"] == [pd.Timestamp(2003, 1, 1), pd.Timestamp(2012, 1, 1)]
    assert rows["until"][0] == pd.Timestamp(2010, 1, 1)
    assert pd.isna(rows["until"][1])


def test_of_overlapping_carriers_the_one_that_began_last_carries():
    series = EventSeriesFactory.create()
    first = SeriesCarrierFactory.create(series=series, valid_from=dt.date(2010, 1, 1))
    latest = SeriesCarrierFactory.create(series=series, valid_from=dt.date(2019, 1, 1))
    SeriesCarrierFactory.create(series=series, valid_from=dt.date(2015, 1, 1))
    always = SeriesCarrierFactory.create(series=series, valid_from=None)
    carriers = frames.load_carriers()

    def carrier_on(day):
        return frames.load_series(carriers=carriers, on=day)["carrier_id"].item()

    assert carrier_on(dt.date(2020, 1, 1)) == latest.actor_id
    assert carrier_on(dt.date(2012, 1, 1)) == first.actor_id
    assert carrier_on(dt.date(2009, 1, 1)) == always.actor_id


def test_the_present_carrier_is_the_one_of_the_day():
    series = EventSeriesFactory.create(space=SpaceFactory.create(right_until=dt.date(2023, 1, 1)))
    early = SeriesCarrierFactory.create(series=series, valid_until=dt.date(2017, 6, 1))
    late = SeriesCarrierFactory.create(series=series, valid_from=dt.date(2017, 6, 1))
    carriers = frames.load_carriers()

    on = {
        day: frames.load_series(carriers=carriers, on=day)["carrier_id"].item()
        for day in (dt.date(2017, 5, 31), dt.date(2017, 6, 1))
    }

    assert on == {dt.date(2017, 5, 31): early.actor_id, dt.date(2017, 6, 1): late.actor_id}


def test_tasks_and_relations_come_in_with_their_codes():
    task = TaskAssignmentFactory.create()
    relation = RelationFactory.create()

    assert frames.load_tasks()["task"].tolist() == [task.task.code]
    assert frames.load_relations()[["source_id", "target_id"]].to_numpy().tolist() == [
        [relation.source_id, relation.target_id]
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_rows(rows, django_assert_num_queries):
    for _number in range(rows):
        ParticipationFactory.create()
    user = UserFactory.create(role="reader")

    with django_assert_num_queries(4):
        frames.load_register(viewer=user, key="k")


def test_contacts_come_in_as_far_as_the_user_may_see_them():
    first, second = ActorFactory.create_batch(2)
    shared = ContactFactory.create(actors=[second, first], date=dt.date(2019, 5, 1))
    secret = ContactFactory.create(actors=[first], is_confidential=True)
    ContactFactory.create(actors=[])

    contacts = {
        role: frames.load_contacts(viewer=UserFactory.create(role=role))["contact_id"].tolist()
        for role in ("staff", "volunteer", "reader")
    }

    assert contacts == {"staff": [shared.pk, shared.pk, secret.pk], "volunteer": [], "reader": []}
    shared.staff.role = "volunteer"
    shared.staff.save()
    rows = frames.load_contacts(viewer=shared.staff)
    assert rows["actor_id"].tolist() == [first.pk, second.pk]
    assert rows["date"].tolist() == [pd.Timestamp(2019, 5, 1)] * 2


def test_affiliations_are_not_for_readers():
    one = AffiliationFactory.create(is_main_contact=True, valid_until=dt.date(2020, 1, 1))

    assert frames.load_affiliations(viewer=UserFactory.create(role="reader")).empty
    for affiliations in (
        frames.load_affiliations(viewer=UserFactory.create()),
        frames.load_all_affiliations(),
    ):
        assert affiliations[["affiliation_id", "person_id", "organisation_id"]].to_numpy().tolist() == [
            [one.pk, one.person_id, one.organisation_id]
        ]


def test_topics_come_in_one_row_each():
    event = EventFactory.create()
    event.topics.add(TopicFactory.create(code="sports"), TopicFactory.create(code="education"))
    EventFactory.create()

    topics = frames.load_topics(Event)

    assert topics["record_id"].tolist() == [event.pk] * 2
    assert set(topics["topic"]) == {"sports", "education"}
