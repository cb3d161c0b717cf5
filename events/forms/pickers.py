"""Controls in which records of events are chosen, or entered anew by name."""

from __future__ import annotations

from typing import Any, ClassVar

from core.widgets import TypedSelect
from events.models import Programme, Space


class SpaceSelect(TypedSelect):
    """A place; of a new one the name is enough."""

    creates: ClassVar[Any] = Space

    def build(self, name: str) -> Space:
        """Return the new place, checked and not saved yet."""
        space = Space(name=name)
        space.full_clean()
        return space


class ProgrammeSelect(TypedSelect):
    """A funding programme; of a new one the name is enough."""

    creates: ClassVar[Any] = Programme

    def build(self, name: str) -> Programme:
        """Return the new programme, checked and not saved yet."""
        programme = Programme(name=name)
        programme.full_clean()
        return programme
