"""All frames of one report, each read once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from core.viewers import Viewer
from reports.frames.formats import load_carriers
from reports.frames.register import Register, load_register
from reports.frames.ties import (
    load_affiliations,
    load_contacts,
    load_dependencies,
    load_relations,
    load_tasks,
)


@dataclass(frozen=True, eq=False)
class ReportFrames:
    """What one report stands on: a frame is read when it is first needed, and no chapter reads it again."""

    viewer: Viewer
    key: str

    @cached_property
    def register(self) -> Register:
        """Actors, events and participations."""
        return load_register(viewer=self.viewer, key=self.key)

    @cached_property
    def tasks(self) -> pd.DataFrame:
        """Who carried which task, and who is to carry it in future."""
        return load_tasks()

    @cached_property
    def relations(self) -> pd.DataFrame:
        """The declared relations."""
        return load_relations()

    @cached_property
    def dependencies(self) -> pd.DataFrame:
        """Who is paid by a programme, from when until when."""
        return load_dependencies()

    @cached_property
    def affiliations(self) -> pd.DataFrame:
        """Who belongs to which organisation, as far as the viewer may know."""
        return load_affiliations(viewer=self.viewer)

    @cached_property
    def contacts(self) -> pd.DataFrame:
        """The actors of the contacts that the viewer may see."""
        return load_contacts(viewer=self.viewer)

    @cached_property
    def carriers(self) -> pd.DataFrame:
        """Who carried which format from when until when."""
        return load_carriers()
