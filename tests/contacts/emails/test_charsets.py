"""Text is read in the charset that a browser would take, also where the e-mail is wrong about it."""

from __future__ import annotations

import pytest

from contacts.emails import read_eml
from contacts.emails.charsets import decode
from tests.contacts.emails.messages import NOW

QUOTED = "„Grüße“ – 10 €"


@pytest.mark.parametrize(
    ("charset", "data", "expected"),
    [
        ("ISO-8859-9", "„Özgür“ – ışık".encode("cp1254"), "„Özgür“ – ışık"),
        ("iso-8859-1", QUOTED.encode("cp1252"), QUOTED),
        ("latin1", QUOTED.encode("cp1252"), QUOTED),
        ("us-ascii", QUOTED.encode("cp1252"), QUOTED),
        ("ascii", QUOTED.encode(), QUOTED),
        ("ISO-8859-11", "สวัสดี".encode("cp874"), "สวัสดี"),
        ("ks_c_5601-1987", "똠 안녕".encode("cp949"), "똠 안녕"),
        ("gb2312", "你好 €".encode("gb18030"), "你好 €"),
        ("shift_jis", "①日本".encode("cp932"), "①日本"),
        ('"iso-8859-1"', QUOTED.encode("cp1252"), QUOTED),
        ("utf-8*de", QUOTED.encode(), QUOTED),
        ("cp850", "Grüße".encode("cp850"), "Grüße"),
        ("utf-16", "Grüße".encode("utf-16"), "Grüße"),
        ("utf-16", b"only ascii", "only ascii"),
        ("utf-7", b"only ascii", "only ascii"),
        ("no-such-thing", QUOTED.encode("cp1252"), QUOTED),
        ("unknown-8bit", QUOTED.encode(), QUOTED),
        (None, QUOTED.encode("cp1252"), QUOTED),
        ("", QUOTED.encode(), QUOTED),
        ("iso-8859-1", b"\xef\xbb\xbf" + QUOTED.encode(), QUOTED),
        ("iso-2022-kr", b"plain", "plain"),
        ("x-user-defined", QUOTED.encode("cp1252"), QUOTED),
    ],
)
def test_a_charset_means_what_it_means_to_a_browser(charset: str | None, data: bytes, expected: str):
    assert decode(data, charset) == expected


def test_one_bad_byte_does_not_spoil_a_text():
    data = "Grüße aus Köln, ".encode() + b"\xff" + " bis übermorgen".encode()
    assert decode(data, "utf-8") == "Grüße aus Köln, \ufffd bis übermorgen"
    assert decode(data, None) == "Grüße aus Köln, \ufffd bis übermorgen"
    assert decode("Grüße, schön".encode()[:-1] + b"\xc3", "utf-8") == "Grüße, schö\ufffd"


def test_a_text_that_says_it_is_utf_8_and_never_is_becomes_readable():
    assert decode("Grüße – schön".encode("cp1252"), "utf-8") == "Grüße – schön"


def html_mail(head: bytes, body: bytes, *, charset: bytes = b"") -> str:
    parameter = b"; charset=" + charset if charset else b""
    data = b"From: a@b.example\r\nContent-Type: text/html" + parameter + b"\r\n\r\n"
    return read_eml(data + b"<html><head>" + head + b"</head><body>" + body + b"</body></html>", now=NOW).text


@pytest.mark.parametrize(
    "meta",
    [
        b'<meta charset="iso-8859-9">',
        b"<META CHARSET=ISO-8859-9>",
        b'<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-9">',
        b"<meta content='text/html;charset=windows-1254' http-equiv='content-type'/>",
    ],
)
def test_a_page_names_its_charset_itself_where_the_header_does_not(meta: bytes):
    assert html_mail(meta, "„Işık“".encode("cp1254")) == "„Işık“"
    assert html_mail(meta, "„Işık“".encode("cp1254"), charset=b"no-such-thing") == "„Işık“"


def test_the_header_goes_before_what_a_page_says():
    assert html_mail(b'<meta charset="iso-8859-9">', "Grüße €".encode(), charset=b"utf-8") == "Grüße €"


def test_a_page_that_says_it_is_utf_16_is_not():
    assert html_mail(b'<meta charset="utf-16">', "Grüße".encode()) == "Grüße"


def test_a_word_of_the_header_is_read_in_the_same_way():
    raw = b"From: =?iso-8859-9?q?=84I=FE=FDk=93?= <a@b.example>\r\nSubject: =?us-ascii?q?=80?=\r\n\r\nx"
    got = read_eml(raw, now=NOW)
    assert (got.sender.name, got.subject) == ("„Işık“", "€")
