"""Pasting a list of names into an event: paste, compare, confirm."""

from hashlib import sha256

import pytest
from django.urls import reverse

from actors.models import Actor, Affiliation
from events.models import Participation
from tests.events.pages import client_of
from tests.factories.actors import ActorFactory, FormerNameFactory, PersonFactory
from tests.factories.events import EventFactory, ParticipationFactory, ParticipationRoleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def paste():
    """Paste a text into an event; ``confirm`` sends what the comparison shows, with some changes."""
    event, role = EventFactory.create(title="Stadtteilfest"), ParticipationRoleFactory(code="attendee")

    class Paste:
        address = reverse("events:participation_paste", args=[event.pk])

        def __init__(self):
            self.event, self.role, self.client = event, role, client_of()

        def sent(self, text, **kwargs):
            return {"text": text, "role": self.role.pk, "state": "attended", **kwargs}

        def compare(self, text, **kwargs):
            return self.client.post(self.address, self.sent(text, **kwargs))

        def confirmed(self, answer, **changes):
            rows = [row for row, _css, _label in answer.context["rows"]]
            filled = {field.html_name: field.value() or "" for row in rows for field in row}
            return self.sent(answer.context["form"].cleaned_data["text"], _confirm="1", **filled) | changes

        def confirm(self, answer, **changes):
            return self.client.post(self.address, self.confirmed(answer, **changes))

        def recorded(self):
            rows = self.event.participations.order_by("actor__name")
            return [(str(r.actor), r.state) for r in rows.select_related("actor")]

    return Paste()


def rows_of(answer):
    return [
        (row.match.pasted.name, row.match.status, row["choice"].value())
        for row, _c, _l in answer.context["rows"]
    ]


def test_ten_names_with_umlauts_come_into_a_festival_in_two_steps(paste):
    known = [
        PersonFactory.create(given_name="Jürgen", family_name="Groß"),
        PersonFactory.create(given_name="Ayşe", family_name="Yıldız"),
        PersonFactory.create(given_name="Zoë", family_name="Müller-Lüdenscheidt"),
        ActorFactory.create(name="Bürgerverein Süd e. V."),
        ActorFactory.create(name="Freunde Westhagens"),
    ]
    FormerNameFactory.create(actor=known[4], name="Sprecherkreis")
    text = (
        "Juergen Gross\nYildiz, Ayse\nMüller-Lüdenscheidt Zoë\nBürgerverein Süd\nSprecherkreis\n"
        "Jörg Käßner\nFrau Öykü Ünal (Bürgerverein Süd)\nKita Löwenzähnchen\nÅsa Ødegård\nNguyễn Thị Hoa"
    )
    answer = paste.compare(text)
    assert [row[1] for row in rows_of(answer)] == ["matched"] * 5 + ["new"] * 5
    assert paste.recorded() == []
    assert paste.confirm(answer).status_code == 302
    names = {
        *map(str, known),
        "Jörg Käßner",
        "Öykü Ünal",
        "Kita Löwenzähnchen",
        "Åsa Ødegård",
        "Nguyễn Thị Hoa",
    }
    assert {name for name, _state in paste.recorded()} == names
    new = Actor.objects.exclude(pk__in=[a.pk for a in known]).values_list("name", "kind", "salutation")
    assert set(new) == {
        ("Jörg Käßner", "person", ""),
        ("Öykü Ünal", "person", "ms"),
        ("Kita Löwenzähnchen", "organisation", ""),
        ("Åsa Ødegård", "person", ""),
        ("Nguyễn Thị Hoa", "person", ""),
    }
    assert Affiliation.objects.values_list("person__name", "organisation__name").get() == (
        "Öykü Ünal",
        "Bürgerverein Süd e. V.",
    )


def test_titles_marks_and_numbers_are_kept_apart_and_a_couple_is_two_persons(paste):
    answer = paste.compare("☑ 1. Müller-Lüdenscheidt, Dr. Anna\n✓ 2. Herr und Frau Schmidt\n3) Sean O'Neill")
    assert [row[1] for row in rows_of(answer)] == ["new"] * 4
    assert paste.confirm(answer).status_code == 302
    columns = ("kind", "salutation", "title", "given_name", "family_name")
    assert list(Actor.objects.order_by("pk").values_list(*columns)) == [
        ("person", "", "Dr.", "Anna", "Müller-Lüdenscheidt"),
        ("person", "mr", "", "", "Schmidt"),
        ("person", "ms", "", "", "Schmidt"),
        ("person", "", "", "Sean", "O'Neill"),
    ]


def test_frau_schmidt_is_not_taken_for_herr_schmidt(paste):
    wife = PersonFactory.create(given_name="", family_name="Schmidt", salutation="ms")
    answer = paste.compare("Herr und Frau Schmidt")
    assert rows_of(answer) == [("Schmidt", "new", ""), ("Schmidt", "matched", f"actor:{wife.pk}")]


def test_a_list_confirmed_twice_records_and_adds_everybody_once(paste):
    sent = paste.confirmed(paste.compare("Ada Neu\nBea Neu"))
    for _time in range(2):
        assert paste.client.post(paste.address, sent).status_code == 302
    assert paste.recorded() == [("Ada Neu", "attended"), ("Bea Neu", "attended")]
    assert Actor.objects.count() == 2


def test_an_ambiguous_name_has_to_be_decided_and_nothing_is_stored_before(paste):
    first, second = (PersonFactory.create(given_name="Ada", family_name="Doppel") for _ in range(2))
    answer = paste.compare("Ada Doppel\nBea Neu")
    assert rows_of(answer)[0] == ("Ada Doppel", "ambiguous", "")
    refused = paste.confirm(answer)
    assert (refused.status_code, paste.recorded(), Actor.objects.count()) == (422, [], 2)
    assert rows_of(refused)[1][2] == "new:person:resident"
    paste.confirm(refused, **{"row-0-choice": f"actor:{second.pk}"})
    assert Participation.objects.filter(actor=second).exists()
    assert not Participation.objects.filter(actor=first).exists()


def test_a_near_miss_is_offered_and_never_taken_by_itself(paste):
    near = PersonFactory.create(given_name="Jürgen", family_name="Großmann")
    answer = paste.compare("Jürgen Grosmann")
    assert rows_of(answer) == [("Jürgen Grosmann", "new", "")]
    assert f"actor:{near.pk}" in answer.text
    assert paste.confirm(answer).status_code == 422
    paste.confirm(answer, **{"row-0-choice": "new:person:resident"})
    assert paste.recorded() == [("Jürgen Grosmann", "attended")]
    assert Actor.objects.count() == 2


def test_a_name_can_be_left_out_or_mean_somebody_looked_up(paste):
    other = ActorFactory.create(name="Ganz anders")
    answer = paste.compare("Ada Neu\nBea Neu")
    paste.confirm(answer, **{"row-0-choice": "skip", "row-1-choice": "", "row-1-other": other.pk})
    assert paste.recorded() == [("Ganz anders", "attended")]


def test_who_is_recorded_already_is_left_out_unless_the_state_differs(paste):
    for name, state in (("Feuerwehr", "attended"), ("Polizei", "registered")):
        ParticipationFactory.create(
            event=paste.event, role=paste.role, state=state, actor=ActorFactory.create(name=name)
        )
    answer = paste.compare("Feuerwehr\nPolizei\nPOLIZEI")
    polizei = Actor.objects.get(name="Polizei")
    assert rows_of(answer) == [
        ("Feuerwehr", "recorded", "skip"),
        ("Polizei", "recorded", f"actor:{polizei.pk}"),
        ("POLIZEI", "repeated", "skip"),
    ]
    paste.confirm(answer)
    assert paste.recorded() == [("Feuerwehr", "attended"), ("Polizei", "attended")]


def test_a_person_can_stand_for_the_organisation_in_brackets(paste):
    person = PersonFactory.create(given_name="Ada", family_name="Bekannt")
    verein = ActorFactory.create(name="Verein Süd")
    answer = paste.compare("Ada Bekannt (Verein Süd)")
    paste.confirm(answer, **{"row-0-choice": f"for:{verein.pk}:{person.pk}"})
    assert paste.event.participations.values_list("actor", "represented_by").get() == (verein.pk, person.pk)


def test_volunteers_record_who_is_known_and_add_nobody_to_the_register(paste):
    paste.client = client_of("volunteer")
    ActorFactory.create(name="Feuerwehr")
    answer = paste.compare("Feuerwehr\nAda Neu")
    assert rows_of(answer)[1] == ("Ada Neu", "new", "skip")
    assert "new:" not in answer.text
    refused = paste.confirm(answer, **{"row-1-choice": "new:person:resident"})
    assert (refused.status_code, paste.recorded()) == (422, [])
    paste.confirm(answer)
    assert paste.recorded() == [("Feuerwehr", "attended")]
    assert Actor.objects.count() == 1


@pytest.mark.parametrize(
    "choice", ["actor:999999", "actor:1 OR 1=1", "new:person:office", "new:robot:resident", "x"]
)
def test_a_choice_that_was_not_offered_is_refused(paste, choice):
    stranger = ActorFactory.create(name="Steht nicht auf der Liste")
    answer = paste.compare("Ada Neu")
    for wrong in (choice, f"actor:{stranger.pk}"):
        assert paste.confirm(answer, **{"row-0-choice": wrong}).status_code == 422
    assert paste.recorded() == []


def test_choices_made_for_another_list_are_not_taken(paste):
    sent = paste.confirmed(paste.compare("Ada Neu\nBea Neu"))
    answer = paste.client.post(paste.address, {**sent, "text": "Cem Neu\nBea Neu"})
    assert (answer.status_code, paste.recorded()) == (200, [])
    assert [row[0] for row in rows_of(answer)] == ["Cem Neu", "Bea Neu"]


@pytest.mark.parametrize("text", ["", "   \n ; ,", "a\x00b", "\n".join(f"Ada Neu{n}x" for n in range(501))])
def test_a_list_that_cannot_be_read_comes_back_as_it_was_typed(paste, text):
    answer = paste.compare(text)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["text"])
    assert answer.context["form"]["text"].value() == text


def test_the_list_can_be_taken_up_again_and_names_are_inert(paste):
    answer = paste.compare("<script>alert(1)</script>\nAda Neu")
    assert "<script>alert" not in answer.text
    again = paste.compare("<script>alert(1)</script>\nAda Neu", _edit="1")
    assert again.context["form"]["text"].value() == "<script>alert(1)</script>\nAda Neu"
    assert "<script>alert" not in again.text


def unlike(seed):
    """A name that is like no other."""
    return sha256(seed.encode()).hexdigest()[:20].translate(str.maketrans("0123456789", "ghijklmnop")).title()


def test_thirty_names_take_no_more_questions_than_three(paste, django_assert_max_num_queries):
    for size in (3, 30):
        text = "\n".join(PersonFactory.create(family_name=unlike(f"{size} {n}")).name for n in range(size))
        new = "\n".join(f"Bea {unlike(f'new {size} {n}')}" for n in range(size))
        with django_assert_max_num_queries(18):
            answer = paste.compare(f"{text}\n{new}")
        sent = paste.confirmed(answer)
        with django_assert_max_num_queries(40):  # those that remember it for undo among them
            assert paste.client.post(paste.address, sent).status_code == 302
    assert len(paste.recorded()) == 66


def test_a_row_of_headings_is_left_out_and_said(paste):
    answer = paste.compare("Vorname\tName\nErika\tMuster")
    assert [name for name, _status, _choice in rows_of(answer)] == ["Erika Muster"]
    said = "Die erste Zeile enthält die Überschriften „Vorname, Name“ und wurde ausgelassen."
    assert said in answer.content.decode()
    assert "Überschriften" not in paste.compare("Erika Muster").content.decode()
