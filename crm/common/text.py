"""Folding of text, so that a name is found however it is spelled."""

import re
import unicodedata

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "œ": "oe"})
_LETTERS = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th"})
_NOT_WORD = re.compile(r"[^0-9a-z\u0370-\uffff]+")
_NOT_DIGIT = re.compile(r"\D+")


def _plain(text: str) -> str:
    if text.isascii():
        return _NOT_WORD.sub(" ", text.lower()).strip()
    bare = "".join(
        c for c in unicodedata.normalize("NFKD", text.translate(_LETTERS)) if not unicodedata.combining(c)
    )
    return _NOT_WORD.sub(" ", bare.casefold()).strip()


def fold(text: str) -> str:
    """Return ``text`` in lower case without accents, umlauts written out, words parted by one space.

    >>> fold("Müller-Größe  e. V.")
    'mueller groesse e v'
    """
    return _plain(unicodedata.normalize("NFC", text).casefold().translate(_UMLAUTS))


def one_line(text: str) -> str:
    """Return ``text`` without line breaks and doubled spaces, as a name is written.

    >>> one_line(" Freunde \\n Westhagens ")
    'Freunde Westhagens'
    """
    return " ".join(text.split())


def search_forms(text: str) -> str:
    """Return every spelling of ``text`` that a search should find: umlauts written out, and dropped.

    >>> search_forms("Müller")
    'mueller muller'
    """
    written_out, dropped = fold(text), _plain(text.casefold())
    return written_out if written_out == dropped else f"{written_out} {dropped}"


def phone_digits(number: str) -> str:
    """Return the digits of a telephone number as dialled inside Germany.

    >>> phone_digits("+49 (0)5361 / 12 34-5")
    '0536112345'
    """
    digits = _NOT_DIGIT.sub("", number.replace("(0)", ""))
    international = f"00{digits}" if number.strip().startswith("+") else digits
    return f"0{international[4:]}" if international.startswith("0049") else international
