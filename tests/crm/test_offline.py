"""What a browser keeps for when there is no network: nothing about anybody."""

import json
import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in() -> Client:
    client = Client()
    client.force_login(UserFactory.create(role="staff", first_name="Frieda", last_name="Suppenkelle"))
    return client


def version(code: str) -> str:
    return re.search(r'const VERSION = "(\w+)"', code).group(1)


def test_the_page_without_a_network_is_the_same_for_everybody(signed_in: Client) -> None:
    mine, anybodys = (client.get(reverse("offline")).content for client in (signed_in, Client()))
    assert mine == anybodys
    assert b"Suppenkelle" not in mine
    assert b"csrf" not in mine


def test_the_worker_is_served_for_the_whole_site_and_asked_for_anew(settings) -> None:
    settings.OFFLINE_WORKER = True
    response = Client().get("/sw.js")
    assert response.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert response.headers["Service-Worker-Allowed"] == "/"
    assert response.headers["Cache-Control"] == "no-cache"
    files = json.loads(re.search(r"const FILES = (\[.*\]);", response.content.decode()).group(1))
    assert [Client().head(file).status_code for file in files] == [200] * len(files)


def test_another_page_is_another_version(settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.OFFLINE_WORKER = True
    before = version(Client().get("/sw.js").content.decode())
    monkeypatch.setattr("crm.offline.render_to_string", lambda _template: "<p>Neu</p>")
    after = version(Client().get("/sw.js").content.decode())
    assert before != after


def test_a_worker_that_is_switched_off_takes_itself_away(settings, signed_in: Client) -> None:
    settings.OFFLINE_WORKER = False
    assert "unregister" in Client().get("/sw.js").content.decode()
    assert "data-worker" not in signed_in.get(reverse("account_logout")).content.decode()
    settings.OFFLINE_WORKER = True
    assert 'data-worker="/sw.js"' in signed_in.get(reverse("account_logout")).content.decode()


def test_the_manifest_lets_a_phone_keep_the_site(settings) -> None:
    settings.OFFICE_NAME = "Musterviertel"
    data = Client().get("/manifest.webmanifest").json()
    assert (data["name"], data["start_url"], data["icons"][0]["src"]) == (
        "Stadtteilnetz Musterviertel",
        "/",
        "/static/icon.svg",
    )
