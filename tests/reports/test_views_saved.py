"""Pages of saved reports: who saves, reads, downloads and deletes them."""

import datetime as dt
import io
import zipfile
from typing import Any

import openpyxl
import pypdf
import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from actors.models import Actor
from reports.models import SavedReport
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory, PersonFactory
from tests.factories.events import EventFactory, ParticipationFactory
from tests.factories.reports import saved_report

pytestmark = pytest.mark.django_db
LIST = "/reports/saved/"


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def staff() -> Client:
    return client_of(UserFactory.create(role="staff"))


@pytest.fixture
def meeting() -> Any:
    event = EventFactory.create(start_date=dt.date(2019, 6, 15))
    for actor in (ActorFactory.create(name="Ähre"), ActorFactory.create(name="Öse")):
        ParticipationFactory.create(event=event, actor=actor)
    return event


def save(client: Client, **fields: str) -> Any:
    return client.post(LIST, {"kind": "network", "query": "from_year=2019&until_year=2019", **fields})


def test_a_report_is_saved_from_its_page(staff, meeting):
    page = staff.get("/reports/network/?from_year=2019&until_year=2019").content.decode()
    assert 'name="query" value="from_year=2019&amp;until_year=2019"' in page
    answer = save(staff, note="Anlage 3")
    saved = SavedReport.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/reports/saved/{saved.pk}/")
    assert (saved.period, saved.note, saved.query) == ("2019", "Anlage 3", "from_year=2019&until_year=2019")
    html = staff.get(answer["Location"]).content.decode()
    assert all(text in html for text in ("Ähre", "Anlage 3", saved.digest, "note-ok"))


def test_what_is_recorded_later_does_not_change_it(staff, meeting):
    address = save(staff)["Location"]
    before = staff.get(address).content, staff.get(f"{address}xlsx/").content
    Actor.objects.filter(name="Ähre").update(name="Ganz anders", sort_name="ganz anders")
    ParticipationFactory.create(event=meeting, actor=ActorFactory.create(name="Neuer Verein"))
    assert b"Ganz anders" in staff.get("/reports/network/").content
    after = staff.get(address).content, staff.get(f"{address}xlsx/").content
    assert [text in after[0].decode() for text in ("Ähre", "Ganz anders", "Neuer Verein")] == [
        True,
        False,
        False,
    ]
    assert after[1] == before[1]


def test_the_format_of_the_page_and_foreign_keys_are_no_part_of_the_question(staff):
    save(staff, query="from_year=2019&until_year=&format=pdf&key=abc")
    assert SavedReport.objects.get().query == "from_year=2019"


@pytest.mark.parametrize(
    "fields",
    [{"kind": "nothing"}, {"kind": ""}, {"query": "from_year=2020&until_year=2019"}, {"note": "x" * 1001}],
)
def test_a_question_that_the_report_refuses_is_not_saved(staff, fields):
    answer = save(staff, **fields)
    assert (answer.status_code, SavedReport.objects.count()) == (422, 0)
    assert answer.context["form"].errors


def test_files_are_handed_out_as_they_were_saved(staff, meeting):
    address = save(staff)["Location"]
    answer = staff.get(f"{address}xlsx/")
    assert openpyxl.load_workbook(io.BytesIO(answer.content)).sheetnames[0] == "Deckblatt"
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "private, no-store")
    assert staff.get(f"{address}exe/").status_code == 404


def test_readers_see_only_their_own(staff, meeting):
    reader, other = UserFactory.create(role="reader"), UserFactory.create(role="reader")
    own, foreign, office = (
        saved_report(user=user) for user in (reader, other, UserFactory.create(role="staff"))
    )
    client = client_of(reader)
    assert [row.record.pk for row in client.get(LIST).context["table"].rows] == [own.pk]
    for saved in (foreign, office):
        for address in (saved.get_absolute_url(), f"{saved.get_absolute_url()}pdf/"):
            assert client.get(address).status_code == 404
    assert client.get(f"{own.get_absolute_url()}pdf/").status_code == 200
    assert len(staff.get(LIST).context["table"].rows) == 3


def test_who_becomes_a_reader_no_longer_sees_what_was_made_with_more_rights():
    user = UserFactory.create(role="staff")
    saved = saved_report(user=user)
    user.role = "reader"
    user.save()
    assert client_of(user).get(saved.get_absolute_url()).status_code == 404


def test_what_a_reader_saves_holds_pseudonyms_in_every_file(meeting):
    person = PersonFactory.create(given_name="Xanthippe", family_name="Quirin")
    ParticipationFactory.create(event=meeting, actor=person)
    save(client_of(UserFactory.create(role="reader")))
    saved = SavedReport.objects.get()
    texts = [saved.content, *(read(bytes(file.body)) for file in saved.files.all())]
    assert [("Bewohner*in" in text, "Quirin" in text) for text in texts] == [(True, False)] * 5


def read(body: bytes) -> str:
    """Return all words of a file."""
    if body.startswith(b"%PDF"):
        return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(body)).pages)
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return "".join(archive.read(name).decode(errors="replace") for name in archive.namelist())
    return body.decode()


def test_only_the_management_deletes(staff):
    saved = saved_report()
    address = f"{saved.get_absolute_url()}delete/"
    assert (staff.post(address).status_code, SavedReport.objects.count()) == (403, 1)
    client_of(UserFactory.create(role="management")).post(address)
    assert SavedReport.objects.count() == 0


@pytest.mark.parametrize(
    "change",
    [
        "content = REPLACE(content, '3', '4')",
        "title = 'Anderer Titel'",
        "content = '{'",
        "data_date = '2020-01-01'",
    ],
)
def test_a_report_that_was_changed_past_the_program_says_so(staff, change):
    saved = saved_report()
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE reports_savedreport SET {change} WHERE id = %s", [saved.pk])
    assert staff.get(saved.get_absolute_url()).context["is_intact"] is False


def test_a_file_that_was_changed_past_the_program_is_not_handed_out(staff):
    saved = saved_report()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE reports_savedfile SET body = %s WHERE suffix = 'pdf'", [b"%PDF-0"])
    assert staff.get(saved.get_absolute_url()).context["is_intact"] is False
    assert (staff.get(f"{saved.get_absolute_url()}pdf/").status_code) == 409
    assert (staff.get(f"{saved.get_absolute_url()}docx/").status_code) == 200


def test_the_list_is_searched_in_any_spelling_and_by_kind(staff):
    saved_report(note="Anlage für den Fördergeber")
    saved_report(note="Rundbrief")

    def hits(query: str) -> int:
        return len(staff.get(f"{LIST}?{query}").context["table"].rows)

    assert [hits(q) for q in ("q=foerdergeber", "q=RUNDBRIEF", "kind=network", "kind=activity")] == [
        1,
        1,
        2,
        0,
    ]


def test_the_list_never_reads_the_contents(staff, django_assert_max_num_queries: Any):
    for _number in range(3):
        saved_report()
    with django_assert_max_num_queries(12) as queries:
        staff.get(LIST)
    assert not any('"content"' in query["sql"] for query in queries.captured_queries)


def test_the_same_question_can_be_asked_of_todays_data(staff):
    saved = saved_report(query="from_year=2019")
    assert b'href="/reports/network/?from_year=2019"' in staff.get(saved.get_absolute_url()).content


def test_the_list_says_when_in_german(staff):
    saved = saved_report()
    day = date_format(timezone.localtime(saved.created_at), "d.m.Y, H:i")
    assert day in staff.get(LIST).content.decode()
