"""Small bases of the models of every app, and what keeps writes from being lost or done twice."""

from core.models.drafts import DraftKey
from core.models.records import (
    EarlierName,
    Interval,
    IntervalQuerySet,
    Record,
    VisibleQuerySet,
    VocabularyTerm,
)
from core.models.undo import UndoStep

__all__ = [
    "DraftKey",
    "EarlierName",
    "Interval",
    "IntervalQuerySet",
    "Record",
    "UndoStep",
    "VisibleQuerySet",
    "VocabularyTerm",
]
