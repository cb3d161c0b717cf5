"""The chips above a list: every filter in use, and the list without it."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.http import QueryDict

from actors.models import Topic
from core.filter_chips import filter_chips
from tests.factories.actors import TopicFactory


class Filters(forms.Form):
    q = forms.CharField(required=False, label="Name")
    kind = forms.MultipleChoiceField(required=False, choices=[("a", "Verein"), ("b", "Schule")])
    place = forms.ChoiceField(required=False, choices=[("Stadt", [("w", "Westhagen")]), ("m", "Mitte")])
    since = forms.DateField(required=False, label="Seit")
    open = forms.NullBooleanField(required=False, label="Offen")
    topic = forms.ModelMultipleChoiceField(
        Topic.objects.all(), required=False, label="Thema", to_field_name="code"
    )


def chips(address: str) -> list[dict[str, str]]:
    query = QueryDict(address)
    filterset: Any = SimpleNamespace(form=Filters(query if address else None))
    return filter_chips(filterset, query=query)


def test_without_filters_there_are_no_chips() -> None:
    assert chips("") == []


@pytest.mark.django_db
def test_empty_fields_make_no_chips() -> None:
    assert chips("q=&since=&open=&sort=name") == []


@pytest.mark.django_db
def test_each_value_has_its_own_chip_and_loses_only_itself_and_the_page() -> None:
    assert chips("q=tsv&kind=a&kind=b&page=3&sort=name") == [
        {"label": "Name: tsv", "url": "?kind=a&kind=b&sort=name"},
        {"label": "Verein", "url": "?q=tsv&kind=b&sort=name"},
        {"label": "Schule", "url": "?q=tsv&kind=a&sort=name"},
    ]


@pytest.mark.django_db
def test_values_are_said_in_words(settings: Any) -> None:
    TopicFactory.create(code="sport", name_de="Sport")
    day = dt.date(2021, 5, 4)
    assert [chip["label"] for chip in chips(f"place=w&since={day:%Y-%m-%d}&open=false&topic=sport")] == [
        "Westhagen",
        "Seit 04.05.2021",
        "Offen: nein",
        "Thema: Sport",
    ]


@pytest.mark.django_db
def test_a_wrong_value_is_no_filter() -> None:
    assert chips("kind=zzz&q=x") == [{"label": "Name: x", "url": "?kind=zzz"}]
