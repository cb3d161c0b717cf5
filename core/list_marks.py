"""What stands in front of a name in a list and is no part of it: bullets, check marks, numbers.

Pure Python: no database, no Django.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

MOST_MARKS = 4  # in front of one name

# "1. FC" and "2. SV" are names; "1. Erika" is a line of a numbered list.
_CLUB = r"\s*(?:FFC|[A-Z]?[FSBTKJVHR]C|[TFE]?SV|TuS|VfL|VfB|MTV)\b"
_NUMBER = re.compile(
    rf"\(?\d{{1,3}}[.)](?!\d|{_CLUB})\s*(?:[-–—]\s+)?"
    r"|\d{1,3}(?:\s*:|\s+[-–—])\s+(?=\D)"
    r"|(?:#|Nr\.?\s?|No\.?\s?)\d{1,3}[.):]?\s+(?=\S)"
    r"|\(?[A-Za-z]\)\s*"
    # A single capital letter with a full stop is an initial.
    r"|[IVX]{2,5}\.\s+(?=\S+\s+\S)"
)
_BOX = r"[✓✔✅✗✘✕✖❌☑☒☐□][\ufe0e\ufe0f]?|\[[xX✓✔ ]?\]|\([xX✓✔ ]\)"
_BULLET = r"[■◻◼●○◦•‣\u2043∙·▪▫►▶▸▹▷◆◇★☆❖→⇒⇨➔➜➝➤➢➣\uf000-\uf0ff*–—_-]"
_MARK = re.compile(rf"(?:(?:(?:{_BOX}|{_BULLET})+|[»\u203a>+~]+(?=\s))\s*)+|x\s+(?=\S)|[Xo]\s+(?=\S+\s+\S)")
_END_MARK = re.compile(rf"\s*(?:(?:{_BOX})+|\sx)$")

_COUNTED = re.compile(r"\s*(?P<number>\d{1,3}|[IVX]{1,5}(?=\.))\.?\s+(?=\S)")
_ROMAN = {"I": 1, "V": 5, "X": 10}


def bare_name(text: str) -> str:
    """Return a name without the check mark, bullet or number of the list it was copied from.

    >>> bare_name("2) ☑ Erika Muster"), bare_name("1. FC Nord")
    ('Erika Muster', '1. FC Nord')
    """
    text = " ".join(text.split())
    for _time in range(MOST_MARKS):
        before = text
        for pattern in (_MARK, _NUMBER):
            match = pattern.match(text)
            text = text[match.end() :] if match else text
        text = _END_MARK.sub("", text).strip()
        if text == before:
            break
    return text


def without_count(lines: Sequence[str]) -> list[str]:
    """Return the lines without numbers that might be part of a name, where they count the lines.

    "3 Eichen" and "I. Muster" are names; of a list in which each line has the next number they are lines.

    >>> without_count(["1 Erika Muster", "2 Jo Beispiel"]), without_count(["3 Eichen"])
    (['Erika Muster', 'Jo Beispiel'], ['3 Eichen'])
    """
    filled = [line for line in lines if line.strip()]
    marks = [_COUNTED.match(line) for line in filled]
    numbers = [_value(mark["number"]) for mark in marks if mark]
    counts_on = all(after == before + 1 for before, after in pairwise(numbers))
    if len(filled) < 2 or len(numbers) < len(filled) or not counts_on:
        return list(lines)
    return [_without_number(line) for line in lines]


def _without_number(line: str) -> str:
    mark = _COUNTED.match(line)
    # "1. FC Nord" as the first of a list without numbers.
    is_club = mark and re.match(rf"\s*\d+\.{_CLUB}", line)
    return line[mark.end() :] if mark and not is_club else line


def _value(number: str) -> int:
    if number.isdecimal():
        return int(number)
    digits = [_ROMAN[letter] for letter in number]
    return sum(
        -digit if digit < after else digit for digit, after in zip(digits, [*digits[1:], 0], strict=True)
    )
