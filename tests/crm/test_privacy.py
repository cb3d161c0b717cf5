"""A world in which a person stands wherever one can stand, and how all that the site says of it is read.

That nobody reads there what the own role may not see is shown by ``test_confidential``; here, that nobody
finds a person by it.
"""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pypdf
import pytest
from django.test import Client
from django.urls import reverse

from reports.renderers.files import FILE_FORMATS
from tests.crm.lines import Line
from tests.crm.test_hostile_text import LISTS
from tests.crm.world import World
from tests.factories import actors, contacts, events
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

NAME, FAMILY_NAME = "Xanthippe", "Quirin"
PARTICULARS = {
    "email": "quirin@example.org",
    "street": "Zwetschgenweg 77",
    "postal_code": "38997",
    "city": "Yburg",
    "notes": "Vermerkwort",
}
PHONE = "05361 987654"
SECRET = "Verschlusssache"


class FullWorld(World):
    """A world in which one person stands in every place where a person can stand."""

    def __init__(self, user: Any) -> None:
        super().__init__(follow_ups_of=user)
        person, club = self.person, self.actor
        actors.PhoneNumberFactory(actor=person, number=PHONE)
        actors.FormerNameFactory(actor=person, name=f"{NAME} Früher")
        actors.PersonFactory(family_name="Mündel", guardian=person)
        actors.ProgrammeDependencyFactory(actor=person)
        actors.AffiliationFactory(person=person, organisation=club, role="Vorstand", is_main_contact=True)
        actors.RelationFactory(source=person, target=club)
        actors.ConsentFactory(person=person)
        contacts.ConcernFactory(raised_by=person, text=SECRET)
        self._events(person, club)

    def log_something_confidential(self, by: Any) -> None:
        """Log what the office alone reads, with a follow-up for whoever logged it."""
        secret = contacts.ContactFactory(
            actors=[self.person, self.actor], subject=SECRET, note=SECRET, staff=by, is_confidential=True
        )
        contacts.FollowUpFactory(contact=secret, text=SECRET, actor=self.person, assignee=by)
        events.EventContactFactory(event=self.event, contact=secret)

    def _events(self, person: Any, club: Any) -> None:
        for event in (self.event, events.EventFactory(series=self.series)):
            organising = {"event": event, "role": events.OrganiserRoleFactory()}
            events.ParticipationFactory(actor=person, **organising)
            events.ParticipationFactory(actor=club, represented_by=person, **organising)
            events.TaskAssignmentFactory(event=event, actor=person)
            events.HeadcountFactory(event=event, count=3)
        events.TaskAssignmentFactory(event=None, series=self.series, actor=person)
        events.SeriesCarrierFactory(series=self.series, actor=person)

    @property
    def person(self) -> Any:
        if not hasattr(self, "_person"):
            self._person = actors.PersonFactory(given_name=NAME, family_name=FAMILY_NAME, **PARTICULARS)
        return self._person

    @property
    def series(self) -> Any:
        if not hasattr(self, "_series"):
            people = {"future_carrier": self.person, "future_contact": self.person}
            self._series = events.EventSeriesFactory(**people)
        return self._series

    @property
    def space(self) -> Any:
        return events.SpaceFactory(owner=self.person)

    @property
    def measure(self) -> Any:
        return events.MeasureFactory(carrier=self.person)


def text_of(response: Any) -> str:
    """Return all that an answer says, the parts of workbooks and documents and what files note included."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if content.startswith(b"%PDF") and b"startxref" in content:
        document = pypdf.PdfReader(io.BytesIO(content))
        return "\n".join([str(document.metadata), *(page.extract_text() for page in document.pages)])
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            content = b"\n".join(parts.read(name) for name in parts.namelist())
    return content.decode(errors="replace")


def addresses(line: Line, world: World) -> list[str]:
    """Return the address of a route as it is, and those of its exports.

    That nothing but lists has an export shows where all are asked for one (``test_caching``).
    """
    url = reverse(line.route, kwargs={name: world.key(key) for name, key in line.keys.items()})
    exports = ["export=xlsx", "export=csv"] if line.route in LISTS else []
    if line.route.endswith("_report"):
        exports = [f"format={suffix}" for suffix in FILE_FORMATS]
    return [url, *(f"{url}?{export}" for export in exports)]


@pytest.mark.parametrize("words", [PARTICULARS["email"], "zwetschgenweg", PHONE, "987654", "vermerkwort"])
@pytest.mark.parametrize("route", ["actors:actor_list", "actors:actor_options", "search", "api:actors-list"])
def test_volunteers_find_nobody_by_what_they_may_not_see(route, words):
    user = UserFactory(role="volunteer")
    client = Client()
    client.force_login(user)
    FullWorld(user).log_something_confidential(UserFactory(role="staff"))
    assert NAME not in text_of(client.get(reverse(route), {"q": words}))
