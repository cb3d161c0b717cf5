"""Downloads of exactly what a list shows."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models
from django.http import HttpResponse
from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.file_names import content_disposition, safe_file_name
from core.spreadsheets import CSV_TYPE, XLSX_TYPE, SheetColumn, write_csv, write_table
from core.viewers import Viewer


def list_export(*, table: Any, filterset: Any, title: str, user: Viewer, file_format: str) -> HttpResponse:
    """Return exactly the filtered list, all pages of it, in the table's order, as a download."""
    head, *rows = ([_plain(value) for value in row] for row in table.as_values())
    columns = [SheetColumn(str(label)) for label in head]
    day = timezone.localdate()
    if file_format == "csv":
        body, kind = write_csv(columns=columns, rows=rows), CSV_TYPE
    else:
        facts = [
            *filter_in_words(filterset),
            (_("Rows"), ngettext("%(count)s row", "%(count)s rows", len(rows)) % {"count": len(rows)}),
            (_("Author"), str(user)),
            (_("As of"), date_format(timezone.localtime(), "SHORT_DATETIME_FORMAT")),
        ]
        body, kind = write_table(title=title, columns=columns, rows=rows, facts=facts), XLSX_TYPE
    return download(body, name=f"{title} {day.isoformat()}", suffix=file_format, content_type=kind)


def download(body: bytes, *, name: str, suffix: str, content_type: str) -> HttpResponse:
    """Return ``body`` as a file to save, under a name that keeps its umlauts."""
    response = HttpResponse(body, content_type=content_type)
    response["Content-Disposition"] = content_disposition(f"{safe_file_name(name)}.{suffix}")
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _plain(value: object) -> object:
    if isinstance(value, Promise):
        value = force_str(value)
    if isinstance(value, str):
        text = strip_tags(value).strip() if "<" in value and hasattr(value, "__html__") else value
        return "" if text == "–" else str(text)
    return value


def filter_in_words(filterset: Any) -> list[tuple[str, str]]:
    """Return label and value of every filter in force; one line saying so when there is none."""
    form: Any = filterset.form if filterset is not None else None
    cleaned = getattr(form, "cleaned_data", {}) if form is not None and form.is_bound else {}
    filters = []
    for name, value in cleaned.items():
        text = _filter_value(form.fields[name], value)
        if text:
            filters.append((str(form.fields[name].label or name), text))
    return filters or [(_("Filter"), _("none: the whole list"))]


def _filter_value(field: Any, value: object) -> str:
    if value in (None, "", []) or value is False:
        return ""
    if isinstance(value, slice):
        return " – ".join("…" if part is None else str(part) for part in (value.start, value.stop))
    if isinstance(value, models.QuerySet | list | tuple):
        return ", ".join(_filter_value(field, part) for part in value)
    if isinstance(value, dt.date):
        return date_format(value, "SHORT_DATE_FORMAT")
    if isinstance(value, models.Model):
        return str(getattr(value, "label", value))
    return str(dict(_flat_choices(field)).get(value, _("yes") if value is True else value))


def _flat_choices(field: Any) -> list[tuple[Any, Any]]:
    choices = getattr(field, "choices", None)
    if choices is None or isinstance(getattr(field, "queryset", None), models.QuerySet):
        return []
    return [(key, label) for key, label in choices if not isinstance(label, list | tuple)]
