"""Rules of the house that no other tool checks."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("crm", "core", "actors", "contacts", "events", "reports")
LONGEST_FILE, LONGEST_TESTS = 350, 400

INLINE = re.compile(
    r"""<script(?![^>]*\bsrc=)|<style\b|\sstyle=|\son[a-z]+=|\shx-on|hx-vals=["']js:|javascript:""",
    re.IGNORECASE,
)


def files(suffix, *folders):
    paths = [path for folder in folders for path in (ROOT / folder).rglob(f"*{suffix}")]
    return sorted(path.relative_to(ROOT) for path in paths if not {"migrations", "dist"} & set(path.parts))


def lines(path):
    return (ROOT / path).read_text(encoding="utf-8").splitlines()


def test_no_file_is_longer_than_one_subject_needs():
    sources = files(".py", *PACKAGES) + files(".js", "frontend") + files(".html", *PACKAGES)
    too_long = [path for path in sources if len(lines(path)) > LONGEST_FILE]
    too_long += [path for path in files(".py", "tests") if len(lines(path)) > LONGEST_TESTS]
    assert too_long == []


def test_no_file_is_named_after_nothing():
    vague = {"utils", "util", "helpers", "misc", "tools", "words", "data"}
    assert [path for path in files(".py", *PACKAGES, "tests") if path.stem in vague] == []


COUNTS = re.compile(r"^\s*(?:import|from) (?:pandas|networkx|igraph)\b", re.MULTILINE)
ASKS_THE_DATABASE = re.compile(r"\.objects\b|\._default_manager\b")


def test_what_counts_in_reports_asks_the_database_through_the_frames_only():
    doors = {"frames", "models"}
    sources = {path: (ROOT / path).read_text(encoding="utf-8") for path in files(".py", "reports")}
    counting = {path: text for path, text in sources.items() if COUNTS.search(text)}
    assert counting
    asking = [path for path, text in counting.items() if ASKS_THE_DATABASE.search(text)]
    assert [path for path in asking if path.parts[1] not in doors] == []


@pytest.mark.parametrize("path", files(".html", *PACKAGES), ids=str)
def test_a_template_holds_nothing_that_the_content_security_policy_forbids(path):
    without_comments = re.sub(r"{#.*?#}", "", (ROOT / path).read_text(encoding="utf-8"))
    assert INLINE.findall(without_comments) == []


UNGROUPED = re.compile(r'class="cnt"[^>]*>{{ (?![^}]*\|intcomma)(?![^}]*\.letter )[^}]*}}')


def test_a_count_beside_a_heading_sets_its_thousands_apart():
    """Of all places that count, those that grow with the register; the letter of a column is no count."""
    found = {str(path): UNGROUPED.findall("\n".join(lines(path))) for path in files(".html", *PACKAGES)}
    assert {path: counts for path, counts in found.items() if counts} == {}


@pytest.mark.parametrize("path", files(".html", *PACKAGES), ids=str)
def test_a_template_shortens_with_the_filter_that_counts_every_character(path):
    assert "|truncate" not in (ROOT / path).read_text(encoding="utf-8")
