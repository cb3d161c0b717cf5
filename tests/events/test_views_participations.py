"""Who took part: presence, editing in the row, picking."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from events.models import Participation
from tests.events.pages import HTMX, client_of
from tests.factories.actors import ActorFactory, PersonFactory
from tests.factories.events import EventFactory, ParticipationFactory, ParticipationRoleFactory

pytestmark = pytest.mark.django_db


def of(name, record):
    return reverse(f"events:{name}", args=[record.pk])


def state(row):
    row.refresh_from_db()
    return row.state


def test_presence_is_noted_and_taken_back_to_the_state_before():
    row, client = ParticipationFactory.create(state="invited"), client_of("volunteer")
    answer = client.post(of("participation_toggle", row), **HTMX)
    assert state(row) == "attended"
    assert "checked" in answer.text
    assert '"previous": "invited"' in answer.text
    client.post(of("participation_toggle", row), {"previous": "invited"}, **HTMX)
    assert state(row) == "invited"


@pytest.mark.parametrize(
    ("days", "status", "previous", "expected"),
    [
        (-1, "confirmed", "", "absent"),
        (1, "confirmed", "", "registered"),
        (0, "confirmed", "", "registered"),
        (1, "held", "", "absent"),
        (-1, "held", "attended", "absent"),
        (-1, "held", "nonsense", "absent"),
        (-1, "held", "excused", "excused"),
    ],
)
def test_who_is_not_there_is_absent_afterwards_and_registered_before(days, status, previous, expected):
    day = timezone.localdate() + dt.timedelta(days=days)
    row = ParticipationFactory.create(event__start_date=day, event__status=status)
    client_of().post(of("participation_toggle", row), {"previous": previous}, **HTMX)
    assert state(row) == expected


def test_the_answer_brings_the_counts_around_the_row_up_to_date():
    row = ParticipationFactory.create(state="registered")
    answer = client_of().post(of("participation_toggle", row), **HTMX)
    assert answer.text.lstrip().startswith(f'<tr id="p-{row.pk}"')
    assert 'id="figures" hx-swap-oob="true"' in answer.text
    assert 'id="states" hx-swap-oob="true"' in answer.text
    assert answer.context["figures"].attendance.named == 1


def test_a_row_is_edited_in_its_place_and_errors_stay_in_it():
    row, client, person = ParticipationFactory.create(), client_of("volunteer"), PersonFactory.create()
    prefix = f"p{row.pk}"
    sent = {
        f"{prefix}-role": row.role_id,
        f"{prefix}-state": "attended",
        f"{prefix}-version": row.version,
        f"{prefix}-volunteer_hours": "2,5",
        f"{prefix}-people_brought": "4",
        f"{prefix}-represented_by": person.pk,
    }
    refused = client.post(of("participation_update", row), {**sent, f"{prefix}-people_brought": "-4"}, **HTMX)
    assert (refused.status_code, refused.context["form"].errors.keys()) == (422, {"people_brought"})
    saved = client.post(of("participation_update", row), sent, **HTMX)
    assert saved.status_code == 200
    row.refresh_from_db()
    assert (str(row.volunteer_hours), row.people_brought, row.represented_by) == ("2.50", 4, person)


def test_picking_records_each_actor_once_however_often_it_is_sent():
    event, client = EventFactory.create(), client_of("volunteer")
    actors = ActorFactory.create_batch(3)
    sent = {"actors": [a.pk for a in actors], "role": ParticipationRoleFactory().pk, "state": "attended"}
    for _time in range(2):
        assert client.post(of("participation_add", event), sent, **HTMX).status_code == 200
    assert sorted(event.participations.values_list("actor", flat=True)) == [a.pk for a in actors]


@pytest.mark.parametrize(
    "wrong", [{"actors": ["999999"]}, {"actors": ["abc"]}, {"actors": []}, {"role": "0"}, {"state": "gone"}]
)
def test_a_wrong_choice_records_nothing_and_keeps_what_was_chosen(wrong):
    event = EventFactory.create()
    right = {"actors": [ActorFactory.create().pk], "role": ParticipationRoleFactory().pk, "state": "attended"}
    answer = client_of().post(of("participation_add", event), {**right, **wrong}, **HTMX)
    assert (answer.status_code, event.participations.count()) == (422, 0)
    assert answer.context["pick"].errors.keys() == wrong.keys()


def test_somebody_is_taken_off_the_list():
    row = ParticipationFactory.create()
    answer = client_of("volunteer").post(of("participation_delete", row), **HTMX)
    assert answer.status_code == 200
    assert not Participation.objects.exists()


def test_all_who_registered_are_noted_as_present_at_once():
    event = EventFactory.create()
    ParticipationFactory.create_batch(3, event=event, state="registered")
    absent = ParticipationFactory.create(event=event, state="absent")
    client_of("volunteer").post(of("participations_present", event), **HTMX)
    assert event.participations.filter(state="attended").count() == 3
    assert state(absent) == "absent"


def test_the_list_can_be_narrowed_to_one_state():
    event = EventFactory.create()
    ParticipationFactory.create(event=event, actor=ActorFactory.create(name="Da"))
    ParticipationFactory.create(event=event, actor=ActorFactory.create(name="Weg"), state="excused")
    groups = client_of().get(f"/events/{event.pk}/", {"state": "excused"}).context["groups"]
    assert [str(row.record.actor) for group in groups for row in group.rows] == ["Weg"]
    everybody = client_of().get(f"/events/{event.pk}/", {"state": "nonsense"}).context["groups"]
    assert [str(row.record.actor) for group in everybody for row in group.rows] == ["Da", "Weg"]


TOKEN = re.compile(r'"X-CSRFToken": "\w+"|name="csrfmiddlewaretoken" value="\w+"')
NAMES = ["participation_toggle", "participation_update", "participation_delete"]


@pytest.mark.parametrize("name", NAMES)
def test_readers_change_nothing_and_a_hidden_person_is_not_found(name):
    participation = ParticipationFactory.create()
    hidden = ParticipationFactory.create(actor=PersonFactory.create())
    before = list(Participation.objects.order_by("pk").values())
    reader = client_of("reader")
    addresses = reverse(f"events:{name}", args=[999_999]), of(name, hidden)
    answers = [reader.post(address, **HTMX) for address in addresses]
    assert [answer.status_code for answer in answers] == [404, 404]
    missing, concealed = (
        TOKEN.sub("", a.text).replace(address, "") for a, address in zip(answers, addresses, strict=True)
    )
    assert concealed == missing
    assert reader.post(of(name, participation), **HTMX).status_code == 403
    assert list(Participation.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("name", ["participation_add", "participations_present", "participation_paste"])
def test_readers_record_nobody(name):
    event = EventFactory.create()
    ParticipationFactory.create(event=event, state="registered")
    assert client_of("reader").post(of(name, event), {"text": "Ada"}).status_code == 403
    assert list(event.participations.values_list("state", flat=True)) == ["registered"]


@pytest.mark.parametrize("name", ["participation_toggle", "participation_delete", "participation_add"])
def test_looking_never_changes_anything(name):
    row = ParticipationFactory.create()
    target = row.event if name == "participation_add" else row
    assert client_of().get(of(name, target)).status_code == 405
    assert state(row) == "attended"


def test_the_events_of_an_actor_stand_under_their_years():
    actor = ActorFactory.create()
    for title, day in (("Alt", "2018-05-01"), ("Neu", "2021-05-01"), ("Ohne Tag", None)):
        ParticipationFactory.create(
            actor=actor, event=EventFactory.create(title=title, start_date=day and dt.date.fromisoformat(day))
        )
    answer = client_of().get(of("actor_events", actor))
    years = [(year, [str(r["record"].event) for r in rows]) for year, rows in answer.context["years"]]
    assert years == [(2021, ["Neu"]), (2018, ["Alt"]), (None, ["Ohne Tag"])]
    assert client_of().get(of("actor_events", actor), **HTMX).text.lstrip().startswith("<div")


def test_a_person_s_events_are_hidden_with_the_person():
    person = ParticipationFactory.create(actor=PersonFactory.create()).actor
    assert client_of("reader").get(of("actor_events", person)).status_code == 404
