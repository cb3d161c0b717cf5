"""Pages of series, spaces, programmes and measures."""

import datetime as dt

import pytest
from django.db.models import ProtectedError
from django.urls import reverse

from events.models import EventSeries, Measure, Programme, Space
from tests.events.pages import client_of
from tests.factories.actors import ActorFactory, PersonFactory
from tests.factories.events import (
    EventFactory,
    EventSeriesFactory,
    FundingPeriodFactory,
    MeasureFactory,
    MeasureGoalFactory,
    ProgrammeFactory,
    SeriesCarrierFactory,
    SeriesFormerNameFactory,
    SpaceFactory,
    TaskAssignmentFactory,
)

pytestmark = pytest.mark.django_db
LISTS = ["series", "space", "programme", "measure"]
MAKE = {
    "series": EventSeriesFactory,
    "space": SpaceFactory,
    "programme": ProgrammeFactory,
    "measure": MeasureFactory,
}


def address(name, record=None):
    return reverse(f"events:{name}", args=[record.pk] if record else [])


def full_series(number):
    series = EventSeriesFactory.create(name=f"Reihe {number}", future_carrier=ActorFactory.create())
    SeriesCarrierFactory.create(series=series)
    SeriesFormerNameFactory.create(series=series, name=f"Früher {number}")
    EventFactory.create_batch(number, series=series)
    EventFactory.create(series=series, status="cancelled", start_date=dt.date(2020, 6, 1))
    return series


def test_who_is_to_carry_a_format_from_a_day_on_is_not_said_to_do_so_already():
    series = EventSeriesFactory.create()
    for day in (dt.date(2020, 1, 1), dt.date(2099, 1, 1)):
        SeriesCarrierFactory.create(series=series, valid_from=day)

    page = client_of().get(series.get_absolute_url(), headers={"Accept-Language": "de"}).content.decode()

    assert "seit 01.01.2020" in page
    assert "ab 01.01.2099" in page
    assert "seit 01.01.2099" not in page


def test_the_list_of_series_asks_the_same_for_one_row_and_for_three(django_assert_num_queries):
    client = client_of()
    full_series(1)
    client.get(address("series_list"))
    with django_assert_num_queries(9) as one:
        client.get(address("series_list"))
    full_series(2)
    full_series(3)
    with django_assert_num_queries(len(one)):
        text = client.get(address("series_list")).text
    assert "Früher 3" in text


def test_cancelled_editions_are_counted_apart_and_stay_in_the_strip():
    series = full_series(2)
    EventFactory.create(series=series, start_date=None, status="idea")
    row = client_of().get(address("series_list")).context["table"].rows[0].record
    assert (row.held, row.cancelled, row.last_held) == (2, 1, dt.date(2019, 6, 15))
    years = client_of().get(address("series_detail", series)).context["years"]
    assert [(y.year, y.held, y.dropped, y.planned) for y in years] == [(2019, 2, 0, 0), (2020, 0, 1, 0)]


def test_a_year_without_an_edition_is_a_gap_in_the_strip():
    series = EventSeriesFactory.create()
    for year in (2010, 2012):
        EventFactory.create(series=series, start_date=dt.date(year, 12, 31))
    years = client_of().get(address("series_detail", series)).context["years"]
    assert [(y.year, y.held) for y in years] == [(2010, 1), (2011, 0), (2012, 1)]


def test_the_page_of_a_series_says_who_carries_it_and_who_will():
    series = full_series(1)
    series.funding_until = dt.date(2022, 1, 1)
    series.save()
    TaskAssignmentFactory.create(event=None, series=series, actor=None)
    text = client_of().get(address("series_detail", series)).text
    assert str(series.future_carrier) in text
    assert "Früher 1" in text
    assert "31.12.2021" in text


def test_readers_see_no_person_as_carrier_or_contact():
    person = PersonFactory.create(family_name="Geheim")
    series = EventSeriesFactory.create(future_carrier=person, future_contact=person)
    SeriesCarrierFactory.create(series=series, actor=person)
    TaskAssignmentFactory.create(event=None, series=series, actor=person)
    SpaceFactory.create(owner=person)
    MeasureFactory.create(carrier=person)
    reader = client_of("reader")
    pages = [address("series_detail", series), *(address(f"{name}_list") for name in LISTS)]
    assert [page for page in pages if "Geheim" in reader.get(page).text] == []
    assert "Geheim" not in reader.get(address("series_list"), {"export": "csv"}).content.decode()
    assert "Geheim" in client_of("volunteer").get(address("series_detail", series)).text


def test_a_series_with_editions_cannot_be_deleted():
    series, client = full_series(1), client_of()
    assert client.post(address("series_delete", series)).status_code == 409
    assert EventSeries.objects.filter(pk=series.pk).exists()
    with pytest.raises(ProtectedError):
        series.delete()


@pytest.mark.parametrize("name", LISTS)
def test_each_short_list_has_its_five_pages(name):
    record, client = MAKE[name].create(), client_of()
    for page in (f"{name}_list", f"{name}_create"):
        assert client.get(address(page)).status_code == 200
    for page in (f"{name}_detail", f"{name}_update", f"{name}_delete"):
        assert client.get(address(page, record)).status_code == 200
    assert client.post(address(f"{name}_delete", record)).status_code == 302
    assert client.get(address(f"{name}_detail", record)).status_code == 404


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("role", ["volunteer", "reader"])
def test_only_the_office_changes_them(name, role):
    record, client = MAKE[name].create(), client_of(role)
    assert client.get(address(f"{name}_list")).status_code == 200
    assert client.get(address(f"{name}_detail", record)).status_code == 200
    assert client.get(address(f"{name}_create")).status_code == 403
    assert client.post(address(f"{name}_update", record), {"name": "Anders"}).status_code == 403
    assert client.post(address(f"{name}_delete", record)).status_code == 403


def test_what_stays_goes_or_forbids_is_said_before_deleting():
    space, series = SpaceFactory.create(), EventSeriesFactory.create()
    EventFactory.create(space=space, series=series)
    SeriesFormerNameFactory.create(series=series)
    client = client_of()
    series_by_filter = {
        name: [part[1:] for part in client.get(address(f"{name}_delete", record)).context["dependents"]]
        for name, record in (("space", space), ("series", series))
    }
    assert series_by_filter == {"space": [(1, None)], "series": [(1, False), (1, True)]}


def rows_of(client, page):
    form = client.get(page).context["form"]
    return {f.html_name: f.value() for rows in form.rows for f in rows.management_form}


def test_a_programme_is_added_with_its_periods():
    client = client_of()
    sent = {
        **rows_of(client, address("programme_create")),
        "name": "Soziale Stadt",
        "periods-0-valid_from": "2018-01-01",
        "periods-0-valid_until": "2021-12-31",
    }
    assert client.post(address("programme_create"), sent).status_code == 302
    programme = Programme.objects.get()
    assert list(programme.periods.values_list("valid_from", "valid_until")) == [
        (dt.date(2018, 1, 1), dt.date(2022, 1, 1))
    ]
    assert "31.12.2021" in client.get(address("programme_detail", programme)).text


def test_the_same_programme_twice_is_refused_and_comes_back():
    ProgrammeFactory.create(name="Soziale Stadt")
    client = client_of()
    sent = {**rows_of(client, address("programme_create")), "name": "Soziale Stadt"}
    answer = client.post(address("programme_create"), sent)
    assert (answer.status_code, Programme.objects.count()) == (422, 1)


def test_a_measure_shows_its_goals_and_events():
    measure = MeasureFactory.create(programme=FundingPeriodFactory.create().programme)
    MeasureGoalFactory.create(measure=measure, goal="Mehr Beteiligung", counted_as="events")
    MeasureGoalFactory.create(measure=measure, goal="Weniger Leerstand", direction="less", target=2, actual=3)
    EventFactory.create(measure=measure)
    response = client_of().get(address("measure_detail", measure))
    text = response.text
    assert "Mehr Beteiligung" in text
    stated = [(goal.goal, goal.is_reached, *seen) for goal, *seen in response.context["goals"]]
    assert stated == [("Mehr Beteiligung", None, 1, True), ("Weniger Leerstand", False, None, True)]
    assert f"?measure={measure.pk}" in text
    row = client_of().get(address("measure_list")).context["table"].rows[0].record
    assert (row.goal_count, row.event_count) == (2, 1)
    assert Measure.objects.count() == 1


def test_a_space_without_end_has_no_last_day():
    client = client_of()
    sent = {"name": "Saal", "has_permanent_right": "on", "right_until": "2021-12-31"}
    assert client.post(address("space_create"), sent).status_code == 422
    assert client.post(address("space_create"), {**sent, "right_until": ""}).status_code == 302
    assert Space.objects.get().has_permanent_right is True
