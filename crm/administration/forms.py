"""The form of a term."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from core.forms import RecordForm
from core.models import VocabularyTerm
from crm.administration.vocabularies import own_fields

LONGEST_CODE = 40


class TermForm(RecordForm):
    """Create or edit a term. Its code is fixed once it exists: imports and other programs know it by that."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.half = {"name_de", "name_en"}
        if self.instance.pk:
            del self.fields["code"]
            return
        self.fields["code"].required = False
        self.fields["code"].help_text = _("Left empty, it is made from the English name.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "code" in self.fields and not cleaned.get("code") and "code" not in self.errors:
            cleaned["code"] = slugify(cleaned.get("name_en", ""))[:LONGEST_CODE].rstrip("-_")
        return cleaned


def term_form(vocabulary: type[VocabularyTerm]) -> type[TermForm]:
    """Return a form that also asks for what this vocabulary has beyond the others."""
    fields = ["name_de", "name_en", "code", *own_fields(vocabulary), "position", "is_active"]
    made: Any = forms.modelform_factory(vocabulary, form=TermForm, fields=fields)
    return made
