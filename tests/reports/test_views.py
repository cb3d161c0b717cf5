"""The pages of reports: who reads them, in which form, and what they say about bad input."""

import datetime as dt
import io
import json
import re
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.utils import timezone

from actors.models import Actor
from reports import pictures
from tests.downloads import file_names_of
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory
from tests.factories.events import EventFactory, ParticipationFactory

pytestmark = pytest.mark.django_db
PAGES = [
    "/reports/",
    "/reports/network/",
    "/reports/continuity/",
    "/reports/activity/",
    "/reports/coverage/",
    "/reports/concerns/",
    "/reports/explorer/",
]
KINDS = ["network", "continuity", "coverage", "activity", "concerns"]


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(UserFactory.create(role="staff"))
    return client


def meeting(*names: str, day: dt.date | None = dt.date(2019, 6, 15)) -> None:
    event = EventFactory.create(start_date=day)
    for name in names:
        ParticipationFactory.create(event=event, actor=ActorFactory.create(name=name))


@pytest.mark.parametrize("address", PAGES)
def test_every_page_makes_sense_on_an_empty_register(staff, address):
    assert staff.get(address).status_code == 200


@pytest.mark.parametrize("address", PAGES)
def test_volunteers_have_no_reports(client, address):
    client.force_login(UserFactory.create(role="volunteer"))
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("kind", KINDS)
def test_swapped_years_are_said_at_the_field(staff, kind):
    answer = staff.get(f"/reports/{kind}/", {"from_year": 2020, "until_year": 2019})
    assert (answer.status_code, answer.context["form"].errors) == (
        422,
        {"until_year": ["Dieses Jahr liegt vor dem ersten Jahr."]},
    )


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"from_year": "abc"}, "from_year"),
        ({"from_year": "0"}, "from_year"),
        ({"until_year": "99999"}, "until_year"),
    ],
)
def test_impossible_years_are_said_at_the_field(staff, query, field):
    answer = staff.get("/reports/network/", query)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])


def test_an_impossible_programme_end_is_said_at_the_field(staff):
    answer = staff.get("/reports/continuity/", {"programme_end": "2021-02-30"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["programme_end"])


@pytest.mark.parametrize("kind", KINDS)
def test_a_report_is_downloaded_as_workbook_under_a_name_that_says_what_it_is(staff, kind):
    meeting("Ähre", "Öse")
    answer = staff.get(f"/reports/{kind}/", {"format": "xlsx", "from_year": 2019, "until_year": 2019})
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames[0] == "Deckblatt"
    assert "2019" in answer["Content-Disposition"]
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "private, no-store")


@pytest.mark.parametrize("kind", KINDS)
def test_a_report_is_downloaded_as_json(staff, kind):
    answer = staff.get(f"/reports/{kind}/", {"format": "json"})
    assert json.loads(answer.content)["kind"] == kind


@pytest.mark.parametrize(("suffix", "begins"), [("docx", b"PK"), ("pdf", b"%PDF")])
def test_a_report_is_downloaded_for_word_and_print(staff, suffix, begins):
    meeting("Ähre", "Öse")
    answer = staff.get("/reports/network/", {"format": suffix})
    assert answer.content.startswith(begins)
    assert file_names_of(answer)[0].endswith(f".{suffix}")


def test_what_is_no_form_of_a_report_is_the_page(staff):
    assert b"<!doctype html>" in staff.get("/reports/activity/", {"format": "exe"}).content.lower()


def test_the_page_offers_every_file_for_the_same_question(staff):
    page = staff.get("/reports/activity/", {"from_year": 2019}).content.decode()
    offered = re.findall(r'href="/reports/activity/\?from_year=2019&amp;format=(\w+)"', page)
    assert offered == ["xlsx", "docx", "pdf", "json"]


def picture_of(client: Client, **query: Any) -> dict[str, Any]:
    english = {"accept-language": "en"}
    report = client.get("/reports/network/", {"format": "json", **query}, headers=english).json()
    chapter = next((section for section in report["sections"] if section["key"] == "picture"), {"blocks": []})
    return {block["type"]: block for block in chapter["blocks"]}


def test_the_network_report_shows_the_picture(staff):
    meeting("Ähre", "Öse", "Übel")
    page = staff.get("/reports/network/").content.decode()
    assert 'src="data:image/svg+xml;base64,' in page
    description = "Actors as dots: 3; ties as lines: 3. Most ties have: Ähre, Öse, Übel."
    assert picture_of(staff)["picture"]["alt"].startswith(description)
    assert "note" not in picture_of(staff)


def test_the_picture_is_the_one_that_was_chosen_in_the_explorer(staff):
    meeting("Ähre", "Öse", "Übel")
    left_out = Actor.objects.get(name="Übel").pk
    drawing = picture_of(staff, without=str(left_out), minimum="0.1")
    assert "Actors: 2" in drawing["picture"]["alt"]
    assert drawing["note"]["level"] == "info"
    page = staff.get("/reports/network/", {"without": str(left_out), "kinds": ["attendance", "tasks"]})
    text = page.content.decode()
    assert f'<input type="hidden" name="without" value="{left_out}"' in text
    assert text.count('type="hidden" name="kinds"') == 2


def test_without_a_tie_there_is_no_picture(staff):
    meeting("Solo")
    assert picture_of(staff) == {}


def test_of_too_many_actors_there_is_no_picture_but_a_word(staff, monkeypatch):
    monkeypatch.setattr(pictures, "MOST_DRAWN", 2)
    meeting("Ähre", "Öse", "Übel")
    assert picture_of(staff)["note"]["text"].startswith("A picture of more than 2 actors")
    left_out = Actor.objects.get(name="Übel").pk
    assert "picture" in picture_of(staff, without=str(left_out))


def test_a_wrong_choice_of_the_explorer_is_said(staff):
    answer = staff.get("/reports/network/", {"kinds": "nonsense"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["kinds"])


def test_a_name_with_markup_stays_text(staff):
    meeting("</script><img src=x onerror=alert(1)>", "Öse")
    assert b"<img src=x" not in staff.get("/reports/network/").content


def test_a_report_lives_in_one_query_budget_whatever_its_size(staff, django_assert_max_num_queries: Any):
    for number in range(6):
        meeting(f"A{number}", f"B{number}", day=dt.date(2010 + number, 1, 1))
    with django_assert_max_num_queries(40):
        staff.get("/reports/network/")


def test_contents_are_listed_where_there_is_more_than_one_chapter(staff):
    meeting("Ada", "Bert")

    report, records = (
        staff.get(path).content.decode()
        for path in ("/reports/network/", "/reports/records/?figure=took_part")
    )

    assert ("report-contents" in report, "report-contents" in records) == (True, False)
    assert "Ada" in records


def offered(client: Client) -> dict[str, tuple[str, Any, Any]]:
    """Return the address and the years that the list of reports offers, by kind."""
    answer = client.get("/reports/")
    return {
        choice.kind: (choice.url, *(choice.form.initial.get(name) for name in ("from_year", "until_year")))
        for choice in answer.context["choices"]
    }


def test_reports_are_offered_for_this_year_and_the_two_before(staff):
    year = timezone.localdate().year
    meeting("Chor", day=dt.date(year - 2, 1, 1))

    labels = offered(staff)

    parameters = f"?from_year={year - 2}&until_year={year}"
    assert {kind: url for kind, (url, _first, _last) in labels.items()} == {
        **{kind: f"/reports/{kind}/{parameters}" for kind in KINDS},
        "hand_over": "/reports/hand-over/",
    }
    assert labels["network"][1:] == (year - 2, year)
    assert f'name="until_year" value="{year}"' in staff.get("/reports/").content.decode()
    assert staff.get(labels["network"][0]).context["report"].period == f"{year - 2}–{year}"


@pytest.mark.parametrize("last", ["two years and a day ago", "ahead", "never"])
def test_reports_are_offered_for_the_whole_time_where_nothing_was_held_lately(staff, last):
    today = timezone.localdate()
    days = {"two years and a day ago": dt.date(today.year - 3, 12, 31), "ahead": today + dt.timedelta(days=1)}
    if last in days:
        meeting("Chor", day=days[last])

    assert offered(staff)["network"] == ("/reports/network/", None, None)
