"""A report as a page."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from reports.report import Block, Figure, Note, Picture, Report, Table

KINDS: dict[type[Block], str] = {Note: "note", Figure: "figure", Picture: "picture", Table: "table"}


def block_kind(block: Block) -> str:
    """Return which partial draws the block."""
    return KINDS[type(block)]


def picture_address(picture: Picture) -> str:
    """Return the drawing as an address that needs no second request; in an <img> no script of it runs."""
    return f"data:image/svg+xml;base64,{base64.b64encode(picture.drawing.svg).decode('ascii')}"


def render_html(report: Report, *, request: HttpRequest, context: Mapping[str, Any]) -> str:
    """Return the whole page of ``report``; ``context`` brings the form and the links to the other formats."""
    return render_to_string("reports/report.html", {"report": report, **context}, request=request)
