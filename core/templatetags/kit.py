"""What the templates of every app use to draw the same things the same way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms, template
from django.template.defaultfilters import stringfilter
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from core.filter_chips import filter_chips
from core.icons import icon_svg
from core.stored_once import FIELD, new_key, sent_key
from core.text import shorten

if TYPE_CHECKING:
    from collections.abc import Iterable

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw the icon ``name`` (names of tabler.io/icons)."""
    return icon_svg(name)


@register.simple_tag(takes_context=True)
def draft_key_field(context: dict[str, Any]) -> SafeString:
    """Draw the hidden field by which a form that creates something is stored once."""
    key = context.get("draft_key") or sent_key(context["request"]) or new_key()
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, key)


@register.simple_tag
def dot(sector: str) -> SafeString:
    """Draw the coloured dot of a sector; the sector's name has to stand beside it."""
    return format_html('<span class="dot sector-{}" aria-hidden="true"></span>', sector)


register.filter("shorten", stringfilter(shorten))


@register.simple_tag
def crumb(label: str, url_name: str, *args: Any) -> SafeString:
    """Write one step of the trail."""
    try:
        link = format_html('<a href="{}">{}</a>', reverse(url_name, args=args), label)
    except NoReverseMatch:
        link = format_html("{}", label)
    return format_html('<li class="breadcrumb-item">{}</li>', link)


@register.simple_tag(takes_context=True)
def record_tabs(
    context: dict[str, Any], tabs: Iterable[tuple[Any, ...]], key: Any, counts: dict[str, int] | None = None
) -> list[dict[str, Any]]:
    """Return the tabs of a record's page with their addresses; pages that do not exist are left out.

    A tab is a label, a URL name and, where another room counts what it holds, a function of the key;
    ``counts`` says by URL name what the room of the page counts itself.
    """
    path = context["request"].path
    links = []
    for label, url_name, *counting in tabs:
        try:
            url = reverse(url_name, args=[key])
        except NoReverseMatch:
            continue
        count = counting[0](key) if counting else (counts or {}).get(url_name)
        links.append({"label": label, "url": url, "active": url == path, "count": count})
    return links


@register.simple_tag(takes_context=True)
def parts(context: dict[str, Any], place: str, record: Any = None) -> SafeString:
    """Draw what rooms above the page's own add at a place; ``crm/navigation.py`` says who draws there."""
    drawing = context.get("parts", {}).get(place, ())
    return format_html_join("", "{}", ((draw(context["request"], record),) for draw in drawing))


@register.simple_tag(takes_context=True)
def active_filters(context: dict[str, Any], filterset: Any) -> list[dict[str, str]]:
    """Return the filters in use as chips: what they say, and the address of the list without them."""
    return filter_chips(filterset, query=context["request"].GET)


@register.simple_block_tag
def phrase(content: str) -> str:
    """Keep a short text, usually a block, to write it in several places: ``{% phrase as name %}…``."""
    return mark_safe(" ".join(content.split()))  # noqa: S308 - rendered, hence escaped, by the template


@register.simple_tag
def form_field(form: Any, name: str) -> Any:
    """Return the field ``name`` of a form, or None when this form does not have it or hides it."""
    if name not in form.fields or form[name].is_hidden:
        return None
    return form[name]


@register.filter
def field_kind(bound_field: Any) -> str:
    """Tell how a field is drawn: check (one box), choices (several boxes) or line."""
    widget = bound_field.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    return "choices" if isinstance(widget, forms.RadioSelect) else "line"
