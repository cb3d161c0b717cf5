"""Telephone numbers and postal codes of a table, with the zeros that spreadsheets eat."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actors.models import PhoneNumber
from actors.services.actors import Phone, check_phone
from core.imports.fields import ImportField, ListField
from core.phone_numbers import WrittenNumber, phone_digits, read_numbers, with_leading_zero
from core.sheets.cells import Cell, show, whole
from core.sheets.values import ValueProblem, parse_code

READ_AS = gettext_lazy("“%(value)s” is read as “%(name)s”: the leading zero was missing.")
PLUS_READ = gettext_lazy("“%(value)s” is read as “%(name)s”: the plus in front was missing.")
NO_AREA_CODE = gettext_lazy("“%(value)s” has no area code: please check whether a zero is missing in front.")
NO_NUMBER = gettext_lazy("This is not a telephone number: %(value)s")

_GERMAN_CODE = re.compile(r"(?:D|DE|GER)[\s–-]*(\d{4,5})", re.IGNORECASE)
_WITHOUT_ZERO = re.compile(r"[1-9]\d{3}")
_LOWEST = "01067"  # of the German codes; Vienna's begin below it


class PhonesField(ListField):
    """Telephone numbers that are added, each with the note that stands beside it."""

    def __init__(self, key: str, words: str = "") -> None:
        super().__init__(
            key,
            words,
            entry=PhoneNumber._meta.get_field("number"),
            same_entry=phone_digits,
            is_text=False,
        )

    def read(self, cell: Cell) -> list[Phone]:
        phones = [_phone(written) for written in read_numbers(parse_code(cell))]
        if not phones:
            raise ValueProblem(NO_NUMBER, value=show(cell)[:40])
        for phone in phones:
            try:
                check_phone(phone)
            except ValidationError as error:
                raise ValueProblem("%(reason)s", reason=f"{phone}: {' '.join(error.messages)}") from error
        return phones

    def remarks(self, cell: Cell, value: Any) -> Iterator[str]:
        """Tell which zeros and plus signs were put in front, and which may be missing."""
        for written in read_numbers(whole(show(cell))):
            dialled = with_leading_zero(written.number)
            if dialled != written.number:
                text = PLUS_READ if dialled.startswith("+") else READ_AS
                yield str(text) % {"value": written.number, "name": dialled}
            elif written.lacks_area_code:
                yield str(NO_AREA_CODE) % {"value": written.number}

    def current(self, instance: models.Model) -> list[Phone]:
        if not instance.pk:
            return []
        return [Phone(row.number, row.label) for row in getattr(instance, self.key).all()]

    def added(self, old: list[Phone], new: list[Phone]) -> list[Phone]:
        """Return the numbers that are not there yet, however they are spelled."""
        have = {phone_digits(phone.number) for phone in old}
        by_digits = {phone_digits(phone.number): phone for phone in reversed(new)}
        return [phone for digits, phone in reversed(by_digits.items()) if digits not in have]

    def show(self, value: Any) -> str:
        return ", ".join(map(str, value))


def _phone(written: WrittenNumber) -> Phone:
    """Return the number as it is dialled; a mobile one is called so where nothing else is said."""
    note = "" if written.says_only_what else written.note
    return Phone(with_leading_zero(written.number), note or (_("mobile") if written.is_mobile else ""))


class PostalCodeField(ImportField):
    """A postal code; of four digits it is one of Germany that has lost its leading zero."""

    def __init__(self, key: str, words: str = "") -> None:
        super().__init__(key, words, is_text=False)

    def read(self, cell: Cell) -> str:
        return _with_zero(parse_code(cell))

    def remarks(self, cell: Cell, value: Any) -> Iterator[str]:
        """Tell where a zero was put in front."""
        if _bare_code(whole(show(cell))) != value:
            yield str(READ_AS) % {"value": show(cell), "name": value}


def _bare_code(text: str) -> str:
    match = _GERMAN_CODE.fullmatch(text)
    return match[1] if match else text


def _with_zero(text: str) -> str:
    """Return the code with its zero; one of another country says so ("A-1010")."""
    code = _bare_code(text)
    completed = f"0{code}"
    return completed if _WITHOUT_ZERO.fullmatch(code) and completed >= _LOWEST else code
