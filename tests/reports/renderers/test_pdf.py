"""A report as PDF: read back by pypdf."""

import io
import re

import pypdf
import pytest
from django.utils import translation

from reports.renderers.pdf import render_pdf
from reports.report import Report, Section
from tests.factories.reports import report_of, small_picture, small_report


def read(report: Report, base_url: str = "", language: str = "de") -> pypdf.PdfReader:
    with translation.override(language):
        return pypdf.PdfReader(io.BytesIO(render_pdf(report, base_url=base_url)))


def words(document: pypdf.PdfReader) -> str:
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in document.pages))


def test_everything_of_the_report_is_in_it_in_german():
    text = words(read(small_report()))
    for part in (
        "Netzwerkbericht",
        "Mara Muster",
        "01.01.2022",
        "Überblick: [alles]",
        "Wenige Zahlen.",
        "2019 1.234 12,5 % 2,50 15.06.2019",
        "=2+2 – – – –",
        "Ohne Gewähr.",
        "Gehalten Fand statt.",
    ):
        assert part in text


def test_it_is_tagged_says_its_language_and_describes_its_pictures():
    document = read(small_report(sections=(Section("s", "S", (small_picture(),)),)))
    root = document.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("de-DE", True)
    assert b"<pdfuaid:part>1" in root["/Metadata"].get_data()
    assert "Zwei Punkte." in str(structure(root["/StructTreeRoot"]))


def structure(node: object, depth: int = 0) -> object:
    """Return the alternative texts of the tree of tags."""
    node = node.get_object() if isinstance(node, pypdf.generic.IndirectObject) else node
    if isinstance(node, list):
        return [structure(child, depth) for child in node]
    if not isinstance(node, dict) or depth > 20:
        return None
    return [node.get("/Alt"), structure(node.get("/K"), depth + 1)]


def test_it_names_author_title_and_day_and_nobody_else():
    about = read(small_report()).metadata
    assert about is not None
    assert (about.author, about.title) == ("Mara Muster", "Netzwerkbericht")
    assert about.creation_date == small_report().created
    assert set(about) == {"/Author", "/Title", "/Creator", "/CreationDate", "/ModDate"}


def test_the_same_report_gives_the_same_file():
    with translation.override("de"):
        assert render_pdf(small_report()) == render_pdf(small_report())


@pytest.mark.parametrize(
    "text",
    [
        '#panic("x")',
        "$a$ *b* _c_ [d] <e> @f `g` \\ // -- ~",
        '#image("/etc/passwd")',
        "{page} {pages}",
        "</script><img src=x>",
        "]; #let x = 1",
    ],
)
def test_text_is_never_read_as_markup(text):
    assert f"{text} {text}" in words(read(report_of([text], columns=2)))


def test_signs_that_the_type_lacks_and_control_characters_do_not_stop_it():
    text = words(read(report_of(["Verein الجمعية 社团 😀", "a\x00b\x1bc"])))
    assert ("Verein" in text, "abc" in text) == (True, True)


def test_a_word_without_end_is_broken():
    (page,) = read(report_of(["x" * 200], columns=2)).pages
    assert page.extract_text().replace("\u200b", "").replace("\n", "").count("x" * 200) == 2


def test_a_wide_table_lies_across_and_its_head_stands_on_every_page():
    document = read(report_of([f"Verein {number} mit einem langen Namen" for number in range(90)], columns=9))
    across = [page for page in document.pages if float(page.mediabox.width) > float(page.mediabox.height)]
    assert len(across) > 2
    assert all("Spalte 8" in page.extract_text() for page in across)


def test_a_few_rows_of_long_texts_go_on_over_the_page():
    document = read(report_of(["Wort " * 900 + "Ende"] * 3, columns=2))
    assert len(document.pages) > 2
    assert words(document).count("Ende") == 6


def test_figures_lead_to_their_records_where_the_address_of_the_site_is_known():
    def targets(document: pypdf.PdfReader) -> list[str]:
        notes = [note.get_object() for page in document.pages for note in page.get("/Annots", [])]
        return [note["/A"]["/URI"] for note in notes if "/URI" in note.get("/A", {})]

    assert targets(read(small_report())) == []
    linked = targets(read(small_report(), "https://netz.example.org"))
    assert linked == ["https://netz.example.org/events/?year=2019"]


def test_only_long_reports_have_a_table_of_contents():
    def has_contents(count: int) -> bool:
        sections = tuple(Section(f"s{number}", f"Kapitel {number}", ()) for number in range(count))
        return words(read(small_report(sections=sections))).count("Kapitel 0") == 2

    assert (has_contents(2), has_contents(4)) == (False, True)
