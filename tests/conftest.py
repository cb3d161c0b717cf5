"""What every test may rely on: a database with the vocabularies, and files that vanish afterwards."""

from __future__ import annotations

import gc
import io
import os
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command
from django.utils import translation

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from django.template import Context, Template
    from django.utils.safestring import SafeString
    from pytest_django.fixtures import Settings

# So that a failure shows what differs.
pytest.register_assert_rewrite("tests.core.rules", "tests.browser.axe")

# Playwright keeps an event loop running in the main thread, which Django would take for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


SLOWEST, SLOW, SLOW_IN_A_BROWSER = 20, 5.0, 20.0


# They wait for other processes and threads.
OF_PROCESSES = ("test_concurrency", "test_migrate", "test_run_demo", "test_server")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Start a worker more than there are cores: those with a browser wait for it half of the time."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In CI, ask once more what waited in vain for another process, and name it: "RERUN", as in a browser."""
    for item in items:
        if os.environ.get("CI") and item.path.name.startswith(OF_PROCESSES):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Look for circles of dead objects seldom: most of what there is stays."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """In CI, list the slowest tests, and mark those that are too slow; no test fails on a time."""
    if not os.environ.get("CI"):
        return
    seconds: dict[str, float] = {}
    for report in (
        one for kind in terminalreporter.stats.values() for one in kind if hasattr(one, "duration")
    ):
        seconds[report.nodeid] = seconds.get(report.nodeid, 0) + report.duration
    terminalreporter.section(f"slowest {SLOWEST} tests")
    for name in sorted(seconds, key=seconds.__getitem__, reverse=True)[:SLOWEST]:
        limit = SLOW_IN_A_BROWSER if name.startswith("tests/browser") else SLOW
        mark = "SLOW" if seconds[name] > limit else "    "
        terminalreporter.write_line(f"{mark} {seconds[name]:6.1f} s  {name}")


@pytest.fixture(scope="session", autouse=True)
def _pages_alone_are_recorded(django_test_environment: None) -> Iterator[None]:
    """Keep the context of a page, not of each of the dozens of parts, fields and icons it is made of.

    Django's test client copies the context of every template that is rendered, which takes a tenth of the
    time of all tests; ``response.context`` is asked for what a view gave its page.
    """
    from django.template import RequestContext, Template  # noqa: PLC0415 - only after Django is configured

    recorded = Template._render

    def render(template: Template, context: Context) -> SafeString:
        if isinstance(context, RequestContext) and context.template is template:
            return recorded(template, context)
        return template.nodelist.render(context)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "_render", render)
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Put a SQLite test database into a file: threads of the live server then have their own connections."""
    from django.db import connections  # noqa: PLC0415 - only after pytest-django has configured Django

    test_database = connections["default"].settings_dict
    if test_database["ENGINE"] == "django.db.backends.sqlite3":
        test_database["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Have the vocabularies in the test database, and the same again after each test with real transactions.

    In the end, what still asks PostgreSQL is ended, such as a browser's last request: a database that
    somebody asks cannot be dropped.
    """
    from django.db import connection  # noqa: PLC0415 - only after pytest-django has configured Django
    from django.test import TransactionTestCase  # noqa: PLC0415 - the same

    from tests.emptying import Emptying  # noqa: PLC0415 - the same

    with django_db_blocker.unblock():
        call_command("load_vocabulary", stdout=io.StringIO())
        emptying = Emptying()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: emptying.restore())
        yield
    if connection.vendor == "postgresql":
        others = "pid <> pg_backend_pid() AND datname = current_database()"
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")


@pytest.fixture(autouse=True)
def _language_of_the_site() -> None:
    """Start each test in German: a page that was asked for in English leaves English switched on."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def _media_in_temporary_folder(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
