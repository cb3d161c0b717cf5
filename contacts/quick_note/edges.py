"""What is understood only at the beginning or end of the first line: channel, direction, a past day."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

from contacts.quick_note.dates import read_past
from contacts.quick_note.parts import Span
from contacts.quick_note.typed_terms import CAREFUL, Words
from core.text import fold

ITEM = re.compile(r"\S+")
SEPARATORS = frozenset("-–—:,;|/·")


@dataclass(frozen=True)
class Item:
    """A word of the line, or something that was understood before (``is_word`` False)."""

    start: int
    end: int
    is_word: bool = True


@dataclass
class Edges:
    """What the two ends of the line say."""

    channel: str | None = None
    direction: str | None = None
    date: dt.date | None = None
    spans: list[Span] = field(default_factory=list)


@dataclass(frozen=True)
class Reading:
    """A channel, direction or day that takes up ``count`` items."""

    field: str
    value: str | dt.date
    count: int
    end: int
    is_sentence: bool = False


def read_edges(
    text: str, *, today: dt.date, words: Words, taken: list[tuple[int, int]], spans: list[Span]
) -> Edges:
    """Read the first line from its beginning, then from its end, as far as it is no sentence."""
    return _Reader(text, today, words, taken, spans).read()


class _Reader:
    def __init__(
        self, text: str, today: dt.date, words: Words, taken: list[tuple[int, int]], spans: list[Span]
    ) -> None:
        self.text, self.today, self.words = text, today, words
        self.items = _items(text, [*taken, *((span.start, span.end) for span in spans)])
        self.mentions = {start for start, _end in taken}
        self.edges = Edges()

    def read(self) -> Edges:
        begin = self._from_left()
        self._from_right(begin)
        return self.edges

    def _from_left(self) -> int:
        at = 0
        while at < len(self.items):
            item = self.items[at]
            if not item.is_word or self._is_separator(item):
                at += 1
                continue
            if self._leads_to_name(at):
                at += 1
                continue
            reading = self._reading_at(at)
            if reading is None or not self._keep(reading, self.items[at].start):
                break
            at += reading.count
            if reading.is_sentence:
                if at < len(self.items):
                    self._leads_to_name(at)  # "Anruf von @Verein"
                break
        return at

    def _from_right(self, begin: int) -> None:
        at = len(self.items)
        while at > begin:
            item = self.items[at - 1]
            if not item.is_word or self._is_separator(item):
                at -= 1
                continue
            reading = next((f for n in range(4, 0, -1) if (f := self._ends_at(at, n, begin))), None)
            if reading is None or not self._keep(reading, self.items[at - reading.count].start):
                break
            at -= reading.count

    def _ends_at(self, at: int, count: int, begin: int) -> Reading | None:
        """Return what fills exactly the last ``count`` items before ``at``; at the end only what is short."""
        start = at - count
        if start < begin or not all(item.is_word for item in self.items[start:at]):
            return None
        reading = self._reading_at(start)
        if reading is None or reading.count != count or reading.is_sentence:
            return None
        word = fold(self.text[self.items[start].start : reading.end])
        is_apart = start == begin or not self.items[start - 1].is_word or self._closes(start - 1)
        is_noun = reading.field == "channel" and word not in self.words.short
        return None if is_noun and not is_apart else reading

    def _closes(self, at: int) -> bool:
        return self.text[self.items[at].end - 1] in ",;:–—|."

    def _keep(self, reading: Reading, start: int) -> bool:
        """Take down what was read, unless the line says it twice."""
        if getattr(self.edges, reading.field) is not None:
            return False
        setattr(self.edges, reading.field, reading.value)
        end = self._with_separator(reading.end)
        self.edges.spans.append(Span(start, end, reading.field, stays=reading.is_sentence))
        return True

    def _with_separator(self, end: int) -> int:
        match = re.compile(r"[:;,.]?(?:[ \t]+[-–—:|/·](?=\s|$))?").match(self.text, end)
        return match.end() if match else end

    def _is_separator(self, item: Item) -> bool:
        return self.text[item.start : item.end] in SEPARATORS

    def _leads_to_name(self, at: int) -> bool:
        """Read "an @Verein" as outgoing and "von @Verein" as incoming; the words stay."""
        word = fold(self._word(at))
        follows = at + 1 < len(self.items) and self.items[at + 1].start in self.mentions
        if word not in self.words.towards or not follows:
            return False
        self.edges.direction = self.edges.direction or self.words.towards[word]
        return True

    def _word(self, at: int) -> str:
        return self.text[self.items[at].start : self.items[at].end]

    def _reading_at(self, at: int) -> Reading | None:
        return self._day(at) or self._direction(at) or self._channel(at)

    def _day(self, at: int) -> Reading | None:
        day = read_past(self.text, self.items[at].start, self.today)
        if day is None or day.day is None:
            return None
        count = sum(1 for item in self.items[at:] if item.start < day.end)
        return Reading("date", day.day, count, day.end)

    def _direction(self, at: int) -> Reading | None:
        code = self.words.directions.get(fold(self._word(at)))
        return Reading("direction", code, 1, self._bare_end(at)) if code else None

    def _bare_end(self, at: int) -> int:
        item = self.items[at]
        return item.start + len(self._word(at).rstrip(".,:;"))

    def _channel(self, at: int) -> Reading | None:
        for count in range(min(self.words.longest, len(self.items) - at), 0, -1):
            last = at + count - 1
            if not all(item.is_word for item in self.items[at : last + 1]):
                continue
            typed = self.text[self.items[at].start : self._bare_end(last)]
            word = fold(typed)
            code = self.words.channels.get(word)
            if code and self.items[at].start < self._bare_end(last):
                return self._judged(code, typed, word, at, count)
        return None

    def _judged(self, code: str, typed: str, word: str, at: int, count: int) -> Reading | None:
        """Tell a label from the first word of a sentence."""
        end = self._bare_end(at + count - 1)
        is_short = word in self.words.short
        is_label = end < self.items[at + count - 1].end or self._is_label_before(
            at + count, is_short=is_short
        )
        is_plain = not is_label and not is_short
        if not is_label and word in CAREFUL and not typed.isupper():
            return None
        before_number = at + count < len(self.items) and self._word(at + count)[0] in "+0123456789"
        return Reading("channel", code, count, end, is_sentence=is_plain or (before_number and not is_label))

    def _is_label_before(self, at: int, *, is_short: bool) -> bool:
        """Tell whether no sentence goes on here: the line ends, or a name or another field follows."""
        if at >= len(self.items):
            return True
        item = self.items[at]
        if not item.is_word or self._is_separator(item) or (is_short and self._leads_to_name_here(at)):
            return True
        return self._day(at) is not None or self._direction(at) is not None

    def _leads_to_name_here(self, at: int) -> bool:
        follows = at + 1 < len(self.items) and self.items[at + 1].start in self.mentions
        return follows and fold(self._word(at)) in self.words.towards


def _items(text: str, taken: list[tuple[int, int]]) -> list[Item]:
    """Cut the first line into words and what was understood before."""
    start = len(text) - len(text.lstrip())
    stop = text.find("\n", start)
    stop = len(text) if stop < 0 else stop
    items: list[Item] = []
    at = start
    for first, last in sorted(taken):
        if first >= stop:
            break
        items += [Item(m.start(), m.end()) for m in ITEM.finditer(text, at, first)]
        items.append(Item(first, last, is_word=False))
        at = last
    return items + [Item(m.start(), m.end()) for m in ITEM.finditer(text, min(at, stop), stop)]
