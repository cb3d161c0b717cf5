"""Ties that began and ended, names given up, consents given and withdrawn."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from actors.models import Actor, Affiliation, Consent, FormerName, Relation
from core.fields import last_day
from core.roles import can
from core.viewers import Viewer
from crm.timeline.entries import Entry, joined
from crm.timeline.stream import ONE_DAY, Stream

Describe = Callable[[Iterable[Any]], Iterator[Entry]]


def ties(actor: Actor, *, user: Viewer) -> list[Stream]:
    """Return the streams of relations, affiliations and former names of ``actor``."""
    relations = Relation.objects.visible_to(user).of(actor)
    relations = relations.select_related("source", "target", "relation_type")
    streams = [*_both_ends("relation", relations, lambda row, day: _relation(row, actor, day))]
    if can(user, "view", Affiliation):
        members = Affiliation.objects.visible_to(user).filter(Q(person=actor) | Q(organisation=actor))
        members = members.select_related("person", "organisation")
        streams += _both_ends("affiliation", members, lambda row, day: _affiliation(row, actor, day))
    names = FormerName.objects.visible_to(user).filter(actor=actor, used_until__isnull=False)
    return [*streams, Stream("name", "ties", names, "used_until", _names, shift=ONE_DAY)]


def _both_ends(code: str, rows: Any, describe: Callable[[Any, str], Entry]) -> list[Stream]:
    """Return the stream of the beginnings and that of the ends, which are stored as the day after."""
    begun = rows.filter(valid_from__isnull=False)
    ended = rows.filter(valid_until__isnull=False)
    return [
        Stream(code, "ties", begun, "valid_from", lambda rows: (describe(row, "begun") for row in rows)),
        Stream(
            f"{code}_end",
            "ties",
            ended,
            "valid_until",
            lambda rows: (describe(row, "ended") for row in rows),
            shift=ONE_DAY,
        ),
    ]


def _relation(row: Relation, actor: Actor, what: str) -> Entry:
    return _tie(row, row.other_end(actor), what, text=row.relation_type.label, meta=_("Relation"))


def _affiliation(row: Affiliation, actor: Actor, what: str) -> Entry:
    other = row.organisation if row.person_id == actor.pk else row.person
    return _tie(row, other, what, text=row.role, meta=_("Affiliation"))


def _tie(row: Relation | Affiliation, other: Actor, what: str, *, text: str, meta: str) -> Entry:
    has_begun = what == "begun"
    title = _("New tie: %(name)s") if has_begun else _("Tie ended: %(name)s")
    return Entry(
        date=row.valid_from if has_begun else row.last_day,
        title=title % {"name": other.name},
        icon="link" if has_begun else "unlink",
        url=other.get_absolute_url(),
        text=text,
        meta=meta,
        kind="ties",
    )


def _names(rows: Iterable[FormerName]) -> Iterator[Entry]:
    for former in rows:
        title = _("Renamed, until then: %(name)s") % {"name": former.name}
        yield Entry(
            date=last_day(former.used_until), title=title, icon="history", meta=_("Name"), kind="ties"
        )


def consents(person: Actor, *, user: Viewer) -> list[Stream]:
    """Return what a person agreed to and took back; none for those who may not see it."""
    if not (person.is_person and can(user, "view", Consent)):
        return []
    rows = Consent.objects.visible_to(user).filter(person=person)
    withdrawn = rows.filter(withdrawn_on__isnull=False)
    return [
        Stream("consent_given", "consents", rows, "given_on", _given),
        Stream("consent_withdrawn", "consents", withdrawn, "withdrawn_on", _withdrawn),
    ]


def _given(rows: Iterable[Consent]) -> Iterator[Entry]:
    for row in rows:
        yield Entry(
            date=row.given_on,
            title=_("Consent given: %(purpose)s") % {"purpose": row.get_purpose_display()},
            icon="shield-check",
            url=row.get_absolute_url(),
            meta=joined(_("Consent"), str(row.get_given_how_display()), row.text_version),
            kind="consents",
        )


def _withdrawn(rows: Iterable[Consent]) -> Iterator[Entry]:
    for row in rows:
        yield Entry(
            date=row.withdrawn_on,
            title=_("Consent withdrawn: %(purpose)s") % {"purpose": row.get_purpose_display()},
            icon="shield-x",
            url=row.get_absolute_url(),
            meta=_("Consent"),
            kind="consents",
        )
