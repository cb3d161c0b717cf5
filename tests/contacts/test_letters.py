"""The letter that passes a concern on: who writes to whom, about what, and what it keeps to itself."""

import datetime as dt
import io

import docx
import pytest

from actors.models import Actor, Sector
from contacts.letters import concern_letter
from contacts.models import Concern
from core.letters import letter_docx, letter_text
from tests.actors.pages import client_of
from tests.downloads import file_names_of
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory, ActorTypeFactory, PersonFactory, PhoneNumberFactory
from tests.factories.contacts import ConcernFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 23)
TEXT = "Die Laterne ist kaputt.\n<script>alert(1)</script> {{ settings.SECRET_KEY }} %(day)s"


@pytest.fixture
def office() -> Actor:
    kind = ActorTypeFactory.create(code="own_office", sector=Sector.OFFICE)
    ActorFactory.create(actor_type=kind, street="Alte Str. 1", active_until=dt.date(2020, 1, 1))
    office = ActorFactory.create(
        actor_type=kind, street="Marktplatz 1", postal_code="38444", city="Wolfsburg",
        email="buero@example.org", active_from=dt.date(2020, 1, 1),
    )  # fmt: skip
    PhoneNumberFactory.create(actor=office, number="05361 12345")
    return office


@pytest.fixture
def concern() -> Concern:
    department = ActorFactory.create(
        name="Grünflächenamt", street="Rathausgasse 2", postal_code="38440", city="Wolfsburg"
    )
    return ConcernFactory.create(
        text=TEXT,
        raised_by=PersonFactory.create(given_name="Erika", family_name="Geheim"),
        forwarded_to=department,
        due=dt.date(2026, 12, 24),
    )


def letter(concern: Concern, **options: bool):
    user = UserFactory.create(first_name="Timo", last_name="Teamgeist")
    return concern_letter(concern=concern, user=user, today=TODAY, **options)


def text_of(body: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(body)).paragraphs)


def test_the_letter_says_who_writes_to_whom_about_what(office, concern):
    written = letter(concern)
    assert written.sender[1:] == ("Marktplatz 1", "38444 Wolfsburg", "05361 12345", "buero@example.org")
    assert written.recipient == ("Grünflächenamt", "Rathausgasse 2", "38440 Wolfsburg")
    assert written.place_and_day.startswith("Wolfsburg, ")
    assert "23" in written.place_and_day
    assert concern.number in [value for _label, value in written.facts]
    assert "24.12.2026" in [value for _label, value in written.facts]
    assert TEXT in written.paragraphs
    assert "Timo Teamgeist" in written.closing


def test_word_and_plain_text_say_the_same(office, concern):
    written = letter(concern)
    plain, word = letter_text(written), text_of(letter_docx(written))
    assert [line for line in plain.splitlines() if line] == [line for line in word.splitlines() if line]


def test_who_raised_it_is_named_only_if_that_is_wanted(concern):
    assert "Geheim" not in letter_text(letter(concern))
    assert "Geheim" not in text_of(letter_docx(letter(concern)))
    assert "Erika Geheim" in letter_text(letter(concern, with_name=True))


def test_hostile_text_stays_text(concern):
    body = letter_docx(letter(concern))
    assert TEXT in text_of(body)
    document = docx.Document(io.BytesIO(body))
    assert [rel.reltype for rel in document.part.rels.values() if rel.is_external] == []
    assert document.core_properties.author


def test_a_letter_without_office_department_or_due_day_is_still_one():
    written = letter(ConcernFactory.create())
    assert (written.recipient, len(written.sender)) == ((), 1)
    assert letter_docx(written).startswith(b"PK")


def test_the_page_shows_the_text_and_offers_the_files(concern):
    client, address = client_of(), f"/actors/concerns/{concern.pk}/letter/"
    page = client.get(address).content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page
    assert "Geheim" not in page
    assert "Erika Geheim" in client.get(address + "?with_name=on").content.decode()
    word = client.get(address + "?format=docx")
    assert file_names_of(word)[0].endswith(".docx")
    assert "Grünflächenamt" in text_of(word.content)
    plain = client.get(address + "?format=txt&with_name=on")
    assert plain["Content-Type"] == "text/plain; charset=utf-8"
    assert "Erika Geheim" in plain.content.decode()
