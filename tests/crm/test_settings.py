"""The settings are read from the environment, and each variable is documented."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
# Set by Django's own tools or by dj-database-url, hence not to be found by name in settings.py.
FROM_LIBRARIES = {"DATABASE_URL"}


def test_every_variable_is_documented_in_env_example():
    source = (ROOT / "crm" / "settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r"""(?:environ\.get|environ\[|env_bool|env_list)\(?"([A-Z_]+)""", source))
    documented = set(
        re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert documented == read | FROM_LIBRARIES


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
