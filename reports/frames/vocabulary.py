"""Topics, districts and the terms of the vocabularies."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import pandas as pd

from actors.models import Actor, Topic
from contacts.models import Contact
from core.models import VocabularyTerm
from events.models import Event
from reports.analysis import schema
from reports.frames.frame import frame


def load_topics(model: type[Actor] | type[Event] | type[Contact]) -> pd.DataFrame:
    """Read the topics of all actors, events or contacts: one row for each topic of a record."""
    rows = model._default_manager.filter(topics__isnull=False)
    ordered = rows.order_by("pk", "topics__position", "topics__pk").values_list("pk", "topics__code")
    return frame(schema.TOPICS, ("record_id", "topic"), ordered)


def load_topics_in_use(carried: Collection[str]) -> dict[str, str]:
    """Read the topics in use, and those out of use that an actor still carries: code and name."""
    return {t.code: t.label for t in Topic.objects.all() if t.is_active or t.code in carried}


def load_districts() -> pd.Series:
    """Read the district of every actor, by its id; an empty text where none is recorded."""
    rows = list(Actor.objects.order_by("pk").values_list("pk", "district"))
    return pd.Series([row[1] for row in rows], index=[row[0] for row in rows], dtype="object")


def load_topics_of_actors() -> pd.DataFrame:
    """Read which actor works on which topic: `actor_id` and `topic`, one row a pair."""
    return _pairs(Actor.topics.through, "actor_id")


def load_topics_of_events() -> pd.DataFrame:
    """Read which event is about which topic: `event_id` and `topic`, one row a pair."""
    return _pairs(Event.topics.through, "event_id")


def _pairs(through: Any, name: str) -> pd.DataFrame:
    rows = list(through.objects.order_by(name, "topic_id").values_list(name, "topic__code"))
    return pd.DataFrame(
        {
            name: pd.Series([row[0] for row in rows], dtype="int64"),
            "topic": pd.Series([row[1] for row in rows], dtype="object"),
        }
    )


def load_terms(model: type[VocabularyTerm]) -> dict[str, str]:
    """Read the terms of a vocabulary: code and name in the reader's language."""
    return {term.code: term.label for term in model._default_manager.all()}
