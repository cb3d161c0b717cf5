"""Topics and districts for the analysis: like `reports.frames`, everybody goes in, without names."""

from __future__ import annotations

from typing import Any

import pandas as pd

from actors.models import Actor
from events.models import Event


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
