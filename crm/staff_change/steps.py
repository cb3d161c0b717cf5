"""What handing over takes: the sheet as it was before, the work itself, and a record of both."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.accounts.models import User
from crm.staff_change.forms import HandOverForm
from crm.staff_change.work import HandedOver, hand_over_work
from reports.kinds import KINDS
from reports.models import SavedReport
from reports.saving import save_report

LONGEST_NOTE = 1000


def hand_over(
    *, leaving: User, form: HandOverForm, by: User, base_url: str
) -> tuple[HandedOver, SavedReport]:
    """Hand over the work, and keep the sheet that was true before, with a note of who took what.

    Raises
    ------
    ValidationError
        Nothing was handed over, and why.
    """
    sheet = KINDS["hand_over"]
    sheet_form: Any = sheet.form({"person": leaving.pk})
    sheet_form.full_clean()
    report = sheet.build(viewer=by, form=sheet_form)
    moved = hand_over_work(
        leaving=leaving, plan=form.plan, by=by, close_account=form.cleaned_data["close_account"]
    )
    note = "\n".join(in_words(moved))
    query = f"person={leaving.pk}"
    saved = save_report(report=report, user=by, query=query, note=note[:LONGEST_NOTE], base_url=base_url)
    return moved, saved


def in_words(moved: HandedOver) -> list[str]:
    """Say who took what, a line for each."""
    lines = [f"{user}: {_counted(counts)}" for user, counts in moved.counts.items()]
    return lines or [_("There was nothing to pass on.")]


def _counted(counts: dict[str, int]) -> str:
    words = [
        ngettext("%(n)s follow-up", "%(n)s follow-ups", counts["follow_ups"]) % {"n": counts["follow_ups"]},
        ngettext("%(n)s concern", "%(n)s concerns", counts["concerns"]) % {"n": counts["concerns"]},
        ngettext("%(n)s actor", "%(n)s actors", counts["actors"]) % {"n": counts["actors"]},
    ]
    return ", ".join(words)
