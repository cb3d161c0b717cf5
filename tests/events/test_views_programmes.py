"""The page of a measure: what the records say beside a goal, and what readers are told of it."""

import datetime as dt
import re
from decimal import Decimal

import pytest

from tests.actors.pages import client_of
from tests.factories.actors import PersonFactory
from tests.factories.events import (
    EventFactory,
    HeadcountFactory,
    MeasureFactory,
    MeasureGoalFactory,
    OrganiserRoleFactory,
    ParticipationFactory,
)

pytestmark = pytest.mark.django_db
NOT_TOLD = "nicht genannt"


def counted(role: str, few: int, many: int = 6) -> list[str]:
    """Return what the page counts of a measure with ``few`` people in one year and many in another."""
    measure = MeasureFactory.create()
    for kind in ("events", "visits", "persons", "engaged", "hours"):
        MeasureGoalFactory.create(measure=measure, counted_as=kind)
    for year, people in ((2019, many), (2020, few)):
        event = EventFactory.create(measure=measure, start_date=dt.date(year, 5, 1))
        HeadcountFactory.create(event=event, count=people)
        for person in PersonFactory.create_batch(people):
            ParticipationFactory.create(
                event=event, actor=person, role=OrganiserRoleFactory.create(), volunteer_hours=Decimal("1.5")
            )
    page = client_of(role).get(measure.get_absolute_url()).content.decode()
    rows = re.findall(r'<tr><th scope="row">.*?</td></tr>', page)
    cells = [row.rsplit('<td class="num">', 1)[1] for row in rows]
    return [re.sub(r"\s*<.*", "", cell) if NOT_TOLD not in cell else "•" for cell in cells]


@pytest.mark.parametrize("role", ["staff", "volunteer"])
def test_those_inside_are_told_every_number(role):
    assert counted(role, few=3) == ["2", "9", "9", "9", "13,50"]


def test_readers_are_told_no_number_with_one_to_four_people_behind_it():
    assert counted("reader", few=3) == ["2", "•", "•", "•", "•"]


def test_readers_are_told_numbers_of_many():
    assert counted("reader", few=5, many=7) == ["2", "12", "12", "12", "18,00"]
