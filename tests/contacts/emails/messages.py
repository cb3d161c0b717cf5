"""E-mails for tests, written as mail programs write them."""

from __future__ import annotations

import datetime as dt
from email.message import EmailMessage
from io import BytesIO
from zoneinfo import ZoneInfo

import docx
from PIL import Image

BERLIN = ZoneInfo("Europe/Berlin")
NOW = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)


def message(
    *,
    text: str = "Guten Tag,\nkommen Sie am Freitag?",
    html: str = "",
    sender: str = "Petra Müller <petra@verein.example>",
    to: str = "buero@westhagen.example",
    cc: str = "",
    subject: str = "Sommerfest",
    date: str = "Mon, 23 Nov 2026 09:15:00 +0100",
    number: str = "<1@verein.example>",
) -> EmailMessage:
    """Return an e-mail; further parts can be added to it."""
    mail = EmailMessage()
    for name, value in (("From", sender), ("To", to), ("Cc", cc), ("Subject", subject), ("Date", date)):
        if value:
            mail[name] = value
    if number:
        mail["Message-ID"] = number
    if text or not html:
        mail.set_content(text)
        if html:
            mail.add_alternative(html, subtype="html")
    else:
        mail.set_content(html, subtype="html")
    return mail


def eml(**fields: str) -> bytes:
    """Return an e-mail as a file."""
    return message(**fields).as_bytes()


def with_file(data: bytes, name: str, kind: str = "application/octet-stream", **fields: str) -> EmailMessage:
    """Return an e-mail with one attachment."""
    mail = message(**fields)
    main, _slash, sub = kind.partition("/")
    mail.add_attachment(data, maintype=main, subtype=sub, filename=name)
    return mail


def picture(form: str = "JPEG", *, size: tuple[int, int] = (40, 30), place: bool = False) -> bytes:
    """Return a picture, on wish with the place where it was taken."""
    image = Image.new("RGB", size, "teal")
    exif = Image.Exif()
    if place:
        exif[0x010E] = "Hinterhof bei Familie Beispiel"
        exif.get_ifd(0x8825)[1] = "N"
    out = BytesIO()
    image.save(out, form, exif=exif)
    return out.getvalue()


def word_file() -> bytes:
    """Return a small document."""
    out = BytesIO()
    document = docx.Document()
    document.add_paragraph("Protokoll")
    document.save(out)
    return out.getvalue()
