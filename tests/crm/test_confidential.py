"""A confidential contact is nowhere for those who may not see it: not in words, and not in any count.

Every route of the matrix is read as a volunteer and as a reader, before the contact is logged and afterwards.
"""

from __future__ import annotations

import difflib
import re
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from actors.models import CalendarFeed, FeedScope
from actors.services.feeds import digest
from tests.crm.matrix import MATRIX
from tests.crm.test_privacy import FullWorld, addresses, text_of
from tests.factories import actors, events
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

SUBJECT, NOTE, POINT, FOLLOW_UP = "Quittenbetreff", "Quittennotiz", "Quittenpunkt", "Quittenwiedervorlage"
CONCERN, STEP, EMAIL, ATTACHMENT = "Quittenanliegen", "Quittenschritt", "Quittenpost", "Quittenanhang"
WORDS = [SUBJECT, NOTE, POINT, FOLLOW_UP, CONCERN, STEP, EMAIL, ATTACHMENT]
NONSENSE = "Xylophonkonzert"
# What is new in every answer: tokens of forms, keys of pseudonyms, the time of an export.
FRESH = re.compile(
    r'name="csrfmiddlewaretoken" value="[^"]*"|X-CSRFToken&quot;: &quot;[^&]*|"X-CSRFToken": "[^"]*"'
    r'|name="key" value="[^"]*"|[?&](amp;)?key=[^&"]*|"key": ?"[^"]*"|data-draft-token="[^"]*"'
    r'|"(csrf|created)": ?"[^"]*"'
    r"|\d\d?[.:]\d\d([.:]\d\d)?( Uhr)?"
)
# Drawn anew each time, with other pseudonyms and places; that no word is in them is read all the same.
DRAWN = ("reports:", "api:network", "api:continuity", "api:coverage", "api:activity", "api:report-file")


class OpenWorld(FullWorld):
    """The full world, with nothing confidential in it yet."""

    def __init__(self, user: Any) -> None:
        self.reader, self.office = user, UserFactory(role="staff")
        super().__init__(user)

    def _events(self, person: Any, club: Any, secret: Any) -> None:
        secret.delete()
        other = actors.ContactFactory(actors=[person, club], subject="Offenes Gespräch")
        super()._events(person, club, other)
        actors.FollowUpFactory(contact=other, assignee=self.reader, text="Offene Wiedervorlage")
        found = actors.ConcernFactory(raised_by=club, text="Offenes Anliegen")
        events.TourStopFactory(event=self.event, place="Brunnen", finding="Befund", concern=found)

    def log_the_secret(self) -> None:
        """Log a confidential contact with everything that can hang on one."""
        secret = actors.ContactFactory(
            actors=[self.person, self.actor],
            subject=SUBJECT,
            note=NOTE,
            staff=self.office,
            is_confidential=True,
        )
        point = actors.DiscussionPointFactory(contact=secret, text=POINT)
        concern = actors.ConcernFactory(contact=secret, raised_by=self.actor, text=CONCERN)
        actors.ConcernStepFactory(concern=concern, by=self.office, note=STEP)
        for about in ({"contact": secret}, {"contact": secret, "point": point}, {"concern": concern}):
            actors.FollowUpFactory(assignee=self.reader, text=FOLLOW_UP, **about)
        events.EventContactFactory(event=self.event, contact=secret)
        events.EventConcernFactory(event=self.event, concern=concern)
        for name in ("subject", "text", "sender_name"):
            setattr(self.email, name, EMAIL)
        self.email.contact = secret
        self.email.save()
        self.attachment.name = f"{ATTACHMENT}.txt"
        self.attachment.save()


class Reading:
    """All that somebody gets to read from the site."""

    def __init__(self, role: str) -> None:
        self.user = UserFactory(role=role)
        self.client = Client()
        self.client.force_login(self.user)
        self.world = OpenWorld(self.user)
        lines = [
            line for line in MATRIX if set(line.expected.get("get", ())) - {HTTPStatus.METHOD_NOT_ALLOWED}
        ]
        lines = [line for line in lines if not line.route.startswith("account_")]
        self.routes = {url: line.route for line in lines for url in addresses(line, self.world)}

    def read(self, *, drawn: bool) -> dict[str, str]:
        """Return what each address answers, with or without what is drawn anew each time."""
        asked = [url for url, route in self.routes.items() if drawn or not route.startswith(DRAWN)]
        return {url: text_of(self.client.get(url, follow=True)) for url in asked}


def comparable(said: dict[str, str]) -> dict[str, str]:
    """Return the answers less what is always new; workbooks hold the time they were written."""
    return {url: FRESH.sub("", text) for url, text in said.items() if "export=" not in url}


def changes(before: dict[str, str], after: dict[str, str]) -> list[tuple[str, list[str]]]:
    """Return where two readings differ, and in which lines."""
    found = []
    for url, text in before.items():
        if text != after[url]:
            lines = difflib.unified_diff(text.splitlines(), after[url].splitlines(), n=0, lineterm="")
            found.append((url, list(lines)[:12]))
    return found


@pytest.fixture(autouse=True)
def _files_apart(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.parametrize("role", ["volunteer", "reader"])
def test_a_confidential_contact_changes_nothing_for_those_who_may_not_see_it(role):
    reading = Reading(role)
    before = comparable(reading.read(drawn=False))
    reading.world.log_the_secret()
    after = reading.read(drawn=True)
    leaked = [(url, [word for word in WORDS if word in text]) for url, text in after.items()]
    assert [(url, words) for url, words in leaked if words] == []
    assert changes(before, comparable(after)) == []


@pytest.mark.parametrize("role", ["volunteer", "reader"])
def test_whoever_searches_for_its_words_finds_as_much_as_for_nonsense(role):
    reading = Reading(role)
    reading.world.log_the_secret()
    routes = [
        "search",
        "actors:contact_list",
        "actors:follow_up_list",
        "actors:actor_list",
        "api:contacts-list",
    ]
    routes += ["events:event_list", "api:follow-ups-list", "api:actors-list", "actors:actor_options"]
    for word in (SUBJECT, NOTE, POINT, FOLLOW_UP, CONCERN):
        for route in routes:
            url = reverse(route)
            said = [text_of(reading.client.get(url, {"q": one}, follow=True)) for one in (word, NONSENSE)]
            texts = [FRESH.sub("", said[0].replace(word, "…")), FRESH.sub("", said[1].replace(NONSENSE, "…"))]
            assert changes({url: texts[1]}, {url: texts[0]}) == []


def test_the_office_reads_all_of_it_somewhere():
    """Or the tests above would look for what nobody shows."""
    reading = Reading("staff")
    reading.world.log_the_secret()
    said = "\n".join(reading.read(drawn=False).values())
    assert [word for word in WORDS if word not in said] == []


@pytest.mark.parametrize("scope", FeedScope.values)
def test_the_calendar_of_a_volunteer_holds_nothing_of_it(scope):
    volunteer = UserFactory(role="volunteer")
    world = OpenWorld(volunteer)
    world.log_the_secret()
    secret = "s" * 43
    CalendarFeed.objects.create(user=volunteer, scope=scope, secret_digest=digest(secret))
    said = text_of(Client().get(f"/calendar/{secret}.ics"))
    assert "Offene Wiedervorlage" in said
    assert [word for word in WORDS if word in said] == []
