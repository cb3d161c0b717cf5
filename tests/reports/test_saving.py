"""Saved reports: frozen, sealed, and shown as they were."""

import dataclasses
import hashlib
import json

import pytest
from django.db import connection, transaction
from django.db.models import ProtectedError

from reports.models import FrozenError, SavedFile, SavedReport
from reports.renderers.files import FILE_FORMATS
from reports.renderers.json import canonical_json, render_json
from reports.renderers.json_reading import read_report
from reports.report import Cell, Figure, Picture, Report, Section, Series, StoredDrawing, Table
from tests.factories.accounts import UserFactory
from tests.factories.reports import saved_report, small_picture, small_report

pytestmark = pytest.mark.django_db
BAND = Figure("f", "F", "line", ("1",), (Series("S", (0.5,), low=(0.25,), high=(None,)),), "Text.")


def without_links(report: Report) -> Report:
    """Return what is read back: the same, but leading nowhere, and with drawings in one form."""

    def bare(block: object) -> object:
        if isinstance(block, Picture):
            return dataclasses.replace(block, drawing=StoredDrawing(block.drawing.svg))
        if not isinstance(block, Table):
            return block
        rows = tuple(tuple(dataclasses.replace(cell, url=None) for cell in row) for row in block.rows)
        return dataclasses.replace(block, rows=rows)

    sections = tuple(
        dataclasses.replace(section, blocks=tuple(map(bare, section.blocks))) for section in report.sections
    )
    return dataclasses.replace(report, sections=sections)


def test_a_report_is_read_back_as_it_was():
    report = small_report(sections=(*small_report().sections, Section("p", "P", (small_picture(), BAND))))
    assert read_report(canonical_json(report)) == without_links(report)


def test_words_in_a_column_of_days_stay_words():
    table = small_report().table("years")
    row = (*table.rows[0][:4], Cell("unbefristet"))
    report = small_report(sections=(Section("s", "S", (dataclasses.replace(table, rows=(row,)),)),))
    assert read_report(canonical_json(report)).table("years").rows[0][4].value == "unbefristet"


def test_it_keeps_who_asked_what_when_and_every_file():
    user = UserFactory.create(role="reader")
    saved = saved_report(user=user, query="from_year=2019", note="Anlage 3")
    saved = SavedReport.objects.get(pk=saved.pk)
    assert (saved.kind, saved.title, saved.period) == ("network", "Netzwerkbericht", "2019–2020")
    assert (saved.query, saved.note, saved.author, saved.author_role) == (
        "from_year=2019",
        "Anlage 3",
        user,
        "reader",
    )
    assert saved.data_date == small_report().data_date
    files = {file.suffix: file for file in saved.files.all()}
    assert list(files) == list(FILE_FORMATS)
    assert bytes(files["json"].body) == render_json(small_report())
    assert all(file.is_intact and file.size == len(file.body) for file in files.values())


def test_the_digest_is_that_of_the_content_in_its_one_form():
    saved = saved_report()
    content = json.loads(saved.content)
    form = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert hashlib.sha256(form.encode()).hexdigest() == saved.digest
    assert saved.is_intact


def test_nothing_of_it_is_changed_by_the_program():
    saved = saved_report()
    file = saved.files.first()
    saved.note = "anders"
    for change in (
        saved.save,
        file.save,
        lambda: SavedReport.objects.update(note="anders"),
        lambda: SavedReport.objects.bulk_update([saved], ["note"]),
        lambda: saved.files.update(size=1),
        lambda: SavedFile.objects.filter(pk=file.pk).update(size=1),
    ):
        with pytest.raises(FrozenError), transaction.atomic():
            change()
    assert SavedReport.objects.get(pk=saved.pk).note == ""


@pytest.mark.parametrize("place", ["content", "digest"])
def test_a_change_past_the_program_is_noticed(place):
    saved = saved_report()
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE reports_savedreport SET {place} = REPLACE({place}, '3', '4') WHERE id = %s", [saved.pk]
        )
    assert not SavedReport.objects.get(pk=saved.pk).is_intact


def test_a_changed_file_is_noticed():
    file = saved_report().files.get(suffix="pdf")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE reports_savedfile SET body = %s WHERE id = %s", [b"%PDF-0", file.pk])
    assert not SavedFile.objects.get(pk=file.pk).is_intact


def test_who_saved_a_report_stays_known():
    saved = saved_report()
    with pytest.raises(ProtectedError):
        saved.author.delete()


def test_it_goes_with_its_files():
    saved_report().delete()
    assert (SavedReport.objects.count(), SavedFile.objects.count()) == (0, 0)
