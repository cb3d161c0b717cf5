"""Import of who belongs to which organisation."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from actors.imports.references import COLLECTIVE_KINDS, PERSON_KINDS, ActorField, NeedsActors, note_ended
from actors.models import (
    Affiliation,
)
from actors.services.holders import hold_at_once, single_role
from core.imports.fields import BoolField, DateField, ImportField, UntilField
from core.imports.rows import Row
from core.imports.suggestions import name_key, one_of
from core.sheets.cells import show

ALSO_HELD = _(
    "%(name)s holds this role at the same time. Both are kept; if one has ended, enter its last day."
)


class KnownTie(NamedTuple):
    """An affiliation that is already recorded."""

    pk: int
    start: dt.date | None

    def __str__(self) -> str:
        return show(self.start) or "–"


class AffiliationImporter(NeedsActors):
    """Persons in organisations and bodies."""

    kind = "affiliations"
    icon = "users"
    title = _("Affiliations")
    help_text = _("Who belongs to which organisation or body, one tie in each row. The actors must exist.")
    model = Affiliation
    list_url_name = "actors:actor_list"

    def build_fields(self) -> list[ImportField]:
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
            DateField("valid_from", "Von, Seit, Beginn, from, since", is_past=True),
            UntilField("valid_until", "Bis, Ende, until"),
        ]

    def label(self, row: Row) -> str:
        ends = (row.values.get("person"), row.values.get("organisation"))
        return " · ".join(str(end) for end in ends if end)

    def load(self, rows: Sequence[Row]) -> None:
        """Fetch all affiliations by what makes them one of a kind."""
        self._known: dict[tuple[Any, ...], int | Row] = {}
        self._by_ends: dict[tuple[Any, ...], list[KnownTie]] = defaultdict(list)
        columns = ("person_id", "organisation_id", "role", "valid_from", "pk")
        self._holders: dict[tuple[int, str], list[Affiliation]] = defaultdict(list)
        for person, organisation, role, start, pk in Affiliation.objects.order_by("pk").values_list(*columns):
            tie = (person, organisation, name_key(role))
            self._known[(*tie, start)] = pk
            self._by_ends[tie].append(KnownTie(pk, start))
        for holder in Affiliation.objects.exclude(role="").select_related("person").order_by("pk"):
            if single_role(holder.role):
                self._holders[holder.organisation_id, single_role(holder.role)].append(holder)

    def match(self, row: Row) -> None:
        """Find the same person, organisation and function with the same beginning, or the only one of it."""
        values = row.values
        if "person" not in values or "organisation" not in values:
            return
        tie = (values["person"].pk, values["organisation"].pk, name_key(values.get("role", "")))
        start = values.get("valid_from")
        known = self._known.get((*tie, start))
        if known is None and start is None and tie in self._by_ends:
            known = one_of(row.label, self._by_ends[tie]).pk
        if isinstance(known, Row):
            row.twin = known
            return
        row.pk = known
        self._known[(*tie, start)] = row
        self._note_other_holders(row)
        until = values.get("valid_until")
        for key in ("person", "organisation"):
            ended = values[key].active_until
            if row.pk is None and ended is not None and (until is None or until > ended):
                note_ended(row, values[key], key=key)

    def _note_other_holders(self, row: Row) -> None:
        """Say where two hold a role at once that one person holds; both are kept until somebody ends one."""
        values, role = row.values, single_role(row.values.get("role", ""))
        held = self._holders[values["organisation"].pk, role]
        stored = next((holder for holder in held if holder.pk and holder.pk == row.pk), None)
        before = (stored.valid_from, stored.valid_until) if stored else (None, None)
        start, until = values.get("valid_from", before[0]), values.get("valid_until", before[1])
        if not role or (stored and (start, until) == before):
            return
        this = Affiliation(person=values["person"], role=values["role"], valid_from=start, valid_until=until)
        others = [
            holder for holder in held if holder.person_id != this.person_id and hold_at_once(holder, this)
        ]
        for other in others:
            row.note(str(ALSO_HELD) % {"name": other.person}, key="role", value=this.role)
        held[:] = [holder for holder in held if holder is not stored] + [this]
