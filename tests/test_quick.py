"""What a change touches is found by name, and browser tests are never among it."""

from pathlib import Path

import pytest

from tests import quick
from tests.mirrors import mirrors_of


def test_the_mirrors_of_a_module_carry_its_name():
    assert Path("tests/test_mutants.py") in mirrors_of(Path("tests/mutants.py"))
    assert mirrors_of(Path("nothing/of/the_kind.py")) == []


@pytest.mark.parametrize(
    ("changed", "tests", "nameless"),
    [
        ("README.md", [], []),
        ("frontend/undo.js", ["tests/test_frontend.py"], []),
        ("tests/browser/test_undo.py", [], []),
        ("tests/test_quick.py", ["tests/test_quick.py"], []),
        ("tests/openapi.py", [], ["tests/openapi.py"]),
        ("manage.py", [], ["manage.py"]),
    ],
)
def test_a_changed_file_brings_the_tests_that_stand_for_it(changed, tests, nameless):
    expected = sorted([*quick.ALWAYS, *map(Path, tests)])
    assert quick.chosen([Path(changed)]) == (expected, [Path(name) for name in nameless])


def test_of_tests_of_one_name_those_nearest_to_the_module_are_its_mirrors():
    folder = Path("reports/builders/coverage")
    tests = [Path("tests") / folder / name for name in ("test_report.py", "test_report_words.py")]
    assert mirrors_of(folder / "report.py") == tests


def test_tests_far_away_are_mirrors_of_a_module_that_shares_its_name_with_no_other():
    tests = [Path("tests/core/test_stored_once.py"), Path("tests/crm/test_stored_once.py")]
    assert mirrors_of(Path("core/stored_once.py")) == tests


def test_a_module_brings_the_mirrors_of_its_name():
    chosen, nameless = quick.chosen([Path("reports/saving.py")])
    assert (Path("tests/reports/test_saving.py") in chosen, nameless) == (True, [])
