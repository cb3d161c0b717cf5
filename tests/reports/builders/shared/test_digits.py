"""Numbers inside sentences are rounded and written as the reader writes them."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

from reports.builders.shared.digits import grouped, rounded


@pytest.mark.parametrize(
    ("language", "value", "places", "written"),
    [
        ("de", 0.999, 2, "1,00"),
        ("de", -0.0384, 2, "−0,04"),
        ("en", 38.59, 1, "38.6"),
        ("de", 2.5, 2, "2,50"),
        ("de", -0.004, 2, "0,00"),
    ],
)
def test_a_number_is_rounded_and_not_cut_off(language, value, places, written):
    with translation.override(language):
        assert rounded(value, places) == written


def test_thousands_are_set_apart():
    with translation.override("de"):
        assert (grouped(12345), grouped(99)) == ("12.345", "99")


COUNTS = {"count", "all", "ties", "pairs", "shown", "kept", "of", "most", "assigned", "attacked", "chance"}
WRITERS = {"grouped", "whole", "rounded", "len", "str"}
BUILDERS = Path(__file__).parents[3] / "reports" / "builders"


def bare_counts(path: Path) -> Iterator[str]:
    """Yield the numbers that a sentence takes as they are: neither written for the reader nor a constant."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod)):
            continue
        placeholders = node.right if isinstance(node.right, ast.Dict) else ast.Dict([], [])
        for key, value in zip(placeholders.keys, placeholders.values, strict=True):
            is_count = isinstance(key, ast.Constant) and key.value in COUNTS
            is_constant = isinstance(value, ast.Name) and value.id.isupper()
            is_written = (
                isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id in WRITERS
            )
            if is_count and not is_constant and not is_written:
                yield f"{path.name}:{node.lineno} {ast.unparse(value)}"


def test_every_count_inside_a_sentence_is_written_for_the_reader():
    lines = [line for path in sorted(BUILDERS.rglob("*.py")) for line in bare_counts(path)]

    # A median of years stays below a thousand.
    assert [line for line in lines if "median" not in line] == []
