"""Channels, directions, titles and topics as they are typed; the office's own terms add theirs."""

from __future__ import annotations

from collections.abc import Mapping

from contacts.quick_note.parts import Term
from core.text import fold

# Never a word of a sentence: taken out of the note wherever they are understood.
SHORT = {
    "phone": ("tel", "telefon", "phone"),
    "voicemail": ("mailbox", "voicemail"),
    "email": ("mail", "e mail", "email"),
    "consultation_hour": ("sprst", "spr"),
    "walk_in": ("pers", "walk in"),
    "messenger": ("whatsapp", "wa", "sms", "signal", "telegram", "threema", "messenger"),
    "online": ("zoom", "teams", "webex", "jitsi", "video", "videokonferenz"),
}
# Nouns: they set the channel at the beginning of the line, and stay if the sentence goes on.
LONG = {
    "phone": ("anruf", "telefonat", "telefonisch", "telefongespräch", "call", "phone call"),
    "voicemail": ("anrufbeantworter", "ab", "answering machine"),
    "email": ("mails", "emails"),
    "letter": ("brief", "post", "schreiben", "letter"),
    "consultation_hour": ("sprechstunde", "bürgersprechstunde"),
    "walk_in": ("persönlich", "im büro", "büro", "laufkundschaft"),
    "home_visit": ("hausbesuch",),
    "site_visit": ("ortstermin", "vor ort"),
    "appointment": ("termin",),
    "meeting": ("sitzung", "besprechung", "meeting"),
    "outreach": ("aufsuchend", "streetwork"),
    "online": ("online",),
}
# Also everyday words: understood only where something that is no sentence follows, or in capitals.
CAREFUL = frozenset({"ab", "an", "post", "online", "büro", "buero"})
DIRECTIONS = {
    "in": ("rein", "eingehend", "eingang", "incoming", "inbound"),
    "out": ("raus", "ausgehend", "ausgang", "outgoing", "outbound"),
}
TOWARDS = {"in": ("von", "from"), "out": ("an", "to")}
TITLES = frozenset(
    {"herr", "herrn", "frau", "familie", "fam", "eheleute", "ehepaar", "dr", "prof", "mr", "mrs", "ms"}
)


class Words:
    """Folded words, each with what it stands for."""

    def __init__(self, channels: list[Term]) -> None:
        known = {term.code for term in channels}
        self.short = _by_word(SHORT, known)
        self.channels = {
            **_by_word(LONG, known),
            **self.short,
            **{spelling: term.code for term in channels for spelling in term.spellings},
        }
        self.directions = _by_word(DIRECTIONS, set(DIRECTIONS))
        self.towards = _by_word(TOWARDS, set(TOWARDS))
        self.longest = max((word.count(" ") + 1 for word in self.channels), default=1)


def _by_word(table: Mapping[str, tuple[str, ...]], known: set[str]) -> dict[str, str]:
    return {fold(word): code for code, words in table.items() if code in known for word in words}


SHORTEST_PART = 4  # a shorter part of a word is in too many


def match_topic(name: str, topics: list[Term]) -> str | None:
    """Return the code of the topic that ``name`` (folded) means: its name, or a part of only one."""
    if not name:
        return None
    tests = (
        lambda spelling: spelling == name,
        lambda spelling: spelling.startswith(name),
        lambda spelling: f" {name}" in spelling,
        lambda spelling: len(name) >= SHORTEST_PART and name in spelling,
    )
    for fits in tests:
        codes = {term.code for term in topics if any(fits(s) for s in term.spellings)}
        if codes:
            return codes.pop() if len(codes) == 1 else None
    return None
