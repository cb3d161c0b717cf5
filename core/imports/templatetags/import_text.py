"""How the import pages show a stranger's text: nothing in it may hide or turn what stands beside it."""

from __future__ import annotations

import re
from typing import Any

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()

# Direction controls and characters without width.
_HIDDEN = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


@register.filter
def visible(value: Any) -> str:
    """Return the text with every hidden control written out, such as ⟨U+202E⟩.

    >>> visible("ab\\u202ecd")
    'ab⟨U+202E⟩cd'
    """
    return _HIDDEN.sub(lambda match: f"⟨U+{ord(match[0]):04X}⟩", str(value))


@register.simple_tag
def import_steps(current: int) -> SafeString:
    """Draw the four steps of an import with the current one marked."""
    labels = [_("File"), _("Columns"), _("Check"), _("Result")]
    items = format_html_join(
        "",
        '<li{}><span class="importsteps-no" aria-hidden="true">{}</span>{}</li>',
        ((_mark(number, current), number, label) for number, label in enumerate(labels, start=1)),
    )
    return SafeString(f'<ol class="importsteps">{items}</ol>')


def _mark(number: int, current: int) -> SafeString:
    if number == current:
        return SafeString(' aria-current="step"')
    return SafeString(' class="done"' if number < current else "")
