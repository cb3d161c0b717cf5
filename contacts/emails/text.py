"""Text of strangers made plain: no control characters, no tricks of direction, no markup."""

from __future__ import annotations

import re
from html import unescape

from lxml import etree, html

from contacts.emails import limits
from core.text import one_line, shorten

_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\ufeff]"
)
# Overrides, embeddings and isolates turn the order of what is read; plain marks of right-to-left text stay.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069\u206a-\u206f]")
_INVISIBLE = re.compile("[\u00ad\u061c\u200b-\u200f\u2028\u2029\u2060-\u2064]")
_LINE_END = re.compile("\r\n?|[\x85\u2028\u2029]")
_BLANK_LINES = re.compile(r"\n{3,}")
_TRAILING = re.compile(r"[ \t\xa0]+$", re.MULTILINE)

_LEFT_OUT = {
    *("head", "script", "style", "template", "noscript", "svg", "math", "object", "embed", "iframe", "frame"),
    *("frameset", "applet", "audio", "video", "canvas", "title", "meta", "link", "select", "textarea", "map"),
}
_BLOCKS = {
    *("address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset"),
    *("figure", "footer", "form", "header", "html", "legend", "main", "nav", "pre", "section", "table"),
    *("tbody", "tfoot", "thead", "tr", "caption", "ul", "ol"),
}
_OPENED_WITH = {"br": "\n", "hr": "---\n", "li": "- "}
_PARAGRAPHS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "table", "pre"}
# What mail programs wrap the older messages into; an indented text of one's own is none.
_QUOTES = re.compile(r"gmail_quote|moz-cite|yahoo_quoted|protonmail_quote|tutanota_quote", re.IGNORECASE)
_DEEPEST_QUOTE = 12
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_SIGNATURE = "-- "
_LINK = re.compile(r"(https?://|mailto:|tel:)", re.IGNORECASE)


def clean_text(text: str) -> str:
    """Return text of several lines without anything invisible that a database or a reader stumbles over.

    >>> clean_text("a\\0b\\r\\nc \\u202ed")
    'ab\\nc d'
    """
    text = _CONTROL.sub("", _LINE_END.sub("\n", text))
    return _TURNING.sub("", text)


def tidy(text: str) -> str:
    """Return clean text without blanks at line ends and with at most one empty line in a row."""
    text = _TRAILING.sub("", clean_text(text))
    return _BLANK_LINES.sub("\n\n", text).strip("\n").rstrip()


def clean_line(text: str, limit: int) -> str:
    """Return text on one line, shortened with a mark."""
    return shorten(one_line(_INVISIBLE.sub("", clean_text(text))), limit)


def text_of_html(markup: str) -> str:
    """Return what a reader sees of an HTML page, links written out. Nothing is run and nothing is fetched."""
    data = _CONTROL.sub("", markup).encode("utf-8", "ignore")[: limits.MAX_HTML_BYTES]
    if not data.strip():
        return ""
    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, recover=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError):
        root = None
    if root is None or any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        # Nested deeper than the parser follows: the words stay, the markup goes.
        return tidy(re.sub(r"[ \t]+", " ", unescape(_TAG.sub(" ", markup)))).strip()
    return tidy(_Writer().text_of(root))


def _is_quote(tag: str, element: etree._Element) -> bool:
    if tag != "blockquote":
        return False
    return (element.get("type") or "").lower() == "cite" or bool(_QUOTES.search(element.get("class") or ""))


class _Writer:
    """Walks over the elements without recursion, however deep they are nested."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.kept_as_typed = 0
        # Where among the pieces each quotation begins that is open.
        self.quotes: list[int] = []

    def text_of(self, root: etree._Element) -> str:
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            tag = element.tag if isinstance(element.tag, str) else ""
            left_out = tag in _LEFT_OUT or tag == "" or self._is_hidden(element)
            if event == "start" and left_out:
                walk.skip_subtree()
            elif event == "start":
                self._open(tag, element)
            else:
                if not left_out:
                    self._close(tag, element)
                self._write(element.tail)
        return "".join(self.pieces)

    def _is_hidden(self, element: etree._Element) -> bool:
        return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style") or ""))

    def _open(self, tag: str, element: etree._Element) -> None:
        if tag == "img":
            self._image(element)
        elif tag in {"td", "th"}:
            self._write(" ")
        elif tag in _PARAGRAPHS:
            self._break(2)
        elif tag in _BLOCKS or tag in _OPENED_WITH:
            self._break(0 if tag == "br" else 1)
            self.pieces += [_OPENED_WITH[tag]] if tag in _OPENED_WITH else []
        if _is_quote(tag, element):
            self.quotes.append(len(self.pieces))
        self.kept_as_typed += tag == "pre"
        self._write(element.text)

    def _close(self, tag: str, element: etree._Element) -> None:
        self.kept_as_typed -= tag == "pre"
        if _is_quote(tag, element):
            self._mark_quote(self.quotes.pop())
        if tag == "a":
            self._link(element)
        elif tag in _PARAGRAPHS:
            self._break(2)
        elif tag in _BLOCKS or tag == "li":
            self._break(1)

    def _mark_quote(self, start: int) -> None:
        """Write what was quoted as mail programs do in plain text: each line with a mark."""
        if len(self.quotes) >= _DEEPEST_QUOTE:
            return
        lines = tidy("".join(self.pieces[start:])).split("\n")
        del self.pieces[start:]
        if lines != [""]:
            self.pieces.append(
                "\n".join(f">{line}" if line[:1] == ">" else f"> {line}".rstrip() for line in lines)
            )

    def _write(self, text: str | None) -> None:
        if not text:
            return
        if self.kept_as_typed:
            self.pieces.append(text)
            return
        words = re.sub(r"[ \t\r\n\f]+", " ", text)
        if words.startswith(" ") and (not self.pieces or self.pieces[-1][-1:] in {" ", "\n"}):
            words = words[1:]
        if words:
            self.pieces.append(words)

    def _break(self, breaks: int) -> None:
        """Begin a new line, or leave one free; what is there already counts."""
        end = "".join(self.pieces[-4:])
        missing = breaks - (len(end) - len(end.rstrip("\n")))
        if end.strip() and missing > 0:
            self.pieces.append("\n" * missing)

    def _image(self, element: etree._Element) -> None:
        """Write the description of a picture; one of a dot's size only tells the sender who reads."""
        size = {(element.get(side) or "").strip().removesuffix("px") for side in ("width", "height")}
        described = " ".join((element.get("alt") or "").split())
        if described and not size & {"0", "1"}:
            self._write(f"[{described}]")

    def _link(self, element: etree._Element) -> None:
        target = "".join((element.get("href") or "").split())
        if not _LINK.match(target):
            return
        text_so_far = "".join(self.pieces[-40:]).rstrip()
        bare = re.sub(r"(?i)^(mailto:|tel:)", "", target)
        if not text_so_far.rstrip("/").endswith(
            (bare.rstrip("/"), re.sub(r"(?i)^https?://", "", bare).rstrip("/"))
        ):
            self.pieces.append(f" <{bare}>")


def unflow(text: str, *, is_space_deleted: bool = False) -> str:
    """Return the paragraphs of ``format=flowed`` (RFC 3676) whole, whose lines were broken only to send them.

    ``is_space_deleted`` (DelSp) joins without the blank.

    >>> unflow("Das ist \\nein Satz.\\n>> Und \\n>> dies \\n> nicht.")
    'Das ist ein Satz.\\n>> Und dies \\n> nicht.'
    """
    paragraphs: list[tuple[int, list[str]]] = []
    is_open = False
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        depth, words = _parted(line)
        is_signature = words == _SIGNATURE
        if is_open and not is_signature and paragraphs[-1][0] == depth:
            paragraphs[-1][1].append(words)
        else:
            paragraphs.append((depth, [words]))
        is_open = words.endswith(" ") and not is_signature
        if is_open and is_space_deleted:
            paragraphs[-1][1][-1] = words[:-1]
    return "\n".join(_written(depth, "".join(pieces)) for depth, pieces in paragraphs)


def _parted(line: str) -> tuple[int, str]:
    """Return how deep a line is quoted, and its words without the blank that only guards its beginning."""
    words = line.lstrip(">")
    return len(line) - len(words), words.removeprefix(" ")


def _written(depth: int, words: str) -> str:
    return f"{'>' * depth} {words}" if depth else words
