"""Reads settings from the environment: what is blank is not set, what makes no sense is refused in words.

An operator sees these messages, hence each names the variable and what it may hold. None repeats a value:
some are secrets.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

FOLDER = Path(__file__).resolve().parent.parent
SWITCHES = dict.fromkeys(("1", "true", "yes", "on"), True) | dict.fromkeys(("0", "false", "no", "off"), False)
ENGINES = {"django.db.backends.sqlite3", "django.db.backends.postgresql"}


def refuse(name: str, allowed: str) -> ImproperlyConfigured:
    """Return the error that says what the variable ``name`` may hold."""
    return ImproperlyConfigured(f"{name} cannot be used as it is set: {allowed}")


def text(name: str, default: str = "") -> str:
    """Return one line of text, without blanks around it."""
    value = " ".join(os.environ.get(name, "").split())
    return value or default


def secret(name: str) -> str:
    """Return a password or key letter by letter; only blanks around it do not count."""
    return os.environ.get(name, "").strip()


def switch(name: str, *, default: bool) -> bool:
    """Return whether something is on; a word that says neither is refused, not read as off."""
    value = text(name).lower()
    if value and value not in SWITCHES:
        raise refuse(name, "1, true, yes or on; 0, false, no or off.")
    return SWITCHES[value] if value else default


def number(name: str, default: int, *, least: int, most: int) -> int:
    """Return a whole number between two others."""
    value = text(name)
    if not value:
        return default
    # Not isdecimal: int() reads the digits of every script. No limit has more than 6.
    if not re.fullmatch("[0-9]{1,6}", value) or not least <= int(value) <= most:
        raise refuse(name, f"a whole number from {least} to {most} is needed.")
    return int(value)


def choice(name: str, default: str, *, choices: tuple[str, ...]) -> str:
    """Return one of some words, written in whatever case."""
    value = text(name, default).upper()
    if value not in choices:
        raise refuse(name, f"{', '.join(choices[:-1])} or {choices[-1]}.")
    return value


def listing(name: str, default: str = "") -> list[str]:
    """Return a comma-separated list without empty entries."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def hosts(name: str, default: str) -> list[str]:
    """Return the names of hosts; an address with https:// in front would match no request ever."""
    names = listing(name, default)
    if any("/" in host for host in names):
        raise refuse(name, "names such as netz.example.org, without https:// and without a path.")
    return names


def origins(name: str) -> list[str]:
    """Return addresses of sites, each with its scheme."""
    addresses = listing(name)
    if not all(re.fullmatch(r"https?://[^/\s]+", address) for address in addresses):
        raise refuse(name, "addresses such as https://netz.example.org, without a path, separated by commas.")
    return addresses


def folder(name: str, default: str) -> Path:
    """Return a folder; a relative one lies in the project's folder, wherever a command is run."""
    return FOLDER / Path(text(name, default)).expanduser()


def database(name: str, default: str) -> dict[str, Any]:
    """Return the database that an address names; a relative SQLite file lies in the project's folder."""
    allowed = (
        "sqlite:///file, or postgresql://user:password@host/name with @ : / # % of user and password written"
        " as %40 %3A %2F %23 %25."
    )
    try:
        # A config of the library's own type is a dict, and Django wants one.
        config: dict[str, Any] = dict(
            dj_database_url.parse(secret(name) or default, conn_max_age=600, conn_health_checks=True)
        )
    except (ValueError, KeyError):
        raise refuse(name, allowed) from None
    # With two slashes the file would be taken for a host, and each process have an empty database in memory.
    is_file = config["ENGINE"] == "django.db.backends.sqlite3"
    if config["ENGINE"] not in ENGINES or not config["NAME"] or (is_file and config.get("HOST")):
        raise refuse(name, allowed)
    if is_file and config["NAME"] != ":memory:":
        config["NAME"] = str(FOLDER / Path(config["NAME"]).expanduser())
    return config
