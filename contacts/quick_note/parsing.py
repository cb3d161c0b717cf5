"""Reads a typed note, from the unmistakable to what depends on its place in the line."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from contacts.quick_note.dates import read_due
from contacts.quick_note.edges import read_edges
from contacts.quick_note.names import Register, read_mentions, signs, without_stop, word_ends
from contacts.quick_note.parts import Hashtag, Mention, ParsedNote, Problem, Span, Term
from contacts.quick_note.typed_terms import Words, match_topic
from core.text import fold

MOST_PROBLEMS = 3
LOOK_BACK = 30
DAY_MINUTES = 24 * 60

FOLLOW_UP = re.compile(r"(?<![\w#@-])(?:wv|wvl|wiedervorlage|follow-?up)(?![\w-])[:.]?[ \t]*", re.IGNORECASE)
NUMBER = r"(?P<n>[0-9]{1,4}(?:[.,][0-9]{1,2})?)"
DURATION = re.compile(
    rf"(?<![\w.,:/+-])(?:(?P<hours>[0-9]{{1,2}})\s?(?:h|std\.?)\s?(?P<rest>[0-9]{{1,2}})(?:\s?min)?"
    rf"|{NUMBER}\s?(?:(?P<min>minuten|minutes|min)|(?P<h>stunden|stunde|std|hours|hour|h)))(?![\w/])\.?"
    r"(?!\s+(?:lang|länger|früher|später|eher|entfernt|weg|zu|verspätung|longer|later|earlier|away))",
    re.IGNORECASE,
)
# "um 15h", "in 20 min", "alle 2 Stunden": no duration of the talk.
NO_DURATION = re.compile(
    r"(?:\b(?:um|gegen|ab|bis|nach|vor|in|seit|alle|von|zwischen|at|after|before|until|every|within|noch|je|pro)"
    r"|[–-])\s*(?:ca\.?\s*)?$",
    re.IGNORECASE,
)


def parse_note(
    text: str,
    *,
    today: dt.date,
    channels: Iterable[Term],
    topics: Iterable[Term],
    register: Register | None = None,
) -> ParsedNote:
    """Return what ``text`` says on the day ``today``.

    Of several words after an @ the longest name that the ``register`` knows is taken, else what looks like
    the name of a person or ends with a legal form, else one word (two after a title). Quotation marks keep
    any name together.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    mentions = tuple(read_mentions(text, register or Register()))
    hashtags, unknown = _hashtags(text, list(topics), mentions)
    taken = [*((m.start, m.end) for m in mentions), *((t.start, t.end) for t in hashtags)]
    due, spans, problems = _follow_up(text, today, taken)
    minutes, duration_spans, more = _duration(text, [*taken, *((s.start, s.end) for s in spans)])
    spans += duration_spans
    edges = read_edges(text, today=today, words=Words(list(channels)), taken=taken, spans=spans)
    return ParsedNote(
        text=text,
        channel=edges.channel,
        direction=edges.direction,
        duration_minutes=minutes,
        date=edges.date,
        due=due,
        mentions=mentions,
        hashtags=tuple(hashtags),
        spans=tuple(sorted([*spans, *edges.spans], key=lambda span: span.start)),
        problems=(*problems, *more, *unknown),
    )


def _hashtags(
    text: str, topics: list[Term], mentions: tuple[Mention, ...]
) -> tuple[list[Hashtag], list[Problem]]:
    tags: list[Hashtag] = []
    unknown: list[Problem] = []
    exact = {spelling: term.code for term in topics for spelling in term.spellings}
    for at in signs(text, "#"):
        if any(m.start <= at < m.end for m in mentions) or any(t.start <= at < t.end for t in tags):
            continue
        ends = word_ends(text, at + 1)
        whole = next((end for end in reversed(ends) if fold(text[at + 1 : end]) in exact), None)
        end = without_stop(text, at + 1, whole or (ends[0] if ends else at + 1))
        typed = text[at + 1 : end]
        if code := match_topic(fold(typed), topics):
            tags.append(Hashtag(code, typed, at, end))
        elif fold(typed) and not typed.isdigit():
            unknown.append(Problem("topics", "unknown topic", typed, blocks=False))
    return tags, unknown


def _is_free(start: int, end: int, taken: list[tuple[int, int]]) -> bool:
    return all(end <= first or start >= last for first, last in taken)


def _follow_up(
    text: str, today: dt.date, taken: list[tuple[int, int]]
) -> tuple[dt.date | None, list[Span], list[Problem]]:
    """Find the first follow-up; "wv" without a day is left in the text, and said."""
    problems: list[Problem] = []
    for match in FOLLOW_UP.finditer(text):
        if not _is_free(match.start(), match.end(), taken):
            continue
        due = read_due(text, match.end(), today)
        typed = text[match.start() : due.end if due else match.end()].strip()
        if due is None:
            is_short = match[0].lower().startswith("wv")
            if is_short:
                problems.append(Problem("due", "no day", typed, blocks=False))
        else:
            # What cannot be right is said, and goes out of the text once a day is chosen for it.
            wrong = [Problem("due", due.problem, typed)] if due.problem else []
            return due.day, [Span(match.start(), due.end, "due")], [*problems, *wrong]
        if len(problems) >= MOST_PROBLEMS:
            break
    return None, [], problems


def _duration(text: str, taken: list[tuple[int, int]]) -> tuple[int | None, list[Span], list[Problem]]:
    """Find how long the talk took, in the first line."""
    line = _first_line(text)
    for match in DURATION.finditer(text, line.start, line.end):
        is_other = NO_DURATION.search(text, max(line.start, match.start() - LOOK_BACK), match.start())
        if is_other or not _is_free(match.start(), match.end(), taken):
            continue
        minutes = _minutes(match)
        typed = match[0]
        if not 1 <= minutes <= DAY_MINUTES:
            wrong = Problem("duration", "no such duration", typed)
            return None, [Span(match.start(), match.end(), "duration")], [wrong]
        return minutes, [Span(match.start(), match.end(), "duration")], []
    return None, [], []


def _minutes(match: re.Match[str]) -> int:
    if match["hours"]:
        return int(match["hours"]) * 60 + int(match["rest"])
    number = float(match["n"].replace(",", "."))
    return round(number * 60 if match["h"] else number)


def _first_line(text: str) -> Span:
    start = len(text) - len(text.lstrip())
    end = text.find("\n", start)
    return Span(start, len(text) if end < 0 else end, "line")
