"""What every test may rely on: a database with the vocabularies, and files that vanish afterwards."""

from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models.signals import post_migrate
from django.utils import translation

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django.fixtures import Settings

# So that a failure shows what differs.
pytest.register_assert_rewrite("tests.common.rules", "tests.browser.axe")

# Playwright keeps an event loop running in the main thread, which Django would take for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Put a SQLite test database into a file: threads of the live server then have their own connections."""
    from django.db import connections  # noqa: PLC0415 - only after pytest-django has configured Django

    test_database = connections["default"].settings_dict
    if test_database["ENGINE"] == "django.db.backends.sqlite3":
        test_database["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


def load_vocabulary(**kwargs: Any) -> None:
    """Load the vocabularies as the set-up does."""
    call_command("load_vocabulary", stdout=io.StringIO())


@pytest.fixture(scope="session", autouse=True)
def _vocabulary_after_every_flush() -> Iterator[None]:
    """Have the vocabularies in the test database from the start and after each flush.

    Tests with real transactions empty all tables at their end; Django then announces ``post_migrate`` as it
    does after the first migration.
    """
    once = apps.get_app_config("events")  # the signal is sent for every app, when all tables are ready
    post_migrate.connect(load_vocabulary, sender=once, dispatch_uid="tests.vocabulary")
    yield
    post_migrate.disconnect(sender=once, dispatch_uid="tests.vocabulary")


@pytest.fixture(autouse=True)
def _language_of_the_site() -> None:
    """Start each test in German: a page that was asked for in English leaves English switched on."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def _media_in_temporary_folder(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
