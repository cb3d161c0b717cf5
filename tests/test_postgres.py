"""The temporary PostgreSQL server of the tests."""

import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg
import pytest

from tests import postgres

needs_server = pytest.mark.skipif(postgres.find_programs() is None, reason=postgres.MISSING)


def folder_of(url):
    return unquote(urlsplit(url).hostname or "")


@needs_server
def test_a_new_server_is_empty_speaks_utf_8_and_is_gone_afterwards():
    with postgres.temporary_server() as url:
        folder = Path(folder_of(url))
        with psycopg.connect(host=str(folder), user="test", dbname="postgres") as connection:
            row = connection.execute(
                "select current_setting('server_encoding'), current_setting('listen_addresses'),"
                " (select count(*) from pg_tables where schemaname = 'public')"
            ).fetchone()
        assert row == ("UTF8", "", 0)
    assert not folder.exists()


@needs_server
def test_the_server_is_gone_when_its_command_breaks():
    with pytest.raises(ZeroDivisionError), postgres.temporary_server() as url:  # noqa: PT012
        folder = Path(folder_of(url))
        raise ZeroDivisionError
    assert not folder.exists()


@needs_server
def test_the_command_gets_the_address_and_its_exit_code_counts():
    script = "import os, sys; sys.exit(7 if os.environ['DATABASE_URL'].startswith('postgresql://') else 1)"
    assert postgres.main([sys.executable, "-c", script]) == 7


def test_a_machine_without_postgresql_is_told_what_to_install(monkeypatch, capsys):
    monkeypatch.setattr(postgres, "find_programs", lambda: None)
    assert postgres.main(["true"]) == 1
    assert capsys.readouterr().err == (
        "No PostgreSQL server was found on this machine (Debian, Ubuntu: sudo apt install postgresql).\n"
    )
