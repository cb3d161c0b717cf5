"""Every form of a record offers what one may see, loses nothing, and overwrites nothing unseen."""

import datetime as dt

import pytest
from django.utils import translation

from actors.models import Actor, Contact, FollowUp, ProgrammeDependency
from crm.common.forms import RecordForm, label_of
from tests.factories.accounts import UserFactory
from tests.factories.actors import (
    ActorFactory,
    ContactFactory,
    FollowUpFactory,
    PersonFactory,
    ProgrammeDependencyFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db


class NameForm(RecordForm):
    class Meta:
        model = Actor
        fields = ("name", "district", "topics", "guardian")


class DueForm(RecordForm):
    class Meta:
        model = FollowUp
        fields = ("due", "contact")


class DependencyForm(RecordForm):
    class Meta:
        model = ProgrammeDependency
        fields = ("valid_from", "valid_until")


class TimeForm(RecordForm):
    class Meta:
        model = Contact
        fields = ("date", "time")


@pytest.fixture
def staff():
    return UserFactory()


def typed(form, **changes):
    """Return what a browser would send for this form, with some fields typed anew."""
    shown = {
        name: form[name].value() for name in form.fields if form[name].value() not in (None, "", [], False)
    }
    return shown | changes


def test_a_form_saved_untouched_changes_only_the_version(staff):
    actor = ActorFactory(district="Westhagen")
    form = NameForm(typed(NameForm(instance=actor, user=staff)), instance=actor, user=staff)
    assert form.is_valid(), form.errors
    form.save()
    stored = Actor.objects.get(pk=actor.pk)
    assert (stored.name, stored.district, stored.version) == (actor.name, "Westhagen", 2)


def test_who_saves_second_sees_what_is_stored_and_keeps_what_was_typed(staff):
    actor = ActorFactory(name="Verein", district="Alt")
    old, new = TopicFactory(code="old"), TopicFactory(code="new", name_de="Neues Thema")
    actor.topics.set([old])
    opened = typed(NameForm(instance=actor, user=staff))
    first = Actor.objects.get(pk=actor.pk)
    first.district = "Mitte"
    first.save()
    first.topics.set([new])

    second = NameForm(opened | {"district": "Rand", "topics": [old.pk]}, instance=actor, user=staff)
    assert not second.is_valid()
    assert second.has_error("__all__", "conflict")
    with translation.override("de"):
        assert second.conflicts == [
            (str(second.fields["district"].label), "Mitte"),
            (str(second.fields["topics"].label), "Neues Thema"),
        ]
    assert second["district"].value() == "Rand"
    assert Actor.objects.get(pk=actor.pk).district == "Mitte"

    decided = NameForm(second.data, instance=Actor.objects.get(pk=actor.pk), user=staff)
    assert decided.is_valid(), decided.errors
    assert decided.save().district == "Rand"


def test_somebody_elses_change_of_the_same_to_the_same_is_no_difference(staff):
    actor = ActorFactory(district="Alt")
    opened = typed(NameForm(instance=actor, user=staff))
    Actor.objects.get(pk=actor.pk).save()
    form = NameForm(opened, instance=actor, user=staff)
    assert not form.is_valid()
    assert form.conflicts == []


def test_a_new_record_has_no_version_to_compare(staff):
    form = DependencyForm({"version": "7"}, instance=ProgrammeDependency(programme="X"), user=staff)
    assert form.is_valid(), form.errors


@pytest.mark.parametrize("version", ["x", "-1", "9" * 30, "\x00"])
def test_a_version_that_makes_no_sense_is_refused(staff, version):
    actor = ActorFactory()
    form = NameForm(typed(NameForm(instance=actor, user=staff), version=version), instance=actor, user=staff)
    assert not form.is_valid()


def test_choices_are_what_the_user_may_see():
    person, club = PersonFactory(), ActorFactory()
    for role, seen in (("staff", {person}), ("reader", set())):
        form = NameForm(instance=club, user=UserFactory(role=role))
        assert set(form.fields["guardian"].queryset) == seen


def test_an_invisible_choice_answers_like_a_missing_one():
    secret = ContactFactory(is_confidential=True)
    volunteer, follow_up = UserFactory(role="volunteer"), FollowUpFactory()
    forms = [
        DueForm({"due": "2020-05-11", "contact": key}, instance=follow_up, user=volunteer)
        for key in (secret.pk, 999999)
    ]
    assert forms[0].errors == forms[1].errors
    assert list(forms[0].errors) == ["contact"]


def test_terms_out_of_use_are_offered_only_where_they_are(staff):
    gone = TopicFactory(code="gone", is_active=False)
    carrier, other = ActorFactory(), ActorFactory()
    carrier.topics.add(gone)
    assert gone in NameForm(instance=carrier, user=staff).fields["topics"].queryset
    assert gone not in NameForm(instance=other, user=staff).fields["topics"].queryset
    assert gone not in NameForm(user=staff).fields["topics"].queryset


def test_terms_are_offered_in_the_language_of_the_moment(staff):
    topic = TopicFactory(code="parks", name_de="Grünflächen", name_en="Parks")
    form = NameForm(user=staff)
    with translation.override("en"):
        assert form.fields["topics"].label_from_instance(topic) == "Parks"
    with translation.override("de"):
        assert label_of(topic) == "Grünflächen"
    assert label_of(ActorFactory(name="Verein")) == "Verein"


def test_the_last_day_of_an_interval_goes_in_and_comes_back(staff):
    dependency = ProgrammeDependencyFactory(valid_until=dt.date(2018, 1, 1))
    form = DependencyForm(instance=dependency, user=staff)
    assert 'value="2017-12-31"' in str(form["valid_until"])
    saved = DependencyForm({"valid_until": "2018-06-30"}, instance=dependency, user=staff)
    assert saved.is_valid(), saved.errors
    assert saved.save().valid_until == dt.date(2018, 7, 1)


def test_days_and_times_use_the_browsers_own_fields(staff):
    form = TimeForm(instance=ContactFactory(date=dt.date(2020, 5, 4), time=dt.time(9, 5)), user=staff)
    assert 'type="date"' in str(form["date"])
    assert 'value="2020-05-04"' in str(form["date"])
    assert 'type="time"' in str(form["time"])
    assert 'value="09:05"' in str(form["time"])


def test_what_concerns_a_field_that_is_not_shown_is_said_at_the_top(staff):
    follow_up = FollowUpFactory(assignee=UserFactory(role="reader"))
    form = DueForm({"due": "2020-05-11"}, instance=follow_up, user=staff)
    assert not form.is_valid()
    assert list(form.errors) == ["__all__"]


def test_nul_never_gets_past_a_form(staff):
    form = NameForm({"name": "a\x00b"}, instance=ActorFactory(), user=staff)
    assert list(form.errors) == ["name"]
