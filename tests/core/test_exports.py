"""What a list exports can be calculated with: where nothing is known, a cell is empty."""

import csv
import io

import pytest
from django.test import Client
from openpyxl import load_workbook

from tests.factories.accounts import UserFactory
from tests.factories.contacts import ConcernFactory
from tests.factories.events import EventFactory

pytestmark = pytest.mark.django_db


def exported(address, kind):
    """Return the rows below the heads, with None where nothing stands."""
    client = Client()
    client.force_login(UserFactory())
    page = client.get(address, {"page": 1}).content.decode()
    assert ">–</td>" in page
    body = client.get(address, {"page": 1, "export": kind}).content
    if kind == "csv":
        rows = csv.reader(io.StringIO(body.decode("utf-8-sig")), delimiter=";")
        return [[cell or None for cell in row] for row in rows][1:]
    return [list(row) for row in load_workbook(io.BytesIO(body)).worksheets[1].iter_rows(values_only=True)][
        1:
    ]


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
@pytest.mark.parametrize(
    ("make", "address"),
    [
        (lambda: EventFactory.create(start_date=None, series=None), "/events/"),
        (lambda: ConcernFactory.create(topic=None, forwarded_to=None), "/actors/concerns/"),
    ],
    ids=["events", "concerns"],
)
def test_the_dash_of_the_page_is_an_empty_cell_of_the_file(make, address, kind):
    make()
    [row] = exported(address, kind)
    assert ("–" in row, None in row) == (False, True)
