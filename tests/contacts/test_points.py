"""What was talked about in a contact, point by point, each with a follow-up of its own."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from contacts.models import Contact, DiscussionPoint, FollowUp
from tests.api import client_of
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory, TopicFactory
from tests.factories.contacts import (
    ContactChannelFactory,
    ContactFactory,
    DiscussionPointFactory,
    FollowUpFactory,
)

pytestmark = pytest.mark.django_db
NEW = "/actors/contacts/new/"


@pytest.fixture
def user() -> Any:
    return UserFactory.create()


@pytest.fixture
def client(client: Client, user: Any) -> Client:
    client.force_login(user)
    return client


def rows(*points: dict[str, Any], initial: int = 0) -> dict[str, Any]:
    """Return what a browser sends for these rows."""
    sent = {"points-TOTAL_FORMS": len(points), "points-INITIAL_FORMS": initial}
    for number, point in enumerate(points):
        sent |= {f"points-{number}-{name}": value for name, value in point.items()}
    return sent


def contact_data(**more: Any) -> dict[str, Any]:
    channel = ContactChannelFactory.create()
    today = timezone.localdate().isoformat()
    actor = ActorFactory.create()
    base = {"actors": [actor.pk], "note": "Gespräch", "channel": channel.pk, "direction": "in", "date": today}
    return base | more


def test_points_are_logged_with_the_contact_and_numbered(client, user):
    due = timezone.localdate() + dt.timedelta(days=3)
    topic = TopicFactory.create()
    sent = contact_data(
        **rows(
            {"text": "Zeltverleih", "topic": topic.pk, "due": due.isoformat(), "assignee": user.pk},
            {"text": "Schlüssel für die Halle"},
            {"text": ""},
        )
    )

    assert client.post(NEW, sent).status_code == 302

    contact = Contact.objects.get()
    stored = list(contact.points.values_list("position", "text", "topic", "needs_follow_up"))
    assert stored == [(1, "Zeltverleih", topic.pk, True), (2, "Schlüssel für die Halle", None, False)]
    follow_up = FollowUp.objects.get()
    assert (follow_up.point, follow_up.contact) == (contact.points.get(position=1), contact)
    assert (follow_up.due, follow_up.assignee, follow_up.actor) == (due, user, contact.actors.get())


def test_a_point_that_needs_a_follow_up_without_a_day_gets_one_in_a_week(client, user):
    client.post(NEW, contact_data(**rows({"text": "Zeltverleih", "needs_follow_up": "on"})))

    follow_up = FollowUp.objects.get()
    assert (follow_up.due, follow_up.assignee) == (timezone.localdate() + dt.timedelta(days=7), user)


@pytest.mark.parametrize(
    ("row", "field", "message"),
    [
        ({"text": "", "needs_follow_up": "on"}, "text", "Dieses Feld ist zwingend erforderlich."),
        ({"text": "Zelt", "due": "2020-01-01"}, "due", "Dieser Tag ist vorbei."),
        ({"text": "Zelt", "due": "31.02.2030"}, "due", "Bitte geben Sie ein gültiges Datum ein."),
    ],
)
def test_an_error_stands_at_its_row_and_nothing_is_stored(client, row, field, message):
    answer = client.post(NEW, contact_data(**rows(row)))

    assert answer.status_code == 422
    assert answer.context["form"].points.forms[0].errors[field] == [message]
    assert (Contact.objects.count(), DiscussionPoint.objects.count()) == (0, 0)


def test_nobody_is_given_a_point_of_a_confidential_contact_that_they_may_not_see(client):
    volunteer = UserFactory.create(role="volunteer")
    due = timezone.localdate().isoformat()
    row = {"text": "Zelt", "due": due, "assignee": volunteer.pk}

    answer = client.post(NEW, contact_data(is_confidential="on", **rows(row)))

    assert answer.status_code == 422
    assert list(answer.context["form"].points.forms[0].errors) == ["assignee"]
    assert Contact.objects.count() == 0


def test_points_are_corrected_added_and_deleted_and_keep_their_follow_ups(client):
    contact = ContactFactory.create()
    kept, gone = (DiscussionPointFactory.create(contact=contact, position=n) for n in (1, 2))
    FollowUpFactory.create(contact=contact, point=kept, due=timezone.localdate())
    page = client.get(f"/actors/contacts/{contact.pk}/edit/")
    assert "due" not in page.context["form"].points.forms[0].fields
    sent = contact_data(
        **rows(
            {"id": kept.pk, "text": "Anders gesagt", "version": kept.version},
            {"id": gone.pk, "text": gone.text, "version": gone.version, "DELETE": "on"},
            {"text": "Neu"},
            initial=2,
        )
    )

    assert client.post(f"/actors/contacts/{contact.pk}/edit/", sent).status_code == 302

    assert list(contact.points.values_list("position", "text")) == [(1, "Anders gesagt"), (2, "Neu")]
    assert FollowUp.objects.get().point == kept


def test_a_form_that_was_sent_without_rows_leaves_the_points_alone(client):
    point = DiscussionPointFactory.create()

    client.post(f"/actors/contacts/{point.contact.pk}/edit/", contact_data())

    assert list(point.contact.points.all()) == [point]


def test_the_page_shows_the_state_of_each_follow_up(client, user):
    contact = ContactFactory.create()
    today = timezone.localdate()
    states = {"offen": today, "überfällig": today - dt.timedelta(days=1)}
    for word, due in states.items():
        point = DiscussionPointFactory.create(contact=contact, text=f"Punkt {word}")
        FollowUpFactory.create(contact=contact, point=point, due=due, assignee=user)
    done = DiscussionPointFactory.create(contact=contact, text="Punkt erledigt")
    FollowUpFactory.create(contact=contact, point=done, done_at=timezone.now(), done_by=user)
    DiscussionPointFactory.create(contact=contact, text="Punkt ohne", needs_follow_up=True)

    html = client.get(contact.get_absolute_url()).content.decode()

    for word in ("offen", "überfällig", "erledigt"):
        after = html.split(f"Punkt {word}")[1]
        assert word in after[: after.index("</div>")]
    assert "Braucht eine Wiedervorlage, keine ist geplant." in html.split("Punkt ohne")[1]


def test_the_contact_is_found_by_its_points_as_long_as_they_are_there(client):
    point = DiscussionPointFactory.create(text="Schlüsselübergabe")

    assert list(Contact.objects.matching("schluesseluebergabe")) == [point.contact]

    point.delete()
    assert list(Contact.objects.matching("schluesseluebergabe")) == []


def test_the_list_counts_points_and_what_is_open(client):
    contact = ContactFactory.create()
    points = DiscussionPointFactory.create_batch(2, contact=contact)
    FollowUpFactory.create(contact=contact, point=points[0])

    html = client.get("/actors/contacts/").content.decode()

    assert '2 <span class="tag tag-info">1 offen</span>' in html


def test_volunteers_see_the_points_of_their_own_contacts_only():
    hidden = DiscussionPointFactory.create()
    client = client_of("volunteer")
    own = DiscussionPointFactory.create(contact=ContactFactory.create(staff=client.user))

    assert [row["id"] for row in client.get("/api/v1/discussion-points/").data["results"]] == [own.pk]
    assert client.get(f"/api/v1/discussion-points/{hidden.pk}/").status_code == 404
    assert client_of("reader").get("/api/v1/discussion-points/").status_code == 404


def test_the_api_adds_points_and_follow_ups_of_them():
    client, contact = client_of("staff"), ContactFactory.create()
    answer = client.post("/api/v1/discussion-points/", {"contact": contact.pk, "text": "Zelt"})
    assert answer.status_code == 201
    sent = {
        "due": "2030-01-01",
        "assignee": UserFactory.create().pk,
        "contact": contact.pk,
        "point": answer.data["id"],
    }

    assert client.post("/api/v1/follow-ups/", sent).status_code == 201
    other = ContactFactory.create()
    assert client.post("/api/v1/follow-ups/", sent | {"contact": other.pk}).status_code == 400
