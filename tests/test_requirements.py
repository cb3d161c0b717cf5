"""What the code imports is declared: a package that only others bring along may leave with them."""

import ast
import importlib.metadata
import re
import sys
import tomllib
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
OWN = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
    "root_packages"
]
DISTRIBUTIONS = importlib.metadata.packages_distributions()


def normal(name):
    """Return the name of a package as all registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def declared(*files):
    lines = [line for file in files for line in (ROOT / file).read_text(encoding="utf-8").splitlines()]
    return {normal(re.match(r"[\w.-]+", line)[0]) for line in lines if re.match(r"\w", line)}


@cache
def imported(*folders):
    """Return the packages that these folders import by name, with one file that does."""
    pins = {}
    for path in sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module]
            pins |= {name.split(".")[0]: str(path.relative_to(ROOT)) for name in names}
    known = {*OWN, "tests", *sys.stdlib_module_names}
    return {name: path for name, path in pins.items() if name not in known}


def undeclared(pins, names):
    return {
        name: path
        for name, path in pins.items()
        if not {normal(d) for d in DISTRIBUTIONS.get(name, [])} & names
    }


def test_what_the_application_imports_is_declared():
    assert undeclared(imported(*OWN), declared("requirements.in")) == {}


def test_what_the_tests_import_is_declared():
    assert undeclared(imported("tests"), declared("requirements.in", "requirements-dev.in")) == {}
