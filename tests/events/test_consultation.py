"""The consultation hour of a day: made when it is needed, who came, and what was recorded."""

import datetime as dt
import json

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contacts.models import Concern, ConcernKind, Contact
from events.models import Event, EventConcern, EventContact, EventStatus, EventType, Headcount
from events.services.consultation import consultation_on, count_visitors, open_consultation
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory
from tests.factories.contacts import ContactChannelFactory, ContactFactory
from tests.factories.events import (
    ConsultationHoursFactory,
    EventFactory,
    EventSeriesFactory,
    HeadcountFactory,
    SpaceFactory,
)

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 17)


def kind() -> EventType:
    return EventType.objects.get(code="consultation_hour")


def signed_in(role: str = "staff") -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(UserFactory.create(role=role))
    return client


def address(name: str, day: dt.date = DAY) -> str:
    return reverse(f"events:{name}", args=[day])


def tap(client: Client, what: str, sex: str = "", **headers: str):
    return client.post(address("consultation_count"), {"tap": what, "sex": sex}, headers=headers)


def cells() -> dict[tuple[str, str], int]:
    return {(row.group, row.sex): row.count for row in Headcount.objects.all()}


def test_the_event_takes_its_times_place_and_series_from_what_is_known() -> None:
    series = EventSeriesFactory.create(name="Bürgersprechstunde", event_type=kind())
    place = SpaceFactory.create(name="Marktplatz")
    ConsultationHoursFactory.create(place=place)
    ConsultationHoursFactory.create(start=dt.time(15), end=dt.time(17))
    event = open_consultation(day=DAY, user=UserFactory.create(role="staff"))
    assert (event.title, event.series, event.space, event.status) == (
        "Bürgersprechstunde",
        series,
        place,
        EventStatus.PLANNED,
    )
    assert (event.start_date, event.start_time, event.end_time) == (DAY, dt.time(10), dt.time(17))


def test_of_several_series_none_is_guessed() -> None:
    EventSeriesFactory.create_batch(2, event_type=kind())
    event = open_consultation(day=DAY, user=UserFactory.create(role="staff"))
    assert (event.title, event.series) == ("Sprechstunde", None)


def test_a_day_has_one_consultation_hour() -> None:
    user = UserFactory.create(role="staff")
    assert open_consultation(day=DAY, user=user) == open_consultation(day=DAY, user=user)
    assert Event.objects.count() == 1


def test_an_event_that_is_on_goes_before_one_that_was_called_off() -> None:
    EventFactory.create(event_type=kind(), start_date=DAY, status=EventStatus.CANCELLED)
    held = EventFactory.create(event_type=kind(), start_date=DAY)
    assert consultation_on(DAY) == held


def test_only_the_office_begins_a_consultation_hour() -> None:
    with pytest.raises(PermissionDenied):
        open_consultation(day=DAY, user=UserFactory.create(role="volunteer"))


def test_looking_at_the_page_makes_nothing() -> None:
    assert signed_in().get(address("consultation")).status_code == 200
    assert Event.objects.count() == 0


def test_the_first_tap_makes_the_event_and_it_counts_as_held() -> None:
    client = signed_in()
    tap(client, "children:1")
    tap(client, "children:1", "f")
    tap(client, "55_plus:1")
    assert cells() == {("children", "x"): 1, ("children", "f"): 1, ("55_plus", "x"): 1}
    event = Event.objects.get()
    assert (event.status, event.start_date, event.attendance.total) == (EventStatus.HELD, DAY, 3)


def test_the_answer_to_a_tap_tells_the_numbers_as_they_are_now() -> None:
    client = signed_in()
    tap(client, "children:1", "f")
    response = tap(client, "children:1", "m", HX_Request="true")
    counted = json.loads(response.headers["HX-Trigger"])["counted"]
    assert response.status_code == 204
    assert (counted["total"], counted["basis"]) == ("2", "counted")
    assert counted["groups"][0] == {
        "code": "children",
        "label": "children",
        "count": 2,
        "detail": "1 female, 1 male",
    }


def test_what_was_tapped_too_much_is_taken_back_but_never_below_nobody() -> None:
    client = signed_in()
    tap(client, "youth:1")
    tap(client, "youth:-1")
    assert cells() == {}
    response = tap(client, "youth:-1", HX_Request="true")
    toast = json.loads(response.headers["HX-Trigger"])["showMessage"]
    assert toast == {"level": "error", "text": "Nobody is counted here who could be taken back."}


@pytest.mark.parametrize("what", ["", "children", "children:2", "children:-5", "dogs:1", "children:1:1"])
def test_nonsense_counts_nobody(what: str) -> None:
    assert tap(signed_in(), what).status_code == 302
    assert (cells(), Event.objects.count()) == ({}, 0)


def test_the_total_is_the_larger_of_names_and_heads() -> None:
    event = EventFactory.create(event_type=kind(), start_date=DAY)
    HeadcountFactory.create(event=event, count=4)
    page = signed_in().get(address("consultation"))
    assert (page.context["total"], str(page.context["basis"])) == ("4", "counted")
    reader = signed_in("reader").get(address("consultation"))
    assert reader.context["total"] == "<5"
    assert all(group["count"] == 0 for group in reader.context["groups"])


def test_nothing_is_recorded_ahead_of_time_or_for_what_was_called_off() -> None:
    user = UserFactory.create(role="staff")
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    ahead = EventFactory.create(event_type=kind(), start_date=tomorrow, status=EventStatus.PLANNED)
    off = EventFactory.create(event_type=kind(), start_date=DAY, status=EventStatus.CANCELLED)
    for event in (ahead, off):
        with pytest.raises(ValidationError):
            count_visitors(event=event, group="children", sex="x", step=1, user=user)
    assert cells() == {}
    assert not signed_in().get(address("consultation")).context["may_count"]
    assert not signed_in().get(address("consultation", tomorrow)).context["may_count"]


def test_a_volunteer_counts_once_the_office_has_begun() -> None:
    volunteer = signed_in("volunteer")
    assert tap(volunteer, "children:1").status_code == 403
    EventFactory.create(event_type=kind(), start_date=DAY)
    assert tap(volunteer, "children:1").status_code == 302
    assert cells() == {("children", "x"): 1}


def test_a_note_belongs_to_the_hour_and_is_logged_once() -> None:
    ActorFactory.create(name="Turnverein")
    client = signed_in()
    note = {"text": "@Turnverein braucht die Halle", "source_key": "k-1", "choices": '{"channel":"letter"}'}
    for _again in range(2):
        response = client.post(
            address("consultation_note_save"), note, headers={"accept": "application/json"}
        )
        assert response.status_code == 200
    tie = EventContact.objects.get()
    assert (tie.event.start_date, tie.event.status, tie.contact.channel.code) == (
        DAY,
        EventStatus.HELD,
        "letter",
    )


def test_the_dialog_suggests_the_channel_of_the_hour() -> None:
    page = signed_in().get(address("consultation_note"))
    assert page.context["note"].channel.code == "consultation_hour"


def test_a_contact_logged_in_full_is_tied_to_the_hour() -> None:
    client, actor = signed_in(), ActorFactory.create()
    form = client.get(address("consultation_contact")).context["form"]
    sent = {"actors": [actor.pk], "note": "Fragt nach Räumen", "direction": "in", "date": DAY.isoformat()}
    response = client.post(address("consultation_contact"), {**form.initial, **sent, **empty_rows(form)})
    assert response.status_code == 302, response.context["form"].errors
    assert EventContact.objects.get().contact.note == "Fragt nach Räumen"


def empty_rows(form) -> dict[str, str]:
    """The management fields of the lists of rows that the form may have."""
    choices = {}
    for rows in filter(None, [getattr(form, "points", None), *getattr(form, "rows", [])]):
        choices |= {f"{rows.prefix}-TOTAL_FORMS": "0", f"{rows.prefix}-INITIAL_FORMS": "0"}
    return choices


def test_a_concern_is_tied_to_the_hour() -> None:
    client = signed_in()
    sent = {
        "kind": ConcernKind.objects.first().pk,
        "text": "Laterne defekt",
        "raised_on": DAY.isoformat(),
        "is_anonymous": "on",
    }
    response = client.post(address("consultation_concern"), sent)
    assert response.status_code == 302, response.context["form"].errors
    assert EventConcern.objects.get().concern == Concern.objects.get()
    concerns = client.get(address("consultation")).context["concerns"]
    assert concerns == [Concern.objects.get()]


def test_contacts_of_the_day_that_belong_nowhere_yet_can_be_assigned() -> None:
    channel = ContactChannelFactory.create(code="consultation_hour")
    loose = ContactFactory.create(channel=channel, date=DAY)
    ContactFactory.create(channel=channel, date=DAY - dt.timedelta(days=1))
    client = signed_in()
    assert list(client.get(address("consultation")).context["loose_contacts"]) == [loose]
    client.post(address("consultation_tie"), {"contact": loose.pk})
    assert EventContact.objects.get().contact == loose
    assert list(client.get(address("consultation")).context["loose_contacts"]) == []


def test_a_confidential_contact_is_nowhere_on_the_page_of_a_volunteer() -> None:
    event = EventFactory.create(event_type=kind(), start_date=DAY)
    secret = ContactFactory.create(is_confidential=True, note="streng geheim", date=DAY)
    EventContact.objects.create(event=event, contact=secret)
    page = signed_in("volunteer").get(address("consultation"))
    assert page.context["contacts"] == []
    assert "streng geheim" not in page.content.decode()
    assert Contact.objects.count() == 1


def test_a_day_that_no_calendar_has_is_no_page() -> None:
    for day in ("2026-02-30", "0000-01-01", "2026-13-01", "heute"):
        assert signed_in().get(f"/events/consultation/{day}/").status_code == 404


def test_today_leads_to_todays_page() -> None:
    response = signed_in().get(reverse("events:consultation_today"))
    assert response.headers["Location"] == address("consultation", timezone.localdate())
