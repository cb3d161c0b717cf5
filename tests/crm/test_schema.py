"""The OpenAPI schema: valid, complete, and for those who are signed in."""

import pytest
from django.test import Client
from django.urls import reverse
from drf_spectacular.drainage import GENERATOR_STATS, reset_generator_stats
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema

from crm.api import router
from tests.api import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def schema():
    reset_generator_stats()
    yield SchemaGenerator().get_schema(public=True)
    reset_generator_stats()


def test_the_schema_is_valid_and_made_without_a_warning(schema, capsys):
    validate_schema(schema)
    assert (GENERATOR_STATS._warn_cache, GENERATOR_STATS._error_cache) == ({}, {})
    assert capsys.readouterr().err == ""


def test_every_route_is_described(schema):
    described = set(schema["paths"])
    assert {f"/api/v1/{prefix}/" for prefix, _viewset, _name in router.registry} <= described
    assert "/api/v1/token/" in described


def test_every_choice_has_a_name_that_says_what_is_chosen(schema):
    enums = {name for name, part in schema["components"]["schemas"].items() if "enum" in part}
    assert enums == {
        "ActorKind", "BlankEnum", "ConsentGivenHow", "ConsentPurpose", "ConsultationSeason",
        "ContactDirection", "ContinuityDecision", "EmailKind", "EmailState", "EventMode", "EventStatus",
        "FeedScope", "FollowUpRepeats", "GoalCount", "GoalDirection", "HeadcountGroup", "HeadcountMethod",
        "HeadcountSex", "OtherHolder", "ParticipationState", "Rhythm", "Salutation", "Sector",
        "SpecialDaysKind", "UserRole", "Weekday",
    }  # fmt: skip


def test_what_the_server_sets_is_not_asked_for(schema):
    properties = schema["components"]["schemas"]["ContactRequest"]["properties"]
    assert not properties.keys() & {"id", "staff", "created_at", "updated_at"}
    assert "version" in properties


def test_only_who_is_signed_in_reads_the_schema():
    assert Client().get(reverse("api:schema")).status_code == 401
    for role in ("management", "staff", "volunteer", "reader"):
        assert client_of(role).get(reverse("api:schema")).status_code == 200
    assert client_of("staff", is_active=False).get(reverse("api:schema")).status_code == 403


def test_the_schema_is_told_in_the_language_and_format_that_were_asked_for():
    client, url = client_of("staff"), reverse("api:schema")
    answers = [
        client.get(url, headers={"Accept": f"application/vnd.oai.openapi{kind}", "Accept-Language": language})
        for kind in ("", "+json")
        for language in ("de", "en")
    ]
    german, english, *as_json = answers
    assert "mit Minuszeichen absteigend" in german.text
    assert "with a minus sign in descending order" in english.text
    assert [answer.json()["openapi"] for answer in as_json] == ["3.0.3"] * 2
    assert client.get(url, headers={"Accept-Language": "en"}).content == english.content
