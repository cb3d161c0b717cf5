"""Concerns are numbered within their year; a number is given once and kept."""

import csv
import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.urls import reverse

from contacts.models import Concern, ConcernYear
from contacts.services.concerns import record_concern
from tests.actors.pages import client_of
from tests.api import client_of as api_of
from tests.core.rules import assert_refused
from tests.factories.accounts import UserFactory
from tests.factories.contacts import ConcernFactory, ConcernKindFactory, ConcernStatusFactory

pytestmark = pytest.mark.django_db
WRITERS = 4


def raised_in(*years: int) -> list[str]:
    return [ConcernFactory.create(raised_on=dt.date(year, 3, 1)).number for year in years]


def test_numbers_count_within_their_year():
    assert raised_in(2019, 2020, 2020, 2019, 2020) == ["2019/1", "2020/1", "2020/2", "2019/2", "2020/3"]


def test_a_deleted_concern_leaves_a_gap():
    raised_in(2020, 2020, 2020)
    Concern.objects.get(number_in_year=3).delete()
    Concern.objects.get(number_in_year=1).delete()
    assert raised_in(2020) == ["2020/4"]
    assert sorted(concern.number for concern in Concern.objects.all()) == ["2020/2", "2020/4"]


def test_a_number_stays_when_the_day_is_corrected():
    concern = ConcernFactory.create(raised_on=dt.date(2020, 1, 2))
    concern.raised_on = dt.date(2019, 12, 31)
    concern.full_clean()
    concern.save()
    assert Concern.objects.get().number == "2020/1"
    assert raised_in(2019) == ["2019/1"]


def test_many_at_once_are_numbered_in_the_order_in_which_they_were_raised():
    kind, status = ConcernKindFactory.create(), ConcernStatusFactory.create()
    raised_in(2020)
    days = [dt.date(2020, 5, 9), dt.date(2019, 5, 9), dt.date(2020, 5, 8)]
    Concern.objects.bulk_create(
        Concern(kind=kind, status=status, text=str(day), raised_on=day) for day in days
    )
    numbers = {concern.text: concern.number for concern in Concern.objects.exclude(text__contains="Laterne")}
    assert numbers == {"2020-05-08": "2020/2", "2020-05-09": "2020/3", "2019-05-09": "2019/1"}


def test_no_two_concerns_have_one_number():
    first, second = ConcernFactory.create(), ConcernFactory.create()
    said = {"__all__": ["Another concern has this number."]}
    assert_refused(second, {"number_in_year": first.number_in_year}, said)


@pytest.mark.django_db(transaction=True)
def test_of_those_who_record_at_once_each_gets_a_number_of_its_own():
    kind, status = ConcernKindFactory.create(), ConcernStatusFactory.create(code="new")
    user = UserFactory.create()
    barrier = Barrier(WRITERS)

    def write(number):
        try:
            barrier.wait()
            concern = Concern(kind=kind, status=status, text=str(number), raised_on=dt.date(2020, 5, 4))
            return record_concern(concern=concern, user=user).number
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        numbers = sorted(pool.map(write, range(WRITERS)))
    assert numbers == ["2020/1", "2020/2", "2020/3", "2020/4"]
    assert ConcernYear.objects.get().last_number == WRITERS


def test_what_is_recorded_over_the_api_is_numbered_and_says_so():
    kind = ConcernKindFactory.create()
    ConcernStatusFactory.create(code="new")
    api = api_of("staff")
    sent = {"kind": kind.code, "text": "Laterne", "raised_on": "2020-05-04"}
    numbers = [
        api.post("/api/v1/concerns/", sent, content_type="application/json").json()["number"]
        for _time in range(2)
    ]
    assert numbers == ["2020/1", "2020/2"]
    results = api.get("/api/v1/concerns/?q=2020/2").json()["results"]
    assert [row["number"] for row in results] == ["2020/2"]


@pytest.mark.parametrize("text", ["2020/2", "2020-2", "2020/02", " 2020/2 "])
def test_a_concern_is_found_by_its_number_in_the_list_and_in_the_search(text):
    raised_in(2020, 2020, 2019, 2019)
    staff, second = client_of("staff"), Concern.objects.get(number_year=2020, number_in_year=2)
    listed = staff.get(reverse("contacts:concern_list"), {"q": text})
    assert [row.record.number for row in listed.context["table"].rows] == ["2020/2"]
    answer = staff.get("/search/", {"q": text, "go": ""})
    assert answer.url == second.get_absolute_url()


def test_only_the_office_finds_a_concern_by_its_number():
    concern = ConcernFactory.create()
    for role in ("volunteer", "reader"):
        page = client_of(role).get("/search/", {"q": concern.number}).content.decode()
        assert concern.get_absolute_url() not in page


def test_page_letter_and_list_say_the_number():
    concern = ConcernFactory.create(former_number="2020-77")
    staff = client_of("staff")
    page = staff.get(concern.get_absolute_url()).content.decode()
    assert "<title>Anliegen 2020/1" in page
    assert "in früheren Schreiben 2020-77" in page
    assert "2020/1" in staff.get(reverse("contacts:concern_list"), {"q": "2020-77"}).content.decode()
    table = staff.get(reverse("contacts:concern_list"), {"is_open": "true", "export": "csv"})
    head, row = csv.reader(table.content.decode("utf-8-sig").splitlines(), delimiter=";")
    assert row[head.index("Nummer")] == "2020/1"
