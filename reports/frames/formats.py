"""The formats: their carriers, spaces and what decides on whether they go on."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
from django.db.models import Count

from events.models import Event, EventSeries, SeriesCarrier, Space
from reports.analysis import schema
from reports.analysis.continuity import latest_carriers
from reports.frames.frame import frame


def load_carriers() -> pd.DataFrame:
    """Read who carried which series from when until when."""
    rows = SeriesCarrier.objects.order_by("pk").values_list(
        "series_id", "actor_id", "valid_from", "valid_until"
    )
    return frame(schema.CARRIERS, ("series_id", "actor_id", "from", "until"), rows)


def load_series(*, carriers: pd.DataFrame, on: dt.date) -> pd.DataFrame:
    """Read the formats with what decides on their status; the present carrier is that of the day `on`.

    Beside the columns of the schema there are `space`, for showing, and `space_id`.
    """
    names = (
        "series_id",
        "title",
        "rhythm",
        "future_carrier_id",
        "contact_id",
        "funding_until",
        "space_permanent",
        "space_until",
        "decision",
    )
    rows = list(
        EventSeries.objects.order_by("name", "pk").values_list(
            "pk",
            "name",
            "rhythm",
            "future_carrier_id",
            "future_contact_id",
            "funding_until",
            "space__has_permanent_right",
            "space__right_until",
            "decision",
            "space__name",
            "space_id",
        )
    )
    declared = ((*row[:6], bool(row[6]), *row[7:9]) for row in rows)
    series = frame(schema.SERIES, names, declared)
    series["space"] = pd.Series([row[9] for row in rows], dtype="object")
    series["space_id"] = pd.Series([row[10] for row in rows], dtype="Int64")
    series["carrier_id"] = series["series_id"].map(_present_carriers(carriers, on)).astype("Int64")
    return series


def _present_carriers(carriers: pd.DataFrame, on: dt.date) -> pd.Series:
    """Return who carries each series on a day; of several the one who came last."""
    day = pd.Timestamp(on)
    begun = carriers["from"].isna() | (carriers["from"] <= day)
    going_on = carriers["until"].isna() | (carriers["until"] > day)
    return latest_carriers(carriers[begun & going_on], by="series_id")


def load_spaces() -> list[dict[str, Any]]:
    """Read the spaces with the number of formats that use them."""
    rows = Space.objects.order_by("name").annotate(formats=Count("series"))
    names = ("pk", "name", "owner_id", "has_permanent_right", "right_until", "is_anchor", "formats")
    return list(rows.values(*names))


def load_series_titles() -> dict[int, str]:
    """Read the present names of the formats."""
    return dict(EventSeries.objects.values_list("pk", "name"))


def load_rhythms() -> dict[int, str]:
    """Read the rhythm of every format, by its id."""
    return dict(EventSeries.objects.values_list("pk", "rhythm"))


def load_edition_attendance() -> pd.Series:
    """Read how many people came to each held edition of a format, by the id of the event."""
    attendances = Event.objects.held().filter(series__isnull=False).attendances()
    return pd.Series({key: attendance.total for key, attendance in attendances.items()}, dtype="float64")
