"""What no person wrote to the office, and what cannot be read, is told from letters."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from contacts.emails import read_eml, read_pasted
from tests.contacts.emails.messages import BERLIN, NOW, eml, message, with_file

FROM_FORM = "Reply-To: Ada Beispiel <ada@example.org>"


def kind(*headers: str, **fields: str) -> str:
    data = "".join(f"{line}\r\n" for line in headers).encode() + eml(**fields)
    return str(read_eml(data, now=NOW).kind)


@pytest.mark.parametrize(
    "header",
    [
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: auto-replied (vacation)",
        "Auto-Submitted: auto-generated",
        "auto-submitted: Auto-Notified; owner-email=x",
        "X-Autoreply: yes",
        "X-Autorespond: Urlaub",
        "X-Auto-Reply-From: a@b.example",
        "Precedence: auto_reply",
        "Return-Path: <>",
    ],
)
def test_an_automatic_answer_is_known_by_its_header(header: str):
    assert kind(header) == "automatic"


@pytest.mark.parametrize(
    "subject",
    [
        "Automatische Antwort: Sommerfest",
        "Automatic reply: Sommerfest",
        "Abwesenheitsnotiz",
        "Abwesenheitsnotiz: AW: Sommerfest",
        "Abwesenheitsmeldung Petra Müller",
        "Abwesenheit: AW: Sommerfest",
        "Automatische Rückantwort",
        "Auto-Reply: Sommerfest",
        "[Auto-Reply] Sommerfest",
        "Autoreply",
        "Out of Office: Sommerfest",
        "Out of the office Re: Sommerfest",
        "Automatisch generierte E-Mail",
    ],
)
def test_an_automatic_answer_is_known_by_its_subject(subject: str):
    pasted = read_pasted(
        f"Von: a@b.example\nGesendet: gestern\nBetreff: {subject}\n\nx", now=NOW, zone=BERLIN
    )
    assert (kind(subject=subject), pasted.kind) == ("automatic", "automatic")


@pytest.mark.parametrize(
    "header",
    [
        "List-Id: <verteiler.example.org>",
        "List-Unsubscribe: <mailto:weg@example.org>",
        "List-Post: <mailto:liste@example.org>",
        "Precedence: bulk",
        "Precedence: list",
        "precedence: Junk",
    ],
)
def test_bulk_mail_is_known_by_its_header(header: str):
    assert kind(header) == "bulk"


@pytest.mark.parametrize(
    "headers",
    [
        ("Auto-Submitted: no",),
        ("X-Autoreply: no",),
        ("Precedence: normal",),
        ("X-Auto-Response-Suppress: All",),
        ("Return-Path: <petra@verein.example>",),
        ("Auto-Submitted: auto-generated", FROM_FORM),
        ("Return-Path: <>", FROM_FORM),
    ],
)
def test_a_letter_stays_one(headers: tuple[str, ...]):
    assert kind(*headers) == "letter"


@pytest.mark.parametrize(
    "subject",
    [
        "AW: Automatische Antwort: Sommerfest",
        "Re: Out of office",
        "Abwesenheit am Freitag",
        "Unsere Liste",
        "Abgelehnt: unser Antrag",
    ],
)
def test_a_letter_about_such_things_stays_one(subject: str):
    assert kind(subject=subject) == "letter"


def report(kind_of_report: str, inner: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "petra@verein.example", "Gelesen"
    mail["Content-Type"] = f"multipart/report; report-type={kind_of_report}; boundary=b"
    mail.set_payload(
        "--b\nContent-Type: text/plain\n\nIhre Nachricht.\n"
        f"--b\nContent-Type: {inner}\n\nFinal-Recipient: x\n--b--\n"
    )
    return mail


@pytest.mark.parametrize(
    "mail",
    [
        report("delivery-status", "message/delivery-status"),
        report("disposition-notification", "message/disposition-notification"),
        message(sender="Mail Delivery System <MAILER-DAEMON@mx.example>"),
        message(subject="Undelivered Mail Returned to Sender"),
        message(subject="Unzustellbar: Sommerfest"),
        message(subject="Gelesen: Sommerfest"),
        message(subject="Lesebestätigung: Sommerfest"),
    ],
    ids=["dsn", "mdn", "daemon", "returned", "exchange", "outlook", "thunderbird"],
)
def test_receipts_are_known(mail: EmailMessage):
    assert read_eml(mail.as_bytes(), now=NOW).kind == "receipt"


def test_a_report_that_somebody_forwards_makes_no_receipt_of_the_letter():
    outer = message(text="Das kam zurück, was nun?")
    outer.add_attachment(report("delivery-status", "message/delivery-status"))
    assert read_eml(outer.as_bytes(), now=NOW).kind == "letter"


def calendar_mail(method: str, *, text: str = "\n", declared: bool = True) -> EmailMessage:
    content = (
        f"BEGIN:VCALENDAR\r\nMETHOD:{method}\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Fest\r\n"
        "ATTENDEE;PARTSTAT=ACCEPTED:mailto:p@x\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    mail = message(text=text)
    mail.add_alternative(content, subtype="calendar", params={"method": method} if declared else None)
    return mail


@pytest.mark.parametrize("declared", [True, False])
@pytest.mark.parametrize("method", ["REPLY", "COUNTER"])
def test_an_answer_to_an_invitation_is_known_by_its_method(method: str, declared: bool):
    got = read_eml(calendar_mail(method, text="Zugesagt", declared=declared).as_bytes(), now=NOW)
    assert got.kind == "calendar-reply"


@pytest.mark.parametrize(("text", "expected"), [("\n", "invitation"), ("Liebe Leute, kommt!", "letter")])
def test_an_invitation_alone_is_no_letter(text: str, expected: str):
    assert read_eml(calendar_mail("REQUEST", text=text).as_bytes(), now=NOW).kind == expected


def typed(content_type: str, body: str = "MIAGCSqGSIb3") -> bytes:
    return f"From: a@b.example\r\nContent-Type: {content_type}\r\n\r\n{body}\r\n".encode()


PGP_PARTS = (
    "--b\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n--b\r\n"
    "Content-Type: application/octet-stream; name=encrypted.asc\r\n\r\n"
    "-----BEGIN PGP MESSAGE-----\r\n\r\nhQEM\r\n--b--"
)


@pytest.mark.parametrize(
    "data",
    [
        typed("application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m"),
        typed("application/x-pkcs7-mime; name=smime.p7m"),
        typed("application/pkcs7-mime; smime-type=signed-data; name=smime.p7m"),
        typed('multipart/encrypted; protocol="application/pgp-encrypted"; boundary=b', PGP_PARTS),
        typed("multipart/mixed; boundary=b", PGP_PARTS),
        eml(text="-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----"),
        with_file(b"x", "smime.p7m", text="\n").as_bytes(),
        with_file(b"x", "message.rpmsg", text="Diese Nachricht ist geschützt.").as_bytes(),
    ],
    ids=["s/mime", "old", "sealed", "pgp", "exchange", "inline", "file", "outlook"],
)
def test_what_is_encrypted_is_known(data: bytes):
    assert read_eml(data, now=NOW).kind == "encrypted"


def test_a_pasted_text_that_is_encrypted_is_known():
    text = "-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----"
    assert read_pasted(text, now=NOW, zone=BERLIN).kind == "encrypted"


@pytest.mark.parametrize(
    ("mail", "expected"),
    [
        (with_file(b"\x78\x9f\x3e\x22", "winmail.dat", "application/ms-tnef", text="\n"), "parcel"),
        (with_file(b"\x78\x9f\x3e\x22", "winmail.dat", "application/ms-tnef"), "letter"),
        (with_file(b"x", "smime.p7s", "application/pkcs7-signature"), "letter"),
        (with_file(b"%PDF-1", "scan.pdf", text="\n"), "letter"),
    ],
)
def test_a_letter_with_a_file_stays_one_as_long_as_it_has_words(mail: EmailMessage, expected: str):
    assert read_eml(mail.as_bytes(), now=NOW).kind == expected
