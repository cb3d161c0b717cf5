"""Parts what somebody wrote from the history that the mail program put below or above it.

Nothing is lost: the whole text stays with the e-mail, the note of the contact begins with what is new.
"""

from __future__ import annotations

import re

from contacts.emails.headers import field_of

_LONGEST_ATTRIBUTION = 4  # lines, as programs break them
_FIELDS_OF_HEAD = 3
_LOOK_AHEAD = 8
_QUOTED = re.compile(r"\s{0,3}>")
_RULE = re.compile(r"[-_=*\s]*")
_ORIGINAL = re.compile(
    r"[-_=*]{2,}[ \t]*(urspr(ü|ue)ngliche (nachricht|e-?mail)|original[- ]?(nachricht|message|mail)"
    r"|forwarded (message|mail)|weitergeleitete (nachricht|e-?mail)|vorherige nachricht)\b.{0,80}?"
    r"[-_=*]{2,}[ \t]*",
    re.IGNORECASE,
)
_FORWARDED = re.compile(r"forwarded|weitergeleitet|anfang der", re.IGNORECASE)
_BEGINS_APPLE = re.compile(
    r"(anfang der weitergeleiteten (nachricht|e-?mail)|begin forwarded message)\s*:", re.IGNORECASE
)
_FORWARD_SUBJECT = re.compile(r"\s*(wg|fw|fwd|wtr|weitergeleitet)\s*:", re.IGNORECASE)
_VERB = re.compile(r"\b(schrieb|wrote)\b", re.IGNORECASE)
_BEGINS_ATTRIBUTION = re.compile(r"(am|on)\b", re.IGNORECASE)
_QUOTES_SOMEBODY = re.compile(r"(zitat von|quoting)\b", re.IGNORECASE)
_DAY_FOLLOWS = re.compile(r"\s*:|.*\b(am|on)\b", re.IGNORECASE)
_MAX_LINE, _MAX_ATTRIBUTION = 300, 600
_TIMED = re.compile(r"\b\d{1,2}:\d{2}\b")
_DATED = re.compile(r"\d{1,2}[.:/]\s?\d{1,2}|\b(19|20)\d{2}\b")


def part_history(text: str, *, subject: str = "") -> tuple[str, str]:
    """Return what is new in an e-mail, and the history that it quotes; of a forward the forwarded is new.

    Where there is nothing but a quotation all of it is new.

    >>> part_history("Ja, gern.\\n\\nAm 2.6.2026 schrieb das Büro:\\n> Kommen Sie?")
    ('Ja, gern.', 'Am 2.6.2026 schrieb das Büro:\\n> Kommen Sie?')
    """
    lines = text.split("\n")
    cut = _beginning_of_history(lines, is_forward=bool(_FORWARD_SUBJECT.match(subject)))
    own, folded = _without_quotes(lines[:cut])
    new, history = _joined(own), _joined([*folded, *lines[cut:]])
    return (new, history) if new else (text.strip("\n"), "")


def _joined(lines: list[str]) -> str:
    end = len(lines)
    while end and _RULE.fullmatch(lines[end - 1]):
        end -= 1
    return "\n".join(lines[:end]).strip("\n").rstrip()


def _beginning_of_history(lines: list[str], *, is_forward: bool) -> int:
    """Return the first line of what programs write without marks: below a line or a head all is history."""
    skipped = not is_forward
    index = 0
    while index < len(lines):
        length = _length_of_head(lines, index)
        if length:
            if skipped and not _FORWARDED.search(lines[index]):
                return index
            skipped = True
            index += length - 1
        index += 1
    return len(lines)


def _length_of_head(lines: list[str], index: int) -> int:
    """Return how many lines the head of an older message takes that begins here; 0 where none begins."""
    line = lines[index]
    if len(line) > _MAX_LINE:
        return 0
    is_line = bool(_ORIGINAL.fullmatch(line) or _BEGINS_APPLE.fullmatch(line.strip()))
    after = index + int(is_line)
    if is_line:
        after = next((n for n in range(after, min(after + 4, len(lines))) if lines[n].strip()), after)
    head = _fields_from(lines, after)
    if is_line or head:
        return after - index + head
    return _unmarked_attribution(lines, index)


def _fields_from(lines: list[str], index: int) -> int:
    """Return the length of a block of "Von:", "Gesendet:", "An:", "Betreff:" that begins here."""
    if index >= len(lines) or field_of(lines[index].strip()) is None:
        return 0
    keys: set[str] = set()
    length = 0
    for number, line in enumerate(lines[index : index + _LOOK_AHEAD]):
        field = field_of(line.strip())
        if field is not None:
            keys.add(field[0])
            length = number + 1
    is_head = len(keys) >= _FIELDS_OF_HEAD and "from" in keys and keys & {"sent", "subject"}
    return length if is_head else 0


def _unmarked_attribution(lines: list[str], index: int) -> int:
    """Return the length of "Am … schrieb …:" where what follows bears no marks of a quotation."""
    length = _length_of_attribution(lines, index)
    if not length:
        return 0
    following = next(filter(str.strip, lines[index + length : index + length + _LOOK_AHEAD]), "")
    said = " ".join(lines[index : index + length])
    is_sure = _DATED.search(said) and ("@" in said or _TIMED.search(said))
    return length if following and is_sure and not _QUOTED.match(following) else 0


def _length_of_attribution(lines: list[str], index: int) -> int:
    """Return over how many lines "Am … schrieb …:" goes that begins here; 0 where none begins."""
    if index and lines[index - 1].strip() and not _QUOTED.match(lines[index - 1]):
        return 0
    said = ""
    for length, line in enumerate(lines[index : index + _LONGEST_ATTRIBUTION], start=1):
        said = f"{said} {line.strip()}".strip()
        if not line.strip() or len(said) > _MAX_ATTRIBUTION:
            return 0
        if said.endswith(":"):
            return length if _is_attribution(said) else 0
    return 0


def _is_attribution(said: str) -> bool:
    """Tell whether a line says whom it quotes: "Am 12.3. schrieb Petra:", "On … wrote:", "Petra schrieb:"."""
    verb = _VERB.search(said)
    if verb is None:
        return bool(_QUOTES_SOMEBODY.match(said))
    return bool(_BEGINS_ATTRIBUTION.match(said) or _DAY_FOLLOWS.match(said[verb.end() :]))


def _without_quotes(lines: list[str]) -> tuple[list[str], list[str]]:
    """Return the lines without the quotation they end with, or begin with; answers in between keep theirs."""
    blocks = _quoted_blocks(lines)
    if not blocks:
        return lines, []
    start, end = blocks[-1]
    is_last = not _has_words(lines[end:])
    if is_last:
        return [*lines[:start], *lines[end:]], lines[start:end]
    start, end = blocks[0]
    if len(blocks) == 1 and not _has_words(lines[:start]):
        return lines[end:], lines[:end]
    return lines, []


def _has_words(lines: list[str]) -> bool:
    """Tell whether there is more than blanks, a signature and what a list adds."""
    ends = (n for n, line in enumerate(lines) if line.rstrip() == "--" or line.startswith("_____"))
    body = lines[: next(ends, len(lines))]
    return not _RULE.fullmatch("".join(body))


def _quoted_blocks(lines: list[str]) -> list[tuple[int, int]]:
    """Return from where to where others are quoted, with the line that says whom."""
    blocks: list[tuple[int, int]] = []
    is_open = False
    for index, line in enumerate(lines):
        if _QUOTED.match(line):
            start = blocks.pop()[0] if is_open else _with_attribution(lines, index)
            blocks.append((start, index + 1))
            is_open = True
        elif line.strip():
            is_open = False
    return blocks


def _with_attribution(lines: list[str], index: int) -> int:
    """Return the line from which it is said who is quoted from line ``index`` on."""
    above = index - 1
    while above >= max(index - _LONGEST_ATTRIBUTION, 0) and not lines[above].strip():
        above -= 1
    for start in range(above, max(above - _LONGEST_ATTRIBUTION, -1), -1):
        if start + _length_of_attribution(lines, start) == above + 1:
            return start
    return index
