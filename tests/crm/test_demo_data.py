"""The command that fills an empty database: always the same, never twice, and never on top of real work."""

from __future__ import annotations

import io
import random
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import transaction

from actors.models import Actor
from contacts.models import Contact
from core.accounts.models import User
from core.models import VocabularyTerm
from crm.demo.world import EARLY_END, nth_weekday, weighted_sample
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory

DIFFERENT_EVERY_TIME = {"created_at", "updated_at", "password"}


def demo_data(**options: Any) -> str:
    said = io.StringIO()
    call_command("demo_data", stdout=said, **options)
    return said.getvalue()


def tables() -> list[Any]:
    """Every table that the demo data fill."""
    configs = [apps.get_app_config(label) for label in ("accounts", "actors", "contacts", "events")]
    models = [model for config in configs for model in config.get_models(include_auto_created=True)]
    return [model for model in models if not issubclass(model, VocabularyTerm)]


def dump() -> dict[str, list[tuple[Any, ...]]]:
    """Return every row; keys are counted from the first row of their table."""
    keys = {model: model._base_manager.order_by("pk").values_list("pk", flat=True) for model in tables()}
    places: dict[Any, dict[int, int]] = {m: {pk: n for n, pk in enumerate(pks)} for m, pks in keys.items()}
    rows_of = {}
    for model in tables():
        fields = [field for field in model._meta.concrete_fields if field.name not in DIFFERENT_EVERY_TIME]
        targets = [places.get(model if field.primary_key else field.related_model, {}) for field in fields]
        rows = model._base_manager.order_by("pk").values_list(*(field.attname for field in fields))
        rows_of[model.__name__] = [
            tuple(place.get(v, v) if place else v for place, v in zip(targets, row, strict=True))
            for row in rows
        ]
    return rows_of


def dump_of_a_run(**options: Any) -> dict[str, list[tuple[Any, ...]]]:
    """Return what a run writes, and leave the database as it was."""
    with transaction.atomic():
        demo_data(**options)
        rows_of = dump()
        transaction.set_rollback(True)
    return rows_of


@pytest.mark.django_db
def test_the_same_seed_gives_the_same_data_and_another_seed_gives_others():
    first, again, other = dump_of_a_run(), dump_of_a_run(), dump_of_a_run(seed=7)

    assert {name: rows for name, rows in first.items() if rows != again[name]} == {}
    assert first["Participation"] != other["Participation"]


@pytest.mark.django_db
def test_a_second_run_changes_nothing_and_says_how_to_sign_in():
    first = demo_data()
    Actor.objects.filter(name="Kulturverein Atlantis").update(description="Von uns ergänzt")
    before = dump()

    second = demo_data()

    assert second.splitlines()[0] == "The demo data are here already; nothing was changed."
    assert second.splitlines()[1:] == first.splitlines()[-5:]
    assert dump() == before


@pytest.mark.django_db
@pytest.mark.parametrize("make_something", [ActorFactory, UserFactory])
def test_a_database_with_other_data_is_left_alone(make_something: Any):
    make_something()
    before = dump()

    with pytest.raises(CommandError, match="This database holds other data") as refused:
        demo_data()

    assert "--force" in str(refused.value)
    assert dump() == before


@pytest.mark.django_db
def test_a_site_that_others_reach_gets_no_accounts_with_known_passwords(settings: Any):
    settings.HTTPS_ONLY = True

    with pytest.raises(CommandError, match="known to everybody"):
        demo_data()

    assert User.objects.count() == 0


@pytest.mark.django_db
def test_force_adds_the_demo_beside_other_data():
    ours = ActorFactory(name="Verein, den es schon gab")

    demo_data(force=True)

    assert Actor.objects.filter(pk=ours.pk).exists()
    assert Contact.objects.filter(date__lte=EARLY_END).count() == 900


@pytest.mark.django_db
def test_names_that_are_taken_stop_everything():
    UserFactory(username="gast", email="gast@example.net")

    with pytest.raises(CommandError, match="nothing was written"):
        demo_data(force=True)

    assert (User.objects.count(), Actor.objects.count()) == (1, 0)


def test_nth_weekday_counts_from_the_first_of_the_month():
    assert [str(nth_weekday(2021, 11, weekday, 3)) for weekday in (0, 3, 6)] == [
        "2021-11-15",
        "2021-11-18",
        "2021-11-21",
    ]


def test_a_weighted_sample_never_draws_the_impossible_and_nobody_twice():
    sample = weighted_sample(random.Random(1), [("a", 1.0), ("b", 0.0), ("c", 2.0)], 5)

    assert sorted(sample) == ["a", "c"]
