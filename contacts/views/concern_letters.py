"""The letter that passes a concern on: to read, to copy into an e-mail, to print, as a Word document."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contacts.forms.concerns import LetterForm
from contacts.letters import concern_letter
from contacts.models import Concern
from core.exports import download
from core.letters import DOCX_TYPE, letter_docx, letter_text
from core.roles import can
from core.viewers import SignedInRequest


@require_safe
def concern_letter_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the letter; ``?format=docx`` or ``txt`` gives it as a file."""
    if not can(request.user, "view", Concern):
        raise Http404
    rows = Concern.objects.visible_to(request.user).select_related(
        "kind", "topic", "raised_by", "forwarded_to"
    )
    concern = get_object_or_404(rows, pk=pk)
    form = LetterForm(request.GET)
    with_name = form.is_valid() and form.cleaned_data["with_name"]
    letter = concern_letter(
        concern=concern, user=request.user, today=timezone.localdate(), with_name=with_name
    )
    name = _("Concern %(number)s") % {"number": concern.number}
    file_format = request.GET.get("format", "")
    if file_format == "docx":
        return download(letter_docx(letter), name=name, suffix="docx", content_type=DOCX_TYPE)
    if file_format == "txt":
        body = letter_text(letter).encode()
        return download(body, name=name, suffix="txt", content_type="text/plain; charset=utf-8")
    context = {"concern": concern, "form": form, "text": letter_text(letter), "with_name": with_name}
    return render(request, "contacts/concern_letter.html", context)
