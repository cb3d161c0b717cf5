"""How a person's name is read: form of address, title, given name and family name.

The one place that takes a name apart, for the import, pasted lists, the quick note, e-mails and the model
itself. Pure Python: no database, no Django.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from core.list_marks import bare_name
from core.name_words import (
    BODY_WORDS,
    COMMON_NOUNS,
    FIRM_ENDINGS,
    NAMES_LIKE_BODIES,
    NOUN_ENDINGS,
    PARTICLES,
    PLACED,
    RANKS,
    SECOND_PARTICLES,
    SMALL_PARTICLES,
    SUFFIXES,
    has_legal_form,
)
from core.text import fold

SALUTATIONS = {
    **dict.fromkeys(("frau", "fr", "mrs", "ms", "miss"), "ms"),
    **dict.fromkeys(("herr", "herrn", "hr", "hrn", "mr"), "mr"),
}
MOST_COUNTED = 4  # words of a person's name

_LONG_BODY_WORD = re.compile("|".join(word for word in BODY_WORDS if len(word) >= 5))
_BRANCHES = (
    "Ing|Soz|Päd|Kfm|Kff|Psych|Phys|Chem|Inf|Geogr|Kaufm|Doz|Verw|Arch|Biol|Math|Theol|Volksw|Betriebsw|Oec"
)
_SUBJECTS = "med|phil|jur|rer|nat|pol|oec|theol|habil|dent|vet|agr|soc|mult"
_TITLE = re.compile(
    rf"(?:(?:Prof|Dr|PD|Professor(?:in)?|Pastor(?:in)?|Pfarrer(?:in)?|Diakon(?:in)?)\b|(?:Dipl|Mag|Priv|Ing)(?=[.-]))"
    rf"(?:\.?-(?:{_BRANCHES})\b)*(?:\.(?!-)|(?![\w.-]))(?:\s*(?:{_SUBJECTS})\.|\s*h\.\s?c\.)*\s*",
    re.IGNORECASE,
)
_DEGREE = re.compile(
    r"(?:M\.\s?A\.|B\.\s?A\.|M\.\s?Sc\.|B\.\s?Sc\.|MBA|LL\.\s?M\.|MdB|MdL|MdEP)(?!\w)\s*", re.IGNORECASE
)
_SALUTATION = re.compile(rf"(?:{'|'.join(SALUTATIONS)})(?:\.|(?=\s|$))\s*", re.IGNORECASE)
_HALF_HYPHEN = re.compile(r"(?<=\w)(?:[-\u2010\u2011]\s+|\s+[-\u2010\u2011])(?=[A-ZÄÖÜ])")
_INITIAL = re.compile(r"(?:[^\W\d_]\.-?)+")
_NAME_WORD = re.compile(r"[^\W\d_]+(?:['’\u00b4`‘-][^\W\d_]+)*\.?")
# "d’Artagnan", "al-Masri": the particle is a part of the word, and the word is of the family name.
_WITH_PARTICLE = re.compile(
    r"(?:(?:d|l|dell|dall|nell|degl|o|t)['’\u00b4`‘]"
    r"|(?:al|el|as|ash|ad|an|ar|at|az|ul|ud|bin|ben|ibn|abd|abu|de|da|di|du|la|le)-)"
    r"(?=[^\W\d_])[^\W\d_]+(?:['’\u00b4`‘-][^\W\d_]+)*"
)
_LONE_NAME = re.compile(r"(?:[OD]['’\u00b4`‘]|Mc(?=[A-Z]))[^\W\d_]{2,}")
_COUPLE = re.compile(r"\s+(?:und|u\.|&|\+|and)\s+", re.IGNORECASE)
_SPOUSES = re.compile(r"(?:eheleute|ehepaar)\s+(?=\S)", re.IGNORECASE)
# One actor that is no person.
_HOUSEHOLD = re.compile(r"(?:familie|fam\.?|geschwister|gebrüder|gebr\.?|haushalt)\s", re.IGNORECASE)


@dataclass(frozen=True)
class PersonName:
    """A person's name in its parts. ``title`` is the academic or church title, ``salutation`` ms or mr."""

    given_name: str = ""
    family_name: str = ""
    salutation: str = ""
    title: str = ""

    @property
    def name(self) -> str:
        """Given and family name."""
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def written(self) -> str:
        """The name with form of address and title in front."""
        address = {"ms": "Frau", "mr": "Herr"}.get(self.salutation, "")
        return " ".join(part for part in (address, self.title, self.name) if part)

    @property
    def is_addressed(self) -> bool:
        """Whether a form of address or a title stood before the name."""
        return bool(self.salutation or self.title)


def read_person(text: str) -> PersonName:
    """Take a name apart, however it is written; ``name`` is empty only where nothing was written.

    >>> read_person("Müller-Lüdenscheidt, Dr. Anna")
    PersonName(given_name='Anna', family_name='Müller-Lüdenscheidt', salutation='', title='Dr.')
    >>> read_person("Frau Erika von der Heide").family_name
    'von der Heide'
    """
    written = " ".join(text.split())
    salutation = ""
    titles: list[str] = []
    parts: list[str] = []
    for part in _HALF_HYPHEN.sub("-", bare_name(written)).split(","):
        address, title, rest = _address(part.strip())
        salutation, titles = salutation or address, [*titles, *([title] if title else [])]
        if rest:
            parts.append(rest)
    if not parts:
        return PersonName(family_name=written)
    given, family = _split(parts[0]) if len(parts) == 1 else _turned(parts[0], " ".join(parts[1:]))
    return PersonName(given, family, salutation, " ".join(titles))


def is_address(text: str) -> bool:
    """Tell whether a text is nothing but a form of address or a title."""
    salutation, title, rest = _address(text.strip())
    return bool(salutation or title) and not rest


def read_couple(text: str) -> list[PersonName]:
    """Return both persons of "Herr und Frau Schmidt"; an empty list where the text names no couple.

    >>> [person.name for person in read_couple("Anna und Bernd Altmeier")]
    ['Anna Altmeier', 'Bernd Altmeier']
    """
    text = bare_name(text)
    if spouses := _SPOUSES.match(text):
        return _spouses(text[spouses.end() :])
    return _couple(text)


def _couple(text: str) -> list[PersonName]:
    parts = _COUPLE.split(text)
    if len(parts) != 2:
        return []
    if "," in text:
        return _turned_couple(text)
    first, second = (_address(part) for part in parts)
    if not first[0] and may_be_given_name(first[2]):
        person = read_person(parts[1])
        is_firm = person.family_name.lower().endswith(FIRM_ENDINGS)
        is_couple = may_be_given_name(person.given_name) and looks_personal(parts[1]) and not is_firm
        return [PersonName(first[2], person.family_name, "", first[1]), person] if is_couple else []
    if not (first[0] and second[2] and (second[0] or second[1])):
        return []
    shared = read_person(parts[1])
    if first[2]:
        return [read_person(parts[0]), shared]
    return [PersonName("", shared.family_name, first[0], first[1]), shared]


def _spouses(text: str) -> list[PersonName]:
    """Read what stands behind "Eheleute": a couple, or the family name that both have."""
    shared = read_person(text)
    if couple := _couple(text):
        return couple
    if not _is_name(shared.name, shortest=1):
        return []
    return [replace(shared, salutation="mr"), PersonName("", shared.family_name, "ms")]


def _turned_couple(text: str) -> list[PersonName]:
    """Read "Schmidt, Peter und Anna"."""
    family, given = (part.strip() for part in text.split(",", 1))
    people = [read_person(f"{family}, {part}") for part in _COUPLE.split(given)]
    is_couple = may_be_family_name(family) and all(may_be_given_name(person.given_name) for person in people)
    return people if is_couple and len(people) == 2 else []


def may_be_family_name(text: str) -> bool:
    """Tell whether a text is one family name: a word, more only where it begins with a particle or rank.

    >>> [may_be_family_name(name) for name in ("Dr. Schulz", "von der Heide", "Erika Muster", "Kita")]
    [True, True, False, False]
    """
    words = read_person(text).name.split()
    begins_so = len(words) == 1 or bool(words and (is_particle(words[0]) or _is_rank(words, 0)))
    is_one = len(_counted_words(" ".join(words))) == 1 and _is_name(" ".join(words), shortest=1)
    return begins_so and is_one and not is_address(text) and not names_a_body(text)


def is_household(text: str) -> bool:
    """Tell whether a text is nothing but "Familie" or the like."""
    match = _HOUSEHOLD.match(f"{text} ")
    return bool(match and match.end() > len(text))


def names_several(text: str) -> bool:
    """Tell whether a name is that of a family or a couple: "Familie Schmidt", "Eheleute Schmidt"."""
    return bool(_HOUSEHOLD.match(text) or _SPOUSES.match(text))


def looks_personal(text: str) -> bool:
    """Tell whether a name is more likely a person's than an organisation's.

    >>> [looks_personal(name) for name in ("Anna M. Schulz", "Dr. Schulz", "Haus der Jugend", "SV Nord")]
    [True, True, False, False]
    """
    bare = bare_name(text)
    person = read_person(bare)
    if has_legal_form(bare) or names_several(bare) or ("," in bare and names_a_body(bare)):
        return False
    if person.is_addressed or _LONE_NAME.fullmatch(bare) or _begins_as_family(bare):
        return _is_name(person.name, shortest=1)
    return not names_a_body(bare) and _is_name(person.name, shortest=2)


def names_a_body(text: str) -> bool:
    """Tell whether a word of the name ends with a short word for a body or holds a long one."""
    words = [word for word in text.lower().split() if word not in NAMES_LIKE_BODIES]
    return (
        has_legal_form(text)
        or any(word.endswith(BODY_WORDS) for word in words)
        or bool(_LONG_BODY_WORD.search(text.lower()))
    )


def stands_alone(text: str) -> bool:
    """Tell whether a text would do as a name by itself: a person's, a body's, or an abbreviation."""
    bare = bare_name(text)
    return looks_personal(bare) or names_a_body(bare) or bool(re.fullmatch(r"[A-ZÄÖÜ]{2,8}", bare))


def _address(text: str) -> tuple[str, str, str]:
    """Return form of address, title and the rest."""
    salutation = ""
    titles: list[str] = []
    while True:
        if not salutation and (match := _SALUTATION.match(text)):
            salutation = SALUTATIONS[fold(match[0])]
        elif match := _TITLE.match(text) or _DEGREE.match(text):
            titles.append(" ".join(match[0].split()))
        else:
            break
        text = text[match.end() :]
    return salutation, " ".join(titles), text.strip()


def _turned(family: str, given: str) -> tuple[str, str]:
    """Read "Heide, Erika von der": particles behind the given name belong to the family name."""
    words = given.split()
    begin = len(words)
    while begin > 1 and is_particle(words[begin - 1], first=False):
        begin -= 1
    return " ".join(words[:begin]), " ".join([*words[begin:], family])


def _split(name: str) -> tuple[str, str]:
    words = name.split()
    begin = _begin_of_family(words)
    return " ".join(words[:begin]), " ".join(words[begin:])


def _begin_of_family(words: list[str]) -> int:
    """Return where the family name begins: at its particle, else with the last word that is no suffix."""
    if words and words[0] == words[0].lower() and is_particle(words[0]):
        return 0
    for at, word in enumerate(words[:-1]):
        if (at and is_particle(word)) or _is_rank(words, at):
            return at
        if at and _WITH_PARTICLE.fullmatch(word):
            return at
        if words[at].lower() in {"geb.", "geb", "geborene", "née"}:
            return max(at - 1, 0)
    last = len(words) - 1
    if last > 1 and words[last].lower().rstrip(".") in SUFFIXES:
        last -= 1
    return max(last, 0)


def _begins_as_family(text: str) -> bool:
    """Tell whether a name begins with a rank or a small "von": "zum Löwen" may be anything."""
    words = text.split()
    return _is_rank(words, 0) or (
        len(words) > 1 and words[0].islower() and is_particle(words[0]) and words[0] not in PLACED
    )


def _is_rank(words: list[str], at: int) -> bool:
    return at + 1 < len(words) and words[at].lower() in RANKS and is_particle(words[at + 1])


def is_particle(word: str, *, first: bool = True) -> bool:
    """Tell whether a family name begins with this word; not ``first``: or goes on with it."""
    small = word.lower()
    return small in PARTICLES or word in SMALL_PARTICLES or (not first and word in SECOND_PARTICLES)


def _is_name(text: str, *, shortest: int) -> bool:
    """Tell whether all words may be parts of a person's name; particles, ranks and suffixes do not count."""
    words = _counted_words(text)
    is_whole = not text or not is_particle(text.rsplit(maxsplit=1)[-1])
    return is_whole and shortest <= len(words) <= MOST_COUNTED and all(map(_may_be_name, words))


def count_name_words(text: str) -> int:
    """Return how many words a name has without particles, ranks and suffixes.

    >>> count_name_words("Karl-Heinz von der Heide")
    2
    """
    return len(_counted_words(text))


def _counted_words(text: str) -> list[str]:
    """Return the words of a name without particles, ranks and suffixes."""
    words = [word for word in text.split() if word.lower().rstrip(".") not in SUFFIXES | {"geb"}]
    counted: list[str] = []
    is_behind = False
    for at, word in enumerate(words):
        if is_particle(word) or (is_behind and word in SECOND_PARTICLES):
            is_behind = True
            continue
        is_behind = False
        if not _is_rank(words, at):
            counted.append(word)
    return counted


def may_be_given_name(text: str) -> bool:
    """Tell whether a text is one word that may be a given name, and no noun as bodies are called by."""
    word = text.lower()
    is_noun = word in COMMON_NOUNS or word.endswith(NOUN_ENDINGS) or names_a_body(text)
    return bool(_may_be_name(text) and not _INITIAL.fullmatch(text) and not is_noun)


def _may_be_name(word: str) -> bool:
    if _INITIAL.fullmatch(word):
        return word[:1].isupper()
    if word.lower() in {"frau", "herr", "herrn"}:
        return False  # with somebody else's name behind it
    is_abbreviation = word.isupper() and 1 < len(word) <= 3
    is_written_as_name = word[:1].isupper() and _NAME_WORD.fullmatch(word)
    return bool(is_written_as_name or _WITH_PARTICLE.fullmatch(word)) and not is_abbreviation
