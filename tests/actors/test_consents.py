"""Pages of consents: recording, correcting, withdrawing, what they say one may do, and who sees them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from actors.models import Actor, Consent
from core.stored_once import FIELD
from tests.actors.pages import client_of, signed_in
from tests.api import client_of as api_of
from tests.core.rules import problems
from tests.factories.actors import ActorFactory, ConsentFactory, PersonFactory

pytestmark = pytest.mark.django_db
LIST = "/actors/consents/"
STAYS = "A withdrawn consent stays as it was. If the person agrees again, record a new consent."


def address(consent: Consent, action: str = "") -> str:
    return f"{LIST}{consent.pk}/{action}"


def filled(person: Actor, **changes: Any) -> dict[str, Any]:
    fields = {"person": person.pk, "purpose": "photo_web", "given_on": "2020-05-04", "given_how": "oral"}
    return {**fields, "text_version": "2018-05", **changes}


def stored() -> dict[str, Any]:
    names = ("person", "purpose", "given_on", "given_how", "text_version", "taken_by", "withdrawn_on")
    return Consent.objects.values(*names).get()


def lines_of(person: Actor, role: str = "staff") -> dict[str, tuple[bool, str]]:
    page = client_of(role).get(person.get_absolute_url())
    return {str(line["allows"]): (line["holds"], line["effect"]) for line in page.context["consent_lines"]}


def test_a_consent_is_recorded_with_all_that_proves_it():
    client, user = signed_in()
    person = PersonFactory.create()
    form = client.get(f"{LIST}new/?person={person.pk}").context["form"]
    answer = client.post(f"{LIST}new/", filled(person, taken_by=user.pk))
    consent = Consent.objects.get()
    assert (form["person"].initial, form["taken_by"].initial) == (person, user.pk)
    assert answer["Location"] == consent.get_absolute_url()
    assert stored() == {
        "person": person.pk,
        "purpose": "photo_web",
        "given_on": dt.date(2020, 5, 4),
        "given_how": "oral",
        "text_version": "2018-05",
        "taken_by": user.pk,
        "withdrawn_on": None,
    }


def test_a_form_sent_twice_records_once():
    client, person = client_of(), PersonFactory.create()
    key = client.get(f"{LIST}new/").context["draft_key"]
    answers = [client.post(f"{LIST}new/", filled(person, **{FIELD: key})) for _time in range(2)]
    assert {answer["Location"] for answer in answers} == {Consent.objects.get().get_absolute_url()}


@pytest.mark.parametrize("person", ["", "x", "999999", "9" * 30, "organisation"])
def test_only_a_person_in_the_address_is_preset(person):
    key = ActorFactory.create().pk if person == "organisation" else person
    form = client_of().get(f"{LIST}new/?person={key}").context["form"]
    assert form.initial == {}


def test_the_text_that_was_agreed_to_last_is_proposed():
    ConsentFactory.create(text_version="2018-05", given_on=dt.date(2019, 1, 1))
    ConsentFactory.create(text_version="2003-01", given_on=dt.date(2004, 1, 1))
    assert client_of().get(f"{LIST}new/").context["form"]["text_version"].initial == "2018-05"


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"given_on": "2020-02-30"}, {"given_on": ["Enter a valid date."]}),
        ({"purpose": "contact"}, {"__all__": ["A consent for this purpose is already in force."]}),
        ({"given_how": ""}, {"given_how": ["This field is required."]}),
    ],
)
def test_what_cannot_be_is_refused(changes, errors):
    person = ConsentFactory.create(purpose="contact").person
    answer = client_of().post(f"{LIST}new/", filled(person, **changes), headers={"accept-language": "en"})
    assert (answer.status_code, answer.context["form"].errors) == (422, errors)
    assert Consent.objects.count() == 1


def test_a_consent_is_withdrawn_and_stays():
    consent = ConsentFactory.create()
    client, today = client_of(), timezone.localdate()
    form = client.get(address(consent, "withdraw/")).context["form"]
    answer = client.post(address(consent, "withdraw/"), {"withdrawn_on": today, "version": consent.version})
    page = client.get(address(consent))
    assert form["withdrawn_on"].value() == today
    assert answer["Location"] == consent.get_absolute_url()
    assert stored()["withdrawn_on"] == today
    assert (page.context["holds"], page.context["may_change"]) == (False, False)


@pytest.mark.parametrize("day", ["", "2020-05-03", "2999-01-01"])
def test_a_withdrawal_has_a_day_that_can_be(day):
    consent = ConsentFactory.create(given_on=dt.date(2020, 5, 4))
    answer = client_of().post(address(consent, "withdraw/"), {"withdrawn_on": day, "version": 1})
    assert (answer.status_code, stored()["withdrawn_on"]) == (422, None)


@pytest.mark.parametrize("action", ["edit/", "withdraw/"])
def test_a_withdrawn_consent_has_no_form(action):
    consent = ConsentFactory.create(withdrawn_on=dt.date(2020, 6, 1))
    assert client_of().get(address(consent, action))["Location"] == consent.get_absolute_url()


@pytest.mark.parametrize(
    ("action", "data"),
    [
        ("edit/", {"given_on": "2020-05-05", "given_how": "written", "text_version": ""}),
        ("withdraw/", {"withdrawn_on": "2020-07-01"}),
    ],
)
def test_a_withdrawn_consent_is_not_changed_by_a_form_that_was_open(action, data):
    consent = ConsentFactory.create(withdrawn_on=dt.date(2020, 6, 1))
    before = stored()
    answer = client_of().post(address(consent, action), {**data, "version": consent.version})
    codes = [error.code for error in answer.context["form"].errors.as_data()["__all__"]]
    assert (answer.status_code, codes, stored()) == (422, ["withdrawn"], before)


def test_a_withdrawal_is_not_taken_back_through_the_api():
    consent = ConsentFactory.create(withdrawn_on=dt.date(2020, 6, 1))
    answer = api_of("staff").patch(f"/api/v1/consents/{consent.pk}/", {"withdrawn_on": None})
    assert (answer.status_code, stored()["withdrawn_on"]) == (400, dt.date(2020, 6, 1))


@pytest.mark.parametrize("changes", [{"withdrawn_on": None}, {"purpose": "successor"}, {"text_version": "x"}])
def test_what_a_withdrawn_consent_proves_does_not_change(changes):
    consent = ConsentFactory.create(withdrawn_on=dt.date(2020, 6, 1))
    assert problems(consent) == {}
    for name, value in changes.items():
        setattr(consent, name, value)
    assert problems(consent) == {"__all__": [STAYS]}


def test_the_api_says_who_took_a_consent():
    person = PersonFactory.create()
    answer = api_of("staff").post("/api/v1/consents/", filled(person))
    assert (answer.status_code, answer.json()["taken_by"]) == (201, stored()["taken_by"])
    assert stored()["taken_by"] is not None


def test_of_two_editors_the_second_is_told():
    consent = ConsentFactory.create(text_version="2003-01")
    data = {"given_on": "2020-05-04", "given_how": "written", "version": 1}
    client = client_of()
    client.post(address(consent, "edit/"), {**data, "text_version": "2018-05"})
    answer = client.post(address(consent, "edit/"), {**data, "text_version": "2020-01"})
    conflicts = [now for _label, now in answer.context["form"].conflicts]
    assert (answer.status_code, conflicts, stored()["text_version"]) == (422, ["2018-05"], "2018-05")


def test_person_and_purpose_stay():
    consent, other = ConsentFactory.create(), PersonFactory.create()
    data = filled(other, text_version="2020-01", version=1)
    client_of().post(address(consent, "edit/"), data)
    assert (stored()["person"], stored()["purpose"], stored()["text_version"]) == (
        consent.person_id,
        "contact",
        "2020-01",
    )


def test_a_deleted_consent_comes_back():
    consent = ConsentFactory.create(withdrawn_on=dt.date(2020, 6, 1))
    client, before = client_of(), stored()
    answer = client.post(address(consent, "delete/"), follow=True)
    assert Consent.objects.count() == 0
    (message,) = answer.context["messages"]
    client.post(message.extra_tags)
    assert stored() == before


def test_the_page_of_a_person_says_what_one_may_do():
    person = PersonFactory.create()
    ConsentFactory.create(person=person, purpose="contact", given_on=dt.date(2020, 5, 4))
    gone = {"purpose": "invitations", "given_on": dt.date(2020, 5, 4), "withdrawn_on": dt.date(2020, 6, 1)}
    ConsentFactory.create(person=person, **gone)
    again = {"purpose": "newsletter", "given_on": dt.date(2019, 5, 4), "withdrawn_on": dt.date(2019, 6, 1)}
    ConsentFactory.create(person=person, **again)
    ConsentFactory.create(person=person, purpose="newsletter", given_on=dt.date(2020, 7, 1))
    assert lines_of(person) == {
        "Die Person anrufen und anschreiben": (True, "gilt seit 04.05.2020"),
        "Die Person zu Veranstaltungen einladen": (False, "widerrufen am 01.06.2020"),
        "Den Rundbrief schicken": (True, "gilt seit 01.07.2020"),
        "Die Person in der Gremienarbeit nennen": (False, ""),
        "Die Person in Nachweisen an Fördergeber nennen": (False, ""),
        "Fotos der Person im Internet zeigen": (False, ""),
        "Fotos der Person drucken": (False, ""),
        "Die Daten der Person an eine Nachfolge übergeben": (False, ""),
    }


@pytest.mark.parametrize("role", ["volunteer", "reader"])
def test_nothing_of_it_shows_to_those_who_may_not_see_consents(role):
    person = PersonFactory.create() if role == "volunteer" else ActorFactory.create()
    page = client_of(role).get(person.get_absolute_url())
    assert b"actor-consents" not in page.content
    assert LIST.encode() not in page.content


def test_the_list_is_filtered_by_person_and_by_a_day():
    consent = ConsentFactory.create(withdrawn_on=dt.date(2020, 6, 1))
    other = ConsentFactory.create()

    def rows(query: str) -> list[Consent]:
        return [row.record for row in client_of().get(LIST + query).context["table"].rows]

    assert rows(f"?person={consent.person_id}") == [consent]
    assert rows("?effective_on=2020-06-01") == [other]
    assert (rows("?effect=withdrawn"), rows("?effect=holds")) == ([consent], [other])


def test_the_export_says_what_the_list_says():
    person = PersonFactory.create(given_name="Erika", family_name="Muster")
    ConsentFactory.create(person=person, text_version="2018-05", withdrawn_on=dt.date(2020, 6, 1))
    text = client_of().get(f"{LIST}?export=csv").content.decode("utf-8-sig")
    assert "Kontakt;widerrufen am 01.06.2020;2018-05;" in text


def test_the_number_of_queries_does_not_grow_with_the_list():
    client, user = signed_in()
    counts = []
    for more in (1, 5):
        ConsentFactory.create_batch(more, taken_by=user)
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_withdrawn_consent_ends_on_the_very_day():
    consent = ConsentFactory(given_on=dt.date(2020, 5, 4), withdrawn_on=dt.date(2020, 6, 1))
    days = [dt.date(2020, 5, 3), dt.date(2020, 5, 4), dt.date(2020, 5, 31), dt.date(2020, 6, 1)]
    assert [Consent.objects.effective_on(day).exists() for day in days] == [False, True, True, False]
    assert consent.version == 1
