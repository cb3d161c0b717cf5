"""What reports keep: where actors stand in the picture."""

from reports.models.placement import Placement

__all__ = ["Placement"]
