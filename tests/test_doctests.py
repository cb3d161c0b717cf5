"""What a docstring shows is what the code does: every example is run."""

import doctest
import importlib
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LINTER = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
EXAMPLE = re.compile(r"^\s*>>> ", re.MULTILINE)


def modules_with_examples():
    """Return the name of each module that has examples, and how many."""
    examples = {}
    for path in sorted(
        path for package in LINTER["root_packages"] for path in (ROOT / package).rglob("*.py")
    ):
        if count := len(EXAMPLE.findall(path.read_text(encoding="utf-8"))):
            examples[".".join(path.relative_to(ROOT).with_suffix("").parts)] = count
    return examples.items()


@pytest.mark.parametrize(("name", "count"), list(modules_with_examples()))
def test_the_examples_of_a_module_are_true(name, count):
    said = []
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    for test in doctest.DocTestFinder().find(importlib.import_module(name)):
        runner.run(test, out=said.append)
    assert "".join(said) == ""
    assert runner.tries == count, "some examples stand where nobody looks for them"
