"""What the template of a report needs."""

from typing import Any

from django import template

from reports.renderers.html import block_kind, picture_address
from reports.renderers.json import figure_data
from reports.renderers.texts import cell_text
from reports.report import Block, Cell, Column, Figure, Picture

register = template.Library()


@register.filter
def kind(block: Block) -> str:
    """Return "note", "figure", "picture" or "table"."""
    return block_kind(block)


@register.filter
def text(cell: Cell, column: Column) -> str:
    """Return what a cell shows."""
    return cell_text(cell, column)


@register.filter
def chart_data(figure: Figure) -> dict[str, Any]:
    """Return a chart as plain data."""
    return figure_data(figure)


@register.filter
def drawn(picture: Picture) -> str:
    """Return the address of the drawing."""
    return picture_address(picture)
