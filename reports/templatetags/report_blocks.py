"""What the template of a report needs."""

from typing import Any

from django import template

from reports.renderers.html import block_kind, cell_text
from reports.renderers.json import figure_data
from reports.report import Cell, Column, Figure

register = template.Library()


@register.filter
def kind(block: object) -> str:
    """Return "note", "figure" or "table"."""
    return block_kind(block)


@register.filter
def shown(cell: Cell, column: Column) -> str:
    """Return what a cell shows."""
    return cell_text(cell, column)


@register.filter
def chart_data(figure: Figure) -> dict[str, Any]:
    """Return a chart as plain data."""
    return figure_data(figure)
