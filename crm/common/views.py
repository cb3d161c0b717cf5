"""The five shapes of a page about records: list, detail, create, edit, delete.

Sub-classes are attributes only. What somebody may not see does not exist (404); what somebody sees but may
not change is refused (403).
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import ProtectedError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views import generic
from django_filters.views import FilterMixin
from django_tables2 import SingleTableMixin

from crm.common.exports import list_export
from crm.common.models import Record
from crm.common.roles import can
from crm.common.tables import PAGE_SIZES, page_size


def address_to_return(request: HttpRequest, default: str) -> str:
    """Return where the user came from if the request names a page of this site; else ``default``."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else default


class RightsMixin(generic.base.View):
    """Asks for a right on the model before anything else happens."""

    model: type[Record]
    right: ClassVar[str] = "view"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not can(request.user, "view", self.model):
            raise Http404
        if not can(request.user, self.right, self.model):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> models.QuerySet:
        """Return the records this user may see."""
        return self.model._default_manager.all().visible_to(self.request.user)


class RecordListView(RightsMixin, FilterMixin, SingleTableMixin, generic.ListView):  # type: ignore[misc]
    """A filtered, sorted, paged list; ``?export=xlsx`` or ``csv`` gives exactly the filtered table."""

    template_name = "list.html"
    results_template_name = "list/results.html"
    title: ClassVar[Any] = ""
    create_url_name: ClassVar[str] = ""
    help_text: ClassVar[Any] = ""
    empty_title: ClassVar[Any] = ""
    empty_text: ClassVar[Any] = ""

    def get_filterset_kwargs(self, filterset_class: Any) -> dict[str, Any]:
        return {"data": self.request.GET, "request": self.request, "queryset": self.get_queryset()}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.filterset = self.get_filterset(self.get_filterset_class())
        self.object_list = self.filterset.qs
        export = request.GET.get("export")
        if export in {"xlsx", "csv"}:
            return list_export(
                table=self.get_table(**self.get_table_kwargs()),
                filterset=self.filterset,
                title=str(self.title),
                user=request.user,
                form=export,
            )
        context = self.get_context_data()
        partial = request.htmx and not request.htmx.boosted  # type: ignore[attr-defined]
        template = self.results_template_name if partial else self.template_name
        response = self.response_class(
            request=request, template=[template], context=context, using=self.template_engine
        )
        response["Vary"] = "HX-Request"
        return response

    def get_table_pagination(self, table: Any) -> dict[str, Any] | bool:
        if "export" in self.request.GET:
            return False
        return {"per_page": page_size(self.request.GET.get("per_page")), "silent": True}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **{
                "title": self.title,
                "filterset": self.filterset,
                "page_sizes": PAGE_SIZES,
                "create_url": reverse(self.create_url_name) if self.create_url_name else "",
                "may_create": bool(self.create_url_name) and can(self.request.user, "add", self.model),
                "total": self.get_queryset().count(),
                "help_text": self.help_text,
                "empty_title": self.empty_title,
                "empty_text": self.empty_text,
                **kwargs,
            }
        )


class RecordDetailView(RightsMixin, generic.DetailView):
    """The page of one record."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_change = can(self.request.user, "change", self.object)
        may_delete = can(self.request.user, "delete", self.object)
        return super().get_context_data(**{"may_change": may_change, "may_delete": may_delete, **kwargs})


class RecordFormMixin(RightsMixin):
    """What creating and editing share."""

    template_name = "form.html"
    title: ClassVar[Any] = ""
    success_message: ClassVar[Any] = ""

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}  # type: ignore[misc]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"title": self.title, **kwargs})  # type: ignore[misc]

    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            self.object = form.save()
        messages.success(self.request, self.success_message or _("Saved."))
        if "_addanother" in self.request.POST:
            return HttpResponseRedirect(self.request.get_full_path())
        return HttpResponseRedirect(self.get_success_url())

    def form_invalid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc]
        response.status_code = 422
        return response

    def get_success_url(self) -> str:
        return self.object.get_absolute_url()


class RecordCreateView(RecordFormMixin, generic.CreateView):  # type: ignore[misc]
    """The form of a new record."""

    right = "add"


class RecordUpdateView(RecordFormMixin, generic.UpdateView):  # type: ignore[misc]
    """The form of an existing record."""

    right = "change"

    def get_queryset(self) -> models.QuerySet:
        rows = super().get_queryset()
        return rows.select_for_update(of=("self",)) if self.request.method == "POST" else rows

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Check and save in one transaction on the locked row: of two who save, the second is told."""
        with transaction.atomic():
            return super().post(request, *args, **kwargs)


class RecordDeleteView(RightsMixin, generic.DeleteView):
    """Asks once, says what hangs on the record, and refuses what others still need."""

    right = "delete"
    template_name = "confirm_delete.html"
    success_url_name: ClassVar[str] = "home"

    def get_success_url(self) -> str:
        return reverse(self.success_url_name)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = dependents(self.object)
        is_protected = any(protects for _label, _count, protects in found)
        return super().get_context_data(**{"dependents": found, "is_protected": is_protected, **kwargs})

    def form_valid(self, form: Any) -> HttpResponse:
        name = str(self.object)
        try:
            with transaction.atomic():
                self.object.delete()
        except ProtectedError:
            return self.render_to_response(self.get_context_data(form=form, is_protected=True), status=409)
        messages.success(self.request, _("“%(name)s” was deleted.") % {"name": name})
        return HttpResponseRedirect(self.get_success_url())


def dependents(record: Record) -> list[tuple[str, int, bool | None]]:
    """Return what hangs on ``record``: name of the kind, how many, and whether it forbids deleting.

    None instead of yes or no: it stays, only without its tie to the record.
    """
    found: list[tuple[str, int, bool | None]] = []
    for relation in record._meta.related_objects:
        accessor = relation.get_accessor_name()
        if accessor is None or relation.one_to_one or relation.many_to_many:
            continue
        count = getattr(record, accessor).count()
        if count:
            on_delete = getattr(relation, "on_delete", None)
            protects = None if on_delete is models.SET_NULL else on_delete is models.PROTECT
            found.append((str(relation.related_model._meta.verbose_name_plural), count, protects))
    return found
