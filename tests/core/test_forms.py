"""Every form of a record offers what one may see, loses nothing, and overwrites nothing unseen."""

import datetime as dt

import pytest
from django import forms
from django.utils import translation
from pytest_django.asserts import assertHTMLEqual

from actors.models import Actor, ActorGroup, ProgrammeDependency
from contacts.models import Contact, FollowUp
from core.forms import RecordForm, label_of
from core.widgets import PlainSelect
from tests.factories.accounts import UserFactory
from tests.factories.actors import (
    ActorFactory,
    ActorGroupFactory,
    PersonFactory,
    ProgrammeDependencyFactory,
    TopicFactory,
)
from tests.factories.contacts import ContactFactory, FollowUpFactory

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


class WordsForm(RecordForm):
    class Meta:
        model = FollowUp
        fields = ("repeats", "assignee", "due")


class TimeForm(RecordForm):
    class Meta:
        model = Contact
        fields = ("date", "time", "is_confidential")


@pytest.fixture
def staff():
    return UserFactory()


def typed(form, **changes):
    """Return what a browser would send for this form, with some fields typed anew."""
    values = {
        name: form[name].value() for name in form.fields if form[name].value() not in (None, "", [], False)
    }
    return values | changes


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


def test_what_is_stored_is_said_in_words_and_nothing_by_a_dash(staff):
    colleague = UserFactory(first_name="Ada", last_name="Lang")
    follow_up = FollowUpFactory(assignee=staff, repeats="year", due=dt.date(2020, 5, 1))
    actor = ActorFactory(district="Alt")
    forms = [WordsForm(instance=follow_up, user=staff), NameForm(instance=actor, user=staff)]
    opened = [typed(form) for form in forms]
    stored = {"repeats": "quarter", "assignee": colleague, "due": dt.date(2020, 12, 3), "version": 2}
    FollowUp.objects.update(**stored)
    Actor.objects.update(district="", version=2)
    words = WordsForm(opened[0], instance=FollowUp.objects.get(), user=staff)
    names = NameForm(opened[1], instance=Actor.objects.get(), user=staff)
    with translation.override("de"):
        assert not words.is_valid()
        assert [text for _label, text in words.conflicts] == ["jedes Quartal", "Ada Lang", "03.12.2020"]
        assert not names.is_valid()
        assert [text for _label, text in names.conflicts] == ["–"]


def test_a_stored_yes_or_no_and_a_time_are_said_in_words(staff):
    contact = ContactFactory(is_confidential=False, time=dt.time(9))
    opened = typed(TimeForm(instance=contact, user=staff))
    Contact.objects.update(is_confidential=True, time=dt.time(14, 30), version=2)
    form = TimeForm(opened, instance=Contact.objects.get(), user=staff)
    with translation.override("de"):
        assert not form.is_valid()
        assert [text for _label, text in form.conflicts] == ["14:30", "ja"]


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


class UnseenForm(RecordForm):
    class Meta:
        model = FollowUp
        fields = ("text", "contact")


class MembersForm(RecordForm):
    class Meta:
        model = ActorGroup
        fields = ("name", "members")


def test_what_the_user_may_not_see_is_neither_shown_nor_lost():
    secret = ContactFactory(is_confidential=True, subject="Geheim")
    follow_up, volunteer = FollowUpFactory(contact=secret), UserFactory(role="volunteer")
    page = UnseenForm(instance=follow_up, user=volunteer)
    with translation.override("de"):
        drawn = str(page["contact"])
    assert ("(nicht sichtbar)" in drawn, "Geheim" in drawn, str(secret.pk) in drawn) == (True, False, False)
    sent = {"text": "Neu", "contact": page["contact"].value(), "version": follow_up.version}
    form = UnseenForm(sent, instance=FollowUp.objects.get(), user=volunteer)
    assert form.is_valid(), form.errors
    form.save()
    stored = FollowUp.objects.get()
    assert (stored.text, stored.contact) == ("Neu", secret)


def test_what_the_user_may_not_see_can_be_replaced_and_stays_unnamed_in_a_conflict():
    volunteer = UserFactory(role="volunteer")
    secret, open_one = ContactFactory(is_confidential=True, subject="Geheim"), ContactFactory(staff=volunteer)
    follow_up = FollowUpFactory(contact=secret)
    sent = {"text": "Neu", "contact": open_one.pk, "version": "99"}
    form = UnseenForm(sent, instance=FollowUp.objects.get(), user=volunteer)
    with translation.override("de"):
        assert not form.is_valid()
        assert [value for _label, value in form.conflicts] == ["Zurückrufen", "(nicht sichtbar)"]
    follow_up.refresh_from_db()
    decided = UnseenForm(
        {**sent, "version": follow_up.version}, instance=FollowUp.objects.get(), user=volunteer
    )
    assert decided.save().contact == open_one


def test_members_that_the_user_may_not_see_stay_beside_those_that_are_chosen():
    person, club, other = PersonFactory(), ActorFactory(), ActorFactory()
    group, reader = ActorGroupFactory(members=[person, club]), UserFactory(role="reader")
    sent = {"name": group.name, "members": [other.pk], "version": group.version}
    form = MembersForm(sent, instance=group, user=reader)
    assert form.is_valid(), form.errors
    assert set(form.save().members.all()) == {person, other}


def test_the_key_of_a_stored_placeholder_means_nothing_where_nothing_is_hidden(staff):
    form = UnseenForm({"text": "Neu", "contact": "kept"}, instance=FollowUpFactory(), user=staff)
    assert list(form.errors) == ["contact"]


@pytest.mark.parametrize("value", [None, "", "b", "2", '"'])
def test_a_plain_select_is_the_select_of_django(value):
    choices = [("", "– bitte –"), ("Gruppe <1>", [("a", "A & B"), ("b", "<b>")]), (2, "zwei"), ('"', "x")]
    drawn = [
        widget(attrs={"class": "form-select"}, choices=choices).render("name", value, {"id": "i"})
        for widget in (PlainSelect, forms.Select)
    ]
    assertHTMLEqual(*drawn)
