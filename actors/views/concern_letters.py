"""The letter that passes a concern on: to read, to copy into an e-mail, to print, as a Word document."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from actors.forms import LetterForm
from actors.letters import concern_letter
from actors.models import Concern
from crm.common.exports import download
from crm.common.letters import DOCX_TYPE, letter_docx, letter_text
from crm.common.roles import can


@require_safe
def concern_letter_page(request: HttpRequest, pk: int) -> HttpResponse:
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
    wanted = request.GET.get("format", "")
    if wanted == "docx":
        return download(letter_docx(letter), name=name, suffix="docx", content_type=DOCX_TYPE)
    if wanted == "txt":
        body = letter_text(letter).encode()
        return download(body, name=name, suffix="txt", content_type="text/plain; charset=utf-8")
    context = {"concern": concern, "form": form, "text": letter_text(letter), "with_name": with_name}
    return render(request, "actors/concern_letter.html", context)
