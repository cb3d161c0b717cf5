"""The five shapes of a page about records: list, detail, create, edit, delete.

Sub-classes are attributes only. What somebody may not see does not exist (404); what somebody sees but may
not change is refused (403).
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import ProtectedError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import generic
from django_filters.views import FilterMixin
from django_tables2 import SingleTableMixin

from core.exports import list_export
from core.models import Record
from core.models.drafts import DraftKey
from core.roles import can
from core.stored_once import answer_once, new_key, said_about, sent_key
from core.tables import PAGE_SIZES, page_size
from core.undoing import recording
from core.viewers import SignedInRequest


def address_to_return(request: SignedInRequest, default: str) -> str:
    """Return where the user came from if the request names a page of this site; else ``default``."""
    address = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if is_ours else default


class RightsMixin(generic.base.View):
    """Asks for a right on the model before anything else happens."""

    request: SignedInRequest
    model: type[Record]
    right: ClassVar[str] = "view"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not can(self.request.user, "view", self.model):
            raise Http404
        if not can(self.request.user, self.right, self.model):
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
    # Whoever may not create such records is not told how.
    empty_text_for_readers: ClassVar[Any] = gettext_lazy("What the office enters appears here.")

    def get_filterset_kwargs(self, filterset_class: Any) -> dict[str, Any]:
        return {"data": self.request.GET, "request": self.request, "queryset": self.get_queryset()}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.filterset = self.get_filterset(self.get_filterset_class())
        # Where a filter is not understood, all rows would look like the answer to it.
        is_understood = not self.filterset.errors
        self.object_list = self.filterset.qs if is_understood else self.get_queryset().none()
        export = self.request.GET.get("export")
        if export in {"xlsx", "csv"} and is_understood:
            return list_export(
                table=self.get_table(**self.get_table_kwargs()),
                filterset=self.filterset,
                title=str(self.title),
                user=self.request.user,
                file_format=export,
            )
        context = self.get_context_data()
        partial = self.request.htmx and not self.request.htmx.boosted
        template = self.results_template_name if partial else self.template_name
        return self.response_class(
            request=self.request, template=[template], context=context, using=self.template_engine
        )

    def get_table_pagination(self, table: Any) -> dict[str, Any] | bool:
        if "export" in self.request.GET:
            return False
        return {"per_page": page_size(self.request.GET.get("per_page")), "silent": True}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_create = bool(self.create_url_name) and can(self.request.user, "add", self.model)
        is_told = may_create or not self.create_url_name
        return super().get_context_data(
            **{
                "title": self.title,
                "filterset": self.filterset,
                "page_sizes": PAGE_SIZES,
                "create_url": reverse(self.create_url_name) if self.create_url_name else "",
                "may_create": may_create,
                "total": self.get_queryset().count(),
                "help_text": self.help_text,
                "empty_title": self.empty_title,
                "empty_text": self.empty_text if is_told else self.empty_text_for_readers,
                **kwargs,
            }
        )


class RecordDetailView(RightsMixin, generic.DetailView):  # type: ignore[misc]
    """The page of one record."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_change = can(self.request.user, "change", self.object)
        may_delete = can(self.request.user, "delete", self.object)
        return super().get_context_data(**{"may_change": may_change, "may_delete": may_delete, **kwargs})


def shown_again(
    view: type[RecordDetailView], request: SignedInRequest, *, pk: int, **context: Any
) -> HttpResponse:
    """Answer with the page of a record as it is, but for a form on it that was refused."""
    page = view()
    page.setup(request, pk=pk)
    page.object = page.get_object()
    answer: HttpResponse = page.render_to_response(page.get_context_data(**context), status=422)
    return answer


class RecordFormMixin(RightsMixin):
    """What creating and editing share."""

    template_name = "form.html"
    title: ClassVar[Any] = ""
    success_message: ClassVar[Any] = ""

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}  # type: ignore[misc]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"title": self.title, **kwargs})  # type: ignore[misc]

    def store(self, form: Any) -> Any:
        """Save what the form holds, and what belongs to it, in the transaction of the caller."""
        return form.save()

    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            self.object = self.store(form)
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
    """The form of a new record. It carries the key of its draft: sent twice, it is stored once."""

    right = "add"
    draft_key = ""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save, or lead to what the same form has saved before."""
        self.object = None
        save = super().post
        return answer_once(
            self.request,
            lambda: save(self.request, *args, **kwargs),
            otherwise=self.stored_otherwise,
            record=lambda: self.object,
        )

    def stored_otherwise(self, stored: DraftKey) -> HttpResponse:
        """Nothing is thrown away and nothing overwritten: whoever sent other content is asked what it is."""
        form = self.get_form()
        form.add_error(None, said_about(stored))
        self.draft_key = new_key()
        return self.form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        key = self.draft_key or sent_key(self.request) or new_key()
        return super().get_context_data(**{"draft_key": key, **kwargs})


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


class RecordDeleteView(RightsMixin, generic.DeleteView):  # type: ignore[misc]
    """Asks once, says what hangs on the record, and refuses what others still need."""

    right = "delete"
    template_name = "confirm_delete.html"
    success_url_name: ClassVar[str] = settings.LOGIN_REDIRECT_URL
    object: Any

    def get_success_url(self) -> str:
        """Return to the list as it was left; the page knows which of its filters and pages that was."""
        return address_to_return(self.request, self.get_list_url())

    def get_list_url(self) -> str:
        return reverse(self.success_url_name)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kinds = dependents(self.object)
        is_protected = any(protects for _label, _count, protects in kinds)
        around = {"dependents": kinds, "is_protected": is_protected, "list_url": self.get_list_url()}
        return super().get_context_data(**{**around, **kwargs})

    def form_valid(self, form: Any) -> HttpResponse:
        name = {"name": str(self.object)}
        label, back = _("“%(name)s” is there again.") % name, self.get_undone_url()
        rights = [(self.right, type(self.object))]
        try:
            with recording(user=self.request.user, label=label, rights=rights, back=back) as recorder:
                recorder.before_delete([self.object])
                self.object.delete()
        except ProtectedError:
            return self.render_to_response(self.get_context_data(form=form, is_protected=True), status=409)
        messages.success(self.request, _("“%(name)s” was deleted.") % name, extra_tags=recorder.address)
        return HttpResponseRedirect(self.get_success_url())

    def get_undone_url(self) -> str:
        """Return where to go when the deletion is taken back: the page that shows the record again."""
        address = getattr(self.object, "get_absolute_url", self.get_success_url)
        return str(address())


def dependents(record: Record) -> list[tuple[str, int, bool | None]]:
    """Return what hangs on ``record``: name of the kind, how many, and whether it forbids deleting.

    None instead of yes or no: it stays, only without its tie to the record.
    """
    kinds: list[tuple[str, int, bool | None]] = []
    for relation in record._meta.related_objects:
        accessor = relation.get_accessor_name()
        if accessor is None or relation.one_to_one or relation.many_to_many:
            continue
        count = getattr(record, accessor).count()
        if count:
            on_delete = getattr(relation, "on_delete", None)
            protects = None if on_delete is models.SET_NULL else on_delete is models.PROTECT
            kinds.append((str(relation.related_model._meta.verbose_name_plural), count, protects))
    return kinds
