"""Where a name after an @ ends: at the longest known one, else where what looks like a name does."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from contacts.quick_note.parts import Mention
from contacts.quick_note.typed_terms import TITLES
from core.name_words import PLACED, ends_in_legal_form, without_legal_form
from core.person_names import (
    count_name_words,
    is_address,
    is_particle,
    looks_personal,
    may_be_family_name,
    may_be_given_name,
)
from core.text import fold

MOST_NAMES = 40
MOST_WORDS = 8  # of a name
MOST_WORDS_OF_A_BODY = 14  # with its legal form
MOST_WORDS_OF_A_PERSON = 3  # besides particles such as "von der"
MOST_GIVEN_NAMES = 3

QUOTED = re.compile(r'["„“”]([^"„“”\n]{1,250})["“”]')
SIGN = re.compile(r"(?<![\w@#/.&=])[@#](?=\S)")
WORD = re.compile(r"[^\s@#,;:!?()\[\]{}<>\"„“”]+")
GAP = re.compile(r"[ \t]+")
COMMA = re.compile(r",[ \t]+")
# "Karl, Anna und Bernd waren da": three names, and none of them turned round.
LISTED_ON = re.compile(r"[ \t]*(?:,|und\b|u\.|sowie\b|oder\b|and\b|&|\+)[ \t]*(?=[^\W\d_])(?P<next>\w)")
INITIAL = re.compile(r"(?:[^\W\d_]\.){1,3}")
LINKS = frozenset({
    "für", "gegen", "der", "des", "den", "dem", "die", "am", "im", "in", "an", "zu", "zur", "zum", "von",
    "vom", "und", "u.", "&", "+", "-", "–", "of", "for", "and", "the",
})  # fmt: skip
AND_NEXT = re.compile(r"[ \t]+(?:und|u\.|&|\+|and)[ \t]")


@dataclass(frozen=True)
class Register:
    """What the register knows of the words of a note, all in folded spelling.

    ``names`` are whole names; ``alone`` are words by which names begin, such as a family name: they mean
    somebody without more, and behind the longest of them the sentence goes on. ``families`` are those of them
    that are family names.
    """

    names: Collection[str] = ()
    alone: Collection[str] = ()
    families: Collection[str] = ()


def read_mentions(text: str, register: Register) -> Iterator[Mention]:
    """Yield the names after an @, in their order."""
    until = 0
    for at in signs(text, "@"):
        if at < until:
            continue
        if (match := QUOTED.match(text, at + 1)) and fold(match[1]):
            mention = Mention(" ".join(match[1].split()), at, match.end())
        else:
            end = _name_end(text, at + 1, register)
            if not fold(text[at + 1 : end]):
                continue
            mention = Mention(" ".join(text[at + 1 : end].split()), at, end)
        until = mention.end
        yield mention


def count_mentions(text: str) -> int:
    """Return how many names after an @ there are in ``text``, also beyond those that are read."""
    return sum(1 for match in SIGN.finditer(text) if text[match.start()] == "@")


def mention_candidates(text: str) -> set[str]:
    """Return every run of words after an @ that may be a name, folded: to look up which ones are."""
    names: set[str] = set()
    for at in signs(text, "@"):
        ends = word_ends(text, at + 1)
        names.update(fold(text[at + 1 : end]) for end in [*ends, *_given_ends(text, at + 1, ends)])
        if match := QUOTED.match(text, at + 1):
            names.add(fold(match[1]))
    return names - {""}


def signs(text: str, sign: str) -> Iterator[int]:
    """Yield where an @ or # stands that a name or topic follows."""
    places = (match.start() for match in SIGN.finditer(text) if text[match.start()] == sign)
    for _number, at in zip(range(MOST_NAMES), places, strict=False):
        yield at


def word_ends(text: str, start: int, most: int = MOST_WORDS) -> list[int]:
    """Return where a name of one word, of two … up to ``most`` would end, within the line."""
    ends, at = [], start
    for _number in range(most):
        match = WORD.match(text, at)
        if not match:
            break
        ends.append(match.end())
        gap = GAP.match(text, match.end())
        if not gap:
            break
        at = gap.end()
    return ends


def without_stop(text: str, start: int, end: int) -> int:
    """Return the end without the full stop or dash of the sentence."""
    return start + len(text[start:end].rstrip(".-–—/'’*"))


def _name_end(text: str, start: int, register: Register) -> int:
    ends = word_ends(text, start)
    if not ends:
        return start
    known = next((end for end in reversed(ends) if fold(text[start:end]) in register.names), None)
    if turned := _turned_end(text, start, ends, register, is_known=known is not None):
        return turned
    body = _body_end(text, start, register, known)
    if body is not None:
        return body
    if known is not None:
        # "e. V." keeps its stop, the last word of a sentence does not.
        return known if known < len(text) and text[known - 1] == "." else without_stop(text, start, known)
    words = 1
    while words < len(ends) and _is_title(text, start, ends, words):
        words += 1
    first = start if words == 1 else ends[words - 2]
    begun = (end for end in reversed(ends[words - 1 :]) if fold(text[first:end]) in register.alone)
    end = next((end for end in begun if not _goes_on(text[first:end])), None)
    if end is None:
        end = ends[words - 1 + _more_words(text, first, ends[words - 1 :])]
    return without_stop(text, start, end)


def _goes_on(text: str) -> bool:
    """Tell whether the last word only joins what follows: "Förderverein der", "von"."""
    last = text.rsplit(maxsplit=1)[-1]
    return is_particle(last) or last in LINKS


def _more_words(text: str, start: int, ends: list[int]) -> int:
    """Return how many words after the first one belong to what looks like the name of a person."""
    for count in range(len(ends), 1, -1):
        words = text[start : without_stop(text, start, ends[count - 1])].split()
        has_stop = any("." in word and not _keeps_stop(word) for word in words[:-1])
        if not has_stop and _is_person(words):
            return count - 1
    return 0


def _is_person(words: list[str]) -> bool:
    name = " ".join(words)
    if is_particle(words[0]):
        return may_be_family_name(name)
    # "Karl zu Stein", but "Karl zur Verfügung gestellt".
    if not PLACED.isdisjoint(words) and not may_be_given_name(words[-1]):
        return False
    return count_name_words(name) <= MOST_WORDS_OF_A_PERSON and looks_personal(name)


def _keeps_stop(word: str) -> bool:
    """Tell whether the stop is an initial's, not a sentence's: "Anna M. Schulz", "Karl v. d. Heide"."""
    return bool(INITIAL.fullmatch(word))


def _is_title(text: str, start: int, ends: list[int], words: int) -> bool:
    begin = start if words == 1 else ends[words - 2]
    return fold(text[begin : ends[words - 1]]) in TITLES


def _given_ends(text: str, start: int, ends: list[int]) -> list[int]:
    """Return where "Müller, Anna", "Müller, Anna Maria" … would end, if a comma follows the words."""
    comma = COMMA.match(text, ends[-1]) if ends else None
    if not comma:
        return []
    given = word_ends(text, comma.end(), MOST_GIVEN_NAMES)
    begin = comma.end()
    while given and is_address(text[begin : given[0]]):
        begin = given.pop(0)
    return [without_stop(text, start, end) for end in given]


def _turned_end(text: str, start: int, ends: list[int], register: Register, *, is_known: bool) -> int | None:
    """Return the end of "Müller, Anna": of one in the register, else of what has the shape of such a name."""
    given_ends = _given_ends(text, start, ends)
    for end in reversed(given_ends):
        if fold(text[start:end]) in register.names:
            return end
    family = text[start : ends[-1]]
    word = fold(family.split()[-1])
    is_other = is_known or (word in register.alone and word not in register.families)
    if not given_ends or is_other or not may_be_family_name(family):
        return None
    end = given_ends[0]
    given = text[start:end].rsplit(maxsplit=1)[-1]
    onwards = LISTED_ON.match(text, end)
    is_list = onwards is not None and onwards["next"].isupper()
    return end if may_be_given_name(given) and not is_list else None


def _body_end(text: str, start: int, register: Register, known: int | None) -> int | None:
    """Return the end of a name with its legal form behind it: "Förderverein Lesepaten e.V."."""
    ends = word_ends(text, start, MOST_WORDS_OF_A_BODY)
    last = next((end for end in reversed(ends[1:]) if _is_body(text[start:end])), None)
    # "GmbH." ends a sentence, "e. V." does not.
    end = last - 1 if last and re.search(r"\w{2}\.$", text[start:last]) else last
    if end is None or (known is not None and known >= end):
        return None
    goes_on = text[ends[0] : end].lstrip()[:1].islower()
    if goes_on and fold(text[start : ends[0]]) in register.families:
        return None
    if known is not None and fold(without_legal_form(text[known:end])):
        return None if AND_NEXT.match(text, known) or looks_personal(text[start:known]) else end
    return end


def _is_body(name: str) -> bool:
    """Tell whether all words are those of a name, and the last ones are a legal form."""
    words = name.split()
    bare = without_legal_form(name).rstrip(" .").split()
    return (
        ends_in_legal_form(name)
        and bool(bare)
        and bare[-1] not in LINKS
        and all(word[:1].isupper() or word[:1].isdigit() or word in LINKS for word in bare[1:])
        and not any(word.endswith(".") and len(word) > len("Co.") + 1 for word in words[:-1])
    )
