"""Reading a pasted list of names: whatever people copy out of mails, tables and attendance sheets."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from actors.models import ActorKind, Salutation
from actors.names import guess_kind
from crm.common.text import one_line

MAX_NAMES = 500
PARTICLES = frozenset(
    {"von", "vom", "zu", "zum", "zur", "van", "der", "den", "de", "del", "della", "di", "da", "dos", "du"}
    | {"el", "al", "bin", "ibn", "abu", "ter", "ten"}
)
SALUTATIONS = {"frau": Salutation.MS, "herr": Salutation.MR, "herrn": Salutation.MR}
TITLES = frozenset({"dr.", "dr", "prof.", "prof", "dipl.-ing.", "mag."})

_BULLET = re.compile(r"^\s*(?:[-–—•*·]\s+|\d{1,3}[.)]\s+)")
_MAIL = re.compile(r"<[^<>]*@[^<>]*>")
_BRACKET = re.compile(r"^(?P<name>.+?)\s*[(\[](?P<inside>[^()\[\]]*)[)\]]$")
_OUTSIDE_BRACKETS = r"(?![^()\[\]]*[)\]])"
_SEMICOLON = re.compile(";" + _OUTSIDE_BRACKETS)
_COMMA = re.compile("," + _OUTSIDE_BRACKETS)

IsKnown = Callable[[str], bool]


@dataclass(frozen=True)
class PastedName:
    """One name out of the list.

    ``family_name`` is set where the list says so ("Muster, Erika"), else guessed by ``split_person``.
    """

    name: str
    given_name: str = ""
    family_name: str = ""
    salutation: str = ""
    organisation: str = ""

    @property
    def looks_personal(self) -> bool:
        """Whether this is more likely a person than an organisation."""
        return bool(self.salutation or self.given_name) or guess_kind(self.name) == ActorKind.PERSON


def parse_names(text: str, *, is_known: IsKnown) -> list[PastedName]:
    """Return the names in ``text``: one a line, or parted by semicolon, tab or comma.

    "Muster, Erika" is one person, "Erika Muster, Jo Beispiel" are two; where both are possible, ``is_known``
    (does the register hold exactly this name?) decides. What stands in brackets is kept as the organisation.
    """
    names: list[PastedName] = []
    for line in text.splitlines():
        bare = _BULLET.sub("", _MAIL.sub("", line)).strip()
        for chunk in _SEMICOLON.split(bare):
            cells = [one_line(cell).strip("\"'„“”") for cell in chunk.split("\t")]
            names += _read_cells([cell for cell in cells if cell], is_known)
    return names


def _read_cells(cells: list[str], is_known: IsKnown) -> Iterator[PastedName]:
    """Read one row of a table: family name, given name and organisation may stand in columns of their own."""
    if len(cells) in {2, 3} and _is_pair(cells[0], cells[1], is_known):
        organisation = cells[2] if len(cells) == 3 else ""
        yield replace(_person(given=cells[1], family=cells[0]), organisation=organisation)
        return
    if len(cells) == 2 and guess_kind(cells[0]) == ActorKind.PERSON != guess_kind(cells[1]):
        yield replace(_single(cells[0]), organisation=cells[1])
        return
    for cell in cells:
        yield from _read_cell(cell, is_known)


def _read_cell(cell: str, is_known: IsKnown) -> Iterator[PastedName]:
    """Read one cell, which may hold several names parted by commas, each with something in brackets."""
    bracket = _BRACKET.match(cell)
    outer = bracket["name"] if bracket else cell
    parts = [one_line(part) for part in _COMMA.split(outer) if part.strip()]
    if (
        len(parts) == 2
        and _is_pair(parts[0], parts[1], is_known)
        and not _is_name_with_comma(outer, is_known)
    ):
        yield replace(
            _person(given=parts[1], family=parts[0]),
            organisation=one_line(bracket["inside"]) if bracket else "",
        )
    elif len(parts) > 1 and not is_known(outer):
        for part in _COMMA.split(cell):
            yield from _read_cell(one_line(part), lambda _name: True) if part.strip() else ()
    elif parts:
        yield _single(outer, organisation=one_line(bracket["inside"]) if bracket else "")


def _is_name_with_comma(text: str, is_known: IsKnown) -> bool:
    """Tell whether the register holds an organisation whose name has a comma in it."""
    turned_round = " ".join(reversed(text.split(",")))
    return is_known(text) and guess_kind(one_line(turned_round)) != ActorKind.PERSON


def _is_pair(first: str, second: str, is_known: IsKnown) -> bool:
    """Tell whether two parts are family and given name of one person rather than two names."""
    whole = f"{second} {first}"
    if is_known(whole):
        return True
    if is_known(first) or is_known(second):
        return False
    words = first.split()
    starts_like_family = len(words) == 1 or words[0].lower() in PARTICLES
    without_particles = " ".join(word for word in whole.split() if word.lower() not in PARTICLES)
    return starts_like_family and guess_kind(without_particles) == ActorKind.PERSON


def _person(*, given: str, family: str) -> PastedName:
    salutation, given = _split_salutation(given)
    return PastedName(
        name=f"{given} {family}".strip(), given_name=given, family_name=family, salutation=salutation
    )


def _single(text: str, *, organisation: str = "") -> PastedName:
    salutation, name = _split_salutation(text)
    return PastedName(name=name or text, salutation=salutation if name else "", organisation=organisation)


def _split_salutation(text: str) -> tuple[str, str]:
    first, _space, rest = text.partition(" ")
    salutation = SALUTATIONS.get(first.lower(), "")
    return (salutation, rest.strip()) if salutation else ("", text)


def split_person(pasted: PastedName) -> tuple[str, str]:
    """Return given and family name; a family name begins at its particle ("Erika von der Heide").

    >>> split_person(PastedName("Erika von der Heide"))
    ('Erika', 'von der Heide')
    """
    if pasted.family_name:
        return pasted.given_name, pasted.family_name
    words = pasted.name.split()
    begin = next(
        (i for i, word in enumerate(words) if i > 0 and word.lower() in PARTICLES), max(len(words) - 1, 0)
    )
    return " ".join(words[:begin]), " ".join(words[begin:])


def without_titles(name: str) -> str:
    """Return a name without academic titles, by which nobody is registered.

    >>> without_titles("Dr. Erika Muster")
    'Erika Muster'
    """
    return " ".join(word for word in name.split() if word.lower() not in TITLES) or name
