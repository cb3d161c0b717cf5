"""Pages of concerns: the list that ages, one concern and its steps, and where concerns come from."""

import datetime as dt
import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from contacts.models import Concern, ConcernStep, FollowUp
from tests.actors.pages import HTMX, client_of, signed_in
from tests.contacts.test_services_concerns import recorded, status
from tests.factories.actors import ActorFactory, PersonFactory, TopicFactory
from tests.factories.contacts import ConcernFactory, ConcernKindFactory, ContactFactory

pytestmark = pytest.mark.django_db
LIST = "/actors/concerns/"


def texts(client, query):
    return [row.record.text for row in client.get(LIST + query).context["table"].paginated_rows]


def fields(**changes):
    """Return what the form of a new concern sends."""
    return {"text": "Laterne", "kind": ConcernKindFactory.create().pk, "raised_on": "2020-05-04", **changes}


def test_whoever_comes_without_a_wish_sees_what_is_open():
    assert client_of().get(LIST)["Location"] == f"{LIST}?is_open=true"


@pytest.fixture
def several():
    today, department = timezone.localdate(), ActorFactory.create(name="Grünamt")
    ended = ActorFactory.create(name="Altes Amt", active_until=dt.date(2020, 1, 1))
    ConcernFactory.create(text="alt", forwarded_to=department, due=dt.date(2020, 6, 1))
    ConcernFactory.create(text="jung", raised_on=today, raised_by=PersonFactory.create(given_name="Ada"))
    ConcernFactory.create(text="mittel", raised_on=today - dt.timedelta(days=8), forwarded_to=ended)
    ConcernFactory.create(
        text="fertig", status=status("done"), topic=TopicFactory.create(code="t"), answer="Ja", told_on=today
    )
    return department


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?is_open=true", ["alt", "mittel", "jung"]),
        ("?is_open=false", ["fertig"]),
        ("?light=red", ["alt"]),
        ("?light=yellow&light=green", ["mittel", "jung"]),
        ("?has=ended", ["mittel"]),
        ("?has=untold&is_open=true&sort=-raised_on", ["jung", "mittel", "alt"]),
        ("?has=told", ["fertig"]),
        ("?has=not_forwarded", ["fertig", "jung"]),
        ("?topic=t", ["fertig"]),
        ("?q=ja", ["fertig"]),
        ("?is_open=true&sort=days", ["jung", "mittel", "alt"]),
        ("?until=2020-12-31", ["alt", "fertig"]),
    ],
)
def test_the_list_is_filtered_and_sorted(several, query, expected):
    cells = texts(client_of(), query)
    assert (cells if "sort" in query or "is_open=true" in query else sorted(cells)) == (
        expected if "sort" in query or "is_open=true" in query else sorted(expected)
    )


def test_the_list_is_filtered_by_department_and_number(several):
    client = client_of()
    assert texts(client, f"?department={several.pk}") == ["alt"]
    concern = Concern.objects.get(text="jung")
    assert texts(client, f"?q={concern.number}") == ["jung"]


def test_the_list_shows_the_light_in_words_and_flags_a_department_that_has_ended(several):
    page = client_of().get(f"{LIST}?is_open=true").content.decode()
    assert page.count('data-icon="alert-triangle"') >= 1
    assert "Altes Amt" in page
    assert page.count('data-icon="archive"') == 1


def test_the_export_holds_the_filtered_rows_with_days_and_light(several):
    answer = client_of().get(f"{LIST}?is_open=true&export=xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    cells = [[cell.value for cell in row] for sheet in book for row in sheet.iter_rows()]
    matching = [row for row in cells if "mittel" in row]
    assert len(matching) == 1
    assert 8 in matching[0]
    assert any("Altes Amt (" in str(value) for value in matching[0])


@pytest.mark.parametrize("address", [f"{LIST}?is_open=true", f"{LIST}departments/"])
def test_a_longer_list_asks_no_more(address):
    client = client_of()

    def change():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    ConcernFactory.create(forwarded_to=ActorFactory.create(), raised_by=PersonFactory.create())
    change()
    few = change()
    for _number in range(6):
        ConcernFactory.create(forwarded_to=ActorFactory.create(), raised_by=PersonFactory.create())
    assert change() == few


def test_departments_stand_with_what_lies_there_the_longest_waiting_first(several):
    page = client_of().get(f"{LIST}departments/")
    rows = [(str(row.department), len(row.concerns), row.has_ended) for row in page.context["departments"]]
    assert rows == [("Grünamt", 1, False), ("Altes Amt", 1, True), ("None", 1, False)]
    part = client_of().get(f"{LIST}departments/?has=ended", **HTMX)
    assert [str(row.department) for row in part.context["departments"]] == ["Altes Amt"]


def test_a_concern_is_recorded_anonymously():
    client, user = signed_in()
    answer = client.post(f"{LIST}new/", fields())
    concern = Concern.objects.get()
    assert answer["Location"] == concern.get_absolute_url()
    assert (concern.raised_by, concern.status.code, concern.steps.get().by) == (None, "new", user)
    assert "anonym" in client.get(concern.get_absolute_url()).content.decode()


def test_a_concern_out_of_a_contact_brings_what_is_known_along():
    person, topic = PersonFactory.create(), TopicFactory.create()
    contact = ContactFactory.create(actors=[person], note="Laterne kaputt", date=dt.date(2020, 5, 4))
    contact.topics.add(topic)
    client = client_of()
    assert f"{LIST}new/?contact={contact.pk}" in client.get(contact.get_absolute_url()).content.decode()
    form = client.get(f"{LIST}new/?contact={contact.pk}").context["form"]
    assert {name: form[name].initial for name in ("text", "raised_on", "raised_by", "topic")} == {
        "text": "Laterne kaputt",
        "raised_on": dt.date(2020, 5, 4),
        "raised_by": person.pk,
        "topic": topic.pk,
    }
    client.post(f"{LIST}new/?contact={contact.pk}", fields(raised_by=person.pk))
    concern = Concern.objects.get()
    assert (concern.contact, concern.raised_by) == (contact, person)
    assert concern.get_absolute_url() in client.get(contact.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    "query", ["?contact=x", "?contact=0", "?contact=99999999999999999999", "?raised_by=-1"]
)
def test_a_source_that_is_none_is_passed_over(query):
    assert client_of().get(f"{LIST}new/{query}").status_code == 200


def test_only_steps_that_can_follow_are_offered():
    concern = recorded("in_progress")
    page = client_of().get(concern.get_absolute_url())
    assert [form.to.code for form in page.context["moves"]] == ["forwarded", "answered", "done", "declined"]


def test_forwarding_with_a_reminder():
    concern, department = recorded(), ActorFactory.create()
    client, user = signed_in()
    change = {
        "forwarded_to": department.pk, "due": "2190-01-01", "remind_on": "2190-01-02", "note": "Bitte",
        "version": concern.version,
    }  # fmt: skip
    answer = client.post(f"{LIST}{concern.pk}/move/forwarded/", change)
    assert answer["Location"] == concern.get_absolute_url()
    stored = Concern.objects.get()
    assert (stored.forwarded_to, stored.due) == (department, dt.date(2190, 1, 1))
    follow_up = FollowUp.objects.get()
    assert (follow_up.concern, follow_up.assignee, follow_up.due) == (concern, user, dt.date(2190, 1, 2))
    page = client.get(concern.get_absolute_url()).content.decode()
    assert "Bitte" in page
    assert department.name in page


def test_forwarding_to_a_department_that_has_ended_is_said_at_the_field():
    concern = recorded()
    ended = ActorFactory.create(active_until=dt.date(2020, 1, 1))
    answer = client_of().post(
        f"{LIST}{concern.pk}/move/forwarded/", {"forwarded_to": ended.pk, "note": "Tippte ich"}
    )
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["forwarded_to"])
    assert "Tippte ich" in answer.content.decode()
    assert ConcernStep.objects.count() == 1


def test_what_lies_with_a_department_that_has_ended_stays_readable_and_says_so():
    ended = ActorFactory.create(name="Altes Amt", active_until=dt.date(2020, 1, 1))
    concern = ConcernFactory.create(forwarded_to=ended)
    page = client_of().get(concern.get_absolute_url())
    assert (page.status_code, page.context["has_ended_department"]) == (200, True)


def test_of_two_at_once_the_second_is_told_and_loses_nothing():
    concern = recorded()
    client = client_of()
    seen = concern.version
    first = client.post(f"{LIST}{concern.pk}/move/answered/", {"answer": "Erste", "version": seen})
    assert first.status_code == 302
    change = {"answer": "Zweite", "version": seen}
    second = client.post(f"{LIST}{concern.pk}/move/answered/", change)
    assert second.status_code == 422
    assert "Zweite" in second.content.decode()
    assert Concern.objects.get().answer == "Erste"
    assert ("Status", status("answered").label) in second.context["form"].conflicts


def test_a_step_that_can_no_longer_follow_is_refused_in_words():
    concern = recorded("done")
    answer = client_of().post(f"{LIST}{concern.pk}/move/declined/", {"note": "Nein"})
    assert (answer.status_code, Concern.objects.get().status.code) == (422, "done")
    assert len(answer.context["form"].non_field_errors()) == 1


def test_an_unknown_status_is_no_page():
    assert client_of().get(f"{LIST}{recorded().pk}/move/nowhere/").status_code == 404


def test_the_resident_is_told_and_the_concern_taken_up_again():
    concern, client = recorded("done"), client_of()
    client.post(f"{LIST}{concern.pk}/told/", {"told_on": "2020-05-09", "version": concern.version})
    assert Concern.objects.get().told_on == dt.date(2020, 5, 9)
    client.post(f"{LIST}{concern.pk}/move/in_progress/", {"note": "Wieder dunkel"})
    stored = Concern.objects.get()
    assert (stored.status.code, stored.settled_on) == ("in_progress", None)
    assert ConcernStep.objects.count() == 2


def test_a_reminder_is_planned_from_the_page():
    concern, (client, user) = recorded(), signed_in()
    client.post(f"{LIST}{concern.pk}/remind/", {"due": "2190-01-01", "assignee": user.pk, "text": "Fragen"})
    assert FollowUp.objects.get().text == "Fragen"
    assert client.post(f"{LIST}{concern.pk}/remind/", {"due": "", "assignee": user.pk}).status_code == 422


def test_hostile_text_stays_text():
    concern = recorded(text="<script>alert(1)</script>")
    client = client_of()
    for address in (f"{LIST}?is_open=true", concern.get_absolute_url(), f"{LIST}departments/"):
        assert "<script>alert(1)" not in client.get(address).content.decode()


def test_the_card_of_an_actor_holds_what_it_raised_and_what_lies_there():
    actor = ActorFactory.create()
    ConcernFactory.create(text="von hier", raised_by=actor)
    ConcernFactory.create(text="liegt hier", forwarded_to=actor)
    ConcernFactory.create(text="fremd")
    card = client_of().get(f"/actors/{actor.pk}/concerns/", **HTMX).content.decode()
    assert ("von hier" in card, "liegt hier" in card, "fremd" in card) == (True, True, False)
    nothing = client_of().get(f"/actors/{ActorFactory.create().pk}/concerns/", **HTMX)
    assert nothing.content.decode().strip() == ""
