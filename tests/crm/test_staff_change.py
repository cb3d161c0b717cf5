"""The page on which management hands work over, the sheet it leaves, and the same over the API."""

import datetime as dt
import io

import docx
import pytest
from django.test import Client
from django.utils import timezone, translation
from django.utils.formats import date_format

from reports.builders.hand_over.report import build_hand_over_sheet
from reports.models import SavedReport
from reports.renderers.docx import render_docx
from tests.api import client_of
from tests.factories.accounts import UserFactory
from tests.factories.actors import (
    ActorFactory,
    ActorGroupFactory,
    AffiliationFactory,
    PersonFactory,
    PhoneNumberFactory,
)
from tests.factories.contacts import ConcernFactory, ContactFactory, FollowUpFactory
from tests.reports.requests import request_for

pytestmark = pytest.mark.django_db
PAGE = "/administration/hand-over/"


@pytest.fixture(autouse=True)
def _in_english(settings):
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def leaving():
    return UserFactory.create(first_name="Gerda", last_name="Geht")


@pytest.fixture
def colleague():
    return UserFactory.create(first_name="Bo", last_name="Bleibt")


def client(role="management"):
    signed_in = Client(headers={"accept-language": "en"})
    signed_in.force_login(UserFactory.create(role=role))
    return signed_in


def test_the_page_shows_what_is_theirs_and_who_can_take_it(leaving, colleague):
    FollowUpFactory.create(assignee=leaving, text="Zurückrufen")
    ActorGroupFactory.create(
        name="Schulen", members=[ActorFactory.create(name="Schule", responsible=leaving)]
    )
    volunteer = UserFactory.create(role="volunteer", last_name="Ehrenamt")
    page = client().get(PAGE, {"leaving": leaving.pk})
    text = page.content.decode()
    assert all(word in text for word in ("Zurückrufen", "Schule", "Schulen"))
    offered = list(page.context["form"].fields["to"].queryset)
    assert colleague in offered
    assert not {leaving, volunteer} & set(offered)


def test_everything_goes_in_one_step_and_the_page_says_what(leaving, colleague):
    actor = ActorFactory.create(name="Verein", responsible=leaving)
    FollowUpFactory.create(assignee=leaving, actor=actor)
    ConcernFactory.create(responsible=leaving)
    sent = {"leaving": leaving.pk, "to": colleague.pk, "close_account": "on"}
    page = client().post(PAGE, sent, follow=True)
    leaving.refresh_from_db()
    actor.refresh_from_db()
    assert (actor.responsible, leaving.is_active) == (colleague, False)
    saved = SavedReport.objects.get()
    assert page.redirect_chain == [(f"{PAGE}{saved.pk}/", 302)]
    assert saved.note == "Bo Bleibt: 1 follow-up, 1 concern, 1 actor"
    assert saved.note in page.content.decode()
    # The sheet tells what was theirs before.
    assert "Verein" in saved.content


def test_a_volunteer_as_target_is_refused_in_plain_words(leaving):
    actor = ActorFactory.create(responsible=leaving)
    volunteer = UserFactory.create(role="volunteer")
    page = client().post(PAGE, {"leaving": leaving.pk, "to": volunteer.pk})
    assert page.status_code == 422
    assert "may not see concerns and confidential contacts" in page.content.decode()
    actor.refresh_from_db()
    assert (actor.responsible, SavedReport.objects.count()) == (leaving, 0)


def test_where_the_account_cannot_be_closed_nothing_happens():
    boss = UserFactory.create(role="management")
    actor = ActorFactory.create(responsible=boss)
    signed_in = Client()
    signed_in.force_login(boss)
    sent = {"leaving": boss.pk, "to": UserFactory.create().pk, "close_account": "on"}
    assert signed_in.post(PAGE, sent).status_code == 422
    actor.refresh_from_db()
    boss.refresh_from_db()
    assert (actor.responsible, boss.is_active, SavedReport.objects.count()) == (boss, True, 0)


@pytest.mark.parametrize("query", [{"leaving": "0"}, {"leaving": "x"}, {"leaving": ""}])
def test_somebody_unknown_is_said_at_the_field(query):
    assert client().get(PAGE, query).status_code == 422


def test_the_api_hands_over_like_the_page(leaving, colleague):
    actor = ActorFactory.create(responsible=leaving)
    answer = client_of("management").post(
        "/api/v1/hand-over/", {"leaving": leaving.pk, "to": colleague.pk}, format="json"
    )
    actor.refresh_from_db()
    moved = [{"to": colleague.pk, "follow_ups": 0, "concerns": 0, "actors": 1}]
    assert (answer.status_code, answer.json()["moved"]) == (200, moved)
    assert actor.responsible == colleague
    refused = client_of("management").post("/api/v1/hand-over/", {"leaving": leaving.pk, "to": leaving.pk})
    assert refused.status_code == 400


def words_of(report):
    """Return the document read back: its headings and paragraphs, and the rows of each table."""
    document = docx.Document(io.BytesIO(render_docx(report)))
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
    return [paragraph.text for paragraph in document.paragraphs], tables


def test_the_sheet_tells_of_each_actor_what_a_colleague_has_to_know(leaving):
    today = timezone.localdate()
    club = ActorFactory.create(
        name="Verein", responsible=leaving, notes="Nur abends anrufen.", contact_interval_days=30
    )
    person = PersonFactory.create(given_name="Ada", family_name="Vorsitz")
    PhoneNumberFactory.create(actor=person, number="05361 4711")
    AffiliationFactory.create(person=person, organisation=club, role="Kasse", is_main_contact=True)
    secret = ContactFactory.create(
        actors=[club], subject="Vertraulich", date=today, staff=leaving, is_confidential=True
    )
    for number in range(4):
        ContactFactory.create(
            actors=[club],
            subject=f"Anruf {number}",
            date=today - dt.timedelta(days=9 - number),
            staff=leaving,
        )
    FollowUpFactory.create(contact=secret, assignee=leaving, text="Nachfassen", due=today)
    ConcernFactory.create(raised_by=club, text="Laterne", responsible=leaving)
    known = ActorFactory.create(name="Laden")
    ContactFactory.create(actors=[known], date=today, staff=leaving)
    ActorFactory.create(name="Fremd")
    FollowUpFactory.create(assignee=leaving, text="Für sich", due=today)

    report = build_hand_over_sheet(
        request_for(UserFactory.create(role="management"), now=timezone.now(), key="k"), person=leaving
    )
    lines, tables = words_of(report)
    day = lambda back: report_day(today - dt.timedelta(days=back))  # noqa: E731
    assert [row[:2] for row in tables[0][1:]] == [
        ["Verein", "responsible"],
        ["Laden", "known to nobody else"],
    ]
    assert tables[1][1:] == [
        ["Main contact", "–", "Ada Vorsitz", "Kasse · 05361 4711"],
        ["Next contact", tables[1][2][1], tables[1][2][2], "every 30 days"],
        ["Notes", "–", "Nur abends anrufen.", "–"],
        ["Follow-up (confidential)", day(0), "Nachfassen", "Gerda Geht"],
        ["Concern", "–", "Laterne", "Enquiry · New · Gerda Geht"],
        ["Contact (confidential)", day(0), "Vertraulich", "Phone · Gerda Geht"],
        ["Contact", day(6), "Anruf 3", "Phone · Gerda Geht"],
        ["Contact", day(7), "Anruf 2", "Phone · Gerda Geht"],
    ]
    assert tables[3][1:] == [["Follow-up", day(0), "Für sich", "Gerda Geht"]]
    assert "Staff change sheet: Gerda Geht" in lines
    assert not any("Fremd" in cell for table in tables for row in table for cell in row)


def report_day(day):
    return date_format(day, "SHORT_DATE_FORMAT")


def test_a_sheet_costs_as_many_questions_for_many_actors(leaving, django_assert_num_queries):
    user = UserFactory.create()

    def ask():
        build_hand_over_sheet(request_for(user, now=timezone.now(), key="k"), person=leaving)

    def add(count):
        for _ in range(count):
            actor = ActorFactory.create(responsible=leaving)
            contact = ContactFactory.create(actors=[actor])
            FollowUpFactory.create(contact=contact, assignee=leaving)
            AffiliationFactory.create(organisation=actor, is_main_contact=True)
            ConcernFactory.create(raised_by=actor)

    add(1)
    with django_assert_num_queries(10):
        ask()
    add(20)
    with django_assert_num_queries(10):
        ask()


@pytest.mark.parametrize(
    ("role", "status"), [("management", 200), ("staff", 200), ("volunteer", 404), ("reader", 404)]
)
def test_the_sheet_is_for_the_office(leaving, role, status):
    signed_in = client(role)
    url = f"/reports/hand-over/?person={leaving.pk}"
    assert [signed_in.get(url + form).status_code for form in ("", "&format=docx")] == [status] * 2
    listed = "Staff change sheet" in signed_in.get("/reports/").content.decode()
    assert listed is (status == 200)


def test_a_reader_does_not_save_a_sheet(leaving):
    sent = {"kind": "hand_over", "query": f"person={leaving.pk}"}
    assert client("reader").post("/reports/saved/", sent).status_code == 422
    assert SavedReport.objects.count() == 0
