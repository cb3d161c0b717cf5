"""What a role may not see is on no page, in no export, in no answer of the API: all of them are read."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pypdf
import pytest
from django.test import Client
from django.urls import reverse

from reports.renderers.files import FILE_FORMS
from tests.crm.lines import Line
from tests.crm.matrix import MATRIX
from tests.crm.world import World
from tests.factories import actors, events
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

NAME = "Xanthippe"
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
        actors.ConcernFactory(raised_by=person, text=SECRET)
        secret = actors.ContactFactory(
            actors=[person, club], subject=SECRET, note=SECRET, is_confidential=True
        )
        actors.FollowUpFactory(contact=secret, text=SECRET, actor=person)
        self._events(person, club, secret)

    def _events(self, person: Any, club: Any, secret: Any) -> None:
        for event in (self.event, events.EventFactory(series=self.series)):
            organising = {"event": event, "role": events.OrganiserRoleFactory()}
            events.ParticipationFactory(actor=person, **organising)
            events.ParticipationFactory(actor=club, represented_by=person, **organising)
            events.TaskAssignmentFactory(event=event, actor=person)
            events.HeadcountFactory(event=event, count=3)
        events.EventContactFactory(event=self.event, contact=secret)
        events.TaskAssignmentFactory(event=None, series=self.series, actor=person)
        events.SeriesCarrierFactory(series=self.series, actor=person)

    @property
    def person(self) -> Any:
        if not hasattr(self, "_person"):
            self._person = actors.PersonFactory(given_name=NAME, family_name="Quirin", **PARTICULARS)
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
    """Return the address of a route as it is, and those of its exports."""
    url = reverse(line.route, kwargs={name: world.key(key) for name, key in line.keys.items()})
    forms = {"reports": [], "api": []}
    exports = forms.get(line.route.split(":", maxsplit=1)[0], ["export=xlsx", "export=csv"])
    if line.route.endswith("_report"):
        exports = [f"format={suffix}" for suffix in FILE_FORMS]
    return [url, *(f"{url}?{export}" for export in exports)]


def leaks(role: str, words: list[str]) -> list[tuple[str, list[str]]]:
    """Read every address as this role; return where which of the words stand."""
    user = UserFactory(role=role)
    client = Client()
    client.force_login(user)
    world = FullWorld(user)
    lines = [line for line in MATRIX if "get" in line.expected and not line.route.startswith("account_")]
    said = {
        address: text_of(client.get(address, follow=True))
        for line in lines
        for address in addresses(line, world)
    }
    found = [(address, [word for word in words if word in text]) for address, text in said.items()]
    return [(address, leaked) for address, leaked in found if leaked]


def test_readers_learn_nothing_about_a_person():
    assert leaks("reader", [NAME, "Quirin", *PARTICULARS.values(), PHONE, SECRET]) == []


def test_volunteers_learn_no_particulars_of_a_person_and_nothing_confidential():
    assert leaks("volunteer", [*PARTICULARS.values(), PHONE, SECRET]) == []


def test_the_office_sees_all_of_this_somewhere():
    """Or the tests above would look for what nobody shows."""
    all_of_it = [NAME, *PARTICULARS.values(), PHONE, SECRET]
    shown = {word for _address, found in leaks("staff", all_of_it) for word in found}
    assert shown == set(all_of_it)


@pytest.mark.parametrize("words", [PARTICULARS["email"], "zwetschgenweg", PHONE, "987654", "vermerkwort"])
@pytest.mark.parametrize("route", ["actors:actor_list", "actors:actor_options", "search", "api:actors-list"])
def test_volunteers_find_nobody_by_what_they_may_not_see(route, words):
    user = UserFactory(role="volunteer")
    client = Client()
    client.force_login(user)
    FullWorld(user)
    assert NAME not in text_of(client.get(reverse(route), {"q": words}))
