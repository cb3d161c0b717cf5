"""What can be imported, in the order in which a register is built: ties name what must exist before."""

from actors.imports import ActorImporter, AffiliationImporter
from core.imports.importer import Importer
from events.imports import EventImporter, ParticipationImporter

IMPORTERS: dict[str, type[Importer]] = {
    importer.kind: importer
    for importer in (ActorImporter, EventImporter, AffiliationImporter, ParticipationImporter)
}
