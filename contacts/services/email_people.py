"""Who an e-mail comes from and goes to: the office itself, actors of the register, strangers."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.utils import timezone

from actors.models import Actor, ActorKind
from actors.names import guess_kind
from contacts.models import Direction, IncomingEmail
from core.accounts.models import User
from core.roles import OFFICE_ROLES
from core.text import fold
from core.viewers import SignedIn

FROM, TO, CC, REPLY_TO, VIA = "from", "to", "cc", "reply-to", "via"
# Addresses that only send: behind them is a form on a website, not a person.
_ONLY_SENDS = re.compile(
    r"(do[-_.]?not[-_.]?reply|no[-_.]?reply|nicht[-_.]?antworten|keine[-_.]?antwort|wordpress|typo3|joomla|drupal|www-data"
    r"|apache|nobody|webmaster|mailer|formular|kontaktformular|(contact|web)[-_.]?form|form(mailer)?)([-_.+\d].*)?@",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Person:
    """Somebody an e-mail names: a colleague, an actor, several actors that it may be, or a stranger."""

    kind: str
    name: str
    address: str
    is_office: bool = False
    user: User | None = None
    candidates: tuple[Actor, ...] = ()
    actor: Actor | None = None
    by_name: bool = False

    @property
    def is_asked_about(self) -> bool:
        """Whether it matters who this is: neither the office itself nor an address that only sends."""
        return not self.is_office and self.kind != VIA

    @property
    def label(self) -> str:
        """The name, else the address."""
        return self.name or self.address

    @property
    def is_sure(self) -> bool:
        """Whether the address alone says who it is."""
        return self.actor is not None and not self.by_name


def own_addresses() -> set[str]:
    """Return the addresses of the office itself that the settings name, in lower case."""
    box = unquote(urlsplit(settings.EMAIL_IN_URL).username or "")
    return {address.lower() for address in [*settings.OFFICE_EMAILS, box] if "@" in address}


def own_offices() -> QuerySet[Actor]:
    """Return the actors that are this office: the one of its name, or the only one there is."""
    offices = Actor.objects.offices()
    name = fold(settings.OFFICE_NAME)
    named = offices.filter(search_names__contains=name) if name else offices.none()
    return named if named.exists() or offices.count() > 1 else offices


def people_of(email: IncomingEmail) -> list[Person]:
    """Return everybody the e-mail names, the sender first, as far as the register knows them."""
    senders = [(FROM, email.sender_name, email.sender)] if email.sender_name or email.sender else []
    if email.reply_to:
        senders.append((REPLY_TO, email.reply_to_name, email.reply_to))
    named = senders + [(to["kind"], to["name"], to["address"]) for to in email.recipients]
    addresses = {address.lower() for _kind, _name, address in named if address}
    colleagues = {user.email.lower(): user for user in _colleagues(addresses)}
    known = _actors_by_address(addresses)
    offices = set(own_offices().values_list("pk", flat=True))
    own = own_addresses() | set(colleagues)
    people = [_person(*each, own=own, colleagues=colleagues, known=known, offices=offices) for each in named]
    return _with_writer(people) if email.reply_to else people


def _with_writer(people: list[Person]) -> list[Person]:
    """Let whoever gets the answers be the sender where the address that sent is only that of a form."""
    sender, writer = people[0], people[1]
    if (
        sender.kind != FROM
        or writer.is_office
        or writer.address.lower() in {p.address.lower() for p in people[2:]}
    ):
        return [person for person in people if person.kind != REPLY_TO]
    if sender.is_office or (not sender.candidates and _ONLY_SENDS.match(sender.address)):
        return [replace(writer, kind=FROM), replace(sender, kind=VIA), *people[2:]]
    # Somebody who lets answers go to another address of the same house or the same name is still the sender.
    is_same = writer.name and fold(writer.name) == fold(sender.name)
    if sender.candidates and (is_same or _house(writer) == _house(sender)):
        return [sender, *people[2:]]
    return people


def _house(person: Person) -> str:
    return person.address.lower().rpartition("@")[2]


def _colleagues(addresses: set[str]) -> QuerySet[User]:
    members = User.objects.filter(role__in=OFFICE_ROLES)
    return members.annotate(lower=Lower("email")).filter(lower__in=addresses)


def _actors_by_address(addresses: set[str]) -> dict[str, list[Actor]]:
    by_address: dict[str, list[Actor]] = defaultdict(list)
    actors = Actor.objects.exclude(email="").annotate(lower=Lower("email")).filter(lower__in=addresses)
    for actor in actors.select_related("actor_type").order_by("sort_name", "pk"):
        by_address[actor.email.lower()].append(actor)
    return by_address


def _person(
    kind: str,
    name: str,
    address: str,
    *,
    own: set[str],
    colleagues: dict[str, User],
    known: dict[str, list[Actor]],
    offices: set[Any],
) -> Person:
    address_key = address.lower()
    candidates = known.get(address_key, [])
    if address_key in own or any(actor.pk in offices for actor in candidates):
        return Person(kind, name, address, is_office=True, user=colleagues.get(address_key))
    by_name = not address
    if by_name:
        candidates = _actors_by_name(name)
    return Person(
        kind, name, address, candidates=tuple(candidates), actor=likeliest(candidates), by_name=by_name
    )


def _actors_by_name(name: str) -> list[Actor]:
    """Return the actors of exactly this name, also written family name first."""
    family, comma, given = name.partition(",")
    names = {name.strip().lower(), f"{given} {family}".strip().lower() if comma else name.strip().lower()}
    actors = Actor.objects.annotate(lower=Lower("name")).filter(lower__in=names)
    return list(actors.select_related("actor_type").order_by("sort_name", "pk")[:10])


def likeliest(candidates: list[Actor]) -> Actor | None:
    """Return the one actor that an address means: of those still active the only one, or the only person."""
    today = timezone.localdate()
    active = [a for a in candidates if a.active_until is None or a.active_until > today] or candidates
    if len(active) == 1:
        return active[0]
    persons = [actor for actor in active if actor.is_person]
    return persons[0] if len(persons) == 1 else None


def spoken_name(name: str) -> str:
    """Return a person's name as it is spoken: "Müller, Anna" is Anna Müller; others stay as they are."""
    family, comma, given = name.partition(",")
    spoken = f"{given.strip()} {family.strip()}"
    is_person = comma and "," not in given and guess_kind(spoken) == ActorKind.PERSON
    return spoken if is_person else name


def direction_of(people: list[Person]) -> str:
    """Return who wrote to whom: what the office sent is outgoing."""
    sender = next((person for person in people if person.kind == FROM), None)
    return Direction.OUTGOING if sender and sender.is_office else Direction.INCOMING


def staff_of(people: list[Person], *, user: SignedIn) -> Any:
    """Return whose contact it is: the colleague who wrote it, else who got it, else ``user``."""
    return next((p.user for p in people if p.user is not None and p.user.is_active), user)


def others_in(people: list[Person]) -> list[Person]:
    """Return everybody but the office itself and the form that only sends."""
    return [person for person in people if person.is_asked_about]


def is_fully_matched(people: list[Person]) -> bool:
    """Tell whether the addresses alone say whose contact this is."""
    others = others_in(people)
    return bool(others) and all(person.is_sure for person in others)
