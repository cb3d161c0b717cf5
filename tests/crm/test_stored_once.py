"""Creating forms that are sent twice: stored once, and nothing that was typed otherwise is lost."""

import datetime as dt
import re
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from actors.models import Actor, ActorGroup, Affiliation, Relation
from contacts.models import CalendarFeed, Concern, Contact, FollowUp
from core.models.drafts import DraftKey
from core.stored_once import purge_keys
from events.models import ConsultationHours, Event, EventContact, EventSeries, Participation, Space
from reports.models import SavedReport
from tests.actors.pages import client_of, contact, organisation, signed_in
from tests.crm.matrix import MATRIX
from tests.crm.test_permission_matrix import url_of
from tests.crm.test_undo_pages import paste
from tests.crm.world import World
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory, PersonFactory
from tests.factories.contacts import ConcernFactory, ConcernKindFactory, ContactFactory
from tests.factories.events import EventFactory, EventTypeFactory

pytestmark = pytest.mark.django_db
SAVED_ALREADY = "Das ist schon gespeichert. Es wurde nichts doppelt angelegt."
KEY = re.compile(r'name="source_key" value="([^"]+)"')


def messages_of(answer: Any) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


def key_on(client: Any, address: str) -> str:
    """Open a page and return the key that its first form carries."""
    return KEY.findall(client.get(address).content.decode())[0]


def rows_of(prefix: str) -> dict[str, str]:
    counts = {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0"}
    return {f"{prefix}-{name}": value for name, value in counts.items()}


def create_forms() -> dict[str, tuple[str, dict[str, Any], Any]]:
    """Return for each creating page its address, a filled form, and what it makes."""
    actor, person, event = ActorFactory.create(), PersonFactory.create(), EventFactory.create()
    kind, event_type = ConcernKindFactory.create(), EventTypeFactory.create()
    concern = {"kind": kind.pk, "raised_on": "2021-05-04", "text": "Laterne kaputt"}
    return {
        "actor": (reverse("actors:actor_create"), organisation(), Actor),
        "contact": (reverse("contacts:contact_create"), contact(actors=[actor.pk]), Contact),
        "contact of an event": (
            reverse("events:event_contact_create", args=[event.pk]),
            contact(actors=[actor.pk]),
            Contact,
        ),
        "concern": (reverse("contacts:concern_create"), concern, Concern),
        "concern of an event": (reverse("events:concern_create", args=[event.pk]), concern, Concern),
        "follow-up": (
            reverse("contacts:follow_up_create"),
            {"due": "2030-01-02", "text": "Anrufen", "assignee": UserFactory.create().pk},
            FollowUp,
        ),
        "relation": (
            reverse("actors:relation_create", args=[actor.pk]),
            {"kind": "cooperates:out", "strength": "3", "other": ActorFactory.create().pk},
            Relation,
        ),
        "affiliation": (
            reverse("actors:affiliation_create", args=[actor.pk]),
            {"other": person.pk, "role": "Vorsitz"},
            Affiliation,
        ),
        "group": (reverse("actors:group_create"), {"name": "Runde"}, ActorGroup),
        "event": (
            reverse("events:event_create"),
            {"title": "Fest", "event_type": event_type.pk, "status": "planned", "mode": "on_site"},
            Event,
        ),
        "series": (
            reverse("events:series_create"),
            {
                "name": "Stadtteilfest",
                "event_type": event_type.pk,
                "rhythm": "yearly",
                "decision": "undecided",
                **rows_of("former_names"),
                **rows_of("carriers"),
                **rows_of("tasks"),
            },
            EventSeries,
        ),
        "space": (reverse("events:space_create"), {"name": "Saal"}, Space),
        "hours": (
            reverse("events:hours_create"),
            {"weekday": "1", "start": "09:00", "end": "11:00", "season": "always"},
            ConsultationHours,
        ),
    }


KINDS = [
    *("actor", "contact", "contact of an event", "concern", "concern of an event", "follow-up", "relation"),
    *("affiliation", "group", "event", "series", "space", "hours"),
]


@pytest.mark.parametrize("kind", KINDS)
def test_a_form_sent_twice_is_stored_once_and_leads_to_the_same_place(kind):
    client = client_of()
    address, form, model = create_forms()[kind]
    form = form | {"source_key": key_on(client, address)}
    before = model.objects.count()
    first = client.post(address, form)
    assert first.status_code == 302, first.context["form"].errors
    second = client.post(address, form)
    assert (second.status_code, second["Location"]) == (302, first["Location"])
    assert (model.objects.count(), messages_of(second)[-1]) == (before + 1, SAVED_ALREADY)


# An e-mail is known by its own key, however often it is taken in.
CREATE_PAGES = [
    line for line in MATRIX if line.route.endswith("_create") and line.route != "contacts:email_create"
]


@pytest.mark.parametrize("line", CREATE_PAGES, ids=str)
def test_every_creating_page_carries_a_key_each_time_another(line):
    client, user = signed_in("management")
    address = url_of(line, World(follow_ups_of=user))
    if client.get(address).status_code == 200:
        assert key_on(client, address) != key_on(client, address)


def test_an_editing_page_carries_none():
    concern = ConcernFactory.create()
    page = client_of().get(reverse("contacts:concern_update", args=[concern.pk])).content.decode()
    assert KEY.findall(page) == []


def test_the_way_back_and_another_text_asks_instead_of_losing_either():
    client = client_of()
    address, form, _model = create_forms()["concern"]
    form = form | {"source_key": key_on(client, address)}
    client.post(address, form)
    stored = Concern.objects.get()
    answer = client.post(address, form | {"text": "Bank kaputt"})
    page = answer.content.decode()
    assert (answer.status_code, Concern.objects.count()) == (422, 1)
    assert (f'href="{stored.get_absolute_url()}"' in page, "Bank kaputt" in page) == (True, True)
    [fresh] = set(KEY.findall(page))
    assert fresh != form["source_key"]
    assert client.post(address, form | {"text": "Bank kaputt", "source_key": fresh}).status_code == 302
    assert sorted(Concern.objects.values_list("text", flat=True)) == ["Bank kaputt", "Laterne kaputt"]


def test_save_and_next_begins_a_form_of_its_own():
    client = client_of()
    address, form, _model = create_forms()["event"]
    first = form | {"source_key": key_on(client, address), "_addanother": "1"}
    answer = client.post(address, first)
    assert answer["Location"] == address
    client.post(address, form | {"source_key": key_on(client, answer["Location"])})
    assert Event.objects.filter(title="Fest").count() == 2
    client.post(address, first)
    assert Event.objects.filter(title="Fest").count() == 2


def test_what_was_refused_is_stored_when_it_is_mended():
    client = client_of()
    address, form, _model = create_forms()["concern"]
    form = form | {"source_key": key_on(client, address)}
    wrong = client.post(address, form | {"text": ""})
    assert set(KEY.findall(wrong.content.decode())) == {form["source_key"]}
    assert client.post(address, form).status_code == 302
    assert Concern.objects.count() == 1


def test_what_was_deleted_can_be_saved_again():
    client = client_of()
    address, form, _model = create_forms()["concern"]
    form = form | {"source_key": "k1"}
    client.post(address, form)
    Concern.objects.all().delete()
    client.post(address, form)
    assert Concern.objects.count() == 1


def test_a_key_belongs_to_one_person():
    address, form, _model = create_forms()["concern"]
    for client in (client_of(), client_of()):
        assert client.post(address, form | {"source_key": "k1"}).status_code == 302
    assert Concern.objects.count() == 2


@pytest.mark.parametrize("key", ["", "a b", "x" * 65, "\x00", "<b>"])
def test_a_form_without_a_sound_key_is_stored_each_time(key):
    client = client_of()
    address, form, _model = create_forms()["concern"]
    for _ in range(2):
        assert client.post(address, form | {"source_key": key}).status_code == 302
    assert (Concern.objects.count(), DraftKey.objects.count()) == (2, 0)


def test_a_pasted_list_sent_twice_is_recorded_once():
    client, event = client_of(), EventFactory.create()
    first = paste(client, event, "Carla Neumann", source_key=key_on(client, paste_address(event)))
    second = client.post(first.wsgi_request.path, first.wsgi_request.POST)
    assert second["Location"] == first["Location"]
    assert (messages_of(second)[-1], Participation.objects.count()) == (SAVED_ALREADY, 1)


def test_whoever_lost_the_first_answer_can_take_it_back_from_the_second():
    client = client_of()
    address, form, _model = create_forms()["contact"]
    answers = [client.post(address, form | {"source_key": "k1"}) for _ in range(2)]
    first, second = (list(get_messages(answer.wsgi_request))[-1].extra_tags for answer in answers)
    assert first == second
    client.post(second)
    assert Contact.objects.count() == 0


def paste_address(event: Event) -> str:
    return reverse("events:participation_paste", args=[event.pk])


def test_a_pasted_list_that_was_taken_back_can_be_pasted_again():
    client, event = client_of(), EventFactory.create()
    answer = paste(client, event, "Carla Neumann", source_key="k1")
    undo = list(get_messages(answer.wsgi_request))[-1].extra_tags
    client.post(undo)
    assert Participation.objects.count() == 0
    paste(client, event, "Carla Neumann", source_key="k1")
    assert Participation.objects.count() == 1


def test_a_longer_list_under_the_same_key_is_recorded_as_well():
    client, event = client_of(), EventFactory.create()
    paste(client, event, "Carla Neumann", source_key="k1")
    paste(client, event, "Carla Neumann\nDora Neumann", source_key="k1")
    assert Participation.objects.count() == 2


def small_forms(user: Any) -> dict[str, tuple[str, str, dict[str, Any], Any]]:
    """Return forms on other pages: where each stands, where it is sent, what is sent, and what it makes."""
    concern, actor, event = ConcernFactory.create(), ActorFactory.create(), EventFactory.create()
    feeds, chosen = reverse("contacts:feed_list"), reverse("actors:group_from_selection")
    contacts = reverse("events:event_contacts", args=[event.pk])
    return {
        "reminder": (
            concern.get_absolute_url(),
            reverse("contacts:concern_remind", args=[concern.pk]),
            {"due": "2030-01-02", "assignee": user.pk},
            FollowUp,
        ),
        "group of chosen": (
            f"{chosen}?ids={actor.pk}",
            chosen,
            {"ids": str(actor.pk), "name": "Runde", "_save": "1"},
            ActorGroup,
        ),
        "feed": (feeds, feeds, {"scope": "mine"}, CalendarFeed),
        "contact at an event": (
            contacts,
            reverse("events:event_contact_add", args=[event.pk]),
            {"contact": ContactFactory.create().pk},
            EventContact,
        ),
        "saved report": (
            reverse("reports:report", args=["coverage"]),
            reverse("reports:saved_list"),
            {"kind": "coverage", "query": "", "note": "Anhang"},
            SavedReport,
        ),
    }


@pytest.mark.parametrize(
    "kind", ["reminder", "group of chosen", "feed", "contact at an event", "saved report"]
)
def test_a_small_form_on_another_page_is_stored_once_as_well(kind):
    client, user = signed_in("management")
    page, address, form, model = small_forms(user)[kind]
    form = form | {"source_key": key_on(client, page)}
    first, second = (client.post(address, form) for _ in range(2))
    assert first.status_code in {200, 302}
    assert (second.status_code, messages_of(second)[-1]) == (302, SAVED_ALREADY)
    assert client.get(second["Location"], follow=True).status_code == 200
    assert model.objects.count() == 1


def test_headcounts_sent_twice_are_the_same_numbers():
    client, event = client_of(), EventFactory.create()
    address = reverse("events:event_headcounts", args=[event.pk])
    form = {"n_unknown_x": "12", "method": "counted", "stamp": "", "source_key": key_on(client, address)}
    first, second = (client.post(address, form) for _ in range(2))
    assert (first.status_code, second.status_code, messages_of(second)) == (302, 302, [SAVED_ALREADY])
    assert list(event.headcounts.values_list("count", "version")) == [(12, 1)]


def test_keys_are_forgotten_when_no_browser_will_send_them_again():
    user = UserFactory.create()
    old, fresh = (DraftKey.objects.create(owner=user, key=key, digest="") for key in ("a", "b"))
    for key, hours in ((old, 0), (fresh, 1)):
        age = dt.timedelta(days=90) - dt.timedelta(hours=hours)
        DraftKey.objects.filter(pk=key.pk).update(created_at=timezone.now() - age)
    assert purge_keys() == 1
    assert list(DraftKey.objects.all()) == [fresh]
