"""The button that takes back what was done a moment ago."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.undoing import CannotUndo, take_back
from core.viewers import SignedInRequest
from core.views import address_to_return

REASONS_SHOWN = 5


@require_POST
def undo(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a step of one's own back; the message says what is there again, or what stands against it."""
    here = address_to_return(request, resolve_url(settings.LOGIN_REDIRECT_URL))
    try:
        step = take_back(key=pk, user=request.user)
    except CannotUndo as refused:
        reasons = " ".join(refused.reasons[:REASONS_SHOWN])
        messages.warning(request, _("This cannot be undone. %(reasons)s") % {"reasons": reasons})
        return HttpResponseRedirect(here)
    messages.success(request, step.label)
    return HttpResponseRedirect(step.back or here)
