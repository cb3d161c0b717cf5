"""Whom the names of a quick note mean: taken where it is sure, asked about where not, new by their shape."""

import re

import pytest

from actors.models import Actor
from contacts.models import Contact
from contacts.services.note_reading import QuickNote
from tests.actors.pages import HTMX, signed_in
from tests.api import client_of as api_client_of
from tests.factories.actors import ActorFactory, PersonFactory

pytestmark = pytest.mark.django_db
SAVE, PARSE = "/actors/contacts/note/", "/actors/contacts/note/parse/"
JSON = {"HTTP_ACCEPT": "application/json"}
LESEPATEN = "@Förderverein Lesepaten e.V. wegen Geld"


@pytest.fixture
def office():
    return signed_in()


@pytest.fixture
def people(office):
    """Read a text and return each name with whom it means, and who else is offered."""

    def read(text):
        rows = QuickNote({"text": text}, user=office[1]).people.rows
        return {
            row.name: (
                str(row.actor) if row.actor else (row.new_kind, row.new_name) if row.is_new else row.value,
                [str(hit) for hit in row.hits],
            )
            for row in rows
        }

    return read


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("@Karl-Heinz von der Heide angerufen", ("", "Karl-Heinz", "von der Heide")),
        ("@Müller, Anna ruft zurück", ("", "Anna", "Müller")),
        ("@Müller-Lüdenscheidt, Dr. Anna fragt", ("Dr.", "Anna", "Müller-Lüdenscheidt")),
        ("@O'Brien, Sean", ("", "Sean", "O'Brien")),
        ("@von der Heide, Karl fragt", ("", "Karl", "von der Heide")),
        ("@Jean-Luc d’Artagnan fragt", ("", "Jean-Luc", "d’Artagnan")),
        ("@Anna M. Schulz fragt", ("", "Anna M.", "Schulz")),
    ],
)
def test_a_new_name_of_such_a_shape_is_one_person_with_its_parts(office, typed, parts):
    answer = office[0].post(SAVE, {"text": typed}, **JSON)
    actor = Actor.objects.get()
    stored = (actor.kind, actor.title, actor.given_name, actor.family_name)
    assert (answer.status_code, stored) == (200, ("person", *parts))
    assert Contact.objects.get().note == (typed[1:] if " " in typed[10:] else "")


def test_the_person_of_that_name_is_meant_however_it_is_turned(people):
    PersonFactory.create(given_name="Anna", family_name="Müller")
    PersonFactory.create(given_name="Bernd", family_name="Müller")
    assert people("@Müller, Anna ruft zurück") == {"Müller, Anna": ("Anna Müller", ["Anna Müller"])}


def test_a_family_name_with_another_given_name_behind_its_comma_is_asked_about(people, office):
    PersonFactory.create(given_name="Bernd", family_name="Müller")
    assert people("@Müller, Anna ruft zurück") == {"Müller, Anna": ("", ["Bernd Müller"])}
    assert people("@Müller, Schlüssel abgeholt") == {"Müller": ("Bernd Müller", ["Bernd Müller"])}
    answer = office[0].post(SAVE, {"text": "@Müller, Anna ruft zurück"}, **JSON)
    assert (answer.status_code, list(answer.json()["errors"]), Actor.objects.count()) == (422, ["actors"], 1)


def test_what_stands_in_the_midst_of_a_word_is_offered_and_never_taken(people, office):
    PersonFactory.create(given_name="Hanna", family_name="Zahnrad")
    text = "@Anna und @Bernd Schulz gestern telefoniert"
    assert people(text) == {"Anna": ("", ["Hanna Zahnrad"]), "Bernd Schulz": (("person", "Bernd Schulz"), [])}
    client = office[0]
    answer = client.post(SAVE, {"text": text}, **JSON)
    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["actors"])
    refused = api_client_of("staff").post(
        "/api/v1/contacts/note/", {"text": text}, content_type="application/json"
    )
    assert (refused.status_code, list(refused.json()), Contact.objects.count()) == (400, ["actors"], 0)
    page = client.post(PARSE, {"text": text}, **HTMX).content.decode()
    options = re.findall(r'<option value="([^"]*)"( selected)?>', page)
    hanna = str(Actor.objects.get().pk)
    assert options[:2] == [("", " selected"), (hanna, "")]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("@kleingarten fragt", "Kleingartenverein Nord"),
        ("@Nord fragt", "Kleingartenverein Nord"),
        ("@garten fragt", ""),
        ("@Schulze fragt", "Petra Schulze"),
        ("@Petra fragt", "Petra Schulze"),
        ("@Schulz fragt", ""),
        ("@Frau Schulze fragt", "Petra Schulze"),
        ("@Herr Schulze fragt", ""),
        ("@Familie Schulze fragt", ""),
        ("@Dr. Schulze fragt", "Petra Schulze"),
    ],
)
def test_a_part_of_a_name_means_whose_name_it_begins_and_of_persons_whole_words(people, typed, meant):
    ActorFactory.create(name="Kleingartenverein Nord")
    PersonFactory.create(given_name="Petra", family_name="Schulze", salutation="ms")
    ((found, hits),) = people(typed).values()
    assert (found, len(hits)) == (meant, 1)


def test_more_words_of_a_name_tell_apart_whose_names_begin_alike(people):
    for name in ("Förderverein der Schule am Musterweg", "Förderverein Sport"):
        ActorFactory.create(name=name)
    school = "Förderverein der Schule"
    assert people(f"@{school} Halle frei") == {school: (f"{school} am Musterweg", [f"{school} am Musterweg"])}
    ((meant, hits),) = people("@Förderverein Halle frei").values()
    assert (meant, len(hits)) == ("", 2)


def test_of_several_hits_the_only_one_that_begins_so_is_meant(people):
    PersonFactory.create(given_name="Hanna", family_name="Zahnrad")
    PersonFactory.create(given_name="Anna", family_name="Kurz")
    assert people("@Anna fragt") == {"Anna": ("Anna Kurz", ["Anna Kurz", "Hanna Zahnrad"])}


def test_a_name_with_legal_form_is_not_the_other_body_that_begins_alike(people, office):
    other = ActorFactory.create(name="Förderverein der Schule am Musterweg")
    name = "Förderverein Lesepaten e.V."
    assert people(LESEPATEN) == {name: (("organisation", name), [])}
    assert office[0].post(SAVE, {"text": LESEPATEN}, **JSON).status_code == 200
    contact = Contact.objects.get()
    assert ([actor.name for actor in contact.actors.all()], contact.note) == ([name], LESEPATEN[1:])
    assert other.contacts.count() == 0


@pytest.mark.parametrize(
    "typed", ["@Lesepaten Nord e.V. fragt", "@Lesepaten Nord e. V. fragt", "@Lesepaten Nord fragt"]
)
@pytest.mark.parametrize("name", ["Lesepaten Nord", "Lesepaten Nord e. V."])
def test_a_body_is_known_with_and_without_its_legal_form(people, typed, name):
    ActorFactory.create(name=name)
    ActorFactory.create(name="Lesepaten Süd e. V.")
    ((meant, _hits),) = people(typed).values()
    assert meant == name
