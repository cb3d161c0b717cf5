"""What a report says first: how far its records reach, and what was never closed."""

import datetime as dt
import io
from typing import Any

import docx
import openpyxl
import pypdf
import pytest
from django.test import Client
from django.utils import timezone, translation

from events.models import Event
from reports.builders.activity.report import build_activity_report
from reports.builders.continuity.report import build_continuity_report
from reports.builders.coverage.report import build_coverage_report
from reports.builders.network.report import build_network_report
from reports.builders.shared.data_basis import a_year_before
from reports.renderers.docx import render_docx
from reports.renderers.json import report_data
from reports.renderers.pdf import render_pdf
from reports.renderers.xlsx import render_xlsx
from reports.report import Note
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory
from tests.factories.events import EventFactory
from tests.reports.requests import request_for

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 29, 12, tzinfo=dt.UTC)
BUILDERS = {
    "network": build_network_report,
    "continuity": lambda request: build_continuity_report(request, programme_end=None),
    "coverage": build_coverage_report,
    "activity": build_activity_report,
}


def notes_of(
    kind: str = "network", *, first: int | None = None, last: int | None = None, role: str = "staff"
) -> list[Note]:
    """Return what a report says first, which is said there only."""
    start = dt.date(first, 1, 1) if first else None
    end = dt.date(last + 1, 1, 1) if last else None
    with translation.override("en"):
        report = BUILDERS[kind](
            request_for(UserFactory.create(role=role), start=start, end=end, now=NOW, key="k")
        )
    later = [block.text for each in report.sections for block in each.blocks if isinstance(block, Note)]
    assert not {note.text for note in report.notes}.intersection(later)
    return list(report.notes)


def far_behind(day: str, until: str) -> str:
    return (
        f"Up to {until} the last event recorded as held took place on {day}, more than a year before. What "
        "this report says of the time after it rests on older records."
    )


@pytest.mark.parametrize("kind", BUILDERS)
@pytest.mark.parametrize(("day", "is_far"), [(dt.date(2025, 11, 29), False), (dt.date(2025, 11, 28), True)])
def test_the_last_held_event_lies_far_behind_from_more_than_a_year_on(kind, day, is_far):
    EventFactory.create(start_date=day)
    EventFactory.create(start_date=dt.date(2026, 10, 1), status="cancelled")

    warnings = [(note.level, note.text) for note in notes_of(kind)]

    assert warnings == ([("warning", far_behind("28 Nov 2025", "29 Nov 2026"))] if is_far else [])


def test_a_period_of_the_past_is_measured_at_its_own_end():
    EventFactory.create(start_date=dt.date(2021, 6, 12))
    EventFactory.create(start_date=dt.date(2026, 6, 13))

    assert notes_of(last=2021) == notes_of(last=2026) == notes_of(last=2030) == []
    assert [note.text for note in notes_of(first=2023, last=2023)] == [
        far_behind("12 Jun 2021", "31 Dec 2023")
    ]


@pytest.mark.parametrize("kind", BUILDERS)
def test_where_nothing_was_ever_held_nothing_lies_behind(kind):
    assert notes_of(kind) == []
    EventFactory.create(start_date=None)
    assert notes_of(kind) == []


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (dt.date(2024, 2, 29), dt.date(2023, 2, 28)),
        (dt.date(2025, 2, 28), dt.date(2024, 2, 28)),
        (dt.date(2026, 12, 31), dt.date(2025, 12, 31)),
    ],
)
def test_a_year_before_a_leap_day_is_the_28th(day, before):
    assert a_year_before(day) == before


def test_past_events_that_nobody_closed_are_named_with_a_way_to_close_them():
    EventFactory.create(start_date=dt.date(2026, 11, 1))
    EventFactory.create(title="Ortstermin", start_date=dt.date(2026, 11, 24), status="planned")
    EventFactory.create(title="Redaktion", start_date=dt.date(2026, 11, 28), status="confirmed")
    EventFactory.create(title="Lange Tafel", start_date=dt.date(2026, 3, 1), status="idea")
    for status in ("held", "cancelled", "postponed"):
        EventFactory.create(start_date=dt.date(2026, 11, 2), status=status)
    EventFactory.create(start_date=dt.date(2026, 11, 29), status="planned")
    EventFactory.create(start_date=dt.date(2026, 11, 27), end_date=dt.date(2026, 11, 29), status="planned")
    EventFactory.create(start_date=None, status="idea")

    assert [notes_of(kind) for kind in BUILDERS] == [
        [
            Note(
                "warning",
                "3 past events are not closed: Redaktion (28 Nov 2026), Ortstermin (24 Nov 2026), Lange "
                "Tafel (1 Mar 2026). Until they are set to “held”, “cancelled” or “postponed”, they do not "
                "count.",
                url="/events/?left_open=yes",
                link="Show them, to close them",
            )
        ]
    ] * len(BUILDERS)


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (
            1,
            "1 past event is not closed: Treffen 1 (1 May 2025). Until it is set to “held”, “cancelled” or "
            "“postponed”, it does not count.",
        ),
        (
            5,
            "5 past events are not closed: Treffen 5 (5 May 2025), Treffen 4 (4 May 2025), Treffen 3 (3 May "
            "2025), Treffen 2 (2 May 2025), Treffen 1 (1 May 2025). Until they are set to “held”, "
            "“cancelled” or “postponed”, they do not count.",
        ),
        (
            7,
            "7 past events are not closed: Treffen 7 (7 May 2025), Treffen 6 (6 May 2025), Treffen 5 (5 May "
            "2025), Treffen 4 (4 May 2025), Treffen 3 (3 May 2025) and 2 more. Until they are set to “held”, "
            "“cancelled” or “postponed”, they do not count.",
        ),
    ],
)
def test_of_a_period_only_its_own_are_named_and_of_many_the_latest_five(count, text):
    EventFactory.create(start_date=dt.date(2025, 12, 1))
    EventFactory.create(start_date=dt.date(2024, 5, 1), status="planned")
    for day in range(1, count + 1):
        EventFactory.create(title=f"Treffen {day}", start_date=dt.date(2025, 5, day), status="planned")

    (note,) = notes_of(first=2025, last=2025)

    assert note.text == text
    assert note.url == "/events/?left_open=yes&date_from=2025-01-01&date_until=2025-12-31"


def test_the_list_behind_holds_just_these_and_json_leads_there_too(client: Client, meet: Any):
    today = timezone.localdate()
    client.force_login(UserFactory.create(role="staff"))
    meet(*ActorFactory.create_batch(2), start_date=today)
    forgotten = EventFactory.create(start_date=today - dt.timedelta(days=1), status="planned")
    EventFactory.create(start_date=today, status="planned")
    EventFactory.create(start_date=today - dt.timedelta(days=1), status="cancelled")

    page = client.get("/reports/network/")

    assert b'href="/events/?left_open=yes"' in page.content
    rows: Any = client.get("/events/?left_open=yes").context["table"].rows
    assert [row.record for row in rows] == [forgotten]
    answer = client.get("/api/v1/events/?left_open=yes").json()
    assert [row["id"] for row in answer["results"]] == [forgotten.pk]
    assert [section.key for section in page.context["report"].sections[:2]] == ["overview", "picture"]
    (first,) = report_data(page.context["report"])["notes"]
    assert (first["url"], first["link"]) == ("/events/?left_open=yes", "Anzeigen und abschließen")

    client.post(f"/events/{forgotten.pk}/status/", {"status": "held"})

    assert not Event.objects.left_open(today).exists()
    assert b"left_open" not in client.get("/reports/network/").content


def test_readers_are_not_led_to_what_they_may_not_close():
    EventFactory.create(start_date=dt.date(2026, 11, 1))
    EventFactory.create(title="Ortstermin", start_date=dt.date(2026, 11, 24), status="planned")

    assert [bool(notes_of(role=role)[0].url) for role in ("staff", "reader")] == [True, False]


def test_what_must_be_known_first_reaches_every_form_of_a_report_once():
    EventFactory.create(title="Ortstermin", start_date=dt.date(2026, 11, 24), status="planned")
    with translation.override("en"):
        report = build_network_report(request_for(UserFactory.create(), now=NOW, key="k"))
        (note,) = report.notes
        word = [paragraph.text for paragraph in docx.Document(io.BytesIO(render_docx(report))).paragraphs]
        book = openpyxl.load_workbook(io.BytesIO(render_xlsx(report)))
        pages = " ".join(
            page.extract_text() for page in pypdf.PdfReader(io.BytesIO(render_pdf(report))).pages
        )

    cells = [str(cell.value) for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert word.count(f"Please note: {note.text}") == 1
    assert cells.count(note.text) == 1
    assert " ".join(pages.split()).count("Ortstermin (24 Nov 2026)") == 1
