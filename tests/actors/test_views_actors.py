"""Pages of the actor register."""

import datetime as dt
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from tests.actors.pages import HTMX, client_of, signed_in
from tests.factories.accounts import UserFactory
from tests.factories.actors import (
    ActorFactory,
    ActorTypeFactory,
    AffiliationFactory,
    ConsentFactory,
    FormerNameFactory,
    PersonFactory,
    PhoneNumberFactory,
    ProgrammeDependencyFactory,
    RelationFactory,
)
from tests.factories.contacts import ContactFactory, FollowUpFactory
from tests.factories.events import ParticipationFactory

pytestmark = pytest.mark.django_db
LIST = "/actors/"


def full_actor(number):
    """An actor with something in every column of the list and every card of the page."""
    actor = ActorFactory.create(
        name=f"Verein {number:03}", district=f"Quartier {number}", responsible=UserFactory.create()
    )
    contact = ContactFactory.create(actors=[actor])
    FollowUpFactory.create(contact=contact, actor=actor)
    ParticipationFactory.create(actor=actor)
    RelationFactory.create(source=actor)
    AffiliationFactory.create(organisation=actor)
    PhoneNumberFactory.create(actor=actor)
    FormerNameFactory.create(actor=actor)
    ProgrammeDependencyFactory.create(actor=actor)
    return actor


def queries_of(client, url):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize(
    "sort", ["name", "-actor_type", "district", "-last_contact", "contacts", "participations"]
)
def test_the_list_asks_as_much_for_three_actors_as_for_one(sort):
    client = client_of()
    full_actor(1)
    address = f"{LIST}?sort={sort}"
    once = queries_of(client, address)
    full_actor(2)
    full_actor(3)
    assert queries_of(client, address) == once


def test_the_page_asks_as_much_for_many_ties_as_for_one():
    client = client_of()
    actor = full_actor(1)
    address = actor.get_absolute_url()
    once = queries_of(client, address)
    for _ in range(2):
        RelationFactory.create(source=actor)
        AffiliationFactory.create(organisation=actor)
        PhoneNumberFactory.create(actor=actor)
        FollowUpFactory.create(contact=ContactFactory.create(actors=[actor]))
    assert queries_of(client, address) == once


def rows(client, query=""):
    table = client.get(LIST + query).context["table"]
    return [row.record.name for row in table.paginated_rows]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("name", ["Alt", "Mittel", "Neu"]),
        ("-last_contact", ["Neu", "Alt", "Mittel"]),
        ("last_contact", ["Mittel", "Alt", "Neu"]),
        ("-contacts", ["Alt", "Neu", "Mittel"]),
        ("-participations", ["Mittel", "Alt", "Neu"]),
        ("district", ["Neu", "Mittel", "Alt"]),
        ("password", ["Alt", "Mittel", "Neu"]),
    ],
)
def test_the_list_is_sorted_by_what_is_shown(sort, expected):
    old = ActorFactory.create(name="Alt", district="Z")
    middle = ActorFactory.create(name="Mittel", district="M")
    new = ActorFactory.create(name="Neu", district="A")
    for day in (dt.date(2019, 1, 1), dt.date(2019, 2, 1)):
        ContactFactory.create(actors=[old], date=day)
    ContactFactory.create(actors=[new], date=dt.date(2020, 1, 1))
    ParticipationFactory.create(actor=middle)
    assert rows(client_of(), f"?sort={sort}") == expected


def test_a_row_counts_what_the_office_may_see():
    actor = ActorFactory.create()
    ContactFactory.create(actors=[actor], date=dt.date(2019, 1, 1))
    ContactFactory.create(actors=[actor], date=dt.date(2020, 1, 1), is_confidential=True)
    ParticipationFactory.create(actor=actor)
    ParticipationFactory.create(actor=actor, state="excused")
    table = client_of().get(LIST).context["table"]
    activity = table.activity[actor.pk]
    assert (activity.contacts, activity.last_contact) == (2, dt.date(2020, 1, 1))
    assert table.attended == {actor.pk: 1}


def test_what_others_logged_does_not_show_in_a_volunteers_figures():
    actor, volunteer = ActorFactory.create(), UserFactory.create(role="volunteer")
    ContactFactory.create(actors=[actor], date=dt.date(2019, 1, 1), staff=volunteer)
    ContactFactory.create(actors=[actor], date=dt.date(2020, 1, 1))
    client = Client()
    client.force_login(volunteer)
    table = client.get(LIST).context["table"]
    activity = table.activity[actor.pk]
    assert (activity.contacts, activity.last_contact, table.years[-1]) == (1, dt.date(2019, 1, 1), 2019)


def test_a_reader_sees_no_contacts_no_persons_and_no_filter_for_them():
    actor = ActorFactory.create(name="Verein")
    PersonFactory.create()
    ContactFactory.create(actors=[actor])
    response = client_of("reader").get(LIST)
    table = response.context["table"]
    assert [row.record.name for row in table.paginated_rows] == ["Verein"]
    assert (table.activity, "contacts" in table.columns.names()) == ({}, False)
    assert "quiet" not in response.context["filterset"].form.fields


def test_the_status_says_what_presses():
    today = timezone.localdate()
    ActorFactory.create(name="Aktiv")
    ActorFactory.create(name="Beendet", active_until=today)
    ActorFactory.create(name="Kommt", active_from=today + dt.timedelta(days=1))
    FollowUpFactory.create(actor=ActorFactory.create(name="Mahnt"), due=today - dt.timedelta(days=1))
    table = client_of().get(LIST).context["table"]
    states = {row.record.name: table._status(row.record) for row in table.paginated_rows}
    assert states == {"Aktiv": "active", "Beendet": "ended", "Kommt": "planned", "Mahnt": "overdue"}


def test_a_download_holds_exactly_the_filtered_rows_with_typed_cells():
    for number in range(60):
        ActorFactory.create(name=f"Verein {number:02}")
    actor = ActorFactory.create(name="=Formel", district="Nord")
    ContactFactory.create(actors=[actor], date=dt.date(2020, 1, 1))
    response = client_of().get(LIST, {"district": "Nord", "export": "xlsx"})
    sheet = load_workbook(io.BytesIO(response.content)).worksheets[1]
    head, row = list(sheet.iter_rows(values_only=True))
    assert (len(head), row[0], row[2], row[4]) == (8, "=Formel", "Nord", 1)
    assert row[3] == dt.datetime(2020, 1, 1)
    whole = client_of().get(LIST, {"export": "csv"}).content.decode("utf-8-sig")
    assert len(whole.splitlines()) == 62


def test_only_the_results_are_sent_while_filtering():
    ActorFactory.create(name="Verein")
    response = client_of().get(LIST, {"q": "ver"}, **HTMX)
    assert next(template.name for template in response.templates) == "actors/actor_results.html"


def test_an_empty_register_says_what_to_do_next():
    assert b"/actors/new/" in client_of().get(LIST).content


def test_a_script_as_a_name_is_inert_everywhere():
    actor = ActorFactory.create(name="</script><img src=x onerror=alert(1)>")
    RelationFactory.create(source=actor, target=ActorFactory.create(name="<b>Fett</b>"))
    client = client_of()
    for address in (LIST, actor.get_absolute_url(), f"{actor.get_absolute_url()}edit/"):
        content = client.get(address).content
        assert b"<img src=x" not in content
        assert b"<b>Fett" not in content


def test_the_office_sees_private_particulars():
    actor = PersonFactory.create(email="ada@example.org", street="Gasse 1", notes="Ruft gern an")
    PhoneNumberFactory.create(actor=actor, number="+49 5361 12345")
    ConsentFactory.create(person=actor)
    page = client_of().get(actor.get_absolute_url())
    content = page.content.decode()
    assert all(text in content for text in ("tel:0536112345", "ada@example.org", "Gasse 1", "Ruft gern an"))
    assert len(page.context["consents"]) == 1


def test_a_volunteer_sees_a_person_without_private_particulars():
    actor = PersonFactory.create(email="ada@example.org", street="Gasse 1", notes="Ruft gern an")
    PhoneNumberFactory.create(actor=actor, number="+49 5361 12345")
    ConsentFactory.create(person=actor)
    page = client_of("volunteer").get(actor.get_absolute_url())
    content = page.content.decode()
    assert not any(text in content for text in ("12345", "ada@example.org", "Gasse 1", "Ruft gern an"))
    assert (page.context["consents"], page.context["may_change"]) == ([], False)


def test_a_reader_sees_an_organisation_without_the_people_in_it():
    actor = ActorFactory.create()
    AffiliationFactory.create(organisation=actor, is_main_contact=True)
    RelationFactory.create(source=actor, target=PersonFactory.create())
    RelationFactory.create(source=actor, target=ActorFactory.create(name="Nachbar"))
    page = client_of("reader").get(actor.get_absolute_url())
    assert [tie.other.name for tie in page.context["relations"]] == ["Nachbar"]
    assert (page.context["affiliations"], page.context["main_contact"]) == ([], None)


@pytest.mark.parametrize("address", ["", "edit/", "delete/", "relations/", "timeline/", "relations/new/"])
def test_what_a_reader_may_not_see_does_not_exist(address):
    person_ = PersonFactory.create()
    client = client_of("reader")
    hidden = client.get(f"/actors/{person_.pk}/{address}").status_code
    missing = client.get(f"/actors/999999/{address}").status_code
    assert hidden == missing
    assert hidden in {403, 404}


def test_open_follow_ups_stand_above_the_page_the_oldest_first():
    actor = ActorFactory.create()
    late = FollowUpFactory.create(actor=actor, due=dt.date(2021, 2, 1))
    early = FollowUpFactory.create(contact=ContactFactory.create(actors=[actor]), due=dt.date(2021, 1, 1))
    FollowUpFactory.create(actor=ActorFactory.create())
    assert client_of().get(actor.get_absolute_url()).context["follow_ups"] == [early, late]


def test_past_ties_are_listed_after_the_present_ones():
    actor = ActorFactory.create()
    RelationFactory.create(
        source=actor, target=ActorFactory.create(name="Früher"), valid_until=dt.date(2015, 1, 1)
    )
    RelationFactory.create(source=actor, target=ActorFactory.create(name="Lose"), strength=1)
    RelationFactory.create(source=actor, target=ActorFactory.create(name="Eng"), strength=3)
    context = client_of().get(f"{actor.get_absolute_url()}relations/").context
    assert [tie.other.name for tie in context["relations"]] == ["Eng", "Lose", "Früher"]
    assert [node.name for node in context["nodes"]] == ["Eng", "Lose"]


def test_what_begins_in_future_is_not_said_to_hold_already():
    actor = ActorFactory.create(active_from=dt.date(2099, 6, 1))
    for year in (2020, 2099):
        ProgrammeDependencyFactory.create(
            actor=actor, programme=f"Programm {year}", valid_from=dt.date(year, 1, 1), valid_until=None
        )

    context = client_of().get(actor.get_absolute_url(), headers={"Accept-Language": "de"}).context

    assert [(row.programme, period) for row, period in context["dependencies"]] == [
        ("Programm 2020", "seit 2020"),
        ("Programm 2099", "ab 2099"),
    ]
    assert context["active"] == "ab 01.06.2099"


def test_options_name_type_and_place():
    actor = ActorFactory.create(
        name="Kita Sonne", district="Nord", actor_type=ActorTypeFactory.create(code="daycare")
    )
    PersonFactory.create(given_name="Kita", family_name="Person")
    answer = client_of("reader").get("/actors/options/?q=kita").json()
    hint = f"{actor.actor_type.label} · Nord"
    assert answer == {
        "results": [{"id": actor.pk, "text": "Kita Sonne", "hint": hint, "sector": actor.sector}]
    }


def test_options_leave_out_no_namesake_for_there_is_nothing_more_to_type():
    namesakes = [PersonFactory.create(given_name="Ada", family_name="Muster").pk for _number in range(22)]
    PersonFactory.create(given_name="Ada", family_name="Musterfrau")
    client = client_of()

    very_name = client.get("/actors/options/?q=ada muster").json()["results"]
    only_a_part = client.get("/actors/options/?q=muster").json()["results"]

    assert {hit["id"] for hit in very_name} == set(namesakes)
    assert len(only_a_part) == 20


def test_options_can_be_of_one_kind():
    ActorFactory.create(name="Ada-Club")
    PersonFactory.create(given_name="Ada", family_name="Beispiel")
    answers = [
        client_of().get(f"/actors/options/?q=ada&kind={kind}").json() for kind in ("person", "collective")
    ]
    assert [[hit["text"] for hit in answer["results"]] for answer in answers] == [
        ["Ada Beispiel"],
        ["Ada-Club"],
    ]


def test_signed_in_is_who_asks():
    client, user = signed_in()
    actor = ActorFactory.create(responsible=user)
    assert rows(client, f"?responsible={user.pk}") == [actor.name]


@pytest.mark.parametrize(("role", "leads"), [("staff", True), ("reader", True), ("volunteer", False)])
def test_the_page_leads_to_the_actor_in_the_network_for_whoever_may_see_it(role, leads):
    actor = ActorFactory.create()
    page = client_of(role).get(f"{LIST}{actor.pk}/").content.decode()
    assert (f"/reports/explorer/?actor={actor.pk}" in page) is leads
