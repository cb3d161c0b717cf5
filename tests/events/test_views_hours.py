"""Pages and API of the office's hours, and taking over a calendar."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.models import ConsultationHours, SpecialDays
from tests.api import client_of
from tests.events.test_calendar import entry, file_with
from tests.factories.accounts import UserFactory
from tests.factories.events import ConsultationHoursFactory, SpecialDaysFactory

pytestmark = pytest.mark.django_db
IMPORT = "/events/special-days/import/"
AUTUMN = entry("DTSTART;VALUE=DATE:20261012", "DTEND;VALUE=DATE:20261025", uid="herbst@land")
WINTER = entry(
    "DTSTART;VALUE=DATE:20261223", "DTEND;VALUE=DATE:20270107", uid="winter@land", name="Weihnachtsferien"
)


@pytest.fixture
def office() -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(UserFactory.create(role="staff"))
    return client


def upload(client: Client, data: bytes, kind: str = "school_holidays"):
    return client.post(IMPORT, {"kind": kind, "file": SimpleUploadedFile("ferien.ics", data)})


def confirm(client: Client, preview):
    return client.post(reverse("events:special_days_save"), {"payload": preview.context["payload"]})


def stored() -> list[tuple[str, str, str]]:
    rows = SpecialDays.objects.all()
    return [(row.name, row.first_day.isoformat(), row.final_day.isoformat()) for row in rows]


def test_overlapping_hours_come_back_with_the_error_at_the_field(office: Client) -> None:
    ConsultationHoursFactory.create()
    response = office.post(
        reverse("events:hours_create"),
        {"weekday": 1, "season": "term", "start": "11:00", "end": "13:00"},
    )
    assert response.status_code == 422
    assert response.context["form"].errors == {
        "start": ["These hours overlap with: Tuesday 10:00–12:00 (all year)."]
    }
    assert ConsultationHours.objects.count() == 1


def test_hours_are_added_with_their_last_day(office: Client) -> None:
    response = office.post(
        reverse("events:hours_create"),
        {"weekday": 3, "season": "term", "start": "15:00", "end": "18:00", "valid_until": "2026-12-31"},
    )
    assert response.headers["Location"] == reverse("events:hours")
    hours = ConsultationHours.objects.get()
    assert (hours.weekday, hours.season, hours.valid_until) == (3, "term", dt.date(2027, 1, 1))


def test_the_overview_shows_eight_weeks_with_reasons(office: Client) -> None:
    today = timezone.localdate()
    for weekday in range(7):
        ConsultationHoursFactory.create(weekday=weekday)
    SpecialDaysFactory.create(kind="closed", name="Betriebsausflug", first_day=today, final_day=today)
    response = office.get(reverse("events:hours"))
    days = [day for week in response.context["weeks"] for day in week["days"]]
    assert (days[0].day, days[0].is_closed, days[0].hours) == (today, True, [])
    assert len(days) == 8 * 7 - today.weekday()
    assert "Betriebsausflug" in response.content.decode()


def test_the_overview_asks_as_often_with_many_hours_as_with_few(
    office: Client, django_assert_max_num_queries
) -> None:
    for weekday in range(7):
        ConsultationHoursFactory.create(weekday=weekday)
        SpecialDaysFactory.create(first_day=timezone.localdate(), final_day=timezone.localdate())
    with django_assert_max_num_queries(9):
        office.get(reverse("events:hours"))


def test_a_calendar_is_looked_at_first_and_then_taken_over(office: Client) -> None:
    preview = upload(office, file_with(AUTUMN, WINTER))
    assert stored() == []
    assert [row.outcome for row, _css in preview.context["rows"]] == ["new", "new"]
    confirm(office, preview)
    assert stored() == [
        ("Herbstferien", "2026-10-12", "2026-10-24"),
        ("Weihnachtsferien", "2026-12-23", "2027-01-06"),
    ]


def test_the_same_calendar_twice_changes_nothing_and_a_moved_one_moves_its_days(office: Client) -> None:
    first = upload(office, file_with(AUTUMN))
    confirm(office, first)
    confirm(office, first)
    again = upload(office, file_with(AUTUMN))
    assert [row.outcome for row, _css in again.context["rows"]] == ["same"]
    assert again.context["to_save"] == 0
    version = SpecialDays.objects.get().version
    confirm(office, again)
    assert SpecialDays.objects.get().version == version
    moved = AUTUMN.replace("20261012", "20261005")
    confirm(office, upload(office, file_with(moved)))
    assert stored() == [("Herbstferien", "2026-10-05", "2026-10-24")]


def test_one_key_with_two_stretches_makes_two_entries(office: Client) -> None:
    other = entry(
        "DTSTART;VALUE=DATE:20270329", "DTEND;VALUE=DATE:20270403", uid="herbst@land", name="Ostern"
    )
    confirm(office, upload(office, file_with(AUTUMN, other)))
    confirm(office, upload(office, file_with(AUTUMN, other)))
    assert [name for name, _first, _last in stored()] == ["Herbstferien", "Ostern"]


def test_what_is_left_out_is_named_with_its_reason(office: Client) -> None:
    timed = entry("DTSTART:20261012T080000Z", "DTEND:20261012T100000Z", uid="b", name="Elternabend")
    preview = upload(office, file_with(AUTUMN, timed))
    assert [(left.name, left.reason) for left in preview.context["left_out"]] == [
        ("Elternabend", "It has times. Only whole days can be taken over.")
    ]


def test_a_file_that_is_no_calendar_is_refused_at_the_field(office: Client) -> None:
    for data in (b"", b"<html></html>", b"PK\x03\x04"):
        response = upload(office, data)
        assert response.status_code == 422
        assert response.context["form"].errors["file"] == ["This is not a calendar file (.ics)."]
    assert stored() == []


def test_a_preview_belongs_to_whoever_made_it_and_cannot_be_forged(office: Client) -> None:
    preview = upload(office, file_with(AUTUMN))
    other = Client()
    other.force_login(UserFactory.create(role="staff"))
    assert confirm(other, preview).status_code == 404
    forged = office.post(reverse("events:special_days_save"), {"payload": "W10:1:x"})
    assert forged.headers["Location"] == IMPORT
    assert stored() == []


def test_hostile_names_are_text(office: Client) -> None:
    bad = entry("DTSTART;VALUE=DATE:20261012", name="<img src=x onerror=alert(1)>")
    preview = upload(office, file_with(bad))
    assert "<img src=x" not in preview.content.decode()


def test_the_api_tells_when_the_office_is_open() -> None:
    ConsultationHoursFactory.create(note="Mit Dolmetscherin")
    client = client_of("reader")
    response = client.get("/api/v1/consultation-hours/on/", {"day": "2026-11-24"})
    assert response.json() == {
        "day": "2026-11-24",
        "is_closed": False,
        "is_holiday": False,
        "hours": [{"start": "10:00:00", "end": "12:00:00", "place": "", "note": "Mit Dolmetscherin"}],
    }
    assert client.get("/api/v1/consultation-hours/on/", {"day": "gestern"}).status_code == 400
    assert client.get("/api/v1/consultation-hours/on/").json()["day"] == timezone.localdate().isoformat()


def test_the_api_refuses_overlapping_hours() -> None:
    ConsultationHoursFactory.create()
    response = client_of("staff").post(
        "/api/v1/consultation-hours/", {"weekday": 1, "start": "11:00", "end": "13:00"}
    )
    assert (response.status_code, list(response.json())) == (400, ["start"])
