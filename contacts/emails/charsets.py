"""Bytes made text as browsers do it (https://encoding.spec.whatwg.org), forgiving where e-mails are wrong."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator

import webencodings

_WESTERN = "cp1252"
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# So far a browser looks for the charset that a page names.
_HEAD = 1024
_META = re.compile(rb"<meta[^>]+?charset\s*=\s*[\"']?\s*([\w.:()+-]{1,40})", re.IGNORECASE)
_SAID_OF_ANYTHING = {"ascii", "us-ascii", "ansi_x3.4-1968"}
# Where the standard's decoder knows more than the codec of that name.
_CODECS = {"utf-8": "utf-8", "gbk": "gb18030"}
# What only mail programs know: charsets of DOS and Mac, and what browsers refuse for the scripts in a page.
_OTHER_CODECS = re.compile(r"utf-32|cp\d|hz|iso2022|mac-|kz1048|johab")


def decode(data: bytes, charset: str | None = None, *, is_html: bool = False) -> str:
    """Return the text in the charset that was said if it can be that, else in the likeliest one.

    >>> decode("„Grüße“ 10 €".encode("cp1254"), "ISO-8859-9")
    '„Grüße“ 10 €'
    """
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return data.decode(codec, "replace")
    said = [charset, _meta(data)] if is_html else [charset]
    codec = next(_codecs(said, data), "")
    if codec in {"", "utf-8"}:
        return _utf8_or_western(data)
    try:
        return data.decode(codec, "replace")
    except (UnicodeError, LookupError, ValueError):
        return _utf8_or_western(data)


def _meta(data: bytes) -> str:
    match = _META.search(data[:_HEAD])
    label = match[1].decode("ascii", "replace") if match else ""
    # A page whose charset can be read like this is no UTF-16, whatever it says.
    return "utf-8" if label.lower().startswith("utf-16") else label


def _codecs(labels: Iterable[str | None], data: bytes) -> Iterator[str]:
    """Give the codec of each label that means a charset of real texts and that the data can be in."""
    for label in labels:
        # RFC 2231 lets a language follow the charset.
        name = (label or "").partition("*")[0].strip(" \t\r\n\f\"'")[:40].lower()
        codec = _codec(name)
        if name in _SAID_OF_ANYTHING and _is_utf8(data):
            codec = "utf-8"
        if codec and not (codec.startswith("utf-16") and 0 not in data):
            yield codec


def _codec(name: str) -> str:
    encoding = webencodings.lookup(name)
    if encoding is not None and encoding.name not in {"replacement", "x-user-defined"}:
        return _CODECS.get(encoding.name, encoding.codec_info.name)
    try:
        codec = codecs.lookup(name).name
    except (LookupError, ValueError, UnicodeError):
        return ""
    # Others (punycode, zlib) take long or are no texts at all.
    return codec if _OTHER_CODECS.match(codec) else ""


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _utf8_or_western(data: bytes) -> str:
    """Return UTF-8, also where a few bytes are spoilt; text without any sign of UTF-8 is Western European."""
    text = data.decode("utf-8", "replace")
    spoilt = text.count("\ufffd")
    letters = len(text) - len(text.encode("ascii", "ignore")) - spoilt
    return text if letters >= spoilt else data.decode(_WESTERN, "replace")
