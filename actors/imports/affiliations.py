"""Import of who belongs to which organisation."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from actors.imports.references import COLLECTIVE_KINDS, PERSON_KINDS, ActorField, NeedsActors
from actors.models import (
    Affiliation,
)
from crm.common.imports.fields import (
    BoolField,
    ImportField,
    UntilField,
)
from crm.common.imports.rows import Row
from crm.common.imports.suggestions import name_key, one_of
from crm.common.sheets.cells import show
from crm.common.sheets.values import parse_date


class KnownTie(NamedTuple):
    """An affiliation that is already recorded."""

    pk: int
    start: dt.date | None

    def __str__(self) -> str:
        return show(self.start) or "–"


class AffiliationImporter(NeedsActors):
    """Persons in organisations and bodies."""

    kind = "affiliations"
    title = _("Affiliations")
    help_text = _("Who belongs to which organisation or body, one tie in each row. The actors must exist.")
    model = Affiliation
    list_url_name = "actors:actor_list"

    def build_fields(self) -> list[ImportField]:
        """Return both ends, the function and the time."""
        return [
            ActorField(
                "person",
                "Person, person_id, Mitglied, Ansprechpartner, Ansprechperson, Name, Vertreter, member",
                importer=self,
                kinds=PERSON_KINDS,
                required=True,
            ),
            ActorField(
                "organisation",
                "Organisation, organisation_id, Verein, Einrichtung, Gremium, Akteur, "
                "Institution, organization, organization_id",
                importer=self,
                kinds=COLLECTIVE_KINDS,
                required=True,
            ),
            ImportField("role", "Funktion, Rolle, Amt, Aufgabe, role, Position"),
            BoolField(
                "is_main_contact", "Hauptkontakt, Hauptansprechpartner, Hauptansprechperson, main contact"
            ),
            ImportField("valid_from", "Von, Seit, Beginn, from, since", parse=parse_date),
            UntilField("valid_until", "Bis, Ende, until"),
        ]

    def label(self, row: Row) -> str:
        """Return both names."""
        ends = (row.values.get("person"), row.values.get("organisation"))
        return " · ".join(str(end) for end in ends if end)

    def load(self, rows: Sequence[Row]) -> None:
        """Fetch all affiliations by what makes them one of a kind."""
        self._known: dict[tuple[Any, ...], int | Row] = {}
        self._by_ends: dict[tuple[Any, ...], list[KnownTie]] = defaultdict(list)
        columns = ("person_id", "organisation_id", "role", "valid_from", "pk")
        for person, organisation, role, start, pk in Affiliation.objects.order_by("pk").values_list(*columns):
            tie = (person, organisation, name_key(role))
            self._known[(*tie, start)] = pk
            self._by_ends[tie].append(KnownTie(pk, start))

    def match(self, row: Row) -> None:
        """Find the same person, organisation and function with the same beginning, or the only one of it."""
        values = row.values
        if "person" not in values or "organisation" not in values:
            return
        tie = (values["person"].pk, values["organisation"].pk, name_key(values.get("role", "")))
        start = values.get("valid_from")
        found = self._known.get((*tie, start))
        if found is None and start is None and tie in self._by_ends:
            found = one_of(row.label, self._by_ends[tie]).pk
        if isinstance(found, Row):
            row.twin = found
            return
        row.pk = found
        self._known[(*tie, start)] = row
