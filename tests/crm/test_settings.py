"""The settings are read from the environment; what makes no sense is refused in words; each is documented."""

import os
import re
import runpy
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).parents[2]
EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")
LINTER = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
DOCUMENTED = dict(re.findall(r"^([A-Z_]+)=(.*)$", EXAMPLE, re.MULTILINE))
SWITCHES = ["BEHIND_TLS_PROXY", "DEBUG", "EMAIL_USE_TLS", "HTTPS_ONLY", "LOCAL_DEMO", "OFFLINE_WORKER"]


@pytest.fixture
def read(monkeypatch):
    """Return a function that reads settings.py anew with the given variables and no others."""

    def settings(**variables):
        for name in DOCUMENTED:
            monkeypatch.delenv(name, raising=False)
        for name, value in ({"SECRET_KEY": "k" * 60} | variables).items():
            monkeypatch.setenv(name, value)
        return {k: v for k, v in runpy.run_path(str(ROOT / "crm" / "settings.py")).items() if k.isupper()}

    return settings


def test_every_variable_is_documented_in_env_example():
    source = (ROOT / "crm" / "settings.py").read_text(encoding="utf-8")
    assert "os.environ" not in source
    names = re.findall(r"""environment\.\w+\(\s*"([A-Z_]+)\"""", source)
    assert set(names) == set(DOCUMENTED)
    assert len(names) == len(set(names))


def test_no_other_module_reads_a_variable_that_nobody_documents():
    """Set-up and the servers it starts pass the environment on; PORT is explained where make is."""
    variables = set()
    for package in LINTER["root_packages"]:
        for path in (ROOT / package).rglob("*.py"):
            source = path.read_text(encoding="utf-8")
            variables |= set(re.findall(r"""(?:environ(?:\.get)?|getenv)[\[(]\s*["'](\w+)""", source))
    passed_on = {"PATH", "OPENPYXL_LXML"}
    assert variables - passed_on - set(DOCUMENTED) == {"PORT"}
    assert "#   PORT=" in (ROOT / "Makefile").read_text(encoding="utf-8")


def test_the_example_shows_the_defaults(read):
    values = {name: shlex.split(value)[0] for name, value in DOCUMENTED.items()}
    assert read(**values | {"SECRET_KEY": "k" * 60}) == read()


def test_the_example_means_the_same_to_a_shell_and_to_systemd():
    said = subprocess.run(
        ["sh", "-c", "set -a; . ./.env.example; env -0"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=True,
    )
    in_shell = dict(line.split("=", 1) for line in said.stdout.split("\0") if line)
    assert said.stderr == ""
    assert {name: in_shell[name] for name in DOCUMENTED} == {
        name: value.strip('"') for name, value in DOCUMENTED.items()
    }


def test_every_example_of_a_text_is_quoted():
    examples = re.findall(r"\b([A-Z_]+)=(\S.*)$", EXAMPLE, re.MULTILINE)
    unquoted = {
        name
        for name, value in examples
        if name in DOCUMENTED and not re.fullmatch(r'"[^"]*"|[0-9]+|[A-Z]+', value)
    }
    assert unquoted == set()


@pytest.mark.parametrize("blank", ["", " ", "\t "])
def test_a_blank_value_is_the_default_whatever_the_setting(read, blank):
    blanks = dict.fromkeys(DOCUMENTED, blank) | {"SECRET_KEY": "k" * 60}
    assert read(**blanks) == read()


def test_a_blank_key_is_no_key(read):
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY must be set"):
        read(SECRET_KEY=" ")


@pytest.mark.parametrize("name", SWITCHES)
@pytest.mark.parametrize(
    ("words", "value"), [(("1", "true", "YES", " On "), True), (("0", "False", "no", "OFF "), False)]
)
def test_a_switch_is_read_in_whatever_way_it_is_written(read, name, words, value):
    meant = [read(**{name: word}) for word in words]
    assert meant == [read(**{name: "1" if value else "0"})] * 4
    assert read(**{name: "1"}) != read(**{name: "0"})


def test_words_are_read_in_either_case_and_with_blanks_around_them(read):
    settings = read(
        LOG_LEVEL=" info ",
        EMAIL_PORT=" 465",
        OFFICE_NAME="  Neue   Vahr ",
        ALLOWED_HOSTS=" a.example , b.example,",
    )
    assert settings["LOGGING"]["root"]["level"] == "INFO"
    assert (settings["EMAIL_PORT"], settings["OFFICE_NAME"]) == (465, "Neue Vahr")
    assert settings["ALLOWED_HOSTS"] == ["a.example", "b.example"]


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        *((name, "vielleicht", "1, true, yes or on; 0, false, no or off.") for name in SWITCHES),
        *(
            ("EMAIL_PORT", value, "a whole number from 1 to 65535 is needed.")
            for value in ("0", "587x", "70000", "-1", "५८७", "9" * 5000)
        ),
        ("TRUSTED_PROXY_COUNT", "eins", "a whole number from 0 to 9 is needed."),
        ("IMPORT_KEEP_DAYS", "90 days", "a whole number from 1 to 36500 is needed."),
        ("LOG_LEVEL", "laut", "DEBUG, INFO, WARNING, ERROR or CRITICAL."),
        (
            "ALLOWED_HOSTS",
            "https://netz.example.org",
            "names such as netz.example.org, without https:// and without a path.",
        ),
        (
            "CSRF_TRUSTED_ORIGINS",
            "netz.example.org",
            "addresses such as https://netz.example.org, without a path, separated by commas.",
        ),
        *(
            (
                "DATABASE_URL",
                value,
                "sqlite:///file, or postgresql://user:password@host/name with @ : / # % of user and password"
                " written as %40 %3A %2F %23 %25.",
            )
            for value in (
                "db.sqlite3",
                "mysql://a:b@c/d",
                "postgresql://anna:ge#heim@db/netz",
                "postgresql://db",
                "sqlite://db.sqlite3",
                "sqlite://daten/db.sqlite3",
                "postgres://a:b@c:port/d",
            )
        ),
    ],
)
def test_what_makes_no_sense_is_refused_with_the_name_of_the_variable_and_what_it_may_hold(
    read, name, value, allowed
):
    with pytest.raises(ImproperlyConfigured) as caught:
        read(**{name: value})
    assert str(caught.value) == f"{name} cannot be used as it is set: {allowed}"


def test_relative_paths_lie_in_the_folder_of_the_project_wherever_a_command_is_run(
    read, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    settings = read(DATABASE_URL="sqlite:///daten/netz.sqlite3", MEDIA_ROOT="dateien")
    assert settings["DATABASES"]["default"]["NAME"] == str(ROOT / "daten" / "netz.sqlite3")
    assert settings["MEDIA_ROOT"] == ROOT / "dateien"
    by_default = read()
    assert by_default["DATABASES"]["default"]["NAME"] == str(ROOT / "db.sqlite3")
    assert by_default["MEDIA_ROOT"] == ROOT / "media"


def test_absolute_paths_and_other_databases_stay_as_they_are(read):
    assert (
        read(DATABASE_URL="sqlite:////srv/netz.sqlite3")["DATABASES"]["default"]["NAME"]
        == "/srv/netz.sqlite3"
    )
    assert read(DATABASE_URL="sqlite:///:memory:")["DATABASES"]["default"]["NAME"] == ":memory:"
    assert read(DATABASE_URL="postgresql://a@b/netz")["DATABASES"]["default"]["NAME"] == "netz"
    assert read(MEDIA_ROOT="/srv/dateien")["MEDIA_ROOT"] == Path("/srv/dateien")


def test_no_place_is_a_default(read):
    assert read()["OFFICE_NAME"] == read(LOCAL_DEMO="1")["OFFICE_NAME"] == ""


def test_without_a_secret_key_the_site_refuses_to_start():
    environment = {
        key: value for key, value in os.environ.items() if key not in {"LOCAL_DEMO", "DEBUG", "SECRET_KEY"}
    }
    result = subprocess.run(
        [sys.executable, "-c", "import crm.settings"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1
    assert result.stderr.splitlines()[-1] == (
        "django.core.exceptions.ImproperlyConfigured: "
        "SECRET_KEY must be set (or DEBUG=1 or LOCAL_DEMO=1 on a machine of your own)."
    )


@pytest.mark.parametrize("variables", [{"EMAIL_PORT": "abc"}, {"SECRET_KEY": "", "LOCAL_DEMO": ""}])
def test_a_command_says_what_is_wrong_in_a_line_of_its_own(variables):
    result = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env={"LOCAL_DEMO": "1", "PATH": os.environ["PATH"]} | variables,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
