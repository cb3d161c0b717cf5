"""Forms of relations, affiliations, former names and programme dependencies."""

import datetime as dt

import pytest

from actors.models import Actor, Affiliation, FormerName, ProgrammeDependency, Relation
from tests.actors.pages import client_of
from tests.factories.actors import (
    ActorFactory,
    AffiliationFactory,
    FormerNameFactory,
    OfficeFactory,
    PersonFactory,
    ProgrammeDependencyFactory,
    RelationFactory,
    RelationTypeFactory,
)

pytestmark = pytest.mark.django_db


def relation(**changes):
    return {"kind": "cooperates:out", "strength": "3", **changes}


@pytest.mark.parametrize(
    ("kind", "is_outgoing"), [("funds:out", True), ("funds:in", False), ("cooperates:out", True)]
)
def test_a_relation_is_added_from_either_end(kind, is_outgoing):
    actor, other = ActorFactory.create(), ActorFactory.create()
    RelationTypeFactory.create(code="funds", is_directed=True)
    response = client_of().post(f"/actors/{actor.pk}/relations/new/", relation(kind=kind, other=other.pk))
    stored = Relation.objects.get()
    ends = (actor, other) if is_outgoing else (other, actor)
    assert response["Location"] == f"/actors/{actor.pk}/relations/"
    assert (stored.source, stored.target, stored.strength) == (*ends, 3)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"other": "999999"}, "other"),
        ({"other": ""}, "other"),
        ({"kind": "marries:out"}, "kind"),
        ({"strength": "9"}, "strength"),
        ({"valid_from": "2020-13-01"}, "valid_from"),
        ({"valid_from": "2020-01-01", "valid_until": "2019-01-01"}, "__all__"),
    ],
)
def test_a_bad_relation_is_refused(changes, field):
    actor, other = ActorFactory.create(), ActorFactory.create()
    data = relation(**{"other": other.pk, **changes})
    response = client_of().post(f"/actors/{actor.pk}/relations/new/", data)
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert Relation.objects.count() == 0


def test_no_relation_to_itself_and_none_twice():
    actor, other = ActorFactory.create(), ActorFactory.create()
    RelationFactory.create(source=other, target=actor, relation_type__code="cooperates")
    client = client_of()
    for end in (actor, other):
        response = client.post(f"/actors/{actor.pk}/relations/new/", relation(other=end.pk))
        assert response.status_code == 422
    assert Relation.objects.count() == 1


def test_a_relation_is_edited_and_deleted_from_the_other_end():
    stored = RelationFactory.create()
    client, end = client_of(), stored.target
    address = f"/actors/{end.pk}/relations/{stored.pk}/"
    assert client.get(address).context["form"]["other"].value() == stored.source.pk
    data = relation(other=stored.source.pk, strength="1", valid_until="2021-12-31", version=stored.version)
    client.post(address, data)
    assert Relation.objects.values_list("strength", "valid_until").get() == (1, dt.date(2022, 1, 1))
    client.post(f"{address}delete/")
    assert Relation.objects.count() == 0


def test_a_person_who_leaves_keeps_the_history():
    stored = AffiliationFactory.create(valid_from=dt.date(2015, 1, 1))
    data = {
        "other": stored.person.pk,
        "role": "Vorsitz",
        "valid_from": "2015-01-01",
        "valid_until": "2019-06-30",
        "version": stored.version,
    }
    client_of().post(f"/actors/{stored.organisation.pk}/affiliations/{stored.pk}/", data)
    assert Affiliation.objects.values_list("role", "valid_until").get() == ("Vorsitz", dt.date(2019, 7, 1))


@pytest.mark.parametrize("from_person", [True, False])
def test_an_affiliation_is_added_from_either_side(from_person):
    person, organisation = PersonFactory.create(), ActorFactory.create()
    actor, other = (person, organisation) if from_person else (organisation, person)
    client_of().post(f"/actors/{actor.pk}/affiliations/new/", {"other": other.pk, "is_main_contact": "on"})
    stored = Affiliation.objects.get()
    assert (stored.person, stored.organisation, stored.is_main_contact) == (person, organisation, True)


def test_an_affiliation_ties_a_person_to_an_organisation_only():
    actor, other = ActorFactory.create(), ActorFactory.create()
    response = client_of().post(f"/actors/{actor.pk}/affiliations/new/", {"other": other.pk})
    assert (list(response.context["form"].errors), Affiliation.objects.count()) == (["other"], 0)


def test_a_former_name_is_added_found_and_taken_away():
    client, actor = client_of(), ActorFactory.create(name="Neu")
    client.post(f"/actors/{actor.pk}/former-names/new/", {"name": "Alt", "used_until": "2014-04-30"})
    former = FormerName.objects.get()
    assert (former.used_until, Actor.objects.matching("alt").get()) == (dt.date(2014, 5, 1), actor)
    client.post(f"/actors/{actor.pk}/former-names/{former.pk}/delete/")
    assert not Actor.objects.matching("alt").exists()


@pytest.mark.parametrize("name", ["Neu", "Alt", ""])
def test_a_former_name_is_another_one(name):
    actor = ActorFactory.create(name="Neu")
    FormerNameFactory.create(actor=actor, name="Alt")
    response = client_of().post(f"/actors/{actor.pk}/former-names/new/", {"name": name})
    assert (response.status_code, FormerName.objects.count()) == (422, 1)


def test_the_office_is_paid_by_a_programme_until_a_day():
    office = OfficeFactory.create()
    data = {"programme": "Soziale Stadt", "share_percent": "80", "valid_until": "2021-12-31"}
    client_of().post(f"/actors/{office.pk}/programmes/new/", data)
    stored = ProgrammeDependency.objects.get()
    assert (stored.actor, stored.share_percent, stored.valid_until) == (office, 80, dt.date(2022, 1, 1))


def test_a_row_is_not_reached_through_a_foreign_actor():
    stranger, client = ActorFactory.create(), client_of()
    rows = {
        "relations": RelationFactory.create(),
        "affiliations": AffiliationFactory.create(),
        "former-names": FormerNameFactory.create(),
        "programmes": ProgrammeDependencyFactory.create(),
    }
    for kind, row in rows.items():
        for end in ("", "delete/"):
            address = f"/actors/{stranger.pk}/{kind}/{row.pk}/{end}"
            assert (client.get(address).status_code, client.post(address).status_code) == (404, 404)


@pytest.mark.parametrize("kind", ["relations", "affiliations", "former-names", "programmes"])
def test_a_volunteer_changes_no_ties(kind):
    actor = ActorFactory.create()
    assert client_of("volunteer").post(f"/actors/{actor.pk}/{kind}/new/", {}).status_code == 403
