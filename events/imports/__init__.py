"""Import of events and of who took part in them."""

from events.imports.events import EventImporter
from events.imports.participations import ParticipationImporter

__all__ = ["EventImporter", "ParticipationImporter"]
