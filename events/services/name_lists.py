"""Reading lists of names: whatever people copy out of mails, tables and attendance sheets.

Lists are taken apart here; what a single name consists of is read by ``core.person_names``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from core.list_marks import bare_name, without_count
from core.name_words import FIRM_ENDINGS, KIN_IN_FIRMS, has_legal_form, without_legal_form
from core.person_names import (
    PersonName,
    is_address,
    is_household,
    looks_personal,
    may_be_family_name,
    names_a_body,
    read_couple,
    read_person,
    stands_alone,
)
from core.text import one_line
from events.services.name_tables import TableRow, read_table

MAX_NAMES = 500
LONG_LIST, MANY_NAMES = 100, 4

_MAIL = re.compile(r"<[^<>]*@[^<>]*>")
_BRACKET = re.compile(r"^(?P<name>.+?)\s*[(\[](?P<inside>[^()\[\]]*)[)\]]$")
_IN_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")
_SEMICOLON = re.compile(";")
_COMMA = re.compile(",")
_AND = re.compile(r"\s(?:und|u\.|sowie|and|&|\+)\s")
_LINES = re.compile(r"[;|\n\t•]")
_LISTED = re.compile(r"(?:,|\s/\s|\s(?:und|u\.|sowie|and|&|\+)\s)")
# "Amt für Jugend und Schule" is one name.
_FIELD_OF_WORK = re.compile(r"\s(?:für|zur|zum|des|gegen)\s")
_ROW_MARK = re.compile(r"\d{1,3}[.)]?|[xX]")
_FIRST_MARK = re.compile(r"(?:#|Nr\.?\s?)?\d{1,3}[.):]?|\(?[A-Za-z]\)|[IVX]{1,5}[.)]?")

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
    title: str = ""
    organisation: str = ""

    @property
    def looks_personal(self) -> bool:
        """Whether this is more likely a person than an organisation."""
        return bool(self.salutation or self.title or self.given_name) or looks_personal(self.name)


def parse_names(text: str, *, is_known: IsKnown) -> list[PastedName]:
    """Return the names in ``text``: one a line, or parted by semicolon, tab, comma or "und".

    "Muster, Erika" is one person, "Erika Muster, Jo Beispiel" are two; where both are possible, ``is_known``
    (does the register hold exactly this name?) decides. What stands in brackets is kept as the organisation.
    Bullets, numbers and check marks in front of a name are left out, and a row of headings, which says what
    the columns hold.
    """
    if table := read_table(text):
        return [name for row in table.rows for name in _read_row(row, is_known)]
    return [name for line in without_count(text.splitlines()) for name in _read_line(line, is_known)]


def _read_line(line: str, is_known: IsKnown) -> Iterator[PastedName]:
    for chunk in _parts(_SEMICOLON, _MAIL.sub("", line), keep=True):
        yield from _read_cells(_cells(chunk, is_known), is_known)


def _cells(chunk: str, is_known: IsKnown) -> list[str]:
    """Return the cells of a row without the columns that only number or tick it off."""
    written = [one_line(cell).strip("\"'„“”") for cell in chunk.split("\t")]
    cells = [cell if is_known(cell) else bare_name(cell) for cell in written]
    if len(cells) > 1:
        cells = [
            cell
            for at, cell in enumerate(cells)
            if not (_ROW_MARK.fullmatch(cell) or (at == 0 and _FIRST_MARK.fullmatch(cell)))
        ]
    joined: list[str] = []
    for cell in filter(None, cells):
        if joined and is_address(joined[-1]):
            joined[-1] += f" {cell}"
        else:
            joined.append(cell)
    return joined


def _read_cells(cells: list[str], is_known: IsKnown) -> Iterator[PastedName]:
    """Read one row of a table: family name, given name and organisation may stand in columns of their own."""
    if len(cells) in {2, 3} and _is_pair(cells[0], cells[1], is_known):
        organisation = cells[2] if len(cells) == 3 else ""
        yield _person(read_person(f"{cells[0]}, {cells[1]}"), organisation=organisation)
        return
    if len(cells) == 2 and looks_personal(cells[0]) and not looks_personal(cells[1]):
        yield from (replace(name, organisation=cells[1]) for name in _single(cells[0], is_known))
        return
    for cell in cells:
        yield from _read_cell(cell, is_known)


def _read_cell(cell: str, is_known: IsKnown) -> Iterator[PastedName]:
    """Read one cell, which may hold several names parted by commas, each with something in brackets."""
    bracket = _BRACKET.match(cell)
    outer = bracket["name"] if bracket else cell
    organisation = one_line(bracket["inside"]) if bracket else ""
    parts = _with_titles(_parts(_COMMA, outer))
    is_name = _is_name_with_comma(outer, is_known)
    if len(parts) == 2 and not is_name and _is_pair(parts[0], parts[1], is_known):
        yield _person(read_person(f"{parts[0]}, {parts[1]}"), organisation=organisation)
    elif _is_turned_couple(outer, parts, is_known):
        for person in read_couple(outer):
            yield _person(person, organisation=organisation)
    elif len(parts) > 1 and not is_known(outer):
        for part in _in_pairs(_with_titles(_parts(_COMMA, cell)), is_known):
            yield from _read_cell(part, is_known)
    elif parts:
        whole = outer if is_known(outer) else parts[0]
        yield from (replace(name, organisation=organisation) for name in _single(whole, is_known))


def _with_titles(parts: list[str]) -> list[str]:
    """Put what stands behind a comma ("Erika Muster, M.A.", "Muster, Familie") in front of its name."""
    joined: list[str] = []
    for part in parts:
        if joined and (is_address(part) or is_household(part)):
            joined[-1] = f"{part} {joined[-1]}"
        else:
            joined.append(part)
    return joined


def _is_name_with_comma(text: str, is_known: IsKnown) -> bool:
    """Tell whether the register holds an organisation whose name has a comma in it."""
    turned_round = " ".join(reversed(text.split(",")))
    return is_known(text) and not looks_personal(one_line(turned_round))


def _is_pair(first: str, second: str, is_known: IsKnown) -> bool:
    """Tell whether two parts are family and given name of one person rather than two names."""
    whole = read_person(f"{first}, {second}")
    if is_known(whole.name):
        return True
    if is_known(first) or is_known(second):
        return False
    family, given = read_person(first), read_person(second)
    if family.is_addressed and given.is_addressed:
        return False
    return may_be_family_name(first) and looks_personal(whole.name)


def _in_pairs(parts: list[str], is_known: IsKnown) -> list[str]:
    """Join the parts of "Muster, Dr. Erika, Beispiel, Jo": two by two, or those that surely are one.

    A title behind the comma, or a particle in front, says that family and given name belong together.
    """
    pairs = list(zip(parts[::2], parts[1::2], strict=False))
    if len(pairs) > 1 and len(parts) % 2 == 0 and all(_is_pair(*_bare(pair), is_known) for pair in pairs):
        return [f"{family}, {given}" for family, given in pairs]
    joined: list[str] = []
    at = 0
    while at < len(parts):
        pair = (parts[at], parts[at + 1]) if at + 1 < len(parts) else None
        if pair and _is_surely_pair(*_bare(pair), is_known):
            joined.append(", ".join(pair))
        else:
            joined.append(parts[at])
            pair = None
        at += 2 if pair else 1
    return joined if len(joined) > 1 else parts


def _bare(pair: tuple[str, str]) -> tuple[str, str]:
    """Return both without what stands in brackets behind them."""
    first, second = (_IN_BRACKETS.sub("", part).strip() for part in pair)
    return first, second


def _is_surely_pair(first: str, second: str, is_known: IsKnown) -> bool:
    says_so = read_person(second).is_addressed or " " in read_person(first).name
    return says_so and " " not in read_person(second).name and _is_pair(first, second, is_known)


def _is_turned_couple(text: str, parts: list[str], is_known: IsKnown) -> bool:
    """Tell whether this is "Schmidt, Peter und Anna", and none of them somebody in the register."""
    names = [parts[0], *_parts(_AND, parts[1])] if len(parts) == 2 else []
    return bool(names) and not any(map(is_known, [text, *names])) and bool(read_couple(text))


def _person(person: PersonName, *, organisation: str = "") -> PastedName:
    return PastedName(
        name=person.name,
        given_name=person.given_name,
        family_name=person.family_name,
        salutation=person.salutation,
        title=person.title,
        organisation=organisation,
    )


def _single(text: str, is_known: IsKnown) -> Iterator[PastedName]:
    """Read what is one name, or two with "und" between them."""
    if not is_known(text):
        text = bare_name(text)
        names = [person.written for person in read_couple(text)] or _joined_by_and(text)
        if names:
            yield from (name for part in names for name in _single(part, lambda _name: True))
            return
    if looks_personal(text):
        person = read_person(text)
        yield PastedName(name=person.name, salutation=person.salutation, title=person.title)
    elif text:
        yield PastedName(name=text)


def _joined_by_and(text: str) -> list[str]:
    """Return the names with "und" between them, if each would do as a name by itself."""
    parts = _parts(_AND, text)
    is_list = len(parts) > 1 and not _is_one_name(text, parts) and all(map(stands_alone, parts))
    return parts if is_list else []


def split_person(pasted: PastedName) -> tuple[str, str]:
    """Return given and family name; a family name begins at its particle ("Erika von der Heide").

    >>> split_person(PastedName("Erika von der Heide"))
    ('Erika', 'von der Heide')
    """
    if pasted.family_name:
        return pasted.given_name, pasted.family_name
    person = read_person(pasted.name)
    return person.given_name, person.family_name


def several_names(text: str, *, is_known: IsKnown) -> list[str]:
    """Return the names that one cell of a table holds; an empty list where it is most likely a single one.

    >>> several_names("Verein A, Frau B und Kita C", is_known=lambda name: False)
    ['Verein A', 'Frau B', 'Kita C']
    >>> several_names("Verein für Kunst, Kultur und Bildung", is_known=lambda name: False)
    []
    """
    is_list = _LINES.search(text) or _LISTED.search(text) or read_couple(text)
    if not is_list or is_known(one_line(text)):
        return []
    lines = _parts(_LINES, text)
    names = [name for line in lines for name in (_names_in_line(line, is_known) or [line])]
    return names if len(names) > 1 else []


def _names_in_line(line: str, is_known: IsKnown) -> list[str]:
    couple = read_couple(line)
    if couple:
        return [person.written for person in couple]
    parts = _with_titles(_parts(_COMMA, line))
    if is_known(line) or (len(parts) == 2 and _is_pair(parts[0], parts[1], is_known)):
        return []
    joined = _in_pairs(parts, is_known)
    if 1 < len(joined) < len(parts):
        return joined
    for separator in (_LISTED, _AND):
        names = _with_titles(_parts(separator, line))
        if _is_one_name(line, names):
            return []
        if len(names) > 1 and all(is_known(name) or stands_alone(name) for name in names):
            return names
    names = _parts(_LISTED, line)
    return names if len(line) > LONG_LIST and len(names) >= MANY_NAMES else []


def _parts(separator: re.Pattern[str], text: str, *, keep: bool = False) -> list[str]:
    """Return what stands between the separators, but for those in brackets; ``keep`` the tabs in it."""
    masked = _IN_BRACKETS.sub(lambda match: "\0" * len(match[0]), text)
    ends = [(match.start(), match.end()) for match in separator.finditer(masked)]
    starts = [0, *(end for _start, end in ends)]
    parts = [text[a:b] for a, b in zip(starts, [*(start for start, _end in ends), len(text)], strict=True)]
    return [part if keep else one_line(part) for part in parts if part.strip()]


def _is_one_name(text: str, parts: list[str]) -> bool:
    """Tell whether "und" and comma belong to a name: a field of work, or a legal form behind them all."""
    if len(parts) < 2:
        return False
    later = [without_legal_form(part) for part in parts[1:]]
    if later[-1][:1].islower():
        return True
    is_said_once = has_legal_form(parts[-1]) and not any(map(has_legal_form, parts[:-1]))
    if _FIELD_OF_WORK.search(text) and any(" " not in part for part in [parts[0], *later]):
        return True
    if is_said_once and _FIELD_OF_WORK.search(parts[0]) and not any(map(names_a_body, later)):
        return True
    if is_said_once and " " not in later[-1]:
        last = later[-1].lower().rstrip(".")
        is_firm = last in KIN_IN_FIRMS or last.endswith(FIRM_ENDINGS)
        if is_firm or not (looks_personal(parts[0]) or names_a_body(later[-1])):
            return True
    return has_legal_form(text) and any("," in part for part in parts)


def _read_row(row: TableRow, is_known: IsKnown) -> Iterator[PastedName]:
    """Read a row of a table by its headings; a row that does not fit them like any line."""
    if row.line:
        yield from _read_line(row.line, is_known)
        return
    address = row.salutation if is_address(row.salutation) or is_household(row.salutation) else ""
    if row.given_name and row.family_name and not is_household(address):
        person = read_person(f"{address} {row.family_name}, {row.title} {row.given_name}")
        yield _person(person, organisation=row.organisation)
        return
    one = row.name or f"{row.given_name} {row.family_name}"
    for name in _read_cell(one_line(f"{address} {row.title} {one}"), is_known):
        yield replace(name, organisation=name.organisation or row.organisation)
