"""Import of actors and of who belongs to which organisation."""

from actors.imports.actors import ActorImporter
from actors.imports.affiliations import AffiliationImporter

__all__ = ["ActorImporter", "AffiliationImporter"]
