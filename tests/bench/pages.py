"""The pages of a working day, asked for through the whole stack and rendered."""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle, islice
from typing import Any

from django.test import Client
from django.urls import reverse

from actors.models import Actor, ActorType, Topic
from core.accounts.models import User
from crm.demo.material import read_json
from events.models import Event, ParticipationRole
from tests.bench.measure import Result, once, repeat

RUNS = 40
PASTED = 400
NAMES = read_json("names.json")
PART: dict[str, Any] = {"HTTP_HX_REQUEST": "true"}
FILTERS: list[dict[str, Any]] = [
    {"q": "verein"},
    {"sector": ["association", "business"]},
    {"q": "tulpen", "kind": "organisation"},
    {"status": "active", "district": "Nord"},
    {"sector": "resident", "q": "wasser"},
    {"quiet": "365"},
    {"sector": "institution", "sort": "-name", "page": "3"},
    {"topic": "TOPIC", "sector": "association"},
    {"sort": "-last_contact"},
]
QUERIES = [
    "ver", "was", "löw", "loew", "ada", "forum", "haus am park", "musterfrau", "bert blo", "treffpunkt nord",
    "gies", "zolstock", "wacholdr", "tulpenzwiebl", "park haus", "0530", "person42", "initi", "kim be", "zz",
]  # fmt: skip


def client() -> Client:
    """Return a client that is signed in as management."""
    signed_in = Client(SERVER_NAME="localhost")
    signed_in.force_login(User.objects.get(username="bench"))
    return signed_in


def get(browser: Client, url: str, data: dict[str, Any] | None = None, **extra: Any) -> bytes:
    """Ask for a page, and make sure that it is one."""
    response = browser.get(url, data, **extra)
    if response.status_code != 200:
        raise RuntimeError(f"{url} answers {response.status_code}")
    return response.content


def times(count: int, values: list[Any], call: Callable[[Any], Any]) -> list[Callable[[], Any]]:
    """Return ``count`` calls, the values taken in turn."""
    return [lambda value=value: call(value) for value in islice(cycle(values), count)]  # type: ignore[misc]


def actor_list() -> list[Result]:
    """The list with a different filter each time: full page, and the part that htmx asks for."""
    browser, url = client(), reverse("actors:actor_list")
    topic = str(Topic.objects.order_by("pk").values_list("pk", flat=True)[0])
    filters = [{key: topic if value == "TOPIC" else value for key, value in one.items()} for one in FILTERS]
    return [
        repeat("actor list, filtered", times(RUNS, filters, lambda f: get(browser, url, f)), target=0.1),
        repeat("actor list, results only", times(RUNS, filters, lambda f: get(browser, url, f, **PART))),
        repeat("actor list, unfiltered", times(RUNS // 2, [{}], lambda f: get(browser, url, f)), target=0.1),
    ]


def actor_page() -> list[Result]:
    """The page of the actor with 5,000 timeline entries, its timeline, and pages of others."""
    browser = client()
    longest, *others = Actor.objects.order_by("pk").values_list("pk", flat=True)[1:60:3]
    page = lambda pk: get(browser, reverse("actors:actor_detail", args=[pk]))  # noqa: E731
    timeline = reverse("actor_timeline", args=[longest])

    def page_and_timeline(pk: int) -> None:
        page(pk)
        get(browser, reverse("actor_timeline", args=[pk]), **PART)

    return [
        repeat(
            "actor page with timeline (5,000 entries)",
            times(RUNS, [longest], page_and_timeline),
            target=0.15,
        ),
        repeat(
            "actor page, timeline part alone", times(RUNS, [{}], lambda d: get(browser, timeline, d, **PART))
        ),
        repeat(
            "timeline, more entries near the beginning",
            times(RUNS, [{"after": "2025-06-01~event~1"}], lambda d: get(browser, timeline, d, **PART)),
        ),
        repeat(
            "timeline, more entries near the end",
            times(RUNS, [{"after": "2006-12-01~event~1"}], lambda d: get(browser, timeline, d, **PART)),
        ),
        repeat("actor page with timeline, other actors", times(RUNS, others, page_and_timeline), target=0.15),
    ]


def global_search() -> list[Result]:
    """The search as one types, with spelling variants, typing errors, word order and telephone digits."""
    browser, url = client(), reverse("search")
    find = lambda q: get(browser, url, {"q": q}, **PART)  # noqa: E731
    someone = Actor.objects.order_by("pk")[5]

    def find_after_a_change(q: str) -> None:
        someone.save()
        find(q)

    return [
        repeat("search as you type", times(RUNS * 2, QUERIES, find), target=0.05),
        repeat("search right after a change", times(10, QUERIES, find_after_a_change)),
    ]


def paste_names() -> list[Result]:
    """A long list of names that nobody has heard of, compared with the register and shown for choosing."""
    browser = client()
    event = Event.objects.order_by("-pk")[0]
    url = reverse("events:participation_paste", args=[event.pk])
    role = ParticipationRole.objects.order_by("pk")[0].pk
    given, family = NAMES["women"], NAMES["family"]
    names = [
        f"{given[n % len(given)]}ix {family[n % len(family)][::-1].capitalize()}{'aeiou'[n % 5]}"
        for n in range(PASTED)
    ]

    def paste(text: str) -> None:
        response = browser.post(url, {"text": text, "role": role, "state": "registered"})
        if f'name="row-{PASTED - 1}-choice"'.encode() not in response.content:
            raise RuntimeError(f"{url} answers {response.status_code}")

    text = "\n".join(names)
    return [
        once(f"{PASTED} unknown names, the first time", lambda: paste(text), target=5.0),
        repeat(f"{PASTED} unknown names, again", [lambda: paste(text)] * 3, warm_ups=0),
    ]


def create_actor() -> list[Result]:
    """The form of a new actor, asked for and sent."""
    browser, url = client(), reverse("actors:actor_create")
    kind = ActorType.objects.get(code="association").pk

    def create(number: int) -> None:
        get(browser, url)
        name = f"Neugründung {number * 7919 % 10_000} am Fluss {number}"
        data = {"kind": "organisation", "name": name, "actor_type": kind, "create_anyway": "on"}
        response = browser.post(url, data)
        if response.status_code != 302:
            raise RuntimeError(f"The form was refused: {response.context['form'].errors}")

    numbers = list(range(RUNS + 10))
    return [repeat("create an actor, form and saving", times(RUNS, numbers, create)[:RUNS], target=0.08)]
