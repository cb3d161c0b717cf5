"""A report as a Word document: read back by python-docx."""

import io
import re
import zipfile
from typing import Any

import docx
import pytest
from django.utils import translation
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from reports.renderers.docx import render_docx
from reports.report import Report, Section
from tests.factories.reports import report_of, small_picture, small_report


def written(report: Report, base_url: str = "", language: str = "de") -> bytes:
    with translation.override(language):
        return render_docx(report, base_url=base_url)


def read(report: Report, **options: str) -> Any:
    return docx.Document(io.BytesIO(written(report, **options)))


def parts(report: Report) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(written(report))) as archive:
        return {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}


def test_everything_of_the_report_is_in_it_in_german():
    document = read(small_report())
    assert [(paragraph.style.name, paragraph.text) for paragraph in document.paragraphs] == [
        ("Subtitle", "Westhagen"),
        ("Title", "Netzwerkbericht"),
        ("Subtitle", "2019–2020"),
        ("Report Fact", "Zeitraum\t2019–2020"),
        ("Report Fact", "Büro\tmit"),
        ("Report Fact", "Erstellt von\tMara Muster"),
        ("Report Fact", "Erstellt am\t01.01.2022, 00:30"),
        ("Report Fact", "Datenstand\t01.01.2022"),
        ("Heading 1", "Überblick: [alles]"),
        ("Normal", "Ein Satz."),
        ("Report Warning", document.paragraphs[10].text),
        ("Heading 2", "Gehalten"),
        ("Normal", ""),
        ("Heading 2", "Jahr für Jahr"),
        ("Report Remark", "Ohne Gewähr."),
        ("Heading 1", "Überblick: [alles]"),
        ("Heading 2", "Leer"),
        ("Report Remark", "Hier gibt es nichts zu zeigen."),
        ("Heading 1", "Begriffe"),
        ("Report Term", "Gehalten  Fand statt."),
    ]
    assert document.paragraphs[10].text.endswith("Wenige Zahlen.")


def test_numbers_are_german_and_flush_right_and_the_head_is_on_every_page():
    (table,) = read(small_report()).tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Jahr", "Gehalten", "Anteil", "Mittel", "Tag"],
        ["2019", "1.234", "12,5\u202f%", "2,50", "15.06.2019"],
        ["=2+2", "–", "–", "–", "–"],
    ]
    styles = [cell.paragraphs[0].style.name for cell in table.rows[1].cells]
    assert styles == ["Report Cell", "Report Number", "Report Number", "Report Number", "Report Cell"]
    heads = [bool(row._tr.findall(f"{qn('w:trPr')}/{qn('w:tblHeader')}")) for row in table.rows]
    assert heads == [True, False, False]


def test_charts_and_pictures_say_what_they_show():
    report = small_report(sections=(small_report().sections[0], Section("p", "P", (small_picture(),))))
    shapes = read(report).inline_shapes
    described = [shape._inline.docPr.get("descr") for shape in shapes]
    assert described == [
        "2019 drei, 2020 unbekannt.",
        "Zwei Punkte.",
    ]


@pytest.mark.parametrize(("language", "spoken"), [("de", "de-DE"), ("en", "en-GB")])
def test_it_says_in_which_language_it_is(language, spoken):
    document = read(small_report(), language=language)
    (mark,) = document.styles.element.find(qn("w:docDefaults")).iter(qn("w:lang"))
    assert (mark.get(qn("w:val")), document.core_properties.language) == (spoken, spoken)


def test_it_names_its_author_and_nobody_else():
    about = read(small_report()).core_properties
    assert (about.author, about.last_modified_by, about.title) == (
        "Mara Muster",
        "Mara Muster",
        "Netzwerkbericht",
    )
    assert (about.comments, about.keywords, about.created) == ("", "", small_report().created)
    names = parts(small_report())
    assert [name for name in names if "app.xml" in name or "thumbnail" in name or "custom" in name] == []
    assert "python-docx" not in " ".join(names.values())


def test_pages_are_counted_and_nothing_else_is_a_field():
    texts = parts(small_report())
    fields = {name: re.findall(r'instr=" (\w+) "|<w:instrText', text) for name, text in texts.items()}
    assert {name for name, codes in fields.items() if codes} == {"word/footer1.xml", "word/footer2.xml"}
    assert [codes for codes in fields.values() if codes] == [["PAGE", "NUMPAGES"]] * 2


@pytest.mark.parametrize(
    "text", ['{ HYPERLINK "https://x.example" }', "=SUM(A1)", "<w:p/>", "&amp;", "zwei\nZeilen", " Rand "]
)
def test_text_stays_text(text):
    (table,) = read(report_of([text])).tables
    assert table.rows[1].cells[0].text == text


def test_control_characters_are_left_out():
    (table,) = read(report_of(["a\x00b\x1bc"])).tables
    assert table.rows[1].cells[0].text == "abc"


def test_figures_lead_to_their_records_where_the_address_of_the_site_is_known():
    def targets(document: Any) -> list[str]:
        return [tie.target_ref for tie in document.part.rels.values() if tie.is_external]

    assert targets(read(small_report())) == []
    linked = targets(read(small_report(), base_url="https://netz.example.org"))
    assert linked == ["https://netz.example.org/events/?year=2019"]


def test_a_wide_table_lies_across_and_what_follows_stands_upright_again():
    wide = report_of([f"Verein {number} mit einem langen Namen" for number in range(3)], columns=9).sections[
        0
    ]
    pages = read(small_report(sections=(wide, Section("e", "Ende", ())))).sections
    assert [page.orientation for page in pages] == [
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.LANDSCAPE,
        WD_ORIENT.PORTRAIT,
    ]


def test_a_small_table_is_not_cut_by_a_page():
    def kept(count: int) -> list[bool]:
        (table,) = read(report_of(["x"] * count)).tables
        return [row._tr.find(f".//{qn('w:keepNext')}") is not None for row in table.rows[1:]]

    assert kept(3) == [True, True, False]
    assert not any(kept(40))
