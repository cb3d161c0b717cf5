"""Series and their editions."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from events.models import EventSeries, SeriesFormerName
from events.services.series import create_edition, save_series
from tests.factories.accounts import UserFactory
from tests.factories.events import (
    EventFactory,
    EventSeriesFactory,
    OrganiserRoleFactory,
    SeriesCarrierFactory,
)

pytestmark = pytest.mark.django_db


def test_a_renamed_series_is_still_found_by_its_old_name():
    series = EventSeriesFactory.create(name="Stadtteilfest")
    series.name = "Bürgerfest"
    save_series(
        series=series, former_name="Stadtteilfest", until=dt.date(2018, 7, 1), user=UserFactory.create()
    )
    assert list(EventSeries.objects.matching("stadtteil")) == list(EventSeries.objects.matching("Burgerfest"))
    assert SeriesFormerName.objects.values_list("name", "used_until").get() == (
        "Stadtteilfest",
        dt.date(2018, 7, 1),
    )


def test_a_new_edition_has_the_carrier_of_that_day_as_organiser():
    OrganiserRoleFactory.create()
    series = EventSeriesFactory.create()
    SeriesCarrierFactory.create(series=series, actor__name="Früher", valid_until=dt.date(2018, 1, 1))
    SeriesCarrierFactory.create(series=series, actor__name="Heute", valid_from=dt.date(2018, 1, 1))
    for day, status, expected in (
        (dt.date(2017, 12, 31), "held", ("Früher", "attended", "organiser")),
        (dt.date(2018, 1, 1), "planned", ("Heute", "registered", "organiser")),
    ):
        event = EventFactory.build(series=series, event_type=series.event_type, start_date=day, status=status)
        create_edition(event=event, user=UserFactory.create())
        assert event.participations.values_list("actor__name", "state", "role__code").get() == expected


def test_an_event_without_series_or_a_series_without_carrier_has_no_organiser_yet():
    user = UserFactory.create()
    series = EventSeriesFactory.create()
    for chosen in (None, series):
        event = EventFactory.build(series=chosen, event_type=series.event_type, start_date=None)
        assert create_edition(event=event, user=user).participations.count() == 0


def test_volunteers_create_neither_editions_nor_series():
    volunteer, series = UserFactory.create(role="volunteer"), EventSeriesFactory.create()
    with pytest.raises(PermissionDenied):
        create_edition(event=EventFactory.build(series=series), user=volunteer)
    with pytest.raises(PermissionDenied):
        save_series(series=series, user=volunteer)
