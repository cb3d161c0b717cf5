"""What reports keep: where actors stand in the picture, and reports as they were on a day."""

from reports.models.placement import Placement
from reports.models.saved import FrozenError, SavedFile, SavedReport, digest_of

__all__ = ["FrozenError", "Placement", "SavedFile", "SavedReport", "digest_of"]
