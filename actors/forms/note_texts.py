"""What to say about a note that was nearly understood."""

from __future__ import annotations

from django.utils.translation import gettext as _

from actors.quick_note import Problem


def problem_text(problem: Problem) -> str:
    """Return the sentence for what the parser could not take as it was typed."""
    texts = {
        ("due", "past"): _("“%(typed)s” lies in the past. A follow-up is due today or later."),
        ("due", "no such day"): _("“%(typed)s”: there is no such day."),
        ("due", "far"): _("“%(typed)s” lies too far ahead."),
        ("due", "no day"): _("After “%(typed)s” there is no day, for instance +1w, 12.3. or tomorrow."),
        ("duration", "no such duration"): _("“%(typed)s”: enter from 1 minute to one day."),
        ("topics", "unknown topic"): _("“#%(typed)s” is no topic, or begins several; it stays text."),
    }
    return texts[problem.field, problem.code] % {"typed": problem.text[:60]}
