"""Writing down who took part, all of a list or nothing."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from actors.models import Actor, Affiliation
from events.models import Participation
from events.services.participants import NewActor, NewParticipant, add_participants, mark_registered_present
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory, ActorTypeFactory, PersonFactory
from tests.factories.events import EventFactory, ParticipationFactory, ParticipationRoleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def add():
    event, role = EventFactory.create(), ParticipationRoleFactory.create()

    def run(*entries, state="attended", user=None):
        result = add_participants(
            event=event, entries=entries, role=role, state=state, user=user or UserFactory.create()
        )
        return result.added, result.changed, result.unchanged, result.created

    run.event, run.role = event, role
    return run


def new_person(name="Ada Neu", **kwargs):
    given, _space, family = name.rpartition(" ")
    return NewActor(
        kind="person",
        actor_type=ActorTypeFactory(code="resident"),
        name=name,
        given_name=given,
        family_name=family,
        **kwargs,
    )


def recorded():
    return sorted(Participation.objects.values_list("actor__name", "state", "version"))


def test_actors_of_the_register_and_new_ones_are_recorded_together(add):
    verein = ActorFactory.create(name="Verein Süd")
    assert add(NewParticipant(actor=verein), NewParticipant(new=new_person())) == (2, 0, 0, 1)
    assert recorded() == [("Ada Neu", "attended", 1), ("Verein Süd", "attended", 1)]
    assert Actor.objects.persons().values_list(
        "given_name", "family_name", "sort_name", "search_names"
    ).get() == (
        "Ada",
        "Neu",
        "neu ada",
        "ada neu",
    )


def test_the_same_list_sent_twice_changes_nothing(add):
    entries = [NewParticipant(actor=ActorFactory.create(name="Verein Süd")), NewParticipant(new=new_person())]
    add(*entries)
    before = recorded()
    assert add(*entries) == (0, 0, 2, 0)
    assert recorded() == before
    assert Actor.objects.persons().count() == 1


def test_a_namesake_that_the_user_saw_does_not_keep_from_adding_another(add):
    namesake = PersonFactory.create(given_name="Ada", family_name="Neu")
    assert add(NewParticipant(new=new_person(known=frozenset({namesake.pk})))) == (1, 0, 0, 1)
    assert Actor.objects.persons().count() == 2


def test_who_is_recorded_in_the_role_gets_the_new_state_only(add):
    row = ParticipationFactory.create(event=add.event, role=add.role, state="registered", people_brought=3)
    assert add(NewParticipant(actor=row.actor)) == (0, 1, 0, 0)
    row.refresh_from_db()
    assert (row.state, row.people_brought, row.version) == ("attended", 3, 2)


def test_the_organisation_in_brackets_becomes_an_affiliation_of_a_new_person(add):
    verein = ActorFactory.create(name="Verein Süd")
    entry = NewParticipant(new=new_person(organisation=verein))
    add(entry)
    add(entry)
    assert list(Affiliation.objects.values_list("person__name", "organisation__name")) == [
        ("Ada Neu", "Verein Süd")
    ]


def test_an_organisation_can_be_represented_by_a_person_but_not_by_itself_or_an_organisation(add):
    verein, person = ActorFactory.create(), PersonFactory.create()
    add(NewParticipant(actor=verein, represented_by=person))
    assert Participation.objects.get().represented_by == person
    for wrong in (person, ActorFactory.create()):
        with pytest.raises(ValidationError):
            add(NewParticipant(actor=person, represented_by=wrong))
    assert Participation.objects.count() == 1


def test_nothing_is_written_when_one_name_is_impossible(add):
    entries = [NewParticipant(new=new_person("Ada Neu")), NewParticipant(new=new_person("Bob " + "x" * 300))]
    with pytest.raises(ValidationError):
        add(*entries)
    assert (Participation.objects.count(), Actor.objects.count()) == (0, 0)


def test_volunteers_add_participants_but_no_actors_and_readers_neither(add):
    volunteer, reader = UserFactory.create(role="volunteer"), UserFactory.create(role="reader")
    known, new = NewParticipant(actor=ActorFactory.create()), NewParticipant(new=new_person())
    assert add(known, user=volunteer) == (1, 0, 0, 0)
    for entries, user in (([known, new], volunteer), ([known], reader)):
        with pytest.raises(PermissionDenied):
            add(*entries, user=user)
    assert (Participation.objects.count(), Actor.objects.persons().count()) == (1, 0)


def test_the_number_of_queries_does_not_grow_with_the_list(add, django_assert_num_queries):
    def count(size):
        known = [NewParticipant(actor=ActorFactory.create()) for _ in range(size)]
        new = [NewParticipant(new=new_person(f"Ada Neu{size}x{n}")) for n in range(size)]
        user = UserFactory.create()
        with django_assert_num_queries(7):
            add(*known, *new, user=user)

    count(1)
    count(20)


def test_all_who_registered_can_be_set_to_attended_at_once(add):
    ParticipationFactory.create_batch(2, event=add.event, role=add.role, state="registered")
    ParticipationFactory.create(event=add.event, role=add.role, state="excused")
    ParticipationFactory.create(state="registered")
    assert mark_registered_present(event=add.event, user=UserFactory.create(role="volunteer")) == 2
    states = add.event.participations.order_by("state").values_list("state", flat=True)
    assert list(states) == ["attended", "attended", "excused"]
