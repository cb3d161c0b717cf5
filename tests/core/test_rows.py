"""Rows of tables: they look as the library draws them, are escaped, and export what the methods return."""

from __future__ import annotations

import datetime as dt
from typing import Any

import django_tables2 as tables
import pytest
from django.template import Context, Template

from actors.models import Actor, ActorKind, Sector
from core.tables import RecordTable
from events.models import Event
from tests.factories.actors import ActorFactory, PersonFactory
from tests.factories.events import EventFactory

AS_THE_LIBRARY_DOES = Template(
    '{% load l10n %}{% for column, cell in row.items %}<td role="cell" data-label="{{ column.header }}"'
    ' {{ column.attrs.td.as_html }}{% if cell == "–" or cell == "" %} data-blank{% endif %}>'
    "{% if column.localize == None %}{{ cell }}{% elif column.localize %}{{ cell|localize }}"
    "{% else %}{{ cell|unlocalize }}{% endif %}</td>{% endfor %}"
)


class ActorsTable(RecordTable):
    kind = tables.Column()
    name = tables.Column("Name & Ort", linkify=True, attrs={"td": {"class": "strong"}})
    sector = tables.Column(accessor="actor_type__sector")
    district = tables.Column()
    active_from = tables.Column()
    version = tables.Column(attrs={"td": {"class": "num", "data-key": lambda record: record.pk}})
    exact = tables.Column(accessor="version", localize=False)
    own = tables.Column(empty_values=(), accessor="pk")

    class Meta(RecordTable.Meta):
        model = Actor
        fields: tuple[str, ...] = ()

    def render_own(self, record: Actor, value: int, table: Any) -> str:
        return f"<{record.name}>{value - record.pk}{len(table.columns)}"

    def value_own(self, record: Actor) -> str:
        return record.name


class EventsTable(RecordTable):
    title = tables.Column()
    start_date = tables.Column()
    topics = tables.ManyToManyColumn()
    place = tables.Column()

    class Meta(RecordTable.Meta):
        model = Event
        fields: tuple[str, ...] = ()


@pytest.mark.django_db
def test_a_row_is_drawn_as_the_library_would_draw_it():
    ActorFactory(name="Haus <b>&</b> Hof", district="Nord", active_from=dt.date(2020, 5, 4), version=12345)
    PersonFactory(given_name="Ada", family_name="Musterfrau")
    EventFactory(title="Fest")

    for table in (ActorsTable(Actor.objects.order_by("pk")), EventsTable(Event.objects.all())):
        drawn = [row.drawn_cells for row in table.rows]
        assert drawn == [AS_THE_LIBRARY_DOES.render(Context({"row": row})) for row in table.rows]


@pytest.mark.django_db
def test_what_a_method_returns_is_escaped():
    actor = ActorFactory(name="<script>")
    [row] = ActorsTable([actor]).rows

    assert "<script>" not in row.drawn_cells
    assert "&lt;&lt;script&gt;&gt;08" in row.drawn_cells


@pytest.mark.django_db
def test_an_export_takes_the_value_of_each_column():
    ActorFactory(name="Verein", district="Nord", active_from=dt.date(2020, 5, 4))

    head, row = ActorsTable(Actor.objects.all()).as_values()

    kind, sector = str(ActorKind.ORGANISATION.label), str(Sector.ASSOCIATION.label)
    assert (len(head), head[1]) == (8, "Name & Ort")
    assert row == [kind, "Verein", sector, "Nord", dt.date(2020, 5, 4), 1, 1, "Verein"]


@pytest.mark.django_db
def test_a_page_of_a_table_has_its_rows():
    for number in range(5):
        ActorFactory(name=f"Verein {number}")
    table = ActorsTable(Actor.objects.order_by("name"))

    table.paginate(page=2, per_page=2)

    assert [row.record.name for row in table.paginated_rows] == ["Verein 2", "Verein 3"]
