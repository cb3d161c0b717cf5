"""What can be measured, by the name that the command line knows."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from tests.bench import pages, reports, tables
from tests.bench.measure import Result

PAGES: dict[str, Callable[[], list[Result]]] = {
    "list": pages.actor_list,
    "page": pages.actor_page,
    "search": pages.global_search,
    "create": pages.create_actor,
    "paste": pages.paste_names,
    "excel": tables.excel_export,
    "import": tables.import_rows,
}
REPORTS: dict[str, Callable[[int], list[Result]]] = {
    "network": partial(reports.report, "network"),
    "continuity": partial(reports.report, "continuity"),
}


def run(name: str, size: int) -> list[Result]:
    """Run one scenario on a register of ``size`` actors."""
    return REPORTS[name](size) if name in REPORTS else PAGES[name]()
