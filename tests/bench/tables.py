"""Tables of ten thousand rows: in by the import, out as a workbook."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.urls import reverse

from actors.models import Actor
from core.accounts.models import User
from tests.bench.measure import Result, once
from tests.bench.pages import client, get

ROWS = 10_000


def actor_file() -> bytes:
    """Return a table of actors as an office would keep it in a spreadsheet."""
    text = io.StringIO()
    table = csv.writer(text, delimiter=";")
    table.writerow(["Name", "Typ", "E-Mail", "Telefon", "Straße", "PLZ", "Ort", "Stadtteil", "Beschreibung"])
    for number in range(ROWS):
        street = f"Musterweg {number % 90}"
        table.writerow(
            [
                f"Importierter Verein {number}",
                ("Verein", "Gewerbe", "Schule", "Kita")[number % 4],
                f"import{number}@example.org",
                f"05361 {20000 + number}",
                street,
                "38444",
                "Wolfsburg",
                "Westhagen",
                "Aus einer Liste übernommen.",
            ]
        )
    return text.getvalue().encode("utf-8-sig")


def import_rows() -> list[Result]:
    """Read, check, preview, apply and undo an import of 10,000 new actors."""
    from actors.imports import ActorImporter  # noqa: PLC0415
    from core.imports.pipeline import apply_run, check_run, start_run  # noqa: PLC0415
    from core.imports.undo import undo_run  # noqa: PLC0415

    user = User.objects.get(username="bench")
    data, state = actor_file(), dict[str, Any]()

    def read() -> None:
        state["run"] = start_run(importer=ActorImporter, data=data, file_name="akteure.csv", user=user)

    def step(steps: Any) -> Any:
        return lambda: [None for _ in steps(run=state["run"], importer=ActorImporter)]

    results = [once("import 10,000 actors: read", read), once("import 10,000 actors: check", step(check_run))]
    results.append(once("import 10,000 actors: apply", step(apply_run)))
    total = sum(result.p50 for result in results)
    work, queries = sum(result.cpu for result in results), sum(result.queries for result in results)
    results.append(
        once(
            "import 10,000 actors: undo",
            lambda: [None for _ in undo_run(run=state["run"], importer=ActorImporter)],
        )
    )
    whole = Result("import 10,000 actors: all steps", total, total, work, 1, queries, target=15.0)
    return [whole, *results]


def excel_export() -> list[Result]:
    """Ten thousand rows of the actor list as a workbook (all of them where there are fewer)."""
    browser, url = client(), reverse("actors:actor_list")
    rows = min(Actor.objects.count(), ROWS)
    data: dict[str, Any] = {"export": "xlsx"}
    if Actor.objects.count() > ROWS * 1.5:
        data["kind"] = "person"
        rows = Actor.objects.persons().count()
    get(browser, url, data | {"q": "wasserwaage"})
    note = "" if rows >= ROWS - 1 else f"only {rows:,} rows"
    return [once(f"Excel of {rows:,} rows", lambda: get(browser, url, data), target=2.0, note=note)]
