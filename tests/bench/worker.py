"""One step in a process of its own, so that memory and caches begin empty: fill a database, or measure."""

from __future__ import annotations

import json
import os
import sys
import time
import traceback
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - the registry of apps has to be ready
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from core.accounts.models import User  # noqa: E402
from tests.bench.measure import memory  # noqa: E402
from tests.bench.register import fill  # noqa: E402
from tests.bench.scenarios import run  # noqa: E402


def say(**message: Any) -> None:
    """Tell the parent process something."""
    print(json.dumps(message), flush=True)


def prepare(size: int) -> None:
    """Make the tables and fill them."""
    began = time.perf_counter()
    for command in ("migrate", "createcachetable", "load_vocabulary"):
        call_command(command, verbosity=0, stdout=sys.stderr)
    fill(size)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    say(filled=time.perf_counter() - began)


def measure(name: str, size: int) -> None:
    """Run one scenario; what goes wrong is told and not raised, for the others shall run as well."""
    try:
        for result in run(name, size):
            say(result=result.as_json())
    except Exception as error:
        traceback.print_exc()
        say(problem=f"{name}: {type(error).__name__}: {error}"[:300])
    peak, own = memory()
    say(memory=peak, own=own, scenario=name)


def sign_in() -> None:
    """Tell the key of a session of the register's own user."""
    client = Client()
    client.force_login(User.objects.get(username="bench"))
    say(session=client.session.session_key)


if __name__ == "__main__":
    if sys.argv[1] == "prepare":
        prepare(int(sys.argv[2]))
    elif sys.argv[1] == "sign-in":
        sign_in()
    else:
        measure(sys.argv[1], int(sys.argv[2]))
