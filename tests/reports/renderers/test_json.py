"""A report as JSON: the same words and figures as everywhere else."""

import json

from reports.renderers.json import render_json, report_data
from reports.report import Cell, Column, Figure, Section, Series, Table
from tests.factories.reports import small_picture, small_report


def test_a_report_is_plain_data():
    data = json.loads(render_json(small_report()))
    table = data["sections"][0]["blocks"][2]
    assert {key: data[key] for key in ("version", "kind", "key", "period", "created", "data_date")} == {
        "version": 1,
        "kind": "network",
        "key": "k1",
        "period": "2019–2020",
        "created": "2021-12-31T23:30:00+00:00",
        "data_date": "2022-01-01",
    }
    assert [block["type"] for block in data["sections"][0]["blocks"]] == ["note", "figure", "table"]
    assert table["rows"] == [
        [
            {"value": "2019", "url": "/events/?year=2019"},
            {"value": 1234},
            {"value": 0.125},
            {"value": 2.5},
            {"value": "2019-06-15"},
        ],
        [{"value": "=2+2"}, {"value": None}, {"value": None}, {"value": None}, {"value": None}],
    ]


def test_bands_are_told_and_pictures_speak():
    figure = Figure("f", "F", "line", ("1",), (Series("S", (2,), low=(1,), high=(3,)),), "Zwei.")
    report = small_report(sections=(Section("s", "S", (figure, small_picture())),))
    chart, picture = report_data(report)["sections"][0]["blocks"]
    assert chart["series"] == [{"label": "S", "values": [2], "low": [1], "high": [3]}]
    assert picture == {
        "type": "picture",
        "key": "graph",
        "title": "Bild des Netzwerks",
        "alt": "Zwei Punkte.",
        "caption": "Stand 2020.",
    }


def test_of_footnote_and_empty_text_only_the_one_that_is_true_is_told():
    columns = (Column("name", "Name"),)
    full = Table("a", "A", columns, ((Cell("x"),),), footnote="Alle waren dort.", empty_text="Niemand.")
    empty = Table("b", "B", columns, (), footnote="Alle waren dort.", empty_text="Niemand.")

    blocks = report_data(small_report(sections=(Section("s", "S", (full, empty)),)))["sections"][0]["blocks"]

    assert [(block["footnote"], block["empty_text"]) for block in blocks] == [
        ("Alle waren dort.", ""),
        ("", "Niemand."),
    ]
