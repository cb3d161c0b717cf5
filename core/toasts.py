"""Messages to the user that travel with an htmx answer; whole pages use Django's own messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from django_htmx.http import trigger_client_event

if TYPE_CHECKING:
    from django.http import HttpResponse

Level = Literal["success", "info", "warning", "error"]


def add_toast(
    response: HttpResponse,
    text: str,
    *,
    level: Level = "success",
    url: str = "",
    undo_url: str = "",
    event: str = "",
) -> HttpResponse:
    """Have the page show ``text`` in its corner when it receives this answer.

    ``url`` is what the text is about; ``undo_url`` adds a button that takes it back (POST); ``event`` is
    announced to the page's scripts as well.
    """
    links = {name: value for name, value in (("url", url), ("undo", undo_url)) if value}
    trigger_client_event(response, "showMessage", {"level": level, "text": text, **links})
    if event:
        trigger_client_event(response, event, {"url": url})
    return response
