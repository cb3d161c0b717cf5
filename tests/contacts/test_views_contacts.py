"""Pages of the contact log: quick to fill, hard to get wrong, and closed to who may not read."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from actors.models import Actor
from contacts.models import Contact, FollowUp
from tests.actors.pages import client_of, codes, contact, signed_in
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory, PersonFactory, TopicFactory
from tests.factories.contacts import ContactChannelFactory, ContactFactory, FollowUpFactory

pytestmark = pytest.mark.django_db
LIST, NEW = "/actors/contacts/", "/actors/contacts/new/"


def rows(client, query=""):
    table = client.get(LIST + query).context["table"]
    return [row.record.subject for row in table.paginated_rows]


def test_a_call_with_a_follow_up_needs_a_note_and_a_day():
    client, user = signed_in()
    actor = ActorFactory.create()
    response = client.post(NEW, contact(actors=[actor.pk], follow_up_due="2030-01-02"))
    logged, follow_up = Contact.objects.get(), FollowUp.objects.get()
    assert response["Location"] == actor.get_absolute_url()
    assert (logged.staff, list(logged.actors.all()), logged.date) == (user, [actor], dt.date(2021, 5, 4))
    assert (follow_up.contact, follow_up.assignee, follow_up.due) == (logged, user, dt.date(2030, 1, 2))


def test_the_form_begins_with_the_usual_and_what_the_address_says():
    client, user = signed_in()
    actor = PersonFactory.create()
    form = client.get(f"{NEW}?actor={actor.pk}").context["form"]
    assert (form["actors"].value(), form["channel"].value()) == (
        [actor.pk],
        ContactChannelFactory.create(code="phone").pk,
    )
    assert (form["date"].value(), form["follow_up_assignee"].value()) == (timezone.localdate(), user.pk)


def test_the_channel_is_the_one_used_last():
    client, user = signed_in()
    ContactFactory.create(staff=user, channel__code="email")
    ContactFactory.create(channel__code="letter")
    form = client.get(NEW).context["form"]
    assert form["channel"].value() == ContactChannelFactory.create(code="email").pk


@pytest.mark.parametrize("actor", ["", "abc", "999999", "1 OR 1=1", "9" * 40, "-1"])
def test_an_actor_in_the_address_that_does_not_exist_is_no_actor(actor):
    assert client_of().get(NEW, {"actor": actor}).context["form"]["actors"].value() in (None, [])


def test_names_that_are_new_are_added_with_their_kind():
    client, known = client_of(), ActorFactory.create(name="Verein")
    data = contact(
        actors=[known.pk, "new:Erika Neu", "new: Club  Nord "],
        new_name=["Erika Neu", "Club Nord"],
        new_kind=["person", "body"],
        new_type=["resident", "body"],
    )
    client.post(NEW, data)
    added = Actor.objects.exclude(pk=known.pk)
    assert list(added.values_list("name", "kind", "actor_type__code")) == [
        ("Club Nord", "body", "body"),
        ("Erika Neu", "person", "resident"),
    ]
    assert Contact.objects.get().actors.count() == 3


def test_a_new_name_alone_is_enough_and_its_kind_is_guessed():
    client_of().post(NEW, contact(actors=["new:Erika Neu"]))
    assert Actor.objects.values_list("name", "kind", "actor_type__code").get() == (
        "Erika Neu",
        "person",
        "resident",
    )


def test_the_form_asks_about_new_names_while_they_are_entered():
    known = ActorFactory.create(name="Sportverein Nord")
    answer = client_of().post("/actors/options/new/", {"actors": [known.pk, "new:Sportvereine Nord"]})
    [row] = answer.context["rows"]
    assert (row.name, row.kind, row.similar) == ("Sportvereine Nord", "organisation", [known])
    assert Actor.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"actors": []}, "actors"),
        ({"actors": ["999999"]}, "actors"),
        ({"actors": ["abc"]}, "actors"),
        ({"actors": ["new:" + "x" * 300]}, "actors"),
        ({"actors": ["new:a\x00b"]}, "actors"),
        ({"note": ""}, "note"),
        ({"note": "x" * 20_001}, "note"),
        ({"note": "a\x00b"}, "note"),
        ({"date": "2021-02-30"}, "date"),
        ({"date": "2190-01-01"}, "date"),
        ({"channel": "999"}, "channel"),
        ({"duration_minutes": "0"}, "duration_minutes"),
        ({"follow_up_due": "31.02.2030"}, "follow_up_due"),
        ({"follow_up_due": "2020-01-01"}, "follow_up_due"),
        ({"follow_up_text": "Anrufen"}, "follow_up_due"),
    ],
)
def test_a_bad_entry_is_named_once_and_nothing_is_saved(changes, field):
    actor = ActorFactory.create()
    response = client_of().post(NEW, contact(**{"actors": [actor.pk, "new:Erika Neu"], **changes}))
    errors_by_field = {name: len(errors) for name, errors in response.context["form"].errors.items()}
    assert (response.status_code, errors_by_field) == (422, {field: 1})
    assert (Contact.objects.count(), FollowUp.objects.count(), Actor.objects.count()) == (0, 0, 1)


def test_twenty_thousand_characters_are_a_note():
    actor = ActorFactory.create()
    client_of().post(NEW, contact(actors=[actor.pk], note="ä" * 20_000))
    assert len(Contact.objects.get().note) == 20_000


def test_a_volunteer_is_not_given_a_follow_up_about_a_confidential_contact():
    actor, volunteer = ActorFactory.create(), UserFactory.create(role="volunteer")
    data = contact(
        actors=[actor.pk],
        is_confidential="on",
        follow_up_due="2030-01-01",
        follow_up_assignee=volunteer.pk,
    )
    response = client_of().post(NEW, data)
    assert list(response.context["form"].errors) == ["follow_up_assignee"]
    assert Contact.objects.count() == 0


def test_a_reader_is_not_offered_as_assignee():
    UserFactory.create(role="reader")
    UserFactory.create(is_active=False)
    client, user = signed_in()
    assert list(client.get(NEW).context["form"].fields["follow_up_assignee"].queryset) == [user]


def test_saving_and_next_opens_an_empty_form_for_the_same_actor():
    actor = ActorFactory.create()
    response = client_of().post(f"{NEW}?actor={actor.pk}", contact(actors=[actor.pk], _addanother="1"))
    assert response["Location"] == f"{NEW}?actor={actor.pk}"


def test_a_contact_is_corrected_without_losing_anything():
    topic, actor = TopicFactory.create(), ActorFactory.create()
    logged = ContactFactory.create(actors=[actor])
    logged.topics.add(topic)
    FollowUpFactory.create(contact=logged)
    author = logged.staff
    data = contact(actors=[actor.pk], topics=[topic.pk], note="Neu", version=logged.version)
    response = client_of().post(f"{LIST}{logged.pk}/edit/", data)
    logged.refresh_from_db()
    assert response["Location"] == logged.get_absolute_url()
    assert (logged.note, logged.staff, list(logged.topics.all())) == ("Neu", author, [topic])
    assert FollowUp.objects.count() == 1


def test_the_second_of_two_editors_is_told():
    logged = ContactFactory.create()
    client = client_of()
    data = contact(actors=[logged.actors.get().pk], version=logged.version)
    client.post(f"{LIST}{logged.pk}/edit/", {**data, "note": "Erste"})
    response = client.post(f"{LIST}{logged.pk}/edit/", {**data, "note": "Zweite"})
    assert codes(response.context["form"]) == {"__all__": ["conflict"]}
    assert Contact.objects.get().note == "Erste"


def test_a_contact_is_deleted_with_its_follow_ups():
    logged = FollowUpFactory.create(contact=ContactFactory.create()).contact
    client_of().post(f"{LIST}{logged.pk}/delete/")
    assert (Contact.objects.count(), FollowUp.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (f"{LIST}?q=fest&page=2", f"{LIST}?q=fest&page=2"),
        ("", LIST),
        ("https://example.org/", LIST),
        ("//example.org/", LIST),
        ("javascript:alert(1)", LIST),
    ],
)
def test_deleting_returns_to_the_list_as_it_was_left_and_to_no_other_site(sent, expected):
    logged = ContactFactory.create()
    client = client_of()
    page = client.get(f"{LIST}{logged.pk}/delete/").content.decode()
    assert f'<input type="hidden" name="next" value="{LIST}" data-way-back>' in page
    response = client.post(f"{LIST}{logged.pk}/delete/", {"next": sent})
    assert (response.status_code, response["Location"]) == (302, expected)
    assert Contact.objects.count() == 0


def test_the_log_asks_as_much_for_three_contacts_as_for_one():
    client = client_of()

    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get(LIST)
        return len(captured)

    ContactFactory.create(actors=[ActorFactory.create(), PersonFactory.create()])
    once = queries()
    ContactFactory.create(actors=[ActorFactory.create(), PersonFactory.create()])
    ContactFactory.create()
    assert queries() == once


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Neu", "Mitte", "Alt"]),
        ("?since=2020-01-01", ["Neu", "Mitte"]),
        ("?until=2020-06-01", ["Mitte", "Alt"]),
        ("?q=ÄRGER", ["Alt"]),
        ("?q=kita+sonne", ["Mitte"]),
        ("?channel=email", ["Neu"]),
        ("?direction=out", ["Mitte"]),
        ("?sort=title", ["Alt", "Mitte", "Neu"]),
    ],
)
def test_the_log_is_filtered_and_sorted(query, expected):
    ContactFactory.create(subject="Alt", date=dt.date(2019, 1, 1), note="ärger mit dem Müll")
    kita = ActorFactory.create(name="Kita Sonne")
    ContactFactory.create(subject="Mitte", date=dt.date(2020, 6, 1), actors=[kita], direction="out")
    ContactFactory.create(subject="Neu", date=dt.date(2021, 1, 1), channel__code="email")
    assert rows(client_of(), query) == expected


def test_the_log_of_one_actor():
    actor = ActorFactory.create()
    ContactFactory.create(subject="Seins", actors=[actor])
    ContactFactory.create(subject="Fremd")
    assert rows(client_of(), f"?actor={actor.pk}") == ["Seins"]


def test_a_volunteer_reads_what_they_logged_themselves():
    client, user = signed_in("volunteer")
    own = ContactFactory.create(subject="Eigenes", staff=user)
    foreign = ContactFactory.create(subject="Fremdes")
    secret = ContactFactory.create(subject="Geheimes", is_confidential=True)
    assert rows(client) == ["Eigenes"]
    assert (rows(client, "?q=fremdes"), rows(client, "?q=geheimes")) == ([], [])
    statuses = [client.get(one.get_absolute_url()).status_code for one in (own, foreign, secret)]
    assert statuses == [200, 404, 404]


@pytest.mark.parametrize("address", [LIST, NEW, f"{LIST}1/", f"{LIST}1/edit/", f"{LIST}1/delete/"])
def test_for_a_reader_there_is_no_contact_log(address):
    assert client_of("reader").get(address).status_code == 404


def test_a_script_in_a_note_is_inert():
    logged = ContactFactory.create(subject="", note="<script>alert(1)</script>")
    client = client_of()
    for address in (LIST, logged.get_absolute_url()):
        assert b"<script>alert" not in client.get(address).content


def test_a_form_sent_twice_logs_one_contact():
    client, _user = signed_in()
    form = contact(actors=[ActorFactory.create().pk, "new:Club Nord"], source_key="k1")
    first, second = (client.post(NEW, form) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert (Contact.objects.count(), Actor.objects.count()) == (1, 2)


def test_the_second_of_two_windows_is_told_and_may_log_its_text_as_well():
    client, _user = signed_in()
    form = contact(actors=[ActorFactory.create().pk], source_key="k1")
    client.post(NEW, form)
    stored = Contact.objects.get()
    answer = client.post(NEW, {**form, "note": "Etwas anderes"})
    assert (answer.status_code, Contact.objects.count()) == (422, 1)
    assert stored.get_absolute_url() in answer.content.decode()
    again = {**form, "note": "Etwas anderes", "source_key": answer.context["draft_key"]}
    assert client.post(NEW, again).status_code == 302
    assert Contact.objects.count() == 2


def test_the_full_form_takes_over_what_the_quick_note_says():
    client, _user = signed_in()
    actor = ActorFactory.create(name="Verein Beispiel")
    text = 'tel raus @Verein Beispiel und @"Club Nord" wollen die Halle #Sport 15min wv gestern'
    answer = client.post(NEW, {"text": text, "source_key": "k1", "_draft": "abc", "from_note": "1"})
    form = answer.context["form"]
    assert (answer.status_code, Contact.objects.count()) == (200, 0)
    assert form["actors"].value() == [actor.pk, "new:Club Nord"]
    drawn = form["actors"].field.widget.get_context("actors", form["actors"].value(), {})
    assert [row.name for row in drawn["rows"]] == ["Club Nord"]
    assert form["note"].value() == "Verein Beispiel und Club Nord wollen die Halle Sport wv gestern"
    assert (form["direction"].value(), form["duration_minutes"].value()) == ("out", 15)
    phone = ContactChannelFactory.create(code="phone")
    assert (answer.context["draft_key"], form["channel"].value()) == ("k1", phone.pk)
    assert 'data-draft-token="abc"' in answer.content.decode()


def test_what_the_full_form_logged_can_be_undone_at_once():
    client, _user = signed_in()
    answer = client.post(NEW, contact(actors=["new:Club Nord"]), follow=True)
    undo = next(message.extra_tags for message in answer.context["messages"])
    client.post(undo)
    assert (Contact.objects.count(), Actor.objects.count()) == (0, 0)
