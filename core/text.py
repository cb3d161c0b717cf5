"""Folding of text, so that a name is found however it is spelled."""

import re
import unicodedata

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "œ": "oe"})
_LETTERS = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th"})
_NOT_WORD = re.compile(r"[^0-9a-z\u0370-\uffff]+")


def _combining_marks() -> str:
    """Return all marks that are written over and under letters, as a regular expression has them."""
    return "".join(chr(code) for code in range(0x300, 0x20000) if unicodedata.combining(chr(code)))


# No writing piles up more; sorting thousands of them takes the square of their number.
_PILE_OF_MARKS = re.compile("([{marks}]{{8}})[{marks}]+".format(marks=_combining_marks()))

LONGEST_SEARCH = 200
MOST_SEARCH_WORDS = 20


def _plain(text: str) -> str:
    if text.isascii():
        return _NOT_WORD.sub(" ", text.lower()).strip()
    text = _PILE_OF_MARKS.sub(r"\1", text.translate(_LETTERS))
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return _NOT_WORD.sub(" ", bare.casefold()).strip()


def fold(text: str) -> str:
    """Return ``text`` in lower case without accents, umlauts written out, words parted by one space.

    >>> fold("Müller-Größe  e. V.")
    'mueller groesse e v'
    """
    composed = text if text.isascii() else unicodedata.normalize("NFC", _PILE_OF_MARKS.sub(r"\1", text))
    return _plain(composed.casefold().translate(_UMLAUTS))


def search_words(text: str) -> list[str] | None:
    """Return the different words of a search, folded; None where it is longer than a search may be.

    The bounds stand here, below everything that searches: each word is one more condition of the question
    to the database, and thousands of them stop the site.

    >>> search_words("Müller, Größe müller"), search_words("x" * 201)
    (['mueller', 'groesse'], None)
    """
    if len(text) > LONGEST_SEARCH:
        return None
    words = list(dict.fromkeys(fold(text).split()))
    return words if len(words) <= MOST_SEARCH_WORDS else None


def without_accents(text: str) -> str:
    """Return ``text`` as it is written without umlauts and accents: written out, in the case it had.

    >>> without_accents("Übergröße ÜBER Ørsted"), without_accents("ÄRZTE Straße")
    ('Uebergroesse UEBER Orsted', 'AERZTE Strasse')
    """
    composed = unicodedata.normalize("NFC", text)
    written = "".join(
        _written_out(char, before=composed[max(place - 1, 0) : place], after=composed[place + 1 : place + 2])
        for place, char in enumerate(composed)
    )
    return "".join(c for c in unicodedata.normalize("NFKD", written) if not unicodedata.combining(c))


def _written_out(char: str, *, before: str, after: str) -> str:
    small = char.lower()
    plain = small.translate(_UMLAUTS).translate(_LETTERS)
    if plain == small:
        return char
    if char == small:
        return plain
    among_capitals = after.isupper() or (before.isupper() and not after.islower())
    return plain.upper() if among_capitals else plain.capitalize()


def compose(text: str) -> str:
    """Return ``text`` with each letter and its marks in one character; left as it is where marks pile up.

    >>> compose("Mu\u0308ller") == "Müller"
    True
    """
    return text if text.isascii() or _PILE_OF_MARKS.search(text) else unicodedata.normalize("NFC", text)


def one_line(text: str) -> str:
    """Return ``text`` without line breaks and doubled spaces, as a name is written.

    >>> one_line(" Freunde \\n Westhagens ")
    'Freunde Westhagens'
    """
    return " ".join(text.split())


def shorten(text: str, length: int, mark: str = "…") -> str:
    """Return ``text`` with at most ``length`` characters; where something is missing, a mark says so.

    Django's Truncator counts no marks over and under letters, so that a pile of them is not shortened at all,
    and puts them in order first, which takes the square of their number.

    >>> shorten("Freunde des Stadtteils", 13)
    'Freunde des…'
    """
    return text if len(text) <= length else f"{text[: length - len(mark)].rstrip()}{mark}"


def search_forms(text: str) -> str:
    """Return every spelling of ``text`` that a search should find: umlauts written out, and dropped.

    >>> search_forms("Müller")
    'mueller muller'
    """
    written_out, dropped = fold(text), _plain(text.casefold())
    return written_out if written_out == dropped else f"{written_out} {dropped}"
