"""Rows that are found by their lasting key: do they still mean the record of that key?"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.imports.fields import ImportField
from core.imports.importer import Importer
from core.imports.rows import Row
from core.imports.vocabulary import ChoiceField
from core.names import is_respelled
from core.sheets.values import parse_code

EXTERNAL_ID = "external_id"
OTHER_NAME = "other_name"


class OtherName(models.TextChoices):
    """What is done with a row whose key is recorded under another name."""

    LEAVE = "leave", gettext_lazy("leave the row out")
    RENAME = "rename", gettext_lazy("it is the same: take the name of the table")


class KeyField(ImportField):
    """The key under which the list knows the record, year after year."""

    is_key = True

    def __init__(self, words: str) -> None:
        super().__init__(EXTERNAL_ID, words, parse=parse_code, is_text=True)


def other_name_field() -> ImportField:
    """Return the decision about keys that are recorded under another name."""
    return ChoiceField(
        OTHER_NAME,
        label=gettext_lazy("When a key is recorded under another name"),
        choices=OtherName,
        fixed_only=True,
        goes_with=EXTERNAL_ID,
        is_stored=False,
        suggested=OtherName.LEAVE.value,
        help_text=gettext_lazy(
            "A list that counts its rows anew would otherwise overwrite last year's records."
        ),
    )


def may_rename(importer: Importer) -> bool:
    """Tell whether somebody decided that a key means the same record whatever it is called."""
    return bool(importer.values_for_all.get(OTHER_NAME) == OtherName.RENAME)


def is_other_name(name: str, recorded: str) -> bool:
    """Tell whether a row of this name means somebody else; without a name it goes by its key alone."""
    return bool(name) and not is_respelled(name, recorded)


def leave_out(row: Row, *, key: str, recorded: str) -> None:
    """Leave out a row whose key belongs to somebody else here."""
    message = _("Here the key belongs to “%(recorded)s”, not to “%(name)s”. The row is left out.")
    row.leave_out(message % {"recorded": recorded, "name": row.label}, key=EXTERNAL_ID, value=key)
