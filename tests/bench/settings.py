"""The settings of the tests, with a database as careful about its data as in real use."""

from crm.settings import SQLITE_OPTIONS
from tests.settings import *  # noqa: F403 - all of it is wanted
from tests.settings import DATABASES

if "init_command" in DATABASES["default"].get("OPTIONS", {}):
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
