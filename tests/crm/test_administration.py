"""Management looks after the vocabularies: every term can be put out of use, only unused ones deleted."""

import pytest
from django.urls import reverse

from actors.models import RelationType, Topic
from crm.administration.vocabularies import VOCABULARIES
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory, RelationFactory, TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    client.force_login(UserFactory(role="management"))
    return client


def address(name, *args):
    return reverse(f"administration:term_{name}", args=args)


def test_the_overview_leads_to_every_vocabulary(office):
    page = office.get(reverse("administration:overview"))
    assert [row["url"] for row in page.context["vocabularies"]] == [
        address("list", slug) for slug in VOCABULARIES
    ]
    assert all(row["in_use"] == row["terms"] > 0 for row in page.context["vocabularies"])


@pytest.mark.parametrize("slug", VOCABULARIES)
def test_every_vocabulary_can_be_read_and_each_term_edited(office, slug):
    vocabulary = VOCABULARIES[slug]
    assert list(office.get(address("list", slug)).context["table"].data) == list(vocabulary.objects.all())
    term = vocabulary.objects.first()
    form = office.get(address("update", slug, term.pk)).context["form"]
    values = {name: form[name].value() for name in form.fields} | {"name_de": "Anders"}
    answer = office.post(
        address("update", slug, term.pk), {k: v for k, v in values.items() if v not in (None, False)}
    )
    assert (answer.status_code, answer.url) == (302, address("list", slug))
    term.refresh_from_db()
    assert (term.name_de, term.version) == ("Anders", 2)


def test_a_new_term_gets_its_code_from_its_english_name(office):
    new = {"name_de": "Grünflächen", "name_en": "Parks & Gardens", "position": "5", "is_active": "on"}
    assert office.post(address("create", "topics"), new).status_code == 302
    term = Topic.objects.get(code="parks-gardens")
    assert (term.name_de, term.position, term.is_active) == ("Grünflächen", 5, True)
    again = office.post(address("create", "topics"), new)
    assert (again.status_code, list(again.context["form"].errors)) == (422, ["code"])


def test_the_code_of_a_term_is_not_taken_from_the_form(office):
    topic = TopicFactory(code="parks")
    office.post(
        address("update", "topics", topic.pk),
        {"name_de": "Parks", "name_en": "Parks", "code": "gardens", "position": "1", "is_active": "on"},
    )
    topic.refresh_from_db()
    assert (topic.code, topic.name_de) == ("parks", "Parks")


def test_a_term_is_put_out_of_use_and_stays_with_its_records(office):
    topic, actor = TopicFactory(code="parks"), ActorFactory()
    actor.topics.add(topic)
    office.post(
        address("update", "topics", topic.pk), {"name_de": "Parks", "name_en": "Parks", "position": "1"}
    )
    assert not Topic.objects.in_use().filter(pk=topic.pk).exists()
    assert list(actor.topics.all()) == [topic]


def test_a_term_that_records_carry_is_not_deleted(office):
    topic = TopicFactory(code="parks")
    ActorFactory().topics.add(topic)
    page = office.get(address("delete", "topics", topic.pk))
    assert page.context["is_protected"] is True
    assert office.post(address("delete", "topics", topic.pk)).status_code == 409
    assert Topic.objects.filter(pk=topic.pk).exists()
    assert topic.actors.count() == 1


def test_an_unused_term_is_deleted(office):
    topic = TopicFactory(code="parks")
    assert office.get(address("delete", "topics", topic.pk)).context["is_protected"] is False
    assert office.post(address("delete", "topics", topic.pk)).status_code == 302
    assert not Topic.objects.filter(pk=topic.pk).exists()


def test_a_relation_type_in_use_keeps_its_direction(office):
    kind = RelationFactory().relation_type
    answer = office.post(
        address("update", "relation-types", kind.pk),
        {"name_de": "A", "name_en": "A", "position": "1", "is_active": "on", "is_directed": "on"},
    )
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["is_directed"])
    assert RelationType.objects.get(pk=kind.pk).is_directed is False


def test_terms_are_found_by_either_name_or_code(office):
    topic = TopicFactory(code="xparks", name_de="Ygrün", name_en="Zgreen")
    for words in ("xpark", "ygrün", "zgreen ygr"):
        assert list(office.get(address("list", "topics"), {"q": words}).context["table"].data) == [topic]
    assert topic not in office.get(address("list", "topics"), {"state": "out"}).context["table"].data


def test_what_is_no_vocabulary_or_not_its_term_is_not_found(office):
    topic = TopicFactory(code="parks")
    assert office.get(address("list", "users")).status_code == 404
    assert office.get(address("update", "topics", 999999)).status_code == 404
    stranger = max(VOCABULARIES["task-kinds"].objects.values_list("pk", flat=True)) + topic.pk
    assert office.get(address("update", "task-kinds", stranger)).status_code == 404


@pytest.mark.parametrize("role", ["staff", "volunteer", "reader"])
def test_nobody_else_changes_vocabularies(client, role):
    client.force_login(UserFactory(role=role))
    topic = TopicFactory(code="parks")
    new = {"name_de": "Neu", "name_en": "New", "position": "1"}
    answers = [
        client.get(reverse("administration:overview")),
        client.get(address("list", "topics")),
        client.post(address("create", "topics"), new),
        client.post(address("update", "topics", topic.pk), new),
        client.post(address("delete", "topics", topic.pk)),
    ]
    assert {answer.status_code for answer in answers} == {403}
    topic.refresh_from_db()
    assert (topic.version, Topic.objects.filter(code="new").exists()) == (1, False)
