"""Pages of the e-mails: what waits, taking in, whose contact one is."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from contacts.emails.errors import REASONS, why_no_contact
from contacts.filtersets.emails import IncomingEmailFilterSet
from contacts.forms.emails import EmailAssignForm, EmailUploadForm
from contacts.models import Attachment, Contact, EmailState, IncomingEmail
from contacts.services.email_people import others_in, people_of
from contacts.services.email_reading import Taken, take_in_files, take_in_text
from contacts.services.emails import parts_of, set_aside, similar_emails, take_up
from contacts.tables.emails import IncomingEmailTable
from core.file_names import content_disposition
from core.roles import can
from core.viewers import SignedIn, SignedInRequest
from core.views import RecordDeleteView, RecordListView

FOLDED_FROM = 800
LATELY = dt.timedelta(days=14)


class EmailListView(RecordListView):
    """E-mails; at first those that wait."""

    model = IncomingEmail
    filterset_class = IncomingEmailFilterSet
    table_class = IncomingEmailTable
    template_name = "contacts/email_list.html"
    title = _("E-mails to assign")
    create_url_name = "contacts:email_create"
    help_text = _(
        "E-mails become contacts of the actors that sent or got them. What nobody has assigned waits here."
    )
    empty_title = _("No e-mails yet")
    empty_text = _("Save an e-mail as an .eml file and upload it, or paste its text.")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show what waits to whoever comes without a wish."""
        if not self.request.GET and not self.request.htmx:
            return HttpResponseRedirect(f"{self.request.path}?{urlencode({'state': EmailState.WAITING})}")
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet:
        rows = super().get_queryset().select_related("taken_in_by")
        return rows.defer("text", "recipients", "not_kept").annotate(attachment_count=Count("attachments"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        chosen = self.request.GET.get("state", "")
        scopes = [
            (state.label, f"?{urlencode({'state': state.value})}", chosen == state) for state in EmailState
        ]
        scopes.append((_("All"), "?state=", not chosen))
        lately = timezone.now() - LATELY
        unasked = IncomingEmail.objects.visible_to(self.request.user).put_aside_unasked()
        context = {
            "scopes": scopes,
            "create_label": _("Take in e-mails"),
            "put_aside": unasked.filter(set_aside_at__gte=lately).count()
            if chosen == EmailState.WAITING
            else 0,
            "put_aside_url": f"?{urlencode({'state': EmailState.SET_ASIDE})}",
        }
        return super().get_context_data(**{**context, **kwargs})


def _check_right(request: SignedInRequest, right: str) -> None:
    if not can(request.user, "view", IncomingEmail):
        raise Http404
    if not can(request.user, right, IncomingEmail):
        raise PermissionDenied


def _find(request: SignedInRequest, pk: int, right: str = "change") -> IncomingEmail:
    _check_right(request, right)
    seen = IncomingEmail.objects.visible_to(request.user).select_related("contact", "taken_in_by")
    return get_object_or_404(seen, pk=pk)


@require_http_methods(["GET", "POST"])
def email_create(request: SignedInRequest) -> HttpResponse:
    """Take in files and pasted e-mails; one alone is shown at once, of several the page says what became."""
    _check_right(request, "add")
    form = EmailUploadForm(request.POST, request.FILES) if request.method == "POST" else EmailUploadForm()
    taken: list[Taken] = []
    if request.method == "POST" and form.is_valid():
        taken = take_in_files(form.cleaned_data["emails"], user=request.user)
        if form.cleaned_data["text"].strip():
            taken.append(take_in_text(form.cleaned_data["text"], user=request.user))
        if len(taken) == 1 and taken[0].email is not None:
            return _to_only(request, taken[0])
    failed = bool(form.errors) or (bool(taken) and all(each.email is None for each in taken))
    context = {"form": form, "taken": taken, "limits": form.limits()}
    return render(request, "contacts/email_upload.html", context, status=422 if failed else 200)


def _to_only(request: SignedInRequest, taken: Taken) -> HttpResponse:
    if not taken.is_new:
        messages.info(request, gettext("This e-mail was taken in before."))
    return redirect(taken.email)  # type: ignore[arg-type]


@require_http_methods(["GET", "POST"])
def email_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show an e-mail as text, and ask whose contact it is."""
    email = _find(request, pk, "change" if request.method == "POST" else "view")
    form = None
    if email.contact is None and can(request.user, "change", IncomingEmail):
        form = EmailAssignForm(
            request.POST if request.method == "POST" else None, email=email, user=request.user
        )
    if request.method == "POST" and form is not None and form.is_valid():
        contact = form.save()
        messages.success(request, gettext("The e-mail was logged as a contact."))
        return redirect(contact)
    people = form.people if form else people_of(email)
    context = {
        "object": email,
        "form": form,
        "people": people,
        "strangers": form.person_forms if form else [],
        "is_sure": form is not None and email.is_letter and not form.person_forms and bool(others_in(people)),
        "similar": similar_emails(email),
        "reason": why_no_contact(email.kind, email.fault),
        **_text_of(email),
        **files_of(email),
    }
    return render(
        request, "contacts/email_detail.html", context, status=422 if form and form.is_bound else 200
    )


def _text_of(email: IncomingEmail) -> dict[str, Any]:
    """Return what the page shows of the text: what is new, and folded away what it quotes."""
    text, history = parts_of(email)
    return {"text": text, "history": history, "is_long": len(text) > FOLDED_FROM}


@require_POST
def email_set_aside(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put an e-mail away that is to become no contact."""
    email = _find(request, pk)
    try:
        set_aside(email=email)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(email)
    undo = reverse("contacts:email_take_up", args=[email.pk])
    messages.success(request, gettext("The e-mail was set aside."), extra_tags=undo)
    return redirect("contacts:email_list")


@require_POST
def email_take_up(request: SignedInRequest, pk: int) -> HttpResponse:
    """Have an e-mail wait again."""
    email = _find(request, pk)
    take_up(email=email)
    messages.success(request, gettext("The e-mail waits to be assigned again."))
    return redirect(email)


class EmailDeleteView(RecordDeleteView):
    """Delete an e-mail with its files; the contact that it became stays."""

    model = IncomingEmail
    success_url_name = "contacts:email_list"


@require_GET
def attachment_file(request: SignedInRequest, pk: int) -> FileResponse:
    """Hand out a file that came with an e-mail: to be saved, never to be shown or run by this site."""
    if not can(request.user, "view", Attachment):
        raise Http404
    attachment = get_object_or_404(Attachment.objects.visible_to(request.user), pk=pk)
    try:
        body = attachment.file.open("rb")
    except FileNotFoundError as missing:
        raise Http404 from missing
    response = FileResponse(body, content_type=attachment.content_type)
    response["Content-Disposition"] = content_disposition(attachment.name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def files_of(email: IncomingEmail) -> dict[str, Any]:
    """Return what came with an e-mail, kept or not."""
    return {
        "attachments": list(email.attachments.all()),
        "not_kept": [{**file, "reason": REASONS.get(file["reason"], "")} for file in email.not_kept],
    }


def email_of(contact: Contact, user: SignedIn) -> dict[str, Any]:
    """Return the e-mail that became a contact with its files, for those who may see e-mails."""
    if not can(user, "view", IncomingEmail):
        return {}
    email = IncomingEmail.objects.visible_to(user).filter(contact=contact).first()
    return {} if email is None else {"email": email, "email_files": files_of(email)}
