"""Pages of saved reports: keep one, list, read, download, delete."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import generic

from core.exports import download
from core.roles import Role, role_of
from core.stored_once import keep_one, say_again, sent_draft, sent_key
from core.views import RecordDeleteView, RecordDetailView, RecordListView, RightsMixin
from reports.forms import PeriodForm
from reports.kinds import KINDS, ReportKind
from reports.models import SavedFile, SavedReport
from reports.renderers.files import FILE_FORMATS, file_name
from reports.renderers.json_reading import read_report
from reports.report import Report
from reports.saving import save_report
from reports.views.saved_list import SavedReportFilterSet, SavedReportTable

# Of the page's address, and of this visit, but not of the question.
OF_THIS_PAGE = ("format", "key", "csrfmiddlewaretoken")


class SaveForm(forms.Form):
    """Which report to keep: its kind and the question as it stands in the address of the page."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Report"), choices=[(kind.code, kind.title) for kind in KINDS.values()]
    )
    query = forms.CharField(required=False, max_length=20_000, widget=forms.HiddenInput)
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("What is it for? For example: annex to the application of 2021."),
    )

    def __init__(self, *args: Any, role: Role | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.role = role

    def clean(self) -> dict[str, Any]:
        """Refuse a question that the report itself would refuse."""
        cleaned = super().clean() or {}
        if "kind" in cleaned and self.role not in self.report_kind.roles:
            self.add_error("kind", _("This report is not for you."))
        elif {"kind", "query"} <= cleaned.keys():
            self.report_form: PeriodForm = self.report_kind.form(QueryDict(cleaned["query"]))
            for name, problems in self.report_form.errors.items():
                label = self.report_form.fields[name].label if name in self.report_form.fields else ""
                self.add_error(None, [f"{label}: {problem}" if label else problem for problem in problems])
        return cleaned

    @property
    def question(self) -> str:
        """Return what was asked, without what belongs to this one page only."""
        parameters = QueryDict(self.cleaned_data["query"], mutable=True)
        for name in [name for name, value in parameters.items() if name in OF_THIS_PAGE or not value]:
            del parameters[name]
        return parameters.urlencode()

    @property
    def report_kind(self) -> ReportKind:
        """Return the kind of report that was asked for."""
        return KINDS[self.cleaned_data["kind"]]


class SavedReportListView(RecordListView):
    """All saved reports that the user may see; a report is saved by POST."""

    model = SavedReport
    filterset_class = SavedReportFilterSet
    table_class = SavedReportTable
    template_name = "reports/saved_list.html"
    title = gettext_lazy("Saved reports")
    help_text = gettext_lazy(
        "Reports as they were on the day they were saved, with their files. They never change, whatever is "
        "recorded later: what was handed in can be read again."
    )
    empty_title = gettext_lazy("No saved reports yet")
    empty_text = gettext_lazy("Open a report and choose “Save this report”.")

    def get_queryset(self) -> QuerySet:
        rows: Any = super().get_queryset()
        return rows.listed()

    def post(self, request: HttpRequest) -> HttpResponse:
        """Build the report anew with the rights of the user, and keep it."""
        form = SaveForm(request.POST, role=role_of(request.user))
        if not form.is_valid():
            context = {"form": form, "title": _("Save a report"), "draft_key": sent_key(self.request)}
            return render(request, "reports/save_form.html", context, status=422)
        draft = sent_draft(self.request)
        if isinstance(known := draft.stored(), SavedReport):
            say_again(self.request)
            return redirect(known.get_absolute_url())
        report = form.report_kind.build(viewer=request.user, form=form.report_form)
        saved = save_report(
            report=report,
            user=self.request.user,
            query=form.question,
            note=form.cleaned_data["note"],
            base_url=request.build_absolute_uri("/").rstrip("/"),
        )
        saved = keep_one(draft, saved)
        messages.success(request, _("The report was saved. It stays as it is now."))
        return redirect(saved)


class SavedReportView(RecordDetailView):
    """A saved report: who, when, its files, and what it says."""

    model = SavedReport
    template_name = "reports/saved_report.html"
    context_object_name = "saved"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        saved = self.object
        report = read_report(saved.content) if saved.is_intact else None
        files = list(saved.files.all())
        return super().get_context_data(
            **{
                "report": report,
                "files": [(file, FILE_FORMATS[file.suffix]) for file in files if file.suffix in FILE_FORMATS],
                "is_intact": _is_as_saved(saved, report) and all(file.is_intact for file in files),
                "ask_again_url": _ask_again_url(saved),
                **kwargs,
            }
        )


def _is_as_saved(saved: SavedReport, report: Report | None) -> bool:
    """Tell whether what lists show is what the report says, and the report what was saved."""
    listed = (saved.kind, saved.title, saved.period, saved.data_date)
    return report is not None and listed == (report.kind, report.title, report.period, report.data_date)


def _ask_again_url(saved: SavedReport) -> str:
    if saved.kind not in KINDS:
        return ""
    address = reverse("reports:report", args=[KINDS[saved.kind].slug])
    return f"{address}?{saved.query}" if saved.query else address


class SavedFileView(RightsMixin, generic.View):
    """One file of a saved report, byte for byte as it was."""

    model = SavedReport

    def get(self, request: HttpRequest, pk: int, suffix: str) -> HttpResponse:
        saved = get_object_or_404(self.get_queryset(), pk=pk)
        file = get_object_or_404(SavedFile.objects.filter(report=saved), suffix=suffix)
        if not file.is_intact:
            context = {"saved": saved}
            return render(request, "reports/saved_damaged.html", context, status=409)
        return download(
            bytes(file.body),
            name=file_name(saved),
            suffix=suffix,
            content_type=FILE_FORMATS[suffix].content_type,
        )


class SavedReportDeleteView(RecordDeleteView):
    """Asks once; only the management deletes."""

    model = SavedReport
    success_url_name = "reports:saved_list"
