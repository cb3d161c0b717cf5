"""One search over everything that the person who asks may see; the rooms declare what that is."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

import actors.search
import contacts.search
import events.search
from core.filters import search_error
from core.roles import can
from core.search import Question, Searched
from core.text import LONGEST_SEARCH, fold
from core.viewers import SignedInRequest, Viewer

SHORTEST = 2
IN_SUGGESTIONS = 5
ON_PAGE = 15
LATEST = 5000  # reading the notes of all contacts at every letter would be slow

# In the order in which the groups stand on the page.
SEARCHED: tuple[Searched, ...] = (
    *actors.search.SEARCHED,
    *events.search.SEARCHED,
    *contacts.search.SEARCHED,
)


@dataclass(frozen=True)
class Hit:
    """One thing found."""

    title: str
    url: str
    hint: str = ""
    sector: str = ""


@dataclass(frozen=True)
class Group:
    """The hits of one kind, and where all of them are listed."""

    label: str
    icon: str
    hits: list[Hit] = field(default_factory=list)
    more_url: str = ""
    # Whether more was found than the hits that are shown.
    has_more: bool = False


def hits_of(kind: Searched, question: Question) -> list[Hit]:
    """Return what was found of one kind, as it is shown."""
    records = kind.find(question)
    hints = kind.hints(records, user=question.user)
    return [
        Hit(
            title=kind.title(record),
            url=record.get_absolute_url(),
            hint=hints[record.pk],
            sector=kind.sector(record),
        )
        for record in records
    ]


def find(text: str, *, user: Viewer, limit: int) -> list[Group]:
    """Return what ``user`` may see of what ``text`` may mean, in groups; empty groups are left out."""
    text = text.replace("\x00", "").strip()
    if len(text) < SHORTEST or search_error(text):
        return []
    # One more than is shown tells whether these are all.
    question = Question(text, user, limit + 1, among=LATEST if limit <= IN_SUGGESTIONS else None)
    groups = []
    for kind in SEARCHED:
        hits = hits_of(kind, question) if can(user, "view", kind.model) else []
        if hits:
            more = f"{reverse(kind.list_name)}?{urlencode({'q': text})}"
            has_more = len(hits) > limit
            groups.append(Group(str(kind.label), kind.icon, hits[:limit], more, has_more))
    return groups


@require_GET
def search(request: SignedInRequest) -> HttpResponse:
    """Show all hits; while one types, only the first few. ``go`` opens the first hit at once."""
    text = request.GET.get("q", "")
    suggest = bool(request.htmx)
    groups = find(text, user=request.user, limit=IN_SUGGESTIONS if suggest else ON_PAGE)
    if "go" in request.GET and groups and not suggest:
        return HttpResponseRedirect(groups[0].hits[0].url)
    wrong = search_error(text.strip())
    context = {
        "query": text.strip()[:LONGEST_SEARCH],
        "groups": groups,
        "wrong": " ".join(wrong.messages) if wrong else "",
        "too_short": not wrong and len(fold(text)) < SHORTEST,
        "may_add": any(kind.offers_new and can(request.user, "add", kind.model) for kind in SEARCHED),
    }
    return render(request, "search/suggestions.html" if suggest else "search/search.html", context)
