"""What the parts of a message hold: text in reading order, files, appointments, and signs of what it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from contacts.emails import errors, limits
from contacts.emails.attachments import AttachedFile, judge
from contacts.emails.charsets import decode
from contacts.emails.errors import EmailError
from contacts.emails.headers import file_name, first, header_text
from contacts.emails.invitations import Appointment, appointments_in
from contacts.emails.message import KeptFile, NotKept
from contacts.emails.signs import PGP_VERSION, signs_of
from contacts.emails.text import clean_line, text_of_html, tidy, unflow

_CALENDARS = {"text/calendar", "application/ics"}


def read_content(parsed: EmailMessage) -> Content:
    """Return what the parts of a message hold."""
    content = Content()
    content.take(parsed, is_body=True)
    content.settle()
    return content


@dataclass
class Content:
    """Collects what the parts hold, one after the other."""

    texts: list[str] = field(default_factory=list)
    appointments: list[Appointment] = field(default_factory=list)
    signs: set[str] = field(default_factory=set)
    judged: list[KeptFile | NotKept] = field(default_factory=list)
    _files: list[AttachedFile] = field(default_factory=list)
    # Texts with a name that nobody said are attachments: where they lie among the files.
    _named: list[tuple[AttachedFile, EmailMessage]] = field(default_factory=list)
    _cids_in_text: set[str] = field(default_factory=set)
    _count: int = 0

    @property
    def words(self) -> str:
        """The text that somebody wrote."""
        return tidy("\n\n".join(text for text in self.texts if text))

    @property
    def text(self) -> str:
        """The whole text, appointments written out; without other words with what is said about them."""
        words = self.words
        dates = dict.fromkeys(each.as_text(with_description=not words) for each in self.appointments)
        return shorten(tidy("\n\n".join(filter(None, [words, *dates]))))

    def settle(self) -> None:
        """Take the first text with a name as the text where there is no other, and judge the files."""
        if self._named and not self.words:
            file, part = self._named[0]
            self._files.remove(file)
            self._take_text(part)
        self.judged = judge(self._files, cids_in_text=self._cids_in_text)

    def take(self, part: EmailMessage, *, is_body: bool) -> None:
        """Take one part; ``is_body`` tells that it is the text whatever name it bears."""
        self._count += 1
        if self._count > limits.MAX_PARTS:
            raise EmailError(errors.SUSPICIOUS)
        kind = part.get_content_type()
        self.signs |= signs_of(part)
        if kind == "message/rfc822" and part.is_multipart():
            self._take_forwarded(next(_parts(part), EmailMessage()))
        elif kind == "multipart/alternative" and part.is_multipart():
            self._take_best(list(_parts(part)))
        elif part.is_multipart():
            for number, inner in enumerate(_parts(part)):
                self.take(inner, is_body=is_body and number == 0 and kind != "multipart/mixed")
        else:
            self._take_leaf(part, kind, is_body=is_body)

    def _take_best(self, versions: list[EmailMessage]) -> None:
        """Of several versions of the same text take the plain one; the files of the others stay files."""
        before = len(self.texts)
        plain = [part for part in versions if part.get_content_type() == "text/plain"]
        for part in plain:
            self.take(part, is_body=True)
        has_text = any(self.texts[before:])
        for part in (part for part in versions if part not in plain):
            texts = len(self.texts)
            self.take(part, is_body=True)
            if has_text:
                del self.texts[texts:]
            has_text = has_text or any(self.texts[texts:])

    def _take_leaf(self, part: EmailMessage, kind: str, *, is_body: bool) -> None:
        name = _file_name_of(part)
        # A message that says it has parts but does not part them is text.
        is_readable = kind in {"text/plain", "text/html"} or kind.startswith("multipart/")
        is_text = is_readable and part.get_content_disposition() != "attachment"
        if is_text and (is_body or not name):
            self._take_text(part)
            return
        if kind == PGP_VERSION:
            return  # says "Version: 1" and nothing else
        data = _payload(part)
        number = clean_line(header_text(first(part, "content-id")), 300).strip("<> ")
        default = _("Attachment %(number)s") % {"number": len(self._files) + 1}
        file = AttachedFile(file_name(name, default), kind, data, number.lower())
        self._files.append(file)
        if is_text:
            self._named.append((file, part))
        if kind in _CALENDARS or file.name.lower().endswith(".ics"):
            self._take_calendar(part, data)

    def _take_text(self, part: EmailMessage) -> None:
        is_html = part.get_content_type() == "text/html"
        text = decode(_payload(part), _parameter(part, "charset"), is_html=is_html)
        if is_html:
            words = text.replace("'", '"').split('"')
            self._cids_in_text |= {word.lower() for word in words if word[:4] == "cid:"}
            text = text_of_html(text)
        elif _parameter(part, "format").lower() == "flowed":
            text = unflow(text, is_space_deleted=_parameter(part, "delsp").lower() == "yes")
        self.texts.append(text.strip("\n") if text.strip() else "")

    def _take_calendar(self, part: EmailMessage, data: bytes) -> None:
        appointments = appointments_in(decode(data, _parameter(part, "charset")))
        self.appointments += appointments
        self.signs |= {f"calendar-{each.method.lower() or 'publish'}" for each in appointments}

    def _take_forwarded(self, inner: EmailMessage) -> None:
        """Write down a message that came inside this one: who wrote it, and what."""
        title = _("Forwarded message")
        lines = [f"---------- {title} ----------"]
        for label, name in (
            (_("From"), "from"),
            (_("Sent"), "date"),
            (pgettext("e-mail", "To"), "to"),
            (_("Subject"), "subject"),
        ):
            value = clean_line(header_text(first(inner, name)), limits.MAX_SUBJECT_CHARS)
            if value:
                lines.append(f"{label}: {value}")
        self.texts.append("\n".join(lines))
        # What the inner one is says nothing about the outer one.
        signs = set(self.signs)
        self.take(inner, is_body=True)
        self.signs = signs


def _parts(part: EmailMessage) -> Iterator[EmailMessage]:
    for inner in part.get_payload():
        if isinstance(inner, EmailMessage):
            yield inner


def _payload(part: EmailMessage) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _parameter(part: EmailMessage, name: str) -> str:
    value = part.get_param(name)
    return value if isinstance(value, str) else ""


def _file_name_of(part: EmailMessage) -> str:
    name = part.get_filename("")
    return name if isinstance(name, str) else ""


def shorten(text: str) -> str:
    """Return a text of a length that can be kept; where something is missing, a mark says so."""
    if len(text) <= limits.MAX_TEXT_CHARS:
        return text
    mark = _("[Cut here: the e-mail has %(count)s characters.]") % {"count": len(text)}
    return f"{text[: limits.MAX_TEXT_CHARS]}\n\n{mark}"
