"""Reports over the REST API."""

import gzip

import pytest
from rest_framework.test import APIClient

from reports import answers
from tests.downloads import file_names_of
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory, ParticipationFactory

pytestmark = pytest.mark.django_db
ROUTES = ["network/", "continuity/", "activity/", "concerns/", "network/graph/"]


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize(
    ("role", "status"), [("management", 200), ("staff", 200), ("reader", 200), ("volunteer", 403)]
)
def test_reports_are_for_the_office_and_for_readers(route, role, status):
    client = APIClient()
    client.force_authenticate(UserFactory.create(role=role))
    assert client.get(f"/api/v1/reports/{route}").status_code == status


@pytest.mark.parametrize("route", ["network/graph/", "network/graph/figures/"])
def test_a_large_graph_is_compressed_for_programs_that_ask_for_it(route, monkeypatch):
    monkeypatch.setattr(answers, "COMPRESSED_FROM", 200)
    event = EventFactory.create()
    for _number in range(5):
        ParticipationFactory.create(event=event)
    client = APIClient()
    client.force_authenticate(UserFactory.create(role="staff"))
    key = client.get("/api/v1/reports/network/graph/").json()["meta"]["key"]

    plain = client.get(f"/api/v1/reports/{route}", {"key": key})
    packed = client.get(f"/api/v1/reports/{route}", {"key": key}, headers={"accept-encoding": "gzip"})

    assert "Content-Encoding" not in plain
    assert (packed["Content-Encoding"], packed["Cache-Control"]) == ("gzip", "private, no-store")
    assert "Accept-Encoding" in packed["Vary"]
    assert gzip.decompress(packed.content) == plain.content


@pytest.mark.parametrize("route", ROUTES)
def test_swapped_years_are_refused(route):
    client = APIClient()
    client.force_authenticate(UserFactory.create(role="staff"))
    answer = client.get(f"/api/v1/reports/{route}", {"from_year": 2020, "until_year": 2019})
    assert (answer.status_code, list(answer.json())) == (400, ["until_year"])


def test_the_report_is_the_same_as_on_the_page():
    ParticipationFactory.create()
    client = APIClient()
    user = UserFactory.create(role="staff")
    client.force_authenticate(user)
    client.force_login(user)
    german = client.get("/api/v1/reports/activity/", headers={"accept-language": "de"}).json()
    answer = client.get("/reports/activity/", {"format": "json"}).json()
    assert german["sections"] == answer["sections"]


@pytest.mark.parametrize(
    ("file_format", "begins"), [("xlsx", b"PK"), ("docx", b"PK"), ("pdf", b"%PDF"), ("json", b"{")]
)
def test_a_report_is_fetched_as_a_file(file_format, begins):
    client = APIClient()
    client.force_authenticate(UserFactory.create(role="staff"))
    answer = client.get(f"/api/v1/reports/activity/files/{file_format}/")
    assert answer.content.startswith(begins)
    assert file_names_of(answer)[0].endswith(f".{file_format}")


@pytest.mark.parametrize("route", ["activity/files/exe/", "nothing/files/pdf/"])
def test_other_files_do_not_exist(route):
    client = APIClient()
    client.force_authenticate(UserFactory.create(role="staff"))
    assert client.get(f"/api/v1/reports/{route}").status_code == 404
