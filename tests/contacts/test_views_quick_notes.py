"""The quick note: one line becomes a contact, with everything it names, once."""

import datetime as dt
import json

import pytest
from django.test import Client
from django.utils import timezone

from actors.models import Actor
from contacts.models import Contact, FollowUp
from core.models.undo import UndoStep
from tests.actors.pages import HTMX, client_of, signed_in
from tests.factories.actors import ActorFactory, PersonFactory
from tests.factories.contacts import ContactFactory

pytestmark = pytest.mark.django_db
SAVE, PARSE, DIALOG = (
    "/actors/contacts/note/",
    "/actors/contacts/note/parse/",
    "/actors/contacts/note/dialog/",
)
JSON = {"HTTP_ACCEPT": "application/json"}


def save(client, text, **data):
    return client.post(SAVE, {"text": text, **data}, **JSON)


def chosen(**choices):
    return {"choices": json.dumps(choices)}


def test_one_line_becomes_a_contact_with_a_follow_up():
    client, user = signed_in()
    actor = ActorFactory.create(name="Verein Beispiel")
    answer = save(client, "tel @Verein Beispiel will die Halle früher #Sport 15min wv +1w")
    contact, follow_up = Contact.objects.get(), FollowUp.objects.get()
    assert (answer.status_code, answer.json()["id"]) == (200, contact.pk)
    assert (contact.note, contact.channel.code, contact.duration_minutes, contact.staff) == (
        "Verein Beispiel will die Halle früher Sport",
        "phone",
        15,
        user,
    )
    assert list(contact.actors.all()) == [actor]
    assert [topic.code for topic in contact.topics.all()] == ["sports_leisure"]
    week = timezone.localdate() + dt.timedelta(7)
    assert (follow_up.due, follow_up.contact, follow_up.assignee) == (week, contact, user)


def test_json_is_taken_as_well_as_a_form():
    client, _user = signed_in()
    actor = ActorFactory.create()
    body = {"text": "mail raus", "actors": [actor.pk], "source_key": "k1"}
    answer = client.post(SAVE, body, content_type="application/json", **JSON)
    contact = Contact.objects.get()
    assert answer.json() == {
        "ok": True,
        "id": contact.pk,
        "url": contact.get_absolute_url(),
        "title": "E-Mail",
        "is_new": True,
        "created": [],
        "undo_url": answer.json()["undo_url"],
    }
    assert (contact.subject, contact.note, contact.direction) == ("E-Mail", "", "out")


def test_sent_twice_it_is_logged_once():
    client, _user = signed_in()
    actor = ActorFactory.create()
    data = {"actors": actor.pk, "source_key": "k1"}
    first, second = (save(client, "Hallo @Neu wv +1w", **data).json() for _ in range(2))
    assert (first["id"], first["is_new"], second["is_new"]) == (second["id"], True, False)
    assert (Contact.objects.count(), FollowUp.objects.count(), Actor.objects.count()) == (1, 1, 2)


def test_another_text_under_the_same_key_is_not_thrown_away():
    client, _user = signed_in()
    data = {"actors": ActorFactory.create().pk, "source_key": "k1"}
    stored = save(client, "Hallo", **data).json()
    answer = save(client, "Etwas anderes", **data)
    assert (answer.status_code, answer.json()["stored"]["id"]) == (422, stored["id"])
    assert "source_key" in answer.json()["errors"]
    question = client.post(SAVE, {"text": "Etwas anderes", **data}, **HTMX)
    assert question.status_code == 422
    assert "data-new-key" in question.content.decode()
    assert Contact.objects.get().note == "Hallo"


def test_the_same_key_of_somebody_else_is_another_draft():
    actor = ActorFactory.create()
    for client in (client_of(), client_of()):
        assert save(client, "Hallo", actors=actor.pk, source_key="k1").json()["is_new"]
    assert Contact.objects.count() == 2


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "x" * 20_001}, "text"),
        ({"text": "Halle\x07"}, "text"),
        ({"text": "wv gestern"}, "due"),
        ({"text": "wv 30.2."}, "due"),
        ({"text": "9999min"}, "duration"),
        ({"text": "Halle", "actors": ""}, "actors"),
        ({"text": "Halle", "actors": "999999"}, "actors"),
        ({"text": "Halle", "source_key": "a b"}, "source_key"),
        ({"text": "Halle", **chosen(date="2999-01-01")}, "date"),
        ({"text": "Halle", **chosen(date="2020-02-31")}, "date"),
        ({"text": "Halle", **chosen(due="2020-01-01")}, "due"),
        ({"text": "Halle", **chosen(duration="0")}, "duration"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_is_stored(data, field):
    client, _user = signed_in()
    data = {"actors": ActorFactory.create().pk, **data}
    answer = client.post(SAVE, data, **JSON)
    assert (answer.status_code, list(answer.json()["errors"])) == (422, [field])
    assert client.post(SAVE, data, **HTMX).status_code == 422
    assert not Contact.objects.exists()


def test_twenty_thousand_characters_are_kept():
    text = "Wort " * 3999 + "Ende "
    client, _user = signed_in()
    assert save(client, text, actors=ActorFactory.create().pk).status_code == 200
    assert Contact.objects.get().note == text.strip()


def test_a_correction_by_hand_wins_over_the_text():
    client, _user = signed_in()
    actor = ActorFactory.create()
    by_hand = chosen(
        channel="letter",
        direction="out",
        date="2026-01-05",
        due="",
        topics={"health": True},
    )
    answer = save(client, "tel Halle wv +1w #Sport", actors=actor.pk, **by_hand)
    contact = Contact.objects.get()
    assert answer.status_code == 200
    assert (contact.note, contact.channel.code, contact.direction) == ("Halle wv +1w Sport", "letter", "out")
    assert (contact.date, FollowUp.objects.count()) == (dt.date(2026, 1, 5), 0)
    assert {topic.code for topic in contact.topics.all()} == {"health", "sports_leisure"}


def test_a_wrong_day_corrected_by_hand_leaves_the_text():
    client, _user = signed_in()
    day = timezone.localdate() + dt.timedelta(3)
    save(client, "Halle wv gestern", actors=ActorFactory.create().pk, **chosen(due=day.isoformat()))
    assert (Contact.objects.get().note, FollowUp.objects.get().due) == ("Halle", day)


def test_part_of_a_name_means_the_only_one_who_has_it():
    client, _user = signed_in()
    garden = ActorFactory.create(name="Kleingartenverein Westhagen")
    save(client, "@kleingarten fragt")
    assert list(Contact.objects.get().actors.all()) == [garden]


def test_a_name_that_several_have_is_asked_about():
    client, _user = signed_in()
    first, second = (PersonFactory.create(given_name="Ada", family_name="Muster") for _ in range(2))
    assert list(save(client, "@Ada Muster fragt").json()["errors"]) == ["actors"]
    save(client, "@Ada Muster fragt", **chosen(who={"Ada Muster": str(second.pk)}))
    assert list(Contact.objects.get().actors.all()) == [second]
    assert first.contacts.count() == 0


def test_a_misspelt_name_is_asked_about_and_not_added():
    client, _user = signed_in()
    ActorFactory.create(name="Kleingartenverein")
    assert list(save(client, "@Kleingartenverien fragt").json()["errors"]) == ["actors"]
    assert Actor.objects.count() == 1


def test_somebody_new_is_added_with_kind_and_type():
    client, _user = signed_in()
    new = {"new": {"Runder Tisch": {"name": "Runder Tisch Nord", "kind": "body", "type": "body"}}}
    answer = save(client, '@"Runder Tisch" stellt sich vor', **chosen(**new))
    actor = Actor.objects.get()
    assert (actor.name, actor.kind, actor.actor_type.code) == ("Runder Tisch Nord", "body", "body")
    assert answer.json()["created"] == [{"id": actor.pk, "name": actor.name}]
    assert Contact.objects.get().note == "Runder Tisch stellt sich vor"


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("Frau Dr. Erika von der Heide", ("person", "ms", "Dr.", "Erika", "von der Heide")),
        ("Anna M. Schulz", ("person", "", "", "Anna M.", "Schulz")),
        ("Sean O'Neill", ("person", "", "", "Sean", "O'Neill")),
    ],
)
def test_somebody_new_with_title_initial_or_apostrophe_is_a_person_with_given_and_family_name(typed, parts):
    client, _user = signed_in()
    save(client, f'@"{typed}" fragt nach dem Saal')
    columns = ("kind", "salutation", "title", "given_name", "family_name")
    assert Actor.objects.values_list(*columns).get() == parts


def test_the_day_is_the_one_on_which_it_was_typed():
    client, _user = signed_in()
    actor = ActorFactory.create()
    typed = timezone.localtime() - dt.timedelta(3)
    save(client, "gestern Halle wv +1w", actors=actor.pk, typed_at=typed.isoformat())
    assert Contact.objects.get().date == typed.date() - dt.timedelta(1)
    assert FollowUp.objects.get().due == typed.date() + dt.timedelta(7)


def test_the_dialog_opens_with_the_actor_of_the_page():
    client, _user = signed_in()
    actor = ActorFactory.create(name="Verein Beispiel")
    text = client.get(f"{DIALOG}?actor={actor.pk}").content.decode()
    assert f'name="actors" value="{actor.pk}"' in text
    assert "Verein Beispiel" in text


def test_reading_along_stores_nothing():
    client, _user = signed_in()
    text = client.post(PARSE, {"text": "@Neu tel wv +1w"}, **HTMX).content.decode()
    assert "qn-kind-1" in text
    assert (Contact.objects.count(), Actor.objects.count()) == (0, 0)


def test_an_actor_nobody_may_see_is_no_actor():
    client, _user = signed_in()
    assert save(client, "Hallo", actors="12,abc,-1").status_code == 422


def test_undo_takes_everything_back_that_came_along():
    client, _user = signed_in()
    kept = ActorFactory.create()
    undo = save(client, "@Neu fragt wv +1w", actors=kept.pk).json()["undo_url"]
    assert client.post(undo).status_code == 302
    assert (Contact.objects.count(), FollowUp.objects.count()) == (0, 0)
    assert list(Actor.objects.all()) == [kept]


def test_undo_keeps_an_actor_that_something_else_hangs_on():
    client, _user = signed_in()
    undo = save(client, "@Neu fragt").json()["undo_url"]
    other = ContactFactory.create(actors=[Actor.objects.get()])
    client.post(undo)
    assert list(Contact.objects.all()) == [other]
    assert Actor.objects.count() == 1


def test_undo_is_for_whoever_logged_it_and_for_what_nobody_changed():
    client, _user = signed_in()
    undo = save(client, "@Neu fragt").json()["undo_url"]
    client_of().post(undo)
    Contact.objects.get().save()
    client.post(undo)
    assert Contact.objects.count() == 1


def test_undo_runs_out():
    client, _user = signed_in()
    undo = save(client, "@Neu fragt").json()["undo_url"]
    UndoStep.objects.update(expires_at=timezone.now())
    client.post(undo)
    assert Contact.objects.count() == 1


def test_scripts_are_told_who_is_signed_in_and_get_a_token():
    client, user = signed_in()
    answer = client.get("/actors/contacts/note/token/").json()
    assert (answer["user"], bool(answer["csrf"])) == (user.pk, True)
    assert save(Client(), "Hallo").status_code == 401
    assert save(client_of("reader"), "Hallo").status_code == 404


@pytest.mark.parametrize("text", ["tel @Ulla Neumann ", "tel @Ulla Neumann fragt nach der Halle"])
def test_a_new_name_of_two_words_becomes_one_person(text):
    client, _user = signed_in()
    PersonFactory.create(given_name="Ulla", family_name="Berger")
    save(client, text)
    actor, contact = Actor.objects.get(family_name="Neumann"), Contact.objects.get()
    assert (actor.name, actor.kind, actor.given_name) == ("Ulla Neumann", "person", "Ulla")
    assert (list(contact.actors.all()), contact.note in {"", "Ulla Neumann fragt nach der Halle"}) == (
        [actor],
        True,
    )


def test_the_family_name_of_somebody_known_takes_no_word_of_the_sentence_along():
    client, _user = signed_in()
    known = PersonFactory.create(given_name="Ulla", family_name="Neumann")
    save(client, "@Neumann Schlüssel abgeholt")
    contact = Contact.objects.get()
    assert (list(contact.actors.all()), contact.note) == ([known], "Neumann Schlüssel abgeholt")
    assert Actor.objects.count() == 1


def names(count):
    return " ".join(f"@Gruppe{number}," for number in range(count))


@pytest.mark.parametrize("count", [26, 41, 500])
def test_more_names_than_one_note_takes_are_refused_and_nobody_is_dropped(count):
    client, _user = signed_in()
    answer = save(client, names(count))
    errors = answer.json()["errors"]
    assert (answer.status_code, list(errors), Contact.objects.count(), Actor.objects.count()) == (
        422,
        ["text"],
        0,
        0,
    )
    assert (str(count) in errors["text"][0], "25" in errors["text"][0]) == (True, True)
    page = client.post(SAVE, {"text": names(count)}, **HTMX)
    assert (page.status_code, errors["text"][0] in page.content.decode()) == (422, True)
    said = client.post(PARSE, {"text": names(count)}, **HTMX).content.decode()
    assert errors["text"][0] in said
    form = client.post("/actors/contacts/new/", {"text": names(count), "from_note": "1"})
    assert errors["text"][0] in form.content.decode()


def test_as_many_names_as_one_note_takes_are_all_logged():
    client, _user = signed_in()
    assert save(client, names(25)).status_code == 200
    assert Contact.objects.get().actors.count() == 25


def test_the_same_name_said_often_is_one_name():
    client, _user = signed_in()
    assert save(client, "@Gruppe, " * 40).status_code == 200
    assert Contact.objects.get().actors.count() == 1
