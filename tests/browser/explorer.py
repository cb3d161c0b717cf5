"""What the tests of the network explorer share: a small network, and where to look on the page."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

from tests.factories.actors import ActorFactory, OfficeFactory
from tests.factories.events import EventFactory, ParticipationFactory

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from actors.models import Actor

PATH = "/reports/explorer/"


def make_network() -> dict[str, Actor]:
    """The office met everybody; without it Solo is alone and the others fall into two groups.

    Ähre and Börse met in 2018, Cello and Dachs in 2019; the office brought Ähre and Cello together in 2020
    and met Solo in 2021.
    """
    names = ("Ähre", "Börse", "Cello", "Dachs", "Solo")
    actors: dict[str, Actor] = {name: ActorFactory.create(name=name) for name in names}
    actors["Büro"] = OfficeFactory.create(name="Büro")
    meet(2018, actors["Ähre"], actors["Börse"], title="Erntefest")
    meet(2019, actors["Cello"], actors["Dachs"], title="Hofkonzert")
    meet(2020, actors["Büro"], actors["Ähre"], actors["Cello"], title="Runder Tisch")
    meet(2021, actors["Büro"], actors["Solo"], title="Sprechstunde")
    return actors


def meet(year: int, *actors: Actor, title: str = "Treffen", **event: Any) -> None:
    """Let these actors take part in one event of this year."""
    made = EventFactory.create(title=title, start_date=dt.date(year, 12, 31), **event)
    for actor in actors:
        ParticipationFactory.create(event=made, actor=actor)


def opened(page: Page) -> Page:
    """Wait until picture and figures stand."""
    expect(page.locator("#network[data-ready=true]")).to_be_attached(timeout=15_000)
    figures_stand(page)
    return page


def figures_stand(page: Page) -> None:
    """Wait for the figures of what is shown now."""
    expect(page.locator("#network[data-figures=ready]")).to_be_attached(timeout=15_000)


def summary(page: Page) -> Locator:
    """What is shown, in words."""
    return page.locator("#network-summary")


def panel(page: Page) -> Locator:
    """Who or what is selected."""
    return page.locator("#network-selection")


def choose(page: Page, name: str) -> None:
    """Find an actor by name and select it."""
    page.locator("#network-search").fill(name)
    page.locator("#network-search").press("Enter")
    expect(panel(page).get_by_role("heading", level=2)).to_have_text(name)


def place_of(page: Page, name: str) -> tuple[float, float]:
    """Where an actor is drawn, in the page's coordinates."""
    x, y = page.evaluate(
        """(name) => {
            const { view, model } = window.networkExplorer;
            const node = model.nodes.find((entry) => entry.label === name);
            const drawn = view.renderer.getNodeDisplayData(String(node.index));
            const at = view.renderer.framedGraphToViewport(drawn);
            const box = document.querySelector("#network-graph").getBoundingClientRect();
            return [box.left + at.x, box.top + at.y];
        }""",
        name,
    )
    return x, y


def names_in_table(page: Page) -> list[str]:
    """The actors in the table, in its order."""
    return page.locator("#network-table tbody th button").all_inner_texts()
