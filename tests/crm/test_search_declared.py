"""What is found is declared by the rooms: the search of the roof knows none of their records."""

import re
from pathlib import Path

from django.apps import apps
from django.utils.module_loading import import_string

from crm import search

ROOMS = ("core", "actors", "contacts", "events", "reports")


def models_of_the_house():
    return [model for model in apps.get_models() if model.__module__.split(".")[0] in ROOMS]


def named_models(text):
    """Return what in a module names a model: its class, its label, a module of models."""
    known = {model.__name__ for model in models_of_the_house()}
    known |= {model._meta.label_lower for model in models_of_the_house()}
    words = set(re.findall(r"\w+", text)) | set(re.findall(r"\w+\.\w+", text.lower()))
    return sorted(words & known) + re.findall(r"(?:from|import) \w+\.models\b.*", text)


def test_the_search_of_the_roof_names_no_model():
    assert named_models(Path(search.__file__).read_text(encoding="utf-8")) == []


def test_a_name_of_a_model_is_seen():
    text = 'from actors.models import Actor\nget_model("events.event")'
    assert named_models(text) == ["Actor", "events.event", "from actors.models import Actor"]


def test_every_model_with_a_search_column_is_declared_by_its_room():
    searchable = {
        model
        for model in models_of_the_house()
        if any(column.name.startswith("search_") for column in model._meta.concrete_fields)
    }
    declared = {
        kind.model
        for room in {model._meta.app_label for model in searchable}
        for kind in import_string(f"{room}.search.SEARCHED")
        if kind.model._meta.app_label == room
    }
    assert searchable - declared == set()
    assert [kind for kind in search.SEARCHED if kind.model not in declared] == []
    assert len(search.SEARCHED) == len(declared)
