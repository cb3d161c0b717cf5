"""What `make demo` says is in the log while the site runs."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_what_is_said_is_in_a_file_at_once(tmp_path):
    program = (
        "import django, os; django.setup()\n"
        "from crm.management.commands.run_demo import Command\n"
        "Command()._say('password for all: geheim')\n"
        "os._exit(0)"  # without the tidying up that writes what is left
    )
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    with (tmp_path / "log").open("w") as log:
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env=environment | {"DJANGO_SETTINGS_MODULE": "crm.settings", "LOCAL_DEMO": "1"},
            stdout=log,
            check=True,
        )
    assert (tmp_path / "log").read_text() == "password for all: geheim\n"
