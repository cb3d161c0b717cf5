"""The hooks before a commit are the project's own checks, and each of them can be run."""

import re
import shlex
from pathlib import Path

import pytest
from pre_commit.clientlib import load_config

from tests.checks import CHECKS

ROOT = Path(__file__).parent.parent
CONFIG = load_config(ROOT / ".pre-commit-config.yaml")
HOOKS = [hook for repository in CONFIG["repos"] for hook in repository["hooks"]]


def test_nothing_is_fetched():
    assert {repository["repo"] for repository in CONFIG["repos"]} == {"local"}
    # Newer versions of pre-commit call "system" otherwise.
    assert {hook["language"] for hook in HOOKS} <= {"system", "unsupported"}


@pytest.mark.parametrize("hook", HOOKS, ids=[hook["id"] for hook in HOOKS])
def test_what_a_hook_runs_is_there(hook):
    program, dash, module, *arguments = shlex.split(hook["entry"])
    assert ((ROOT / program).exists(), dash) == (True, "-m")
    if module == "tests.checks":
        assert set(arguments) <= {check.word for check in CHECKS}
    else:
        assert module == "pytest"
        assert all((ROOT / word).exists() for word in arguments if word.startswith("tests/"))


@pytest.mark.parametrize("hook", [hook for hook in HOOKS if "files" in hook], ids=lambda hook: hook["id"])
def test_a_hook_listens_to_files_that_exist(hook):
    files = [
        path.relative_to(ROOT).as_posix()
        for folder in ("frontend", "docs", "tests")
        for path in (ROOT / folder).rglob("*")
    ]
    assert any(re.search(hook["files"], name) for name in files)
