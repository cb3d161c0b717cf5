"""Rules of the house that no other tool checks."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("crm", "actors", "events", "reports")
LONGEST_FILE, LONGEST_TESTS = 350, 400

INLINE = re.compile(
    r"""<script(?![^>]*\bsrc=)|<style\b|\sstyle=|\son[a-z]+=|\shx-on|hx-vals=["']js:|javascript:""",
    re.IGNORECASE,
)


def files(suffix, *folders):
    found = [path for folder in folders for path in (ROOT / folder).rglob(f"*{suffix}")]
    return sorted(path.relative_to(ROOT) for path in found if not {"migrations", "dist"} & set(path.parts))


def lines(path):
    return (ROOT / path).read_text(encoding="utf-8").splitlines()


def test_no_file_is_longer_than_one_subject_needs():
    sources = files(".py", *PACKAGES) + files(".js", "frontend") + files(".html", *PACKAGES)
    too_long = [path for path in sources if len(lines(path)) > LONGEST_FILE]
    too_long += [path for path in files(".py", "tests") if len(lines(path)) > LONGEST_TESTS]
    assert too_long == []


def test_no_file_is_named_after_nothing():
    vague = {"utils", "util", "helpers", "misc", "tools"}
    assert [path for path in files(".py", *PACKAGES, "tests") if path.stem in vague] == []


@pytest.mark.parametrize("path", files(".html", *PACKAGES), ids=str)
def test_a_template_holds_nothing_that_the_content_security_policy_forbids(path):
    without_comments = re.sub(r"{#.*?#}", "", (ROOT / path).read_text(encoding="utf-8"))
    assert INLINE.findall(without_comments) == []
