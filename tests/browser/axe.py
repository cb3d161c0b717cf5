"""Accessibility of a page, judged by axe."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def check_axe(page: Page, *, selector: str = "html") -> None:
    """Fail when axe finds an accessibility problem; the message names rule, element and what to read."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    violations = page.evaluate(
        "([selector, rules]) => axe.run(selector, {runOnly: rules, resultTypes: ['violations']})",
        [selector, RULES],
    )
    problems = [
        f"{violation['id']}: {node['target']} {node['failureSummary']} ({violation['helpUrl']})"
        for violation in violations["violations"]
        for node in violation["nodes"]
    ]
    assert problems == []
