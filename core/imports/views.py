"""The pages of an import: upload, mapping, check and preview, apply, result, undo.

All take ``importers``, the importers by kind, from the URL configuration; which apps there are to import
into is known only there. Only management and staff find these pages.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from itertools import islice
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import DatabaseError
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.exports import download
from core.imports.groups import groups_of, rows_named, with_value
from core.imports.importer import Importer
from core.imports.mapping_form import MappingForm
from core.imports.models import ImportRun, ImportState, RowAction
from core.imports.pipeline import (
    ImportRefused,
    Steps,
    apply_run,
    check_run,
    choose_headings,
    choose_sheet,
    errors_of,
    notes_of,
    start_run,
)
from core.imports.table_notes import table_notes
from core.imports.undo import undo_run
from core.roles import can
from core.sheets import errors, limits
from core.sheets.errors import SheetError, column_letter
from core.spreadsheets import CSV_TYPE, XLSX_TYPE, SheetColumn, write_csv, write_table
from core.stored_once import keep_one, say_again, sent_draft
from core.unavailable import trouble_of
from core.viewers import SignedInRequest

Importers = Mapping[str, type[Importer]]
View = Callable[..., HttpResponseBase]

ERRORS_SHOWN = 200
ROWS_SHOWN = 50
_ROW_NUMBER = re.compile("[0-9]{1,7}")


def office_only(view: View) -> View:
    """Let nobody but management and staff know that the page exists."""

    @wraps(view)
    def guarded(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not can(request.user, "add", ImportRun):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def find_run(request: SignedInRequest, pk: int, importers: Importers) -> tuple[ImportRun, type[Importer]]:
    """Return a run this user may see, with its importer."""
    runs = ImportRun.objects.visible_to(request.user).without_table()
    run = get_object_or_404(runs, pk=pk, kind__in=importers)
    return run, importers[run.kind]


@office_only
@require_http_methods(["GET", "POST"])
def import_upload(request: SignedInRequest, kind: str, *, importers: Importers) -> HttpResponse:
    """Take the file; with ``?template=1`` give an empty table with the right headings."""
    if kind not in importers:
        raise Http404
    importer = importers[kind]
    if "template" in request.GET:
        return _template(importer)
    failure = ""
    if request.method == "POST":
        draft = sent_draft(request)
        if isinstance(known := draft.stored(), ImportRun):
            say_again(request)
            return redirect("import_mapping", known.pk)
        try:
            run = keep_one(draft, _take_file(request, importer))
        except SheetError as error:
            failure = str(error)
        else:
            return redirect("import_mapping", run.pk)
    fields = [field for field in importer().fields.values() if not field.fixed_only]
    context = {
        "importer": importer,
        "fields": fields,
        "failure": failure,
        "megabytes": limits.MAX_FILE_BYTES // limits.MEBIBYTE,
        "max_rows": limits.MAX_ROWS,
        "step": 1,
    }
    return render(request, "imports/upload.html", context, status=422 if failure else 200)


def _take_file(request: SignedInRequest, importer: type[Importer]) -> ImportRun:
    file = request.FILES.get("file")
    if file is None:
        raise SheetError(_("Please choose a file."))
    if (file.size or 0) > limits.MAX_FILE_BYTES:
        raise SheetError(errors.TOO_LARGE, limit=limits.MAX_FILE_BYTES // limits.MEBIBYTE)
    return start_run(importer=importer, data=file.read(), file_name=file.name or "", user=request.user)


def _template(importer: type[Importer]) -> HttpResponse:
    fields = [field for field in importer().fields.values() if not field.fixed_only]
    columns = [SheetColumn(field.words[0] or str(field.label), width=22) for field in fields]
    facts = [(field.words[0], _hint(field)) for field in fields]
    body = write_table(title=str(importer.title), columns=columns, rows=[], facts=facts)
    name = _("Template %(title)s") % {"title": importer.title}
    return download(body, name=name, suffix="xlsx", content_type=XLSX_TYPE)


def _hint(field: Any) -> str:
    required = [_("required")] if field.required else []
    options = [" | ".join(label for _code, label in field.options)] if field.options else []
    return ". ".join([str(field.label), *required, *options])


@office_only
@require_http_methods(["GET", "POST"])
def import_mapping(request: SignedInRequest, pk: int, *, importers: Importers) -> HttpResponseBase:
    """Say which column means what; then check all rows."""
    run, importer = find_run(request, pk, importers)
    if not run.is_open:
        return redirect("import_run", pk)
    here = reverse("import_mapping", args=[pk])
    if "sheet" in request.POST:
        return _change_sheet(request, run, importer)
    if "headings" in request.POST:
        return _change_headings(request, run, importer)
    form = MappingForm(run, importer, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if form.save():
            steps = check_run(run=run, importer=importer)
            return _run_steps(request, steps, done=reverse("import_run", args=[pk]), back=here)
        if _wants_progress(request):
            return _answer(form.refusal(), done=here)
    context = {"run": run, "importer": importer, "form": form, "table_notes": table_notes(run), "step": 2}
    return render(request, "imports/mapping.html", context, status=422 if form.errors else 200)


def _change_sheet(request: SignedInRequest, run: ImportRun, importer: type[Importer]) -> HttpResponse:
    try:
        choose_sheet(run=run, importer=importer, sheet=request.POST["sheet"])
    except (SheetError, ImportRefused) as error:
        messages.error(request, str(error))
    return redirect("import_mapping", run.pk)


def _change_headings(request: SignedInRequest, run: ImportRun, importer: type[Importer]) -> HttpResponse:
    text = request.POST["headings"]
    try:
        if not _ROW_NUMBER.fullmatch(text):
            raise SheetError(errors.NO_SUCH_ROW)
        choose_headings(run=run, importer=importer, row=int(text))
    except (SheetError, ImportRefused) as error:
        messages.error(request, str(error))
    return redirect("import_mapping", run.pk)


@office_only
@require_GET
def import_run(request: SignedInRequest, pk: int, *, importers: Importers) -> HttpResponse:
    """Show what the import would do, or what it did."""
    run, importer = find_run(request, pk, importers)
    if run.state == ImportState.UPLOADED:
        return redirect("import_mapping", pk)
    show = request.GET.get("show", "")
    actions = [show] if show in RowAction.values else [RowAction.CREATE, RowAction.UPDATE]
    page = Paginator(run.rows.filter(action__in=actions).order_by("number", "part"), ROWS_SHOWN).get_page(
        request.GET.get("page")
    )
    context = {
        "run": run,
        "importer": importer,
        "show": show,
        "tiles": _tiles(run),
        "page": page,
        "rows": [_row_for_page(row, importer, linked=run.state == ImportState.APPLIED) for row in page],
        "errors": list(_errors_for_page(run, ERRORS_SHOWN)),
        "errors_shown": ERRORS_SHOWN,
        "table_notes": table_notes(run),
        "notes": list(islice(_notes_for_page(run), ERRORS_SHOWN)),
        "to_write": run.counts.get(RowAction.CREATE, 0) + run.counts.get(RowAction.UPDATE, 0),
        "step": 3 if run.is_open else 4,
    }
    return render(request, "imports/run.html", context)


def _tiles(run: ImportRun) -> list[dict[str, Any]]:
    return [
        {"action": action.value, "label": action.label, "count": count}
        for action in RowAction
        for count in [run.counts.get(action.value, 0)]
        if count or action != RowAction.LEAVE
    ]


def _row_for_page(row: Any, importer: type[Importer], *, linked: bool) -> dict[str, Any]:
    labels = {key: field.label for key, field in importer().fields.items()} if row.changes else {}
    model: Any = importer.model
    has_page = linked and row.object_pk and hasattr(model, "get_absolute_url")
    return {
        "number": row.number,
        "action": row.action,
        "action_label": row.get_action_display(),
        "label": row.label,
        "changes": [(labels.get(key, key), old, new) for key, old, new in row.changes],
        "reasons": [with_value(reason, value) for _column, value, reason in [*row.errors, *row.notes]],
        "url": model(pk=row.object_pk).get_absolute_url() if has_page else "",
    }


def _errors_for_page(run: ImportRun, limit: int | None = None) -> Iterator[dict[str, Any]]:
    # The headings alone: the whole table may be large.
    headers = ImportRun.objects.values_list("table__headers", flat=True).get(pk=run.pk) or []
    for index, (number, column, value, reason) in enumerate(errors_of(run)):
        if limit is not None and index >= limit:
            return
        letter = "" if column is None else column_letter(column)
        header = headers[column] if column is not None and column < len(headers) else ""
        yield {"row": number, "letter": letter, "header": header, "value": value, "reason": reason}


def _notes_for_page(run: ImportRun) -> Iterator[dict[str, Any]]:
    for group in groups_of(notes_of(run)):
        letter = "" if group.column is None else column_letter(group.column)
        yield {"rows": rows_named(group.rows), "letter": letter, "value": group.value, "text": group.reason}


@office_only
@require_GET
def import_errors(request: SignedInRequest, pk: int, *, importers: Importers) -> HttpResponse:
    """Give the whole list of errors as Excel, with ``?format=csv`` as CSV."""
    run, _importer = find_run(request, pk, importers)
    columns = [
        SheetColumn(_("Row"), "integer"),
        SheetColumn(_("Column")),
        SheetColumn(_("Heading")),
        SheetColumn(_("What stands there")),
        SheetColumn(_("What is wrong")),
    ]
    rows = [
        (error["row"], error["letter"], error["header"], error["value"], error["reason"])
        for error in _errors_for_page(run)
    ]
    title = _("Import errors")
    if request.GET.get("format") == "csv":
        body, suffix, kind = write_csv(columns=columns, rows=rows), "csv", CSV_TYPE
    else:
        facts = [(_("File"), run.file_name)]
        body, suffix = write_table(title=title, columns=columns, rows=rows, facts=facts), "xlsx"
        kind = XLSX_TYPE
    return download(body, name=title, suffix=suffix, content_type=kind)


@office_only
@require_POST
def import_apply(request: SignedInRequest, pk: int, *, importers: Importers) -> HttpResponseBase:
    """Write everything, or nothing."""
    run, importer = find_run(request, pk, importers)
    here = reverse("import_run", args=[pk])
    steps = apply_run(run=run, importer=importer, correct_only="correct_only" in request.POST)
    return _run_steps(request, steps, done=here, back=here)


@office_only
@require_POST
def import_undo(request: SignedInRequest, pk: int, *, importers: Importers) -> HttpResponseBase:
    """Take the whole import back."""
    run, importer = find_run(request, pk, importers)
    here = reverse("import_run", args=[pk])
    return _run_steps(request, undo_run(run=run, importer=importer), done=here, back=here)


@office_only
@require_POST
def import_discard(request: SignedInRequest, pk: int, *, importers: Importers) -> HttpResponse:
    """Delete the rows of an import; one that was never applied goes altogether."""
    run, _importer = find_run(request, pk, importers)
    if run.is_open:
        run.delete()
        messages.success(request, _("The import was discarded. Nothing was changed."))
        return redirect("imports")
    run.purge()
    messages.success(request, _("The rows of the import were deleted. It can no longer be undone."))
    return redirect("import_run", pk)


# --- long steps ----------------------------------------------------------------------------------------


def _wants_progress(request: SignedInRequest) -> bool:
    return request.headers.get("X-Progress") == "1"


def _run_steps(request: SignedInRequest, steps: Steps, *, done: str, back: str) -> HttpResponseBase:
    """Take the steps, reporting progress to a page that asks for it; then lead to ``done``."""
    if _wants_progress(request):
        return _answer(steps, done=done)
    try:
        for _step in steps:
            pass
    except ImportRefused as refused:
        messages.error(request, " ".join([str(refused), *refused.reasons]))
        return redirect(back)
    return redirect(done)


def _answer(steps: Steps, *, done: str) -> StreamingHttpResponse:
    """Return one line of JSON per step. The work happens while it is read: a lost reader rolls it back."""
    response = StreamingHttpResponse(_lines(steps, done), content_type="application/x-ndjson")
    # Proxies must hand each line on at once.
    response["X-Accel-Buffering"] = "no"
    return response


def _lines(steps: Steps, done: str) -> Iterator[bytes]:
    try:
        for step in steps:
            yield _line(step._asdict())
        yield _line({"redirect": done})
    except ImportRefused as refused:
        yield _line({"error": str(refused), "details": refused.reasons})
    except (DatabaseError, OSError) as error:
        trouble = trouble_of(error)
        if trouble is None:
            raise
        # The answer has begun, so that its status cannot say it any more.
        yield _line({"error": trouble.title, "details": [trouble.text]})


def _line(content: Mapping[str, Any]) -> bytes:
    return json.dumps(content).encode() + b"\n"
