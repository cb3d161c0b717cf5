"""Import of actors."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from actors.imports.particulars import PhonesField, PostalCodeField
from actors.imports.references import OTHER_KIND, Known, NeedsActors, note_ended, the_one
from actors.models import (
    Actor,
    ActorKind,
    ActorType,
    FormerName,
    PhoneNumber,
    Salutation,
    Topic,
)
from core.accounts.models import User
from core.batches import BATCH
from core.imports.fields import DateField, ImportField, ListField, UntilField
from core.imports.keys import KeyField, is_other_name, leave_out, may_rename, other_name_field
from core.imports.rows import Row
from core.imports.suggestions import joined_remark, name_key
from core.imports.vocabulary import ChoiceField, NamedField, TermField, TermsField
from core.person_names import SALUTATIONS, read_couple, read_person
from core.sheets.values import ValueProblem, parse_decimal

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


NAMES = ("name", "given_name", "family_name")
COUPLE = _("These are two persons. Please give each a row of its own.")


def colleagues() -> Iterator[tuple[str, User]]:
    """Yield the members of the office by user name, full name, family name and e-mail."""
    for user in User.objects.office_members():
        for name in (user.username, user.get_full_name(), user.last_name, user.email):
            yield name, user


class ActorImporter(NeedsActors):
    """Organisations, persons and bodies."""

    kind = "actors"
    icon = "address-book"
    title = _("Actors")
    help_text = _("Organisations, persons and bodies, one in each row.")
    model = Actor
    list_url_name = "actors:actor_list"

    def build_fields(self) -> list[ImportField]:
        """Return what a list of addresses usually holds."""
        return [*self._identity(), *self._particulars(), *self._address(), *self._rest()]

    def _identity(self) -> list[ImportField]:
        return [
            KeyField(
                "ID, Nr, Nummer, Kennung, Kennung aus der Quelle, Schlüssel, "
                "actor_id, Akteur-ID, key, external key"
            ),
            ImportField(
                "name",
                "Name, Akteur, Organisation, Verein, Einrichtung, Institution, Bezeichnung, Firma, "
                "Name der Organisation, Name des Vereins, actor",
            ),
            ImportField("given_name", "Vorname, first name, given name"),
            ImportField("family_name", "Nachname, Familienname, Zuname, last name, surname"),
            ChoiceField(
                "salutation",
                "Anrede, salutation",
                choices=Salutation,
                synonyms=SALUTATIONS,
            ),
            ImportField("title", "Titel, akademischer Titel, Dr., academic title", is_text=False),
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
        self.phones = PhonesField(
            "phone_numbers", "Telefon, Tel., Telefonnummer, Phone, Mobil, Handy, Rufnummer, Fon"
        )
        self.former_names = ListField(
            "former_names",
            "Früherer Name, Frühere Namen, Ehemals, former name, alter Name",
            entry=FormerName._meta.get_field("name"),
            same_entry=name_key,
            commas=False,
        )
        return [
            ImportField("email", "E-Mail, Mail, E-Mail-Adresse, Email, Mailadresse", is_text=False),
            self.phones,
            ImportField("website", "Website, Webseite, Internet, Homepage, URL, Web", is_text=False),
            self.former_names,
        ]

    def _address(self) -> list[ImportField]:
        return [
            ImportField(
                "street", "Straße, Strasse, Anschrift, Straße und Hausnummer, Adresse, Street, Address"
            ),
            PostalCodeField("postal_code", "PLZ, Postleitzahl, ZIP, Postcode"),
            ImportField("city", "Ort, Stadt, Wohnort, City, Town"),
            ImportField("district", "Stadtteil, Quartier, Ortsteil, Bezirk, District"),
            ImportField("latitude", "Breite, Breitengrad, lat", parse=parse_decimal),
            ImportField("longitude", "Länge, Längengrad, lon, lng", parse=parse_decimal),
        ]

    def _rest(self) -> list[ImportField]:
        return [
            TermsField("topics", "Themen, Handlungsfelder, Handlungsfeld, Thema, topics", vocabulary=Topic),
            DateField("active_from", "Aktiv von, Aktiv seit, Seit, Gegründet, since", is_past=True),
            UntilField("active_until", "Aktiv bis, Bis, Aufgelöst, until"),
            ImportField("description", "Beschreibung, Kurzbeschreibung, Tätigkeit"),
            NamedField("responsible", "Zuständig, Betreuung, zuständige Person", names=colleagues),
            ImportField("notes", "Notiz, Notizen, Bemerkung, Bemerkungen, Anmerkung, Comment"),
            other_name_field(),
        ]

    def label(self, row: Row) -> str:
        return _name(row.values)

    def queryset(self) -> models.QuerySet:
        """Return the actors with type, topics, numbers and former names."""
        return Actor.objects.select_related("actor_type", "responsible").prefetch_related(
            "topics", "phone_numbers", "former_names"
        )

    def match(self, row: Row) -> None:
        """Find the actor by external key, else by name and kind."""
        values = row.values
        written, kind = _name(values), values.get("kind")
        known = by_key = self.actors.by_key.get(values.get("external_id", ""))
        is_person = (known.kind if known else kind) == ActorKind.PERSON
        name = read_person(written).name if is_person and not _has_parts(values) else written
        if known is None and name:
            known = self._by_name(name, kind, values.get("external_id", ""))
        _split_name(values, is_person=is_person, known=known)
        row.label = name
        if known is None:
            _refuse_couple(row, written, is_person=is_person)
            self.actors.add(Known(name=name, kind=kind or "", key=values.get("external_id", ""), row=row))
        elif kind and known.kind != kind:
            raise ValueProblem(OTHER_KIND, kind=ActorKind(known.kind).label)
        elif known.row is not None:
            row.twin = known.row
        else:
            row.pk = known.pk
            known.row = row
            if not self.says(row, "active_until"):
                note_ended(row, known.actor, key="name")
            self._settle_name(row, name, known, by_key=by_key is not None)
            if by_key is None:
                _tell_joined(row, written, known)

    def _settle_name(self, row: Row, name: str, known: Known, *, by_key: bool) -> None:
        """Keep the present name where the row has a former one; leave out a row that means somebody else."""
        if name_key(name) == name_key(known.name) or (by_key and may_rename(self)):
            return
        if self.actors.once_had(known, name):
            for key in NAMES:
                row.values.pop(key, None)
        elif by_key and is_other_name(name, known.name):
            leave_out(row, key=known.key, recorded=known.name)

    def _by_name(self, name: str, kind: str | None, key: str) -> Known | None:
        matches = self.actors.named(name, None if kind is None else {kind})
        if key:
            # Another key of the same list is another actor, whatever it is called.
            matches = [known for known in matches if not known.key]
        return the_one(name, matches) if matches else None

    def derive(self, row: Row) -> None:
        """Compute name, sort key and search columns with the numbers and former names of the row."""
        actor: Actor = row.instance
        former_names, phones = (
            [*have, *field.added(have, row.values.get(field.key, []))]
            for field in (self.former_names, self.phones)
            for have in [field.current(actor)]
        )
        actor.derive(former_names=former_names, phones=[phone.number for phone in phones])

    def after_write(self, rows: Sequence[Row]) -> None:
        """Write telephone numbers and former names that are new."""
        self._write_list(
            rows, self.phones, lambda actor, p: PhoneNumber(actor=actor, number=p.number, label=p.label)
        )
        self._write_list(rows, self.former_names, lambda actor, name: FormerName(actor=actor, name=name))

    def _write_list(self, rows: Sequence[Row], field: ListField, build: Callable[[Actor, Any], Any]) -> None:
        pairs = [
            (row, build(row.instance, entry))
            for row in rows
            for entry in field.added(self._had(row, field), row.values.get(field.key, []))
        ]
        if pairs:
            type(pairs[0][1]).objects.bulk_create([entry for _row, entry in pairs], batch_size=BATCH)
        for row, entry in pairs:
            row.note_created(entry)

    def _had(self, row: Row, field: ListField) -> list[Any]:
        return field.current(row.instance) if row.pk is not None else []


def _name(values: dict[str, Any]) -> str:
    parts = (values.get("given_name", ""), values.get("family_name", ""))
    joined = " ".join(part for part in parts if part)
    return joined or values.get("name", "")


def _has_parts(values: dict[str, Any]) -> bool:
    return bool(values.get("given_name") or values.get("family_name"))


def _split_name(values: dict[str, Any], *, is_person: bool, known: Known | None) -> None:
    """Give a person given name and family name; everyone else has the name alone.

    A whole name that is recorded already says nothing about its parts: they stay as they are.
    """
    if not is_person:
        if not values.get("name") and _name(values):
            values["name"] = _name(values)
        for key in ("given_name", "family_name", "title"):
            values.pop(key, None)
        return
    whole = values.pop("name", "")
    if _has_parts(values) or not whole:
        return
    person = read_person(whole)
    if known is not None and name_key(known.name) == name_key(person.name):
        return
    values["given_name"], values["family_name"] = person.given_name, person.family_name
    for key, value in (("salutation", person.salutation), ("title", person.title)):
        if value:
            values.setdefault(key, value)


def _tell_joined(row: Row, written: str, known: Known) -> None:
    """Tell where a row means an actor that is spelled otherwise, or was once called so."""
    for remark in joined_remark(written, known.name):
        row.note(remark, key="name", value=written)


def _refuse_couple(row: Row, written: str, *, is_person: bool) -> None:
    """Two persons are never stored as one, called “und Frau Schmidt”."""
    if is_person and read_couple(written):
        row.refuse(str(COUPLE), key="name", value=written)
