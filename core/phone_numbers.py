"""Telephone numbers as people write them into one cell or line: several, with notes, without leading zero."""

from __future__ import annotations

import re
from dataclasses import dataclass

import phonenumbers
from django.conf import settings

from core.text import one_line

LONGEST = 500
SHORTEST = 4  # digits; fewer are an extension, "oder 12"
NATIONAL_DIGITS = range(9, 12)  # so many has a German number with area code, without the leading zero
SHORTEST_SEARCH = 4  # digits
WHOLE = 6  # digits that a number has at least before another one may follow behind a slash

_NOT_DIGIT = re.compile(r"\D+")
_SEPARATORS = re.compile(r"[\n;|•]|,(?![^()]*\))|\s(?:oder|bzw\.|und|u\.|or|and|&)\s", re.IGNORECASE)
_SLASH = re.compile(r"\s*/\s*(?=\(?0|\+)")
_NOTE = re.compile(r"\(([^()]*[^\W\d_][^()]*)\)")
_RUN = re.compile(r"\+?\s?\(?\d[\d\s()/.–-]*")
_HOURS = re.compile(r"\d{1,2}(?:[.:]\d{2})?\s*[-–]\s*\d{1,2}(?:[.:]\d{2})?")
_GENERAL = re.compile(r"(?:tel|telefon|fon|phone|t|rufnummer|nr|festnetz)[.:]*", re.IGNORECASE)
_MOBILE_WORD = re.compile(r"(?:mobil|mobile|handy|m|cell)[.:]*", re.IGNORECASE)
_MOBILE = re.compile(r"01[567]\d")


@dataclass(frozen=True)
class WrittenNumber:
    """One number as it was written, with the note beside it."""

    number: str
    note: str = ""

    def with_note(self, *notes: str) -> WrittenNumber:
        """Return the number with these notes beside it."""
        return WrittenNumber(self.number, ", ".join(filter(None, notes)))

    @property
    def is_mobile(self) -> bool:
        """Whether this is a mobile number of Germany."""
        return bool(_MOBILE.match(phone_digits(self.number)) or _MOBILE_WORD.fullmatch(self.note))

    @property
    def says_only_what(self) -> bool:
        """Whether the note says no more than that this is a telephone, or a mobile one."""
        return bool(_GENERAL.fullmatch(self.note) or _MOBILE_WORD.fullmatch(self.note))

    @property
    def lacks_area_code(self) -> bool:
        """Whether the number can only be dialled within its town."""
        return not (self.number.startswith(("0", "+")) or phone_digits(self.number).startswith("0"))


def read_numbers(text: str) -> list[WrittenNumber]:
    """Return the numbers in ``text``, each with its note; an empty list where there is none.

    >>> read_numbers("05361 123 (Büro) / 0170 2345")
    [WrittenNumber(number='05361 123', note='Büro'), WrittenNumber(number='0170 2345', note='')]
    """
    if len(text) > LONGEST:
        return []
    numbers: list[WrittenNumber] = []
    waiting: list[str] = []
    for piece in _pieces(text):
        number = _read(piece)
        if number is not None:
            numbers.append(number.with_note(*waiting, number.note))
            waiting = []
        elif numbers:
            # "05361 123; nur vormittags", "05361 123 oder 45"
            also = f"oder {piece}" if piece.isdecimal() else piece
            numbers[-1] = numbers[-1].with_note(numbers[-1].note, also)
        else:
            waiting.append(piece)
    return numbers


def with_leading_zero(number: str) -> str:
    """Return a number whose leading zero a spreadsheet has eaten as it is dialled in Germany.

    The library would take a number within the town, and one that begins with 49, for one with an area code.

    >>> with_leading_zero("5361123456"), with_leading_zero("495361123456"), with_leading_zero("727864")
    ('05361123456', '+495361123456', '727864')
    """
    digits = _NOT_DIGIT.sub("", number)
    if number.startswith(("0", "+", "(")) or len(digits) < NATIONAL_DIGITS[0]:
        return number
    if len(digits) in NATIONAL_DIGITS:
        return f"0{number}"
    return f"+{number}" if digits.startswith(str(_country_code())) else number


def phone_digits(number: str) -> str:
    """Return the digits that are dialled inside the country, the same for all spellings of one number.

    What is no number of any country keeps its digits: whatever was typed can be found and dialled.

    >>> phone_digits("+49 (0)5361 / 12 34-5"), phone_digits("5361 12345"), phone_digits("+43 (0)1 234")
    ('0536112345', '0536112345', '00431234')
    """
    digits = _NOT_DIGIT.sub("", number)
    whole = with_leading_zero(f"+{digits}" if number.strip().startswith("+") else digits)
    if not whole.startswith(("0", "+")):
        return whole
    try:
        parsed = phonenumbers.parse(whole, settings.PHONE_REGION)
    except phonenumbers.NumberParseException:
        return whole.replace("+", "00")
    code = "" if parsed.country_code == _country_code() else f"0{parsed.country_code}"
    return f"0{code}{phonenumbers.national_significant_number(parsed)}"


def phone_search(text: str) -> str:
    """Return what all spellings of a telephone number have in common, to search for: no leading zero.

    >>> phone_search("0 53 61 / 12345") == phone_search("+49 5361 12345") == phone_search("5361 12345")
    True
    """
    digits = phone_digits(text)
    bare = digits.lstrip("0")
    return bare if len(bare) >= SHORTEST_SEARCH else digits


def _country_code() -> int:
    return phonenumbers.country_code_for_region(settings.PHONE_REGION)


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for part in _SEPARATORS.split(text):
        begin = 0
        for slash in _SLASH.finditer(part):
            if _count(part[begin : slash.start()]) >= WHOLE:
                pieces.append(part[begin : slash.start()])
                begin = slash.end()
        pieces.append(part[begin:])
    return [one_line(piece) for piece in pieces if piece.strip()]


def _read(piece: str) -> WrittenNumber | None:
    notes = [match[1] for match in _NOTE.finditer(piece)]
    bare = _NOTE.sub(" ", piece)
    run = max(_RUN.finditer(bare), key=lambda match: _count(match[0]), default=None)
    if run is None or _count(run[0]) < SHORTEST or _HOURS.fullmatch(run[0].strip()) or _is_glued(bare, run):
        return None
    beside = (bare[: run.start()], *notes, bare[run.end() :])
    note = ", ".join(filter(None, (one_line(text).strip(" :,;/-–()") for text in beside)))
    return WrittenNumber(_tidy(run[0]), note)


def _is_glued(text: str, run: re.Match[str]) -> bool:
    """Tell whether a letter stands right beside the digits: a slip of the keys rather than a note."""
    before, after = text[: run.start()][-1:], text[run.end() :][:1]
    return before.isalpha() or (after.isalpha() and run[0][-1].isdigit())


def _tidy(run: str) -> str:
    number = one_line(run.replace("–", "-")).strip(" /.-")
    if number.startswith("("):
        number = number[1:].replace(")", " ", 1)
    if number.count("(") != number.count(")"):
        number = number.replace("(", " ").replace(")", " ")
    return one_line(number)


def _count(text: str) -> int:
    return sum(char.isdigit() for char in text)
