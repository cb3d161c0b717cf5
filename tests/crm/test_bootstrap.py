"""Set-up says in one plain sentence what is missing."""

import socket

import pytest

from crm import bootstrap


@pytest.fixture
def stamps(tmp_path, monkeypatch):
    monkeypatch.setattr(bootstrap, "STAMPS", tmp_path / "stamps")
    return tmp_path


def test_a_taken_port_is_named_with_a_way_out():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(bootstrap.SetUpError) as caught:
            bootstrap.ensure_port_is_free(port)
    assert str(caught.value) == (
        f"Port {port} cannot be used (Address already in use). Stop the program that listens there,"
        f" or choose another port: PORT={port + 80} make demo"
    )


def test_a_free_port_is_fine():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    bootstrap.ensure_port_is_free(port)


def test_a_failing_command_is_reported_in_plain_words_and_its_own():
    with pytest.raises(bootstrap.SetUpError) as caught:
        bootstrap.run_quietly(["sh", "-c", "echo no route to host; exit 1"], failed="Is this machine online?")
    assert str(caught.value) == "Is this machine online?\n\n  sh said:\n    no route to host"


def test_a_step_is_done_until_its_sources_change(stamps):
    source, result = stamps / "requirements.txt", stamps / "installed"
    source.write_text("one")
    result.touch()
    before = bootstrap.is_done("step", bootstrap.digest_of(source), result)
    bootstrap.mark_done("step", bootstrap.digest_of(source))
    after = bootstrap.is_done("step", bootstrap.digest_of(source), result)
    source.write_text("two")
    changed = bootstrap.is_done("step", bootstrap.digest_of(source), result)
    assert (before, after, changed) == (False, True, False)


def test_a_step_whose_result_was_deleted_is_done_again(stamps):
    bootstrap.mark_done("step", "digest")
    assert not bootstrap.is_done("step", "digest", stamps / "deleted")


def test_without_a_command_for_node_the_version_counts_as_none(monkeypatch):
    monkeypatch.setenv("PATH", "/nonexistent")
    assert bootstrap.node_version() == 0


def test_a_node_program_that_does_not_work_counts_as_none(tmp_path, monkeypatch):
    for name in ("node", "npm"):
        (tmp_path / name).write_text("#!/bin/sh\necho broken; exit 1\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert bootstrap.node_version() == 0


def test_the_demo_never_uses_the_database_one_works_with(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://office@db/register")
    environment = bootstrap.demo_environment()
    assert environment["DATABASE_URL"].endswith("/build/demo.sqlite3")


def test_only_the_demo_says_westhagen(monkeypatch):
    monkeypatch.setenv("OFFICE_NAME", "Neue Vahr")
    assert bootstrap.demo_environment()["OFFICE_NAME"] == "Westhagen"


@pytest.mark.parametrize(("text", "port"), [("", 8000), (" ", 8000), ("8080", 8080), (" 65535 ", 65535)])
def test_a_blank_port_is_the_usual_one(text, port):
    assert bootstrap.port_of(text) == port


@pytest.mark.parametrize("text", ["abc", "0", "65536", "-1", "80 80", "८०८०", "9" * 5000])
def test_a_port_that_makes_no_sense_is_refused_in_words(text):
    with pytest.raises(bootstrap.SetUpError) as caught:
        bootstrap.port_of(text)
    assert str(caught.value) == "PORT has to be a number from 1 to 65535: PORT=8080 make demo"


def test_where_no_browser_is_found_somebody_without_rights_is_told_how_to_get_one(monkeypatch):
    monkeypatch.setenv("PATH", "/nonexistent")
    monkeypatch.setattr(bootstrap.os, "geteuid", lambda: 1000)
    assert bootstrap.ensure_browser() == (
        "none, so browser tests will be skipped (Debian, Ubuntu: sudo apt install chromium)"
    )
