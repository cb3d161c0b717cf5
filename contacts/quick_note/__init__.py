"""Reads a note typed in one go: plain text with @names, #topics, a channel, a duration, a day, a follow-up.

Pure Python: no database, no clock. What is not understood stays in the text, word for word.

What becomes of the line
------------------------
- ``wv …`` (any line), ``15min``, ``1,5h`` (first line), and at the beginning or end of the first line the
  channel's short form, ``gestern`` or a past day, ``raus``/``rein`` are taken out: they are kept as fields.
- A channel that is a word of the sentence ("Termin verschoben") is understood and stays in the sentence.
- The signs ``@`` and ``#`` go, the names stay. Nothing else changes.
"""

from contacts.quick_note.names import MOST_NAMES, Register, count_mentions, mention_candidates
from contacts.quick_note.parsing import parse_note
from contacts.quick_note.parts import Mention, ParsedNote, Problem, Span, Term

__all__ = [
    "MOST_NAMES",
    "Mention",
    "ParsedNote",
    "Problem",
    "Register",
    "Span",
    "Term",
    "count_mentions",
    "mention_candidates",
    "parse_note",
]
