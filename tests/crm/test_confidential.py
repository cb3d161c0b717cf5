"""What a role may not see is on no page, in no export, in no answer of the API: all of them are read.

A contact is nowhere for those who may not see it: not in words, and not in any count. Every route of the
matrix is read as a volunteer and as a reader, before the contact is logged and afterwards. Volunteers see
those they logged and no others, readers none; whether it is confidential makes no difference. The same
readings show that readers learn nothing about a person, and volunteers no particulars.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from functools import cached_property
from http import HTTPStatus
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from contacts.models import CalendarFeed, FeedScope
from contacts.services.feeds import digest
from tests.crm.matrix import MATRIX
from tests.crm.test_privacy import (
    FAMILY_NAME,
    NAME,
    PARTICULARS,
    PHONE,
    SECRET,
    FullWorld,
    addresses,
    text_of,
)
from tests.factories import contacts, events
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

SUBJECT, NOTE, POINT, FOLLOW_UP = "Quittenbetreff", "Quittennotiz", "Quittenpunkt", "Quittenwiedervorlage"
CONCERN, STEP, EMAIL, ATTACHMENT = "Quittenanliegen", "Quittenschritt", "Quittenpost", "Quittenanhang"
WORDS = [SUBJECT, NOTE, POINT, FOLLOW_UP, CONCERN, STEP, EMAIL, ATTACHMENT]
NONSENSE = "Xylophonkonzert"
# What is new in every answer: tokens of forms, keys of drafts and pseudonyms, the time of an export.
FRESH = re.compile(
    r'name="csrfmiddlewaretoken" value="[^"]*"|X-CSRFToken&quot;: &quot;[^&]*|"X-CSRFToken": "[^"]*"'
    r'|name="(source_)?key" value="[^"]*"|[?&](amp;)?key=[^&"]*|"key": ?"[^"]*"|data-draft-token="[^"]*"'
    r'|"(csrf|created)": ?"[^"]*"'
    r"|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    r"|\d\d?[.:]\d\d([.:]\d\d)?( Uhr)?"
)
# Drawn anew each time, with other pseudonyms and places; that no word is in them is read all the same.
DRAWN = ("reports:", "api:network", "api:continuity", "api:coverage", "api:activity", "api:report-file")


class OpenWorld(FullWorld):
    """The full world, with nothing confidential in it yet."""

    def __init__(self, user: Any) -> None:
        self.reader, self.office = user, UserFactory(role="staff")
        super().__init__(user)

    def _events(self, person: Any, club: Any) -> None:
        super()._events(person, club)
        other = contacts.ContactFactory(actors=[person, club], subject="Offenes Gespräch")
        events.EventContactFactory(event=self.event, contact=other)
        contacts.FollowUpFactory(contact=other, assignee=self.reader, text="Offene Wiedervorlage")
        concern = contacts.ConcernFactory(raised_by=club, text="Offenes Anliegen")
        events.TourStopFactory(event=self.event, place="Brunnen", finding="Befund", concern=concern)

    def log_the_secret(self, *, is_confidential: bool = True) -> None:
        """Log a contact of a colleague, with everything that can hang on one.

        If it is not confidential, a follow-up can be given to a volunteer, who then reads its own words; one
        without words would show those of the contact.
        """
        text = FOLLOW_UP if is_confidential else ""
        secret = contacts.ContactFactory(
            actors=[self.person, self.actor],
            subject=SUBJECT,
            note=NOTE,
            staff=self.office,
            is_confidential=is_confidential,
        )
        point = contacts.DiscussionPointFactory(contact=secret, text=POINT)
        concern = contacts.ConcernFactory(contact=secret, raised_by=self.actor, text=CONCERN)
        contacts.ConcernStepFactory(concern=concern, by=self.office, note=STEP)
        for about in ({"contact": secret}, {"contact": secret, "point": point}, {"concern": concern}):
            contacts.FollowUpFactory(assignee=self.office, text=FOLLOW_UP, **about)
            contacts.FollowUpFactory(assignee=self.reader, text=text, **about)
        events.EventContactFactory(event=self.event, contact=secret)
        events.EventConcernFactory(event=self.event, concern=concern)
        for name in ("subject", "text", "sender_name"):
            setattr(self.email, name, EMAIL)
        self.email.contact = secret
        self.email.save()
        self.attachment.name = f"{ATTACHMENT}.txt"
        self.attachment.save()
        if is_confidential:
            self.log_something_confidential(by=self.office)


class Reading:
    """All that somebody gets to read from the site."""

    def __init__(self, role: str) -> None:
        self.user = UserFactory(role=role)
        self.client = Client()
        self.client.force_login(self.user)
        self.world = OpenWorld(self.user)

    @cached_property
    def routes(self) -> dict[str, str]:
        """Return which route each address belongs to."""
        lines = [
            line for line in MATRIX if set(line.expected.get("get", ())) - {HTTPStatus.METHOD_NOT_ALLOWED}
        ]
        lines = [line for line in lines if not line.route.startswith("account_")]
        return {url: line.route for line in lines for url in addresses(line, self.world)}

    def read(self, *, drawn: bool) -> dict[str, str]:
        """Return what each address answers, with or without what is drawn anew each time."""
        urls = [url for url, route in self.routes.items() if drawn or not route.startswith(DRAWN)]
        return {url: text_of(self.client.get(url, follow=True)) for url in urls}


def places(said: dict[str, str], words: list[str]) -> list[tuple[str, list[str]]]:
    """Return where which of the words stand."""
    standing = [(url, [word for word in words if word in text]) for url, text in said.items()]
    return [(url, seen) for url, seen in standing if seen]


def comparable(said: dict[str, str]) -> dict[str, str]:
    """Return the answers less what is always new; workbooks hold the time they were written."""
    return {url: FRESH.sub("", text) for url, text in said.items() if "export=" not in url}


def changes(before: dict[str, str], after: dict[str, str]) -> list[tuple[str, list[str]]]:
    """Return where two readings differ, and in which lines."""
    differences = []
    for url, text in before.items():
        if text != after[url]:
            lines = difflib.unified_diff(text.splitlines(), after[url].splitlines(), n=0, lineterm="")
            differences.append((url, list(lines)[:12]))
    return differences


@pytest.fixture(autouse=True)
def _files_apart(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.parametrize(
    ("role", "hidden", "kinds"),
    [
        ("volunteer", [*PARTICULARS.values(), PHONE, SECRET], [True, False]),
        ("reader", [NAME, FAMILY_NAME, *PARTICULARS.values(), PHONE, SECRET], [True]),
    ],
)
def test_who_may_not_see_a_contact_or_a_person_reads_nothing_of_them_and_no_other_count(role, hidden, kinds):
    reading = Reading(role)
    before = comparable(reading.read(drawn=False))
    for is_confidential in kinds:
        with transaction.atomic():
            reading.world.log_the_secret(is_confidential=is_confidential)
            after = reading.read(drawn=True)
            transaction.set_rollback(True)
        assert places(after, [*WORDS, *hidden]) == []
        assert changes(before, comparable(after)) == []


@pytest.mark.parametrize(
    ("role", "is_confidential"), [("volunteer", True), ("volunteer", False), ("reader", True)]
)
def test_whoever_searches_for_its_words_finds_as_much_as_for_nonsense(role, is_confidential):
    reading = Reading(role)
    reading.world.log_the_secret(is_confidential=is_confidential)
    routes = [
        "search",
        "contacts:contact_list",
        "contacts:follow_up_list",
        "actors:actor_list",
        "api:contacts-list",
    ]
    routes += ["events:event_list", "api:follow-ups-list", "api:actors-list", "actors:actor_options"]

    def said(route: str, word: str) -> str:
        text = text_of(reading.client.get(reverse(route), {"q": word}, follow=True))
        return FRESH.sub("", text.replace(word, "…"))

    for route in routes:
        nothing = said(route, NONSENSE)
        for word in (SUBJECT, NOTE, POINT, FOLLOW_UP, CONCERN):
            assert changes({route: nothing}, {route: said(route, word)}) == []


def test_the_office_reads_all_of_it_somewhere():
    """Or the tests above would look for what nobody shows."""
    reading = Reading("staff")
    reading.world.log_the_secret()
    said = "\n".join(reading.read(drawn=False).values())
    all_words = [*WORDS, NAME, FAMILY_NAME, *PARTICULARS.values(), PHONE, SECRET]
    assert [word for word in all_words if word not in said] == []


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


def test_a_volunteer_who_is_given_a_follow_up_reads_its_words_and_nothing_of_the_contact():
    reading = Reading("volunteer")
    contact = contacts.ContactFactory(actors=[reading.world.actor], subject=SUBJECT, note=NOTE)
    point = contacts.DiscussionPointFactory(contact=contact, text=POINT)
    for number, about in enumerate(({"contact": contact}, {"contact": contact, "point": point})):
        due = dt.date.today() - dt.timedelta(days=number)
        contacts.FollowUpFactory(assignee=reading.user, text="Schlüssel holen", due=due, **about)
    said = reading.read(drawn=True)
    where = {reading.routes[url] for url, text in said.items() if "Schlüssel holen" in text}
    assert {"home", "contacts:follow_up_list", "api:follow-ups-list"} <= where
    assert places(said, WORDS) == []
    assert [url for url, text in said.items() if contact.get_absolute_url() in text] == []
