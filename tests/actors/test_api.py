"""Actors and ties over the REST API: who sees what, who writes what, and what belongs together."""

import datetime as dt

import pytest

from actors.models import Actor, FormerName, PhoneNumber, Relation
from tests.api import client_of, everything
from tests.factories.actors import (
    ActorFactory,
    AffiliationFactory,
    ConsentFactory,
    FormerNameFactory,
    PersonFactory,
    PhoneNumberFactory,
    RelationFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db

PRIVATE = {
    "email": "ada@example.org",
    "street": "Geheimweg 1",
    "postal_code": "38444",
    "city": "Wolfsburg",
    "latitude": "52.397000",
    "longitude": "10.792000",
    "notes": "spricht leise",
}


@pytest.fixture
def person():
    ward = PersonFactory(guardian=PersonFactory(), **PRIVATE)
    PhoneNumberFactory(actor=ward, number="05361 77777")
    return ward


# --- persons are private ---


def test_the_office_sees_every_particular_of_a_person(person):
    particulars = client_of("staff").get(f"/api/v1/actors/{person.pk}/").json()
    assert {name: particulars[name] for name in PRIVATE} == PRIVATE
    assert particulars["guardian"] == person.guardian_id
    assert particulars["phone_numbers"] == [{"number": "05361 77777", "label": ""}]


def test_volunteers_see_a_person_without_private_particulars(person):
    client = client_of("volunteer")
    for particulars in (
        client.get(f"/api/v1/actors/{person.pk}/").json(),
        next(row for row in client.get("/api/v1/actors/").json()["results"] if row["id"] == person.pk),
    ):
        assert particulars["name"] == person.name
        assert {name: particulars[name] for name in (*PRIVATE, "guardian")} == dict.fromkeys(
            [*PRIVATE, "guardian"]
        )
        assert particulars["phone_numbers"] == []
    assert not any(value in str(particulars) for value in [*PRIVATE.values(), "77777"])


def test_volunteers_see_how_an_organisation_is_reached_but_not_what_the_office_noted():
    club = ActorFactory(**PRIVATE)
    PhoneNumberFactory(actor=club, number="05361 77777")
    particulars = client_of("volunteer").get(f"/api/v1/actors/{club.pk}/").json()
    assert (particulars["email"], particulars["city"]) == ("ada@example.org", "Wolfsburg")
    assert (particulars["notes"], particulars["phone_numbers"]) == (
        None,
        [{"number": "05361 77777", "label": ""}],
    )


def test_readers_are_not_told_how_an_organisation_is_reached():
    club = ActorFactory(**PRIVATE)
    PhoneNumberFactory(actor=club, number="05361 77777")
    particulars = client_of("reader").get(f"/api/v1/actors/{club.pk}/").json()
    assert {name: particulars[name] for name in PRIVATE} == dict.fromkeys(PRIVATE)
    assert (particulars["name"], particulars["phone_numbers"]) == (club.name, [])


@pytest.mark.parametrize(
    "query",
    ["q=geheimweg", "q=ada@example.org", "q=77777", "q=05361 77777", "email=ada@example.org",
     "email__startswith=a", "city=Wolfsburg", "guardian=1", "phone_numbers__number=05361 77777",
     "search_details=ada", "ordering=email", "ordering=-city", "ordering=latitude",
     "ordering=search_details"],
)  # fmt: skip
def test_volunteers_learn_no_private_particular_by_filtering_or_sorting(person, query):
    PersonFactory(email="zoe@example.org", city="Aachen")
    client = client_of("volunteer")
    plain = client.get("/api/v1/actors/").json()
    refusal = client.get(f"/api/v1/actors/?{query}")
    if query.startswith("q="):
        assert refusal.json() == plain or refusal.json()["results"] == []
    else:  # no such filter or order, and none that is named to anybody
        assert (refusal.status_code, list(refusal.json())) == (400, [query.partition("=")[0]])


def test_readers_see_no_person_anywhere(person):
    club = ActorFactory(name="SV Nord")
    client = client_of("reader")
    rows = client.get("/api/v1/actors/").json()["results"]
    assert [row["id"] for row in rows] == [club.pk]
    assert client.get(f"/api/v1/actors/?q={person.family_name}").json()["results"] == []
    assert client.get("/api/v1/actors/?kind=person").json()["results"] == []


@pytest.mark.parametrize(
    ("path", "factory"),
    [
        ("consents", ConsentFactory),
        ("affiliations", AffiliationFactory),
    ],
)
def test_for_readers_the_offices_memory_does_not_exist(path, factory):
    record = factory()
    client = client_of("reader")
    assert client.get(f"/api/v1/{path}/").status_code == 404
    assert client.get(f"/api/v1/{path}/{record.pk}/").status_code == 404


# --- what one may not see answers like what is not there ---


def test_filtering_for_an_invisible_record_answers_like_for_a_missing_one(person):
    client = client_of("reader")
    answers = [client.get(f"/api/v1/relations/?actor={key}") for key in (person.pk, 999999)]
    assert [a.status_code for a in answers] == [400, 400]
    assert answers[0].json() == answers[1].json()


def test_pointing_to_a_missing_record_is_refused_without_telling_more():
    before = everything()
    answer = client_of("staff").post(
        "/api/v1/relations/", {"source": 999999, "target": 10**30, "relation_type": "cooperates"}
    )
    assert (answer.status_code, sorted(answer.json())) == (400, ["source", "target"])
    assert everything() == before


# --- writing ---


def test_an_actor_is_made_with_its_numbers_and_former_names():
    TopicFactory(code="education")
    answer = client_of("staff").post(
        "/api/v1/actors/",
        {
            "kind": "organisation",
            "actor_type": "association",
            "name": " Freunde  Westhagens ",
            "topics": ["education"],
            "phone_numbers": [{"number": "05361 1"}, {"number": "05361 12345", "label": "Büro"}][1:],
            "former_names": [{"name": "Sprecherkreis", "used_until": "2013-12-31"}],
            "active_until": "2020-12-31",
        },
    )
    assert answer.status_code == 201, answer.json()
    actor = Actor.objects.get(pk=answer.json()["id"])
    assert (actor.name, actor.active_until) == ("Freunde Westhagens", dt.date(2021, 1, 1))
    assert [(p.number, p.label) for p in actor.phone_numbers.all()] == [("05361 12345", "Büro")]
    assert [(n.name, n.used_until) for n in actor.former_names.all()] == [
        ("Sprecherkreis", dt.date(2014, 1, 1))
    ]
    assert answer.json()["former_names"] == [
        {"name": "Sprecherkreis", "used_from": None, "used_until": "2013-12-31"}
    ]
    assert answer.json()["active_until"] == "2020-12-31"
    assert list(Actor.objects.matching("sprecherkreis")) == [actor]


def test_a_given_list_replaces_the_stored_one_and_no_list_leaves_it():
    actor = ActorFactory()
    kept = PhoneNumberFactory(actor=actor, number="05361 11111")
    PhoneNumberFactory(actor=actor, number="05361 22222", position=1)
    FormerNameFactory(actor=actor, name="Alt")
    client = client_of("staff")
    numbers = [{"number": "05361 33333"}, {"number": "05361 11111", "label": "mobil"}]
    answer = client.patch(f"/api/v1/actors/{actor.pk}/", {"phone_numbers": numbers})
    assert answer.json()["phone_numbers"] == [
        {"number": "05361 33333", "label": ""},
        {"number": "05361 11111", "label": "mobil"},
    ]
    assert PhoneNumber.objects.get(number="05361 11111").pk == kept.pk
    assert [row.name for row in actor.former_names.all()] == ["Alt"]
    assert not Actor.objects.matching("22222", details=True).exists()
    assert client.patch(f"/api/v1/actors/{actor.pk}/", {"former_names": []}).json()["former_names"] == []
    assert not Actor.objects.matching("alt").exists()


@pytest.mark.parametrize(
    "lists",
    [
        {"phone_numbers": [{"number": "05361 33333"}, {"number": "call me"}]},
        {"phone_numbers": [{"number": "05361 33333"}, {"number": "05361 33333"}]},
        {"phone_numbers": [{"label": "no number"}]},
        {"phone_numbers": "05361 33333"},
        {"phone_numbers": None},
        {"phone_numbers": [{"number": f"05361 {n}"} for n in range(10000, 10051)]},
        {"former_names": [{"name": "Neu", "used_from": "2014-01-01", "used_until": "2013-12-31"}]},
        {"former_names": [{"name": ""}]},
        {"former_names": [{"name": "A"}], "name": ""},
    ],
)
def test_one_wrong_entry_refuses_the_whole_write(lists):
    actor = ActorFactory(name="Vorher")
    PhoneNumberFactory(actor=actor)
    before = everything()
    answer = client_of("staff").patch(f"/api/v1/actors/{actor.pk}/", {"name": "Nachher", **lists})
    assert answer.status_code == 400
    assert everything() == before


def test_entries_of_another_actor_cannot_be_taken_over():
    mine, theirs = ActorFactory(), PhoneNumberFactory(number="05361 11111")
    entry = {"id": theirs.pk, "actor": theirs.actor_id, "number": "05361 22222"}
    client_of("staff").patch(f"/api/v1/actors/{mine.pk}/", {"phone_numbers": [entry]})
    stored = {(row.actor_id, row.number) for row in PhoneNumber.objects.all()}
    assert stored == {(mine.pk, "05361 22222"), (theirs.actor_id, "05361 11111")}


def test_the_models_rules_hold_over_the_api():
    relation = RelationFactory()
    twin = {
        "source": relation.target_id,
        "target": relation.source_id,
        "relation_type": relation.relation_type.code,
    }
    answer = client_of("staff").post("/api/v1/relations/", twin)
    assert (answer.status_code, list(answer.json())) == (400, ["non_field_errors"])
    assert Relation.objects.count() == 1


def test_changing_one_end_of_an_undirected_relation_keeps_the_other():
    first, second, third = sorted([ActorFactory() for _ in range(3)], key=lambda a: a.pk)
    relation = RelationFactory(source=first, target=second)
    answer = client_of("staff").patch(f"/api/v1/relations/{relation.pk}/", {"source": third.pk})
    assert (answer.json()["source"], answer.json()["target"]) == (second.pk, third.pk)


def test_a_term_in_use_is_not_deleted_and_one_out_of_use_not_given_anew():
    management = client_of("management")
    topic = TopicFactory(code="parks")
    actor = ActorFactory()
    actor.topics.add(topic)
    assert management.delete(f"/api/v1/topics/{topic.pk}/").status_code == 409
    assert management.patch(f"/api/v1/topics/{topic.pk}/", {"is_active": False}).status_code == 200
    kept = management.patch(f"/api/v1/actors/{actor.pk}/", {"topics": ["parks"]})
    anew = management.patch(f"/api/v1/actors/{ActorFactory().pk}/", {"topics": ["parks"]})
    assert (kept.status_code, anew.status_code) == (200, 400)


def test_vocabularies_are_read_by_all_and_written_by_management():
    topic, new = TopicFactory(code="parks"), {"code": "x", "name_de": "X", "name_en": "X"}
    for role in ("staff", "volunteer", "reader"):
        client = client_of(role)
        assert client.get(f"/api/v1/topics/{topic.pk}/").json()["code"] == "parks"
        assert (
            client.post("/api/v1/topics/", {"code": "x", "name_de": "X", "name_en": "X"}).status_code == 403
        )
        assert client.delete(f"/api/v1/topics/{topic.pk}/").status_code == 403
    made = client_of("management").post("/api/v1/topics/", new)
    assert made.status_code == 201


def test_a_consent_stays_with_its_person():
    consent = ConsentFactory()
    before = everything()
    answer = client_of("staff").patch(f"/api/v1/consents/{consent.pk}/", {"person": PersonFactory().pk})
    assert (answer.status_code, list(answer.json())) == (400, ["person"])
    after = everything()
    after["actors.Actor"] = before["actors.Actor"]
    assert after == before


def test_two_writers_of_one_name_do_not_break_each_other():
    FormerNameFactory(name="Alt", actor=ActorFactory())
    actor = ActorFactory()
    client = client_of("staff")
    for _ in range(2):
        answer = client.patch(f"/api/v1/actors/{actor.pk}/", {"former_names": [{"name": "Alt"}]})
        assert answer.status_code == 200
    assert FormerName.objects.filter(actor=actor).count() == 1
