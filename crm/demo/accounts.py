"""The demo's accounts: one for each role, and the colleagues who used to work in the office."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.hashers import make_password

from core.accounts.models import User
from core.roles import Role
from crm.demo.world import World

PASSWORD = "probe-im-stadtteil"  # noqa: S105 - printed at every run, for the demo only
MAIL_DOMAIN = "demo.example.org"
FOUNDED = dt.datetime(2003, 1, 1, 12, tzinfo=dt.UTC)

SIGN_INS = [
    ("leitung", Role.MANAGEMENT, "Leonie", "Leitstern"),
    ("team", Role.STAFF, "Timo", "Teamgeist"),
    ("helfer", Role.VOLUNTEER, "Hella", "Hilfreich"),
    ("gast", Role.READER, "Gustav", "Gastmann"),
]
FORMER_STAFF = [
    ("frueher", Role.STAFF, "Frieda", "Früher"),
    ("ehedem", Role.STAFF, "Erich", "Ehedem"),
    ("vormals", Role.STAFF, "Vera", "Vormals"),
]
TENURES = [
    ("frueher", dt.date(2003, 1, 1), dt.date(2009, 4, 1)),
    ("ehedem", dt.date(2006, 1, 1), dt.date(2014, 10, 1)),
    ("vormals", dt.date(2010, 3, 1), dt.date(2018, 1, 1)),
    ("leitung", dt.date(2014, 10, 1), dt.date(9999, 1, 1)),
    ("team", dt.date(2017, 7, 1), dt.date(9999, 1, 1)),
]
"""Who worked in the office from when until when."""


def add_accounts(world: World) -> None:
    """Add the sign-ins of the four roles and the closed accounts of former staff."""
    password = make_password(PASSWORD)
    for accounts, is_active in ((SIGN_INS, True), (FORMER_STAFF, False)):
        for username, role, first_name, last_name in accounts:
            world.users[username] = User(
                username=username,
                role=role,
                first_name=first_name,
                last_name=last_name,
                email=f"{username}@{MAIL_DOMAIN}",
                password=password if is_active else "!",
                is_active=is_active,
                date_joined=FOUNDED,
            )
            world.add(world.users[username])


def staff_on(day: dt.date) -> list[str]:
    """Return who worked in the office on ``day``."""
    return [username for username, first, until in TENURES if first <= day < until]
