"""Files with an e-mail become plain messages; what cannot be read is refused in plain words."""

from __future__ import annotations

import datetime as dt
from email.message import EmailMessage

import pytest
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from hypothesis import given, settings
from hypothesis import strategies as st

from contacts.emails import Address, EmailError, Message, errors, limits, read_eml
from tests.contacts.emails.messages import NOW, eml, message


def read(data: bytes) -> Message:
    return read_eml(data, now=NOW)


def refusal(data: bytes) -> str:
    with pytest.raises(EmailError) as refused:
        read(data)
    return str(refused.value)


def test_a_plain_message_is_read_whole():
    got = read(eml(cc='"Beispiel, Ada" <ada@example.org>, ADA@example.org, buero@westhagen.example'))
    assert got == Message(
        key=got.key,
        sent_at=dt.datetime(2026, 11, 23, 8, 15, tzinfo=dt.UTC),
        sender=Address("Petra Müller", "petra@verein.example"),
        to=(Address("", "buero@westhagen.example"),),
        cc=(Address("Beispiel, Ada", "ada@example.org"),),
        subject="Sommerfest",
        text="Guten Tag,\nkommen Sie am Freitag?",
    )


def test_the_plain_version_goes_before_the_one_with_markup():
    assert read(eml(text="Nur Text", html="<p>Mit <b>Farbe</b></p>")).text == "Nur Text"


def test_an_empty_plain_version_gives_way_to_the_one_with_markup():
    assert read(eml(text="  \n", html="<p>Mit <b>Farbe</b></p>")).text == "Mit Farbe"


def test_markup_becomes_text_without_anything_that_runs_or_tells_who_reads():
    hostile = (
        "<html><head><title>t</title><style>p{background:url(https://spy.example)}</style></head>"
        "<body onload='alert(1)'><p>Hallo <b>Büro</b>,</p><script>alert(1)</script>"
        "<img src='https://spy.example/p.gif' width='1' height='1' alt='spy'>"
        "<div style='display:none'>versteckt</div>"
        "<ul><li>eins<li>zwei</ul><a href='https://verein.example/fest'>zum Fest</a> "
        "<a href='javascript:alert(1)'>nicht</a> <a href='mailto:a@b.example'>a@b.example</a>"
        "<svg><script>alert(2)</script></svg><!-- geheim --><iframe src='https://x'></iframe>"
        "<br>&lt;script&gt; bleibt Text</body></html>"
    )
    assert read(eml(text="", html=hostile)).text == (
        "Hallo Büro,\n\n- eins\n- zwei\n\nzum Fest <https://verein.example/fest> nicht a@b.example"
        "\n<script> bleibt Text"
    )


def test_markup_nested_without_end_keeps_its_words():
    assert read(eml(text="", html="<div>" * 20_000 + "Ende")).text == "Ende"


@pytest.mark.parametrize(
    ("header", "body"),
    [
        ("text/plain; charset=iso-8859-1", "Grüße – nein".encode("cp1252")),
        ("text/plain; charset=utf-8", "Grüße – nein".encode("cp1252")),
        ("text/plain; charset=no-such-thing", "Grüße – nein".encode()),
        ("text/plain; charset=zlib_codec", "Grüße – nein".encode()),
        ("text/plain; charset=punycode", "Grüße – nein".encode()),
        ("text/plain", "Grüße – nein".encode()),
        ("multipart/mixed", "Grüße – nein".encode()),
        ('multipart/mixed; boundary=""', "Grüße – nein".encode()),
        ("kaputt", "Grüße – nein".encode()),
    ],
)
def test_the_text_is_found_whatever_the_header_claims(header: str, body: bytes):
    data = b"From: a@b.example\r\nContent-Type: " + header.encode() + b"\r\n\r\n" + body
    assert read(data).text == "Grüße – nein"


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("Sun, 25 Oct 2026 02:30:00 +0200", dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC)),
        ("Sun, 25 Oct 2026 02:30:00 +0100", dt.datetime(2026, 10, 25, 1, 30, tzinfo=dt.UTC)),
        ("Sun, 29 Mar 2026 02:30:00 -0000", dt.datetime(2026, 3, 29, 2, 30, tzinfo=dt.UTC)),
        ("Mon, 23 Nov 2026 13:20:00 +0000", None),
        ("Mon, 23 Nov 2026 12:40:00 +0000", NOW),
        ("Thu, 1 Jan 1970 00:00:00 +0000", None),
        ("Mon, 99 Foo 2026", None),
        ("Mon, 23 Nov 99999 12:00:00 +9999", None),
        ("", None),
    ],
)
def test_the_moment_of_sending_is_believed_only_where_it_can_be_right(
    date: str, expected: dt.datetime | None
):
    assert read(eml(date=date)).sent_at == expected


def test_a_wrong_clock_gives_way_to_those_of_the_servers():
    servers = (
        b"Received: from b by c; Mon, 23 Nov 2026 09:20:00 +0100\r\n"
        b"Received: from a by b; Mon, 23 Nov 2026 09:16:00 +0100\r\n"
    )
    got = read(servers + eml(date="Tue, 1 Jan 2047 00:00:00 +0000"))
    assert got.sent_at == dt.datetime(2026, 11, 23, 8, 16, tzinfo=dt.UTC)


def test_a_message_has_the_same_key_wherever_it_comes_from():
    first, again = read(eml()), read(b"Received: from elsewhere\r\n" + eml())
    other = read(eml(number="<2@verein.example>"))
    unnumbered = [
        read(eml(number="")),
        read(b"X-Spam: no\r\n" + eml(number="")),
        read(eml(number="", text="x")),
    ]
    assert first.key == again.key != other.key
    assert unnumbered[0].key == unnumbered[1].key != unnumbered[2].key


def test_a_header_can_neither_break_the_line_nor_turn_the_text():
    raw = (
        b"From: =?utf-8?q?Ada=0D=0ABcc=3A_all=40x=2Eexample?= <ada@example.org>\r\n"
        b"Subject: =?utf-8?q?Rechnung_=E2=80=AEfdp=2Eexe=00?=\r\n\r\nText\x00 mit \xe2\x80\xaeZeichen\x07"
    )
    got = read(raw)
    assert (got.sender, got.subject, got.text) == (
        Address("Ada Bcc: all@x.example", "ada@example.org"),
        "Rechnung fdp.exe",
        "Text mit Zeichen",
    )


def test_a_message_inside_a_message_is_written_out():
    outer = message(text="Bitte kümmern.", subject="WG: Laterne")
    inner = message(text="Die Laterne ist aus.", subject="Laterne", sender="ada@example.org")
    outer.add_attachment(inner)
    assert read(outer.as_bytes()).text == (
        f"Bitte kümmern.\n\n---------- {_('Forwarded message')} ----------\n{_('From')}: ada@example.org\n"
        f"{_('Sent')}: Mon, 23 Nov 2026 09:15:00 +0100\n{pgettext('e-mail', 'To')}: buero@westhagen.example\n"
        f"{_('Subject')}: Laterne\n\nDie Laterne ist aus."
    )


def test_a_text_without_end_is_cut_with_a_visible_mark():
    got = read(eml(text="wort " * (limits.MAX_TEXT_CHARS // 5) + "Rest"))
    assert len(got.text) < limits.MAX_TEXT_CHARS + 100
    assert got.text.endswith(_("[Cut here: the e-mail has %(count)s characters.]") % {"count": 300_004})


def nested(depth: int) -> bytes:
    head = b"From: a@b.example\r\n"
    for number in range(depth):
        head += b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (number, number)
    return head + b"\r\nTief"


def many_parts(count: int) -> bytes:
    return (
        b"From: a@b.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        + b"--b\r\n\r\nx\r\n" * count
    )


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", errors.EMPTY_FILE),
        (b"\r\n \0", errors.EMPTY_FILE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, errors.OUTLOOK_FILE),
        (b"%PDF-1.7\nnot a mail", errors.NOT_AN_EMAIL),
        (b"just a text\nwithout anything", errors.NOT_AN_EMAIL),
        (many_parts(10_000), errors.SUSPICIOUS),
        (nested(2_000), errors.SUSPICIOUS),
        (
            b"From: a@b.example\r\nContent-Type: text/plain; " + b"a;" * 50_000 + b"\r\n\r\nx",
            errors.SUSPICIOUS,
        ),
        (b"From: " + b"a@b.example, " * 90_000 + b"\r\n\r\nx", errors.SUSPICIOUS),
        (b"From: a@b.example\r\n\r\n" + b"\n" * 2_000_000, errors.SUSPICIOUS),
        (nested(150) + b"\n" * 600_000, errors.SUSPICIOUS),
    ],
    ids=lambda value: "",
)
def test_what_cannot_be_read_is_refused_in_plain_words(data: bytes, reason: object):
    assert refusal(data) == str(reason)


def test_a_message_of_fifty_megabytes_is_refused_by_its_size():
    assert refusal(b"From: a@b.example\r\n\r\n" + b"x" * 50 * limits.MEBIBYTE) == str(
        EmailError(errors.TOO_LARGE, limit=25)
    )


def test_nesting_within_reason_is_read():
    assert read(nested(40)).text == "Tief"


def outcome(data: bytes) -> str:
    try:
        return read(data).text
    except EmailError as refused:
        return str(refused)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=2_000))
def test_no_bytes_whatever_crash_the_reader(data: bytes):
    assert "\0" not in outcome(data)


PIECES = [
    *(b"From: ", b"To: ", b"Date: ", b"Subject: ", b"Content-Type: ", b"Content-Transfer-Encoding: "),
    *(b"multipart/mixed; boundary=b", b'multipart/alternative; boundary="c"', b"message/rfc822", b"--c"),
    *(b"text/html; charset=utf-16", b"text/plain; charset*=x''%ff", b"base64", b"quoted-printable"),
    *(b"Content-Disposition: attachment; filename*0*=utf-8''a; filename*2=b", b"=?utf-8?b?////?="),
    *(b"--b", b"--b--", b"\r\n", b"\r\n", b"\r\n\r\n", b"\n", b"a@b.example", b"<", b">", b'"', b"("),
    *(b"\\", b"\x00", b"\xff", b"<p>x</p>", b"%PDF-1", b"PK\x03\x04", b"\xff\xd8\xff", b"GIF89a", b"=", b";"),
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map(b"".join))
def test_no_mixture_of_what_messages_are_made_of_crashes_the_reader(data: bytes):
    assert "\0" not in outcome(b"From: a@b.example\r\n" + data)


def test_many_recipients_are_read_up_to_a_limit():
    mail = EmailMessage()
    mail["From"], mail["To"] = "a@b.example", ", ".join(f"p{n}@b.example" for n in range(800))
    mail.set_content("x")
    assert len(read(mail.as_bytes()).to) == limits.MAX_RECIPIENTS
