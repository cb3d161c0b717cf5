"""The files a report can be had as: all of them from one report, so that none tells more than another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.translation import gettext_lazy as _

from core.spreadsheets import XLSX_TYPE
from reports.renderers.docx import render_docx
from reports.renderers.json import render_json
from reports.renderers.pdf import render_pdf
from reports.renderers.xlsx import render_xlsx
from reports.report import Report


@dataclass(frozen=True)
class FileFormat:
    """One format: its suffix, what the menu calls it, and who writes it (report and address of the site)."""

    suffix: str
    label: Any
    icon: str
    content_type: str
    render: Callable[[Report, str], bytes]


FILE_FORMATS = {
    file_format.suffix: file_format
    for file_format in (
        FileFormat(
            "xlsx",
            _("Excel workbook"),
            "file-spreadsheet",
            XLSX_TYPE,
            lambda report, base_url: render_xlsx(report, base_url=base_url),
        ),
        FileFormat(
            "docx",
            _("Word document"),
            "file-text",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            lambda report, base_url: render_docx(report, base_url=base_url),
        ),
        FileFormat(
            "pdf",
            _("PDF for print"),
            "file-type-pdf",
            "application/pdf",
            lambda report, base_url: render_pdf(report, base_url=base_url),
        ),
        FileFormat(
            "json",
            _("JSON for programs"),
            "braces",
            "application/json",
            lambda report, _base_url: render_json(report),
        ),
    )
}


class Named(Protocol):
    """What files are called after: a report, or one that was saved."""

    @property
    def title(self) -> Any: ...

    @property
    def period(self) -> Any: ...

    @property
    def data_date(self) -> Any: ...


def file_name(report: Named) -> str:
    """Return what a file of the report is called, without its suffix."""
    return f"{report.title} {report.period} {report.data_date:%Y-%m-%d}"
