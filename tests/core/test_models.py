"""What every record has: a version, times, an interval; and the terms of vocabularies."""

import datetime as dt

import pytest
from django.utils import translation

from actors.models import Actor, Affiliation, Topic
from tests.factories.actors import ActorFactory, AffiliationFactory, TopicFactory

pytestmark = pytest.mark.django_db


def test_a_new_record_has_version_one_and_each_save_counts_up():
    actor = ActorFactory()
    versions = [Actor.objects.get(pk=actor.pk).version]
    for _ in range(2):
        actor.save()
        versions.append(Actor.objects.get(pk=actor.pk).version)
    assert versions == [1, 2, 3]


def test_saving_one_field_counts_as_a_change():
    actor = ActorFactory()
    changed_at = actor.updated_at
    actor.district = "Westhagen"
    actor.save(update_fields=["district"])
    stored = Actor.objects.get(pk=actor.pk)
    assert (stored.version, stored.district) == (2, "Westhagen")
    assert stored.updated_at > changed_at


def test_a_record_made_with_a_known_version_keeps_it():
    """Such as a fixture, or an erased row that is put back."""
    assert ActorFactory(version=7).version == 7


def test_an_open_interval_holds_always():
    always = AffiliationFactory()
    assert always.holds_on(dt.date(1900, 1, 1))
    assert always.holds_on(dt.date(2100, 1, 1))
    assert always.last_day is None
    assert list(Affiliation.objects.active_on(dt.date(1900, 1, 1))) == [always]


def test_an_interval_may_be_open_at_one_end():
    begun = AffiliationFactory(valid_from=dt.date(2015, 1, 1))
    ended = AffiliationFactory(valid_until=dt.date(2015, 1, 1))
    assert list(Affiliation.objects.active_on(dt.date(2014, 12, 31))) == [ended]
    assert list(Affiliation.objects.active_on(dt.date(2015, 1, 1))) == [begun]


def test_a_term_is_shown_in_the_language_of_the_moment_and_stored_in_both():
    topic = TopicFactory(code="parks", name_de="Grünflächen", name_en="Parks")
    with translation.override("en-gb"):
        assert (topic.label, str(topic)) == ("Parks", "Grünflächen")
    with translation.override("de"):
        assert topic.label == "Grünflächen"
    with translation.override(None):
        assert topic.label == "Grünflächen"


def test_a_term_out_of_use_stays_with_what_uses_it():
    topic = TopicFactory(code="parks", is_active=False)
    ActorFactory().topics.add(topic)
    assert topic not in Topic.objects.in_use()
    assert Topic.objects.get_by_natural_key("parks") == topic
