"""The name of the neighbourhood stands everywhere; without one the product stands alone, and it is said."""

import pytest
from django.core.checks import run_checks
from django.test import Client

from contacts.letters import _office_name
from contacts.services.email_people import own_offices
from core.office import name_on_documents, site_name
from tests.factories.actors import OfficeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def nameless(settings):
    settings.OFFICE_NAME = ""


def warnings():
    return [(warning.id, warning.hint) for warning in run_checks() if warning.id == "core.W001"]


def test_a_name_stands_beside_the_product_s(settings):
    settings.OFFICE_NAME = "Neue Vahr"
    assert (site_name(), name_on_documents()) == ("Stadtteilnetz Neue Vahr", "Neue Vahr")
    assert _office_name() == "Stadtteilbüro Neue Vahr"
    page = Client().get("/accounts/login/").text
    assert "<title>Anmelden – Stadtteilnetz Neue Vahr</title>" in page
    assert Client().get("/manifest.webmanifest").json()["name"] == "Stadtteilnetz Neue Vahr"
    assert warnings() == []


@pytest.mark.usefixtures("nameless")
def test_without_a_name_the_product_stands_alone_and_the_operator_is_told():
    assert (site_name(), name_on_documents(), _office_name()) == (
        "Stadtteilnetz",
        "Stadtteilnetz",
        "Stadtteilbüro",
    )
    page = Client().get("/accounts/login/").text
    assert "<title>Anmelden – Stadtteilnetz</title>" in page
    assert "<span>Stadtteilnetz</span>" in page
    assert Client().get("/manifest.webmanifest").json()["name"] == "Stadtteilnetz"
    assert warnings() == [("core.W001", 'Write it in quotes, for example OFFICE_NAME="Neue Vahr".')]


@pytest.mark.usefixtures("nameless")
def test_without_a_name_the_bar_on_top_shows_the_product_on_a_phone_as_well(admin_client):
    page = admin_client.get("/").text
    assert '<span class="brand-words"><strong>Stadtteilnetz</strong></span>' in page


@pytest.mark.usefixtures("nameless")
def test_without_a_name_only_the_one_office_there_is_is_our_own():
    one = OfficeFactory()
    assert list(own_offices()) == [one]
    OfficeFactory()
    assert list(own_offices()) == []
