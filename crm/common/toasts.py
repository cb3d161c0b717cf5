"""Messages to the user that travel with an htmx answer; whole pages use Django's own messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from django_htmx.http import trigger_client_event

if TYPE_CHECKING:
    from django.http import HttpResponse

Level = Literal["success", "info", "warning", "error"]


def add_toast(response: HttpResponse, text: str, *, level: Level = "success") -> HttpResponse:
    """Have the page show ``text`` in its corner when it receives this answer."""
    trigger_client_event(response, "showMessage", {"level": level, "text": text})
    return response
