"""How the name of an actor stands on a page: with a mark behind it once the actor has ended.

Every page, table and list prints names through here, so that none forgets the mark.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.icons import icon_svg

if TYPE_CHECKING:
    from actors.models import Actor


def ended_mark(actor: Actor, *, is_urgent: bool = False) -> SafeString:
    """Return the mark of an actor that has ended; nothing while it exists.

    It is loud where somebody has to act, such as at a concern that still lies there.
    """
    text = actor.ended_text
    if not text:
        return SafeString("")
    look, symbol = ("tag-warn", icon_svg("archive")) if is_urgent else ("tag-muted", "")
    return format_html(' <span class="tag {}" data-ended>{}{}</span>', look, symbol, text)


def actor_name(actor: Actor) -> SafeString:
    """Return an actor's name with its mark."""
    return format_html("{}{}", actor.name, ended_mark(actor))


def actor_link(actor: Actor, css: str = "", *, is_urgent: bool = False) -> SafeString:
    """Return an actor's name as a link to its page, with its mark."""
    look = format_html(' class="{}"', css) if css else ""
    link = format_html('<a{} href="{}">{}</a>', look, actor.get_absolute_url(), actor.name)
    return format_html("{}{}", link, ended_mark(actor, is_urgent=is_urgent))
