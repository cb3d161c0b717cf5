"""Two at once in a role that one person holds: the second one is asked whether the first one ended."""

import datetime as dt

import pytest
from django.utils import translation

from actors.imports import AffiliationImporter
from actors.models import Affiliation
from actors.services.holders import single_role
from tests.actors.pages import client_of
from tests.api import client_of as api_of
from tests.core.imports.import_runs import applied, checked, counts
from tests.factories.actors import ActorFactory, AffiliationFactory, PersonFactory

pytestmark = pytest.mark.django_db
JULY = dt.date(2020, 7, 1)


@pytest.fixture
def first():
    return AffiliationFactory.create(role="1. Vorsitzende", valid_from=dt.date(2015, 1, 1))


def terms() -> list[tuple[str, dt.date | None, dt.date | None]]:
    rows = Affiliation.objects.order_by("pk")
    return [(row.role, row.valid_from, row.valid_until) for row in rows]


def send(first, other=None, **changes):
    """Fill in the form for a second holder, from the page of the organisation."""
    other = other or PersonFactory.create()
    data = {"other": other.pk, "role": "Vorsitz", "valid_from": "2020-07-01", **changes}
    return client_of().post(f"/actors/{first.organisation.pk}/affiliations/new/", data)


@pytest.mark.parametrize(
    ("role", "key"),
    [
        *((role, "chair") for role in ("Vorsitz", "1. Vorsitzende*r", "Vorsitzende:r", "Vorsitzende/r")),
        *((role, "chair") for role in ("VorsitzendeR", "Vorsitzender", "Vorsitzende_r", "Erste Vorsitzende")),
        *((role, "chair") for role in ("Erster Vorsitzender", "Vereinsvorsitzende", "chair", "Chairwoman")),
        *((role, "president") for role in ("Präsidentin", "Praesident*in", "president")),
        *((role, "head") for role in ("Leitung", "Leiter:in", "Schulleiterin", "Kita-Leitung", "Rektor")),
        *((role, "treasurer") for role in ("Kassenwart*in", "Schatzmeisterin", "Treasurer")),
        *((role, "mayor") for role in ("Bürgermeister", "Oberbürgermeister/in")),
        *((role, "") for role in ("", "Mitglied", "2. Vorsitzende", "stellvertretende Vorsitzende")),
        *((role, "") for role in ("Stellv. Leitung", "Vorsitzende des Finanzausschusses", "Sprecher*in")),
        *((role, "") for role in ("Leiter*innen", "vice chair", "Geschäftsführung", "Ehrenvorsitzender")),
    ],
)
def test_few_roles_are_held_by_one_person_in_every_spelling(role, key):
    assert single_role(role) == key


def test_the_second_chair_is_asked_whether_the_first_one_ended(first):
    answer = send(first)
    form = answer.context["form"]
    assert (answer.status_code, list(form.errors)) == (422, ["other_holder"])
    page = answer.content.decode()
    assert f"{first.person} (1. Vorsitzende, seit 01.01.2015)" in page
    assert page.count('name="other_holder"') == 2
    assert Affiliation.objects.count() == 1


def test_the_first_one_ends_the_day_before(first):
    assert send(first, other_holder="end").status_code == 302
    assert terms() == [("1. Vorsitzende", dt.date(2015, 1, 1), JULY), ("Vorsitz", JULY, None)]
    first.refresh_from_db()
    assert (first.last_day, first.version) == (dt.date(2020, 6, 30), 2)


def test_who_holds_the_role_since_it_was_asked_is_asked_about_anew(first):
    question = send(first).context["form"]["asked_about"].value()
    second = AffiliationFactory.create(
        organisation=first.organisation, role="Vorsitz", valid_from=dt.date(2019, 1, 1)
    )
    answer = send(first, other_holder="end", asked_about=question)
    form = answer.context["form"]
    assert (answer.status_code, list(form.errors)) == (422, ["other_holder"])
    assert f"{second.person} (Vorsitz, seit 01.01.2019)" in answer.content.decode()
    assert (form["asked_about"].value(), form["other_holder"].value()) == (f"{first.pk},{second.pk}", None)
    assert [row[2] for row in terms()] == [None, None]
    assert send(first, other_holder="end", asked_about=f"{first.pk},{second.pk}").status_code == 302
    assert [row[2] for row in terms()] == [JULY, JULY, None]


def test_both_may_stay(first):
    assert send(first, other_holder="keep").status_code == 302
    assert terms() == [("1. Vorsitzende", dt.date(2015, 1, 1), None), ("Vorsitz", JULY, None)]


@pytest.mark.parametrize(("begin", "said"), [("", "Beginn"), ("2014-01-01", "01.01.2015")])
def test_nobody_ends_before_they_began(first, begin, said):
    answer = send(first, other_holder="end", valid_from=begin)
    errors = answer.context["form"].errors
    assert list(errors) == ["valid_from"]
    assert said in errors["valid_from"][0]
    assert Affiliation.objects.get().valid_until is None


@pytest.mark.parametrize(
    "changes",
    [
        {"role": "2. Vorsitzende"},
        {"role": "Mitglied"},
        {"role": "Kassenwart"},
        {"valid_from": "2010-01-01", "valid_until": "2014-12-31"},
    ],
)
def test_other_roles_and_other_times_are_no_question(first, changes):
    assert send(first, **changes).status_code == 302


def test_the_same_person_and_another_organisation_are_no_question(first):
    assert send(first, other=first.person, role="Vorsitz", valid_from="2021-01-01").status_code == 302
    elsewhere = AffiliationFactory.create(role="Mitglied")
    assert send(elsewhere).status_code == 302


def test_one_who_ended_is_no_question(first):
    Affiliation.objects.update(valid_until=JULY)
    assert send(first).status_code == 302


def test_one_without_a_begin_is_not_asked_about_all_who_ever_held_the_role(first):
    Affiliation.objects.update(valid_until=JULY)
    assert send(first, valid_from="").status_code == 302
    answer = send(first, valid_from="")
    assert list(answer.context["form"].errors) == ["other_holder"]
    assert str(first.person) not in str(answer.context["form"].errors)


def test_an_older_pair_is_not_asked_about_again(first):
    second = AffiliationFactory.create(organisation=first.organisation, role="Vorsitz", valid_from=JULY)
    address = f"/actors/{first.organisation.pk}/affiliations/{second.pk}/"
    data = {"other": second.person.pk, "role": "Vorsitz", "valid_from": "2020-07-01", "version": "1"}
    assert client_of().post(address, {**data, "is_main_contact": "on"}).status_code == 302


def test_who_becomes_chair_later_is_asked_too(first):
    member = AffiliationFactory.create(organisation=first.organisation, role="Mitglied")
    address = f"/actors/{first.organisation.pk}/affiliations/{member.pk}/"
    data = {"other": member.person.pk, "role": "Vorsitzende", "valid_from": "2020-07-01", "version": "1"}
    assert list(client_of().post(address, data).context["form"].errors) == ["other_holder"]
    assert client_of().post(address, {**data, "other_holder": "end"}).status_code == 302
    first.refresh_from_db()
    assert first.valid_until == JULY


def over_api(first, **changes):
    data = {
        "person": PersonFactory.create().pk,
        "organisation": first.organisation.pk,
        "role": "Vorsitz",
        "valid_from": "2020-07-01",
        **changes,
    }
    return api_of("staff").post("/api/v1/affiliations/", data, content_type="application/json")


def test_the_api_refuses_the_second_one_and_names_the_field(first):
    refused = over_api(first)
    assert (refused.status_code, list(refused.json())) == (400, ["other_holder"])
    assert "keep" in refused.json()["other_holder"][0]
    assert over_api(first, other_holder="perhaps").status_code == 400
    assert list(over_api(first, other_holder="end", valid_from=None).json()) == ["valid_from"]
    assert Affiliation.objects.count() == 1


@pytest.mark.parametrize(("answer", "until"), [("end", JULY), ("keep", None)])
def test_the_api_takes_an_answer(first, answer, until):
    made = over_api(first, other_holder=answer)
    assert (made.status_code, "other_holder" in made.json()) == (201, False)
    assert [row[2] for row in terms()] == [until, None]


def test_the_api_asks_only_about_what_changes(first):
    second = AffiliationFactory.create(organisation=first.organisation, role="Vorsitz", valid_from=JULY)
    api, address = api_of("staff"), f"/api/v1/affiliations/{second.pk}/"
    changed = api.patch(address, {"is_main_contact": True}, content_type="application/json")
    assert changed.status_code == 200
    member = AffiliationFactory.create(organisation=first.organisation, role="Mitglied")
    address = f"/api/v1/affiliations/{member.pk}/"
    refused = api.patch(address, {"role": "Vorsitz"}, content_type="application/json")
    assert (refused.status_code, list(refused.json())) == (400, ["other_holder"])


def notes(run):
    return [(row.number, text) for row in run.rows.all() for _column, _shown, text in row.notes]


def test_an_import_says_that_two_hold_a_role_and_keeps_both(first):
    first.organisation.external_id = "O1"
    first.organisation.save()
    PersonFactory.create(external_id="P1", given_name="Ada", family_name="Alt")
    PersonFactory.create(external_id="P2", given_name="Bea", family_name="Bunt")
    table = "person_id;organisation_id;Funktion;Von;Bis\nP1;O1;Vorsitz;2018;2019\nP2;O1;Vorsitzende;2021;\n"
    said = "holds this role at the same time. Both are kept; if one has ended, enter its last day."
    with translation.override("en"):
        run = checked(AffiliationImporter, table)
        assert notes(run) == [(2, f"{first.person} {said}"), (3, f"{first.person} {said}")]
        assert counts(applied(AffiliationImporter, table)) == (2, 0, 0, 0)
        # What is known already is not said again.
        assert notes(checked(AffiliationImporter, table)) == []


def test_an_import_sees_two_in_one_table():
    ActorFactory.create(external_id="O1")
    for key, name in (("P1", "Alt"), ("P2", "Bunt")):
        PersonFactory.create(external_id=key, given_name="Ada", family_name=name)
    table = "person_id;organisation_id;Funktion;Von;Bis\nP1;O1;Leitung;2018;\nP2;O1;Leiterin;2021;\n"
    with translation.override("en"):
        run = checked(AffiliationImporter, table)
    assert [(row, text.partition(" holds")[0]) for row, text in notes(run)] == [(3, "Ada Alt")]


def test_who_holds_the_role_in_future_only_is_not_said_to_hold_it_already():
    coming = AffiliationFactory.create(role="Vorsitz", valid_from=dt.date(2099, 1, 1))

    page = send(coming).content.decode()

    assert f"{coming.person} (Vorsitz, ab 01.01.2099)" in page
