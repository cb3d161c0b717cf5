"""The scripts' own tests: ``node --test`` over ``tests/frontend``, once for all of them."""

import os
import subprocess
from pathlib import Path

from crm import bootstrap

ROOT = Path(__file__).parent.parent


def test_the_scripts_pass_their_tests():
    files = sorted(str(path) for path in (ROOT / "tests" / "frontend").glob("*.test.mjs"))
    folders = [os.environ["PATH"], str(bootstrap.PYTHON.parent)]
    # Node is beside Python where the machine has none, or one that is too old.
    if bootstrap.node_version() < bootstrap.OLDEST_NODE:
        folders.reverse()
    result = subprocess.run(
        ["node", "--test", "--test-reporter=spec", *files],
        cwd=ROOT,
        env=os.environ | {"PATH": os.pathsep.join(folders), "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert len(files) >= 3
    assert result.returncode == 0, result.stdout
