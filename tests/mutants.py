"""Whether tests notice when code is wrong: ``python -m tests.mutants actors/models/particulars.py``.

cosmic-ray makes small faults in a module, one at a time; the tests of that module are run on each. A fault
that they overlook has survived: a rule without a test, or two ways to write the same. All happens in a copy.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from difflib import ndiff
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

from tests.mirrors import mirrors_of

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
MOST = 150
LINKED = (".venv", "node_modules", "frontend/dist")
PASSED, FAILED, BROKEN = 0, 1, 2  # what pytest ends with; BROKEN: the module cannot even be imported
FAULTY = (FAILED, BROKEN)
# Of small numbers and members of an enum "the same" and "equal" are the same.
HARMLESS = ("_Eq_Is", "_NotEq_IsNot", "_Is_Eq", "_IsNot_NotEq")


class Mutant(NamedTuple):
    """A module with one fault."""

    code: str
    line: int
    change: str


class Meaning(ast.NodeTransformer):
    """Leaves of a module what it does: no annotations, no docstrings, no imports for type checkers only."""

    def visit_arg(self, node: ast.arg) -> ast.AST:
        node.annotation = None
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns = None
        return self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        node.annotation = ast.Constant(None)
        return self.generic_visit(node)

    def visit_If(self, node: ast.If) -> ast.AST | None:
        return None if ast.unparse(node.test).endswith("TYPE_CHECKING") else self.generic_visit(node)

    def visit_Expr(self, node: ast.Expr) -> ast.AST | None:
        return None if isinstance(node.value, ast.Constant) else node


def meaning(code: str) -> str:
    """Return what the code does; nothing where it is no Python."""
    try:
        return ast.dump(Meaning().visit(ast.parse(code)))
    except SyntaxError:
        return ""


def possible_faults(source: str) -> Iterator[tuple[str, int]]:
    """Yield which operator can be applied, and at which of its places."""
    tree = get_ast(source)
    for name in operator_names():
        if get_operator(name).arguments() or name.endswith(HARMLESS):
            continue
        operator = get_operator(name)()
        places = [place for node in ast_nodes(tree) for place in operator.mutation_positions(node)]
        yield from ((name, number) for number in range(len(places)))


def draw_mutants(source: str, *, most: int, seed: int) -> list[Mutant]:
    """Return up to ``most`` different mutants that mean something else than the source, drawn by the seed."""
    faults = list(possible_faults(source))
    random.Random(seed).shuffle(faults)
    seen, found = {meaning(source)}, []
    for name, number in faults:
        if len(found) == most:
            break
        code = mutate_code(source, get_operator(name)(), number)
        done = "" if code is None else meaning(code)
        if not done or done in seen:
            continue
        seen.add(done)
        found.append(Mutant(code, *difference(source, code)))
    return sorted(found, key=lambda mutant: mutant.line)


def difference(source: str, code: str) -> tuple[int, str]:
    """Return the line of the first change, and what was there and is now."""
    line, first, done = 0, 0, []
    for each in ndiff(source.splitlines(), code.splitlines()):
        line += each[0] in " -"
        if each[0] in "+-":
            first = first or line
            done.append(f"{each[0]} {each[2:].strip()}")
    return first, "   ".join(done)


def copy_of_checkout(folder: Path) -> Path:
    """Copy what git knows, as it is in the working tree, and the texts; link what is installed or built."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    compiled = (str(path.relative_to(ROOT)) for path in ROOT.glob("*/locale/**/*.mo"))
    for name in (*filter(None, listed.decode().split("\0")), *compiled):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    for name in LINKED:
        if (ROOT / name).exists():
            (folder / name).symlink_to((ROOT / name).resolve())
    return folder


def outcome(folder: Path, tests: list[Path], limit: float | None = None) -> int:
    """Return what pytest ends with; tests that never end have failed."""
    # A compiled module would be taken for the one that was just written in its place.
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-x",
        "-q",
        "-n",
        "0",
        "-p",
        "no:cacheprovider",
        *map(str, tests),
    ]
    try:
        return subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, timeout=limit, check=False
        ).returncode
    except subprocess.TimeoutExpired:
        return FAILED


def survivors(path: Path, mutants: list[Mutant], tests: list[Path]) -> list[Mutant]:
    """Return the mutants on which the tests pass all the same; say each of them at once."""
    with tempfile.TemporaryDirectory(prefix="mutants-") as name:
        folder = copy_of_checkout(Path(name))
        began = time.monotonic()
        if outcome(folder, tests) != PASSED:
            raise SystemExit(f"The tests of {path} fail without any fault in it: {' '.join(map(str, tests))}")
        limit = 20 + 5 * (time.monotonic() - began)
        left = []
        for mutant in mutants:
            (folder / path).write_text(mutant.code, encoding="utf-8")
            ended = outcome(folder, tests, limit)
            if ended not in (PASSED, *FAULTY):
                raise SystemExit(f"pytest could not run the tests of {path}: it ended with {ended}.")
            if ended == PASSED:
                left.append(mutant)
                print(f"{path}:{mutant.line}  {mutant.change}", flush=True)
    return left


def main() -> None:
    """Try each module, say what survives, and print the table of all."""
    parser = argparse.ArgumentParser(prog="make mutants ARGS=", description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path, help="modules, as actors/models/particulars.py")
    parser.add_argument("--tests", nargs="+", type=Path, help="their tests, if not those of the same name")
    parser.add_argument("--most", type=int, default=MOST, help=f"at most so many of each module ({MOST})")
    parser.add_argument("--seed", type=int, default=1, help="another number draws other faults")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the copy goes then, too
    rows = []
    for path in options.paths:
        tests = options.tests or mirrors_of(path)
        if not tests:
            parser.error(f"No test is named after {path}: say which with --tests.")
        source = (ROOT / path).read_text(encoding="utf-8")
        mutants = draw_mutants(source, most=options.most, seed=options.seed)
        print(f"{path}: {len(mutants)} faults, tried on {' '.join(map(str, tests))}", flush=True)
        left = survivors(path, mutants, tests)
        rows.append((str(path), len(mutants), len(mutants) - len(left), len(left)))
    width = max(len(row[0]) for row in rows)
    print(f"\n{'module':{width}}  mutants  killed  survived")
    for name, *numbers in rows:
        print("{:{}}  {:7}  {:6}  {:8}".format(name, width, *numbers))


if __name__ == "__main__":
    main()
