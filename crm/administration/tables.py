"""The table of a vocabulary."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from core.models import VocabularyTerm
from core.tables import RecordTable
from crm.administration.vocabularies import own_fields


class TermTable(RecordTable):
    """The terms of one vocabulary, in the order in which lists offer them."""

    name_de = tables.Column(attrs={"td": {"class": "strong"}})
    name_en = tables.Column()
    code = tables.Column()
    is_active = tables.Column(verbose_name=_("State"))
    position = tables.Column(attrs={"th": {"class": "num"}, "td": {"class": "num"}})

    class Meta(RecordTable.Meta):
        fields = ("name_de", "name_en", "code", "is_active", "position")

    def __init__(self, *args: Any, vocabulary: type[VocabularyTerm], edit_url: Any, **kwargs: Any) -> None:
        self.edit_url = edit_url
        own: list[Any] = [vocabulary._meta.get_field(name) for name in own_fields(vocabulary)]
        extra = [(f.name, _OwnColumn(f.name, verbose_name=f.verbose_name)) for f in own]
        sequence = ("name_de", "name_en", "code", *(f.name for f in own), "is_active", "position")
        super().__init__(*args, extra_columns=extra, sequence=sequence, **kwargs)

    def render_name_de(self, value: str, record: VocabularyTerm) -> str:
        return format_html('<a href="{}">{}</a>', self.edit_url(record), value)

    def value_name_de(self, value: str) -> str:
        return value

    def render_is_active(self, value: bool) -> str:
        css, label = ("tag-ok", _("in use")) if value else ("tag-muted", _("out of use"))
        return format_html('<span class="tag {}">{}</span>', css, label)

    def value_is_active(self, value: bool) -> bool:
        return value


class _OwnColumn(tables.Column):
    """A choice in words, a switch as yes or no, anything else as it is."""

    def __init__(self, field_name: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.field_name = field_name
        self.empty_values = ()

    def render(self, value: Any, record: VocabularyTerm) -> str:
        if isinstance(value, bool):
            return str(_("yes") if value else _("no"))
        in_words = getattr(record, f"get_{self.field_name}_display", None)
        if in_words is not None:
            return str(in_words())
        return "–" if value is None else str(value)
