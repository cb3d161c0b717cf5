"""All reports of a register, written by one command."""

import io

import openpyxl
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from core.roles import Role
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory

pytestmark = pytest.mark.django_db


def write(folder):
    call_command("write_reports", "--output", str(folder), stdout=io.StringIO())
    return sorted(path.name for path in folder.iterdir())


def test_reports_and_register_are_written_even_of_an_empty_database(tmp_path):
    UserFactory.create(role=Role.STAFF)
    assert write(tmp_path / "reports") == [
        "activity.xlsx",
        "actors.xlsx",
        "concerns.xlsx",
        *(f"continuity.{suffix}" for suffix in ("docx", "pdf", "xlsx")),
        "coverage.xlsx",
        *(f"network.{suffix}" for suffix in ("docx", "pdf", "xlsx")),
    ]


def test_the_register_holds_each_actor(tmp_path):
    UserFactory.create(role=Role.STAFF)
    ActorFactory.create(name="Schachverein Turmzug")
    write(tmp_path)
    sheet = openpyxl.load_workbook(tmp_path / "actors.xlsx").worksheets[1]
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == ["Schachverein Turmzug"]


def test_without_an_account_of_the_office_nobody_is_the_author(tmp_path):
    UserFactory.create(role=Role.READER)
    with pytest.raises(CommandError, match="No account"):
        write(tmp_path)
