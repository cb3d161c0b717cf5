"""Taking back: everything is as it was, to the microsecond, or nothing happens and the reasons are said."""

import datetime as dt
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models
from django.utils import timezone

from actors.models import Actor, ActorGroup, Affiliation, Relation
from contacts.models import Concern, Contact, FollowUp, IncomingEmail
from core.models.undo import UndoStep
from core.undoing import CannotUndo, recording, take_back
from events.models import Event, EventContact, Headcount, Participation, TaskAssignment
from tests.factories.accounts import UserFactory
from tests.factories.actors import (
    ActorFactory,
    ActorGroupFactory,
    AffiliationFactory,
    FormerNameFactory,
    PersonFactory,
    PhoneNumberFactory,
    RelationFactory,
    TopicFactory,
)
from tests.factories.contacts import (
    AttachmentFactory,
    ConcernFactory,
    ContactFactory,
    DiscussionPointFactory,
    FollowUpFactory,
    IncomingEmailFactory,
)
from tests.factories.events import (
    EventContactFactory,
    EventFactory,
    EventSeriesFactory,
    HeadcountFactory,
    ParticipationFactory,
    TaskAssignmentFactory,
)

pytestmark = pytest.mark.django_db
DELETE = [("delete", Contact)]


def all_rows() -> dict[str, list[Any]]:
    """Return every row of every table, link tables too, except what undo itself remembers."""
    tables = [m for m in apps.get_models(include_auto_created=True) if m is not UndoStep]
    return {m._meta.label: list(m._base_manager.order_by("pk").values()) for m in tables}


def deleting(record: models.Model, user: Any, rights: Any = DELETE) -> UndoStep:
    """Delete a record the way its page does, and return what is remembered."""
    with recording(user=user, label="wieder da", rights=rights) as recorder:
        recorder.before_delete([record])
        record.delete()
    assert recorder.step is not None
    return recorder.step


def refused(step: UndoStep, user: Any) -> list[str]:
    """Try to take a step back, see that nothing happens, and return the reasons."""
    before = all_rows()
    with pytest.raises(CannotUndo) as caught:
        take_back(key=step.pk, user=user)
    assert all_rows() == before
    return caught.value.reasons


@pytest.fixture
def user():
    return UserFactory.create()


def test_a_contact_comes_back_with_all_that_hung_on_it_as_it_was(user):
    contact = ContactFactory.create(actors=[ActorFactory.create(), PersonFactory.create()], subject="Fest")
    contact.topics.add(TopicFactory.create())
    point = DiscussionPointFactory.create(contact=contact, text="Zuckerwatte")
    FollowUpFactory.create(contact=contact, point=point, repeats="week")
    EventContactFactory.create(contact=contact)
    ConcernFactory.create(contact=contact)
    IncomingEmailFactory.create(contact=contact)
    contact.refresh_from_db()
    contact.save()
    before = all_rows()
    step = deleting(contact, user)
    assert (Contact.objects.count(), FollowUp.objects.count(), EventContact.objects.count()) == (0, 0, 0)
    assert (Concern.objects.get().contact, IncomingEmail.objects.get().contact) == (None, None)
    take_back(key=step.pk, user=user)
    assert all_rows() == before
    assert list(Contact.objects.matching("zuckerwatte")) == [Contact.objects.get()]


def test_an_event_comes_back_with_its_participants_numbers_and_tasks(user):
    event = EventFactory.create(title="Sommerfest")
    event.topics.add(TopicFactory.create())
    ParticipationFactory.create(event=event, volunteer_hours="2.50", represented_by=PersonFactory.create())
    HeadcountFactory.create(event=event)
    TaskAssignmentFactory.create(event=event)
    EventContactFactory.create(event=event)
    before = all_rows()
    step = deleting(event, user, [("delete", Event)])
    assert (Event.objects.filter(pk=event.pk).count(), Participation.objects.count()) == (0, 0)
    take_back(key=step.pk, user=user)
    assert all_rows() == before
    assert Event.objects.matching("sommerfest").get().title == "Sommerfest"


def test_the_next_of_a_series_of_follow_ups_knows_its_predecessor_again(user):
    done = FollowUpFactory.create()
    FollowUpFactory.create(previous=done)
    before = all_rows()
    step = deleting(done, user, [("delete", FollowUp)])
    assert FollowUp.objects.get().previous is None
    take_back(key=step.pk, user=user)
    assert all_rows() == before


@pytest.mark.parametrize("factory", [FormerNameFactory, PhoneNumberFactory])
def test_search_finds_an_actor_by_what_came_back(user, factory):
    part = factory.create(
        **({"name": "Altname"} if factory is FormerNameFactory else {"number": "0123 4567"})
    )
    before = all_rows()
    step = deleting(part, user, [("delete", type(part))])
    assert not Actor.objects.matching("altname").exists()
    take_back(key=step.pk, user=user)
    assert all_rows() == before


def test_a_new_former_name_neither_stands_against_it_nor_is_forgotten_by_search(user):
    actor = ActorFactory.create(name="Verein", district="Nord")
    with recording(user=user, label="", rights=[("change", Actor)]) as recorder:
        recorder.before_change([actor])
        actor.name, actor.district = "Club", "West"
        actor.save()
    FormerNameFactory.create(actor=actor, name="Altname")
    take_back(key=recorder.step.pk, user=user)
    restored = Actor.objects.get()
    assert (restored.name, restored.district, restored.version) == ("Verein", "Nord", 1)
    assert [Actor.objects.matching(word).count() for word in ("verein", "altname", "club")] == [1, 1, 0]


def merge(keep: Actor, gone: Actor, recorder: Any) -> None:
    """Do what merging two actors will do: rows are moved, joined, made and deleted."""
    moved = [*Participation.objects.filter(actor=gone), *Affiliation.objects.filter(organisation=gone)]
    contacts, groups = list(gone.contacts.all()), list(gone.groups.all())
    recorder.before_change([keep, *moved, *contacts, *groups])
    recorder.before_delete([gone])
    twin = Participation.objects.filter(actor=gone, event__participations__actor=keep)
    twin.delete()
    Participation.objects.filter(actor=gone).update(actor=keep, version=models.F("version") + 1)
    for affiliation in Affiliation.objects.filter(organisation=gone):
        affiliation.organisation = keep
        affiliation.save()
    for owner in [*contacts, *groups]:
        members = owner.actors if isinstance(owner, Contact) else owner.members
        members.add(keep)
        members.remove(gone)
        owner.save()
    recorder.created([FormerNameFactory.create(actor=keep, name=gone.name)])
    external, gone.external_id = gone.external_id, ""
    gone.save()
    keep.external_id = external
    keep.refresh_search()
    keep.save()
    gone.delete()


def test_a_merge_of_two_actors_is_taken_back_as_a_whole(user):
    keep, gone = ActorFactory.create(name="Kita"), ActorFactory.create(name="Kiga", external_id="A1")
    event = EventFactory.create()
    ParticipationFactory.create(event=event, actor=keep)
    ParticipationFactory.create(event=event, actor=gone)
    ParticipationFactory.create(actor=gone)
    AffiliationFactory.create(organisation=gone)
    RelationFactory.create(source=keep, target=gone)
    ContactFactory.create(actors=[gone])
    ContactFactory.create(actors=[keep, gone])
    ActorGroupFactory.create(members=[gone])
    ConcernFactory.create(raised_by=gone)
    PhoneNumberFactory.create(actor=gone)
    before = all_rows()
    with recording(user=user, label="getrennt", rights=[("delete", Actor)]) as recorder:
        merge(keep, gone, recorder)
    kinds = {kind: len(rows) for kind, rows in recorder.step.snapshot.items()}
    assert all(kinds.values())
    assert (keep.participations.count(), keep.contacts.count(), ActorGroup.objects.get().members.get()) == (
        2,
        2,
        keep,
    )
    assert Relation.objects.count() == 0
    take_back(key=recorder.step.pk, user=user)
    assert all_rows() == before


def test_two_steps_are_taken_back_one_after_the_other(user):
    actor = ActorFactory.create(district="Nord")
    before = all_rows()
    steps = []
    for district in ("Süd", "West"):
        with recording(user=user, label="", rights=[("change", Actor)]) as recorder:
            recorder.before_change([actor])
            actor.district = district
            actor.save()
        steps.append(recorder.step)
    assert refused(steps[0], user) == [f"„{actor.name}“ wurde seitdem geändert."]
    for step in reversed(steps):
        take_back(key=step.pk, user=user)
    assert all_rows() == before


def test_what_was_created_goes_with_what_hangs_on_it(user):
    before = all_rows()
    with recording(user=user, label="", rights=[("add", Actor)]) as recorder:
        actor = ActorFactory.create()
        PhoneNumberFactory.create(actor=actor)
        actor.topics.add(TopicFactory.create())
        recorder.created([actor])
    take_back(key=recorder.step.pk, user=user)
    after = all_rows()
    assert {label: rows for label, rows in after.items() if "Topic" not in label and "Type" not in label} == {
        label: rows for label, rows in before.items() if "Topic" not in label and "Type" not in label
    }


def test_what_others_have_built_on_since_stands_against_it(user):
    with recording(user=user, label="", rights=[("add", Actor)]) as recorder:
        actor = ActorFactory.create(name="Verein")
        recorder.created([actor])
    ContactFactory.create(actors=[actor])
    ParticipationFactory.create(actor=actor)
    assert sorted(refused(recorder.step, user)) == [
        "„Verein“ wird von 1 Eintrag unter „Kontakte“ verwendet.",
        "„Verein“ wird von 1 Eintrag unter „Teilnahmen“ verwendet.",
    ]


def test_of_those_that_may_stay_the_used_ones_stay_and_the_others_go(user):
    with recording(user=user, label="", rights=[("add", Actor)]) as recorder:
        used, changed, free, boss = (ActorFactory.create() for _ in range(4))
        person = PersonFactory.create()
        AffiliationFactory.create(person=person, organisation=boss)
        recorder.created([used, changed, free, boss, person], keep_if_used=True)
    ContactFactory.create(actors=[used, person])
    changed.save()
    take_back(key=recorder.step.pk, user=user)
    # Whoever the person belongs to stays as well, with the tie.
    assert set(Actor.objects.all()) == {used, changed, boss, person}
    assert Affiliation.objects.get().organisation == boss


def test_a_tie_that_was_given_to_another_is_not_taken_from_it(user):
    email = IncomingEmailFactory.create(contact=ContactFactory.create())
    step = deleting(email.contact, user)
    email.refresh_from_db()
    email.contact = ContactFactory.create()
    email.save()
    assert refused(step, user) == [f"„{email}“ wurde seitdem geändert."]


def test_a_record_does_not_come_back_without_what_it_points_to(user):
    contact = ContactFactory.create()
    step = deleting(contact, user)
    Actor.objects.all().delete()
    assert refused(step, user) == ["Ein Eintrag unter „Akteure“, der dazugehört, ist nicht mehr da."]


def test_a_key_that_another_has_by_now_is_named(user):
    actor = ActorFactory.create(external_id="A1")
    step = deleting(actor, user, [("delete", Actor)])
    ActorFactory.create(external_id="A1")
    assert refused(step, user) == ["Ein anderer Akteur hat diese Kennung aus der Quelle schon."]


def test_a_participation_that_was_recorded_again_is_named(user):
    row = ParticipationFactory.create()
    step = deleting(row, user, [("delete", Participation)])
    ParticipationFactory.create(event=row.event, actor=row.actor, role=row.role)
    assert refused(step, user) == ["Dieser Akteur ist in dieser Rolle schon eingetragen."]


def test_a_taken_primary_key_is_named(user):
    contact = ContactFactory.create()
    key, actors = contact.pk, list(contact.actors.all())
    step = deleting(contact, user)
    ContactFactory.create(pk=key, subject="Neu", actors=actors)
    assert refused(step, user) == ["„Neu“ steht jetzt an seiner Stelle."]


def test_it_is_for_its_owner_once_and_for_a_quarter_of_an_hour(user):
    step = deleting(ContactFactory.create(), user)
    assert step.expires_at - step.created_at == pytest.approx(dt.timedelta(minutes=15), abs=dt.timedelta(1))
    nobodys = ["Das kann nur, wer es getan hat, und nur 15 Minuten lang."]
    stranger = UserFactory.create()
    assert refused(step, stranger) == nobodys
    take_back(key=step.pk, user=user)
    assert refused(step, user) == ["Es wurde schon rückgängig gemacht."]
    late = deleting(Contact.objects.get(), user)
    UndoStep.objects.update(expires_at=timezone.now())
    assert refused(late, user) == ["Das ist zu lange her."]
    assert refused(step, user) == ["Es wurde schon rückgängig gemacht."]
    assert refused(late, stranger) == nobodys
    late.delete()
    assert refused(late, user) == nobodys


@pytest.mark.parametrize("lost", [{"role": "volunteer"}, {"is_active": False}])
def test_who_has_lost_the_right_takes_nothing_back(user, lost):
    step = deleting(ContactFactory.create(), user)
    for name, value in lost.items():
        setattr(user, name, value)
    user.save()
    assert refused(step, user) == ["Sie dürfen das nicht mehr."]


def test_nothing_is_remembered_longer_than_it_can_be_used(user):
    used, late = (deleting(ContactFactory.create(subject="Geheim"), user) for _ in range(2))
    take_back(key=used.pk, user=user)
    used.refresh_from_db()
    assert used.snapshot == {}
    UndoStep.objects.update(expires_at=timezone.now())
    fresh = deleting(ContactFactory.create(), user)
    assert list(UndoStep.objects.all()) == [fresh]
    UndoStep.objects.update(expires_at=timezone.now())
    call_command("purge_imports", verbosity=0)
    assert not UndoStep.objects.filter(pk__in=[late.pk, fresh.pk]).exists()


def test_where_nothing_was_done_nothing_is_remembered(user):
    actor = ActorFactory.create()
    with recording(user=user, label="", rights=[("change", Actor)]) as recorder:
        recorder.before_change([actor])
    assert (recorder.step, recorder.address, UndoStep.objects.count()) == (None, "", 0)


def test_a_deleted_file_does_not_come_back_so_its_e_mail_is_not_offered(user):
    email = AttachmentFactory.create().email
    with recording(user=user, label="", rights=[("delete", IncomingEmail)]) as recorder:
        recorder.before_delete([email])
        email.delete()
    assert recorder.address == ""


def test_what_failed_is_neither_done_nor_remembered(user):
    contact = ContactFactory.create()

    def fail() -> None:
        with recording(user=user, label="", rights=DELETE) as recorder:
            recorder.before_delete([contact])
            contact.delete()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert (Contact.objects.count(), UndoStep.objects.count()) == (1, 0)


def test_three_hundred_participants_are_remembered_in_as_many_questions_as_three(
    user, django_assert_max_num_queries
):
    event = EventFactory.create(series=EventSeriesFactory.create())
    ParticipationFactory.create_batch(30, event=event)
    with django_assert_max_num_queries(80):
        step = deleting(event, user, [("delete", Event)])
    assert len(step.snapshot["deleted"]) == 31
    assert (Headcount.objects.count(), TaskAssignment.objects.count()) == (0, 0)
