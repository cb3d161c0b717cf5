"""Import of actors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from actors.imports.references import OTHER_KIND, Known, NeedsActors
from actors.models import (
    Actor,
    ActorKind,
    ActorType,
    FormerName,
    PhoneNumber,
    Salutation,
    Topic,
)
from crm.accounts.models import User
from crm.common.imports.fields import ImportField, ListField, UntilField
from crm.common.imports.rows import BATCH, Row
from crm.common.imports.suggestions import name_key, one_of
from crm.common.imports.vocabulary import ChoiceField, NamedField, TermField, TermsField
from crm.common.sheets.values import ValueProblem, parse_date, parse_decimal
from crm.common.text import phone_digits

KIND_WORDS = {
    "Organisation": "organisation",
    "Institution": "organisation",
    "Einrichtung": "organisation",
    "Verein": "organisation",
    "Person": "person",
    "Bewohner": "person",
    "Einzelperson": "person",
    "Gremium": "body",
    "Netzwerk": "body",
    "Gremium oder Netzwerk": "body",
}


def colleagues() -> Iterator[tuple[str, User]]:
    """Yield the members of the office by user name, full name, family name and e-mail."""
    for user in User.objects.office_members():
        for name in (user.username, user.get_full_name(), user.last_name, user.email):
            yield name, user


class ActorImporter(NeedsActors):
    """Organisations, persons and bodies."""

    kind = "actors"
    title = _("Actors")
    help_text = _("Organisations, persons and bodies, one in each row.")
    model = Actor
    list_url_name = "actors:actor_list"

    def build_fields(self) -> list[ImportField]:
        """Return what a list of addresses usually holds."""
        return [*self._identity(), *self._particulars(), *self._address(), *self._rest()]

    def _identity(self) -> list[ImportField]:
        return [
            ImportField(
                "external_id", "ID, Nr, Nummer, Kennung, Schlüssel, actor_id, Akteur-ID, key, lfd. Nr."
            ),
            ImportField(
                "name",
                "Name, Akteur, Organisation, Verein, Einrichtung, Institution, Bezeichnung, Firma, "
                "Name der Organisation, Name des Vereins, actor, title",
            ),
            ImportField("given_name", "Vorname, first name, given name"),
            ImportField("family_name", "Nachname, Familienname, Zuname, last name, surname"),
            ChoiceField(
                "salutation",
                "Anrede, salutation",
                choices=Salutation,
                synonyms={"Frau": "ms", "Herr": "mr", "Mrs": "ms", "Fr.": "ms", "Hr.": "mr"},
            ),
            ChoiceField(
                "kind",
                "Art, Akteursart, kind, Art des Akteurs",
                choices=ActorKind,
                synonyms=KIND_WORDS,
                required=True,
                suggested="organisation",
            ),
            TermField(
                "actor_type",
                "Typ, Akteurstyp, Akteurstype, type, Kategorie, category",
                vocabulary=ActorType,
                required=True,
            ),
        ]

    def _particulars(self) -> list[ImportField]:
        self.phones = ListField(
            "phone_numbers",
            "Telefon, Tel., Telefonnummer, Phone, Mobil, Handy, Rufnummer, Fon",
            entry=PhoneNumber._meta.get_field("number"),
            same_entry=phone_digits,
        )
        self.former_names = ListField(
            "former_names",
            "Früherer Name, Frühere Namen, Ehemals, former name, alter Name",
            entry=FormerName._meta.get_field("name"),
            same_entry=name_key,
            commas=False,
        )
        return [
            ImportField("email", "E-Mail, Mail, E-Mail-Adresse, Email, Mailadresse"),
            self.phones,
            ImportField("website", "Website, Webseite, Internet, Homepage, URL, Web"),
            self.former_names,
        ]

    def _address(self) -> list[ImportField]:
        return [
            ImportField(
                "street", "Straße, Strasse, Anschrift, Straße und Hausnummer, Adresse, Street, Address"
            ),
            ImportField("postal_code", "PLZ, Postleitzahl, ZIP, Postcode"),
            ImportField("city", "Ort, Stadt, Wohnort, City, Town"),
            ImportField("district", "Stadtteil, Quartier, Ortsteil, Bezirk, District"),
            ImportField("latitude", "Breite, Breitengrad, lat", parse=parse_decimal),
            ImportField("longitude", "Länge, Längengrad, lon, lng", parse=parse_decimal),
        ]

    def _rest(self) -> list[ImportField]:
        return [
            TermsField("topics", "Themen, Handlungsfelder, Handlungsfeld, Thema, topics", vocabulary=Topic),
            ImportField("active_from", "Aktiv von, Aktiv seit, Seit, Gegründet, since", parse=parse_date),
            UntilField("active_until", "Aktiv bis, Bis, Aufgelöst, until"),
            ImportField("description", "Beschreibung, Kurzbeschreibung, Tätigkeit"),
            NamedField("responsible", "Zuständig, Betreuung, zuständige Person", names=colleagues),
            ImportField("notes", "Notiz, Notizen, Bemerkung, Bemerkungen, Anmerkung, Comment"),
        ]

    def label(self, row: Row) -> str:
        """Return the name."""
        return _name(row.values)

    def queryset(self) -> models.QuerySet:
        """Return the actors with type, topics, numbers and former names."""
        return Actor.objects.select_related("actor_type", "responsible").prefetch_related(
            "topics", "phone_numbers", "former_names"
        )

    def match(self, row: Row) -> None:
        """Find the actor by external key, else by name and kind."""
        values = row.values
        name, kind = _name(values), values.get("kind")
        known = self.actors.by_key.get(values.get("external_id", ""))
        if known is None and name:
            known = self._by_name(name, kind, values.get("external_id", ""))
        _split_name(values, known.kind if known else kind)
        if known is None:
            self.actors.add(Known(name=name, kind=kind or "", key=values.get("external_id", ""), row=row))
        elif kind and known.kind != kind:
            raise ValueProblem(OTHER_KIND, kind=ActorKind(known.kind).label)
        elif known.row is not None:
            row.twin = known.row
        else:
            row.pk = known.pk
            if name_key(name) != name_key(known.name) and known not in self._same_key(values):
                # Found by a former name: the present one stays.
                for key in ("name", "given_name", "family_name"):
                    values.pop(key, None)
            known.row = row

    def _same_key(self, values: dict[str, Any]) -> list[Known]:
        known = self.actors.by_key.get(values.get("external_id", ""))
        return [known] if known else []

    def _by_name(self, name: str, kind: str | None, key: str) -> Known | None:
        found = self.actors.named(name, None if kind is None else {kind})
        if key:
            # Another key of the same list is another actor, whatever it is called.
            found = [known for known in found if not known.key]
        return one_of(name, found) if found else None

    def derive(self, row: Row) -> None:
        """Compute name, sort key and search columns with the numbers and former names of the row."""
        actor: Actor = row.instance
        former_names, phones = (
            [*have, *field.added(have, row.values.get(field.key, []))]
            for field in (self.former_names, self.phones)
            for have in [field.current(actor)]
        )
        actor.derive(former_names=former_names, phones=phones)

    def after_write(self, rows: Sequence[Row]) -> None:
        """Write telephone numbers and former names that are new."""
        self._write_list(rows, self.phones, PhoneNumber)
        self._write_list(rows, self.former_names, FormerName)

    def _write_list(self, rows: Sequence[Row], field: ListField, model: type[Any]) -> None:
        pairs = [
            (row, model(**{"actor": row.instance, field.entry.name: entry}))
            for row in rows
            for entry in field.added(self._had(row, field), row.values.get(field.key, []))
        ]
        model.objects.bulk_create([entry for _row, entry in pairs], batch_size=BATCH)
        for row, entry in pairs:
            row.note_created(entry)

    def _had(self, row: Row, field: ListField) -> list[str]:
        return field.current(row.instance) if row.pk is not None else []


def _name(values: dict[str, Any]) -> str:
    parts = (values.get("given_name", ""), values.get("family_name", ""))
    joined = " ".join(part for part in parts if part)
    return joined or values.get("name", "")


def _split_name(values: dict[str, Any], kind: str | None) -> None:
    """Give a person given name and family name; everyone else has the name alone."""
    if kind != ActorKind.PERSON:
        if not values.get("name") and _name(values):
            values["name"] = _name(values)
        values.pop("given_name", None)
        values.pop("family_name", None)
        return
    whole = values.pop("name", "")
    if values.get("given_name") or values.get("family_name") or not whole:
        return
    family, comma, given = whole.partition(",")
    if not comma:
        given, _space, family = whole.rpartition(" ")
    values["given_name"], values["family_name"] = given.strip(), family.strip()
