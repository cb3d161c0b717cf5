"""What comes with an e-mail is judged by its contents; what is not kept is named with the reason."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from PIL import Image

from contacts.emails import KeptFile, NotKept, limits, read_eml
from tests.contacts.emails.messages import NOW, message, picture, with_file, word_file


def judged(data: bytes, name: str, kind: str = "application/octet-stream") -> KeptFile | NotKept:
    got = read_eml(with_file(data, name, kind).as_bytes(), now=NOW)
    both: list[KeptFile | NotKept] = [*got.files, *got.not_kept]
    [only] = both
    return only


def archive(**parts: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return out.getvalue()


def macro_file() -> bytes:
    out = BytesIO(word_file())
    with zipfile.ZipFile(out, "a") as file:
        file.writestr("word/vbaProject.bin", b"x")
    return out.getvalue()


ODT = archive(mimetype=b"application/vnd.oasis.opendocument.text", **{"content.xml": b"<x/>"})
ODT_MACRO = archive(
    mimetype=b"application/vnd.oasis.opendocument.text", **{"Basic/Standard/Module1.xml": b"<x/>"}
)


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b"%PDF-1.7\n...", "Einladung.pdf", ("Einladung.pdf", "application/pdf")),
        (b"%PDF-1.7\n...", "rechnung.exe", ("rechnung.exe.pdf", "application/pdf")),
        (b"%PDF-1.7\n...", "../../etc/passwd", ("passwd.pdf", "application/pdf")),
        (b"%PDF-1.7\n...", "Rechnung\u202efdp.exe", ("Rechnungfdp.exe.pdf", "application/pdf")),
        (b"Name;Ort\nAda;Westhagen\n", "liste.csv", ("liste.csv", "text/csv")),
        ("Größe".encode("cp1252"), "notiz.txt", ("notiz.txt", "text/plain")),
        (b"@echo off\r\ndel *", "start.bat", ("start.bat.txt", "text/plain")),
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "termin", ("termin.ics", "text/calendar")),
        (ODT, "brief.odt", ("brief.odt", "application/vnd.oasis.opendocument.text")),
        (picture("PNG"), "bild.png", ("bild.png", "image/png")),
        (picture("WEBP"), "bild.webp", ("bild.webp.png", "image/png")),
        (picture("GIF"), "bild.jpg", ("bild.jpg.png", "image/png")),
        (picture(), "foto.JPEG", ("foto.JPEG", "image/jpeg")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_known_kinds_are_kept_under_a_name_that_says_what_they_are(data, name, expected):
    got = judged(data, name)
    assert (got.name, got.content_type) == expected


def test_a_word_file_is_kept_as_it_is():
    data = word_file()
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    assert judged(data, "Protokoll.docx") == KeptFile("Protokoll.docx", ".docx", kind, data)


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"", "leer.pdf", "empty"),
        (b"%PDF-" + b"x" * limits.MAX_ATTACHMENT_BYTES, "gross.pdf", "too-large"),
        (macro_file(), "makro.docm", "macros"),
        (macro_file(), "makro.docx", "macros"),
        (ODT_MACRO, "makro.odt", "macros"),
        (word_file()[:-60], "kaputt.docx", "damaged"),
        (archive(a=b"x"), "alles.zip", "archive"),
        (b"\x1f\x8b\x08\x00", "alles.gz", "archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 50, "alt.doc", "old-office"),
        (b"\x78\x9f\x3e\x22" + b"\0" * 50, "winmail.dat", "outlook-parcel"),
        (b"<!DOCTYPE html><script>alert(1)</script>", "seite.txt", "web-page"),
        (b"\xef\xbb\xbf  <svg onload='alert(1)'/>", "bild.svg", "web-page"),
        (b"<?xml version='1.0'?><svg/>", "bild.png", "web-page"),
        (b"MZ\x90\x00\x03", "spiel.exe", "kind"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "bild.png", "damaged"),
        (picture()[:300], "foto.jpg", "damaged"),
        (b"RIFF\0\0\0\0AVI ", "film.avi", "damaged"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_everything_else_is_named_with_the_reason(data: bytes, name: str, reason: str):
    assert judged(data, name) == NotKept(name, len(data), reason)


def test_a_picture_loses_what_it_tells_beside_what_it_shows():
    before = picture(place=True)
    got = judged(before, "foto.jpg", "image/jpeg")
    assert b"Hinterhof" in before
    assert b"Hinterhof" not in got.data
    with Image.open(BytesIO(got.data)) as image:
        assert (image.size, dict(image.getexif())) == ((40, 30), {})


def test_a_picture_that_unfolds_to_too_many_dots_is_not_opened():
    out = BytesIO()
    Image.new("1", (9_000, 9_000)).save(out, "PNG")
    assert judged(out.getvalue(), "bombe.png").reason == "too-many-pixels"


def test_pictures_are_drawn_only_up_to_a_sum_of_dots(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "MAX_PIXELS_OF_MESSAGE", 2_500)
    mail = message()
    for number in range(3):
        mail.add_attachment(picture(), maintype="image", subtype="jpeg", filename=f"{number}.jpg")
    got = read_eml(mail.as_bytes(), now=NOW)
    assert [file.name for file in got.files] == ["0.jpg", "1.jpg"]
    assert [(file.name, file.reason) for file in got.not_kept] == [("2.jpg", "too-many-pixels")]


def test_a_small_picture_that_the_text_shows_is_part_of_the_layout():
    mail = message(text="", html='<p>Gruß</p><img src="cid:logo@x"><img src="cid:foto@x">')
    mail.add_related(picture("PNG"), "image", "png", cid="<logo@x>", filename="logo.png")
    mail.add_related(
        picture(size=(1500, 1500)) + b"\0" * 20_000, "image", "jpeg", cid="<foto@x>", filename="f.jpg"
    )
    got = read_eml(mail.as_bytes(), now=NOW)
    assert (got.text, [file.name for file in got.files]) == ("Gruß", ["f.jpg"])
    assert [(file.name, file.reason) for file in got.not_kept] == [("logo.png", "layout")]


def test_more_attachments_than_allowed_are_named():
    mail = message()
    for number in range(limits.MAX_ATTACHMENTS + 2):
        mail.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename=f"{number}.pdf")
    got = read_eml(mail.as_bytes(), now=NOW)
    assert len(got.files) == limits.MAX_ATTACHMENTS
    assert [file.name for file in got.not_kept] == ["50.pdf", "51.pdf"]
    assert {file.reason for file in got.not_kept} == {"too-many"}


def test_garbage_instead_of_base64_is_taken_for_what_it_unfolds_to():
    data = (
        b"From: a@b.example\r\nContent-Type: application/pdf; name=x.pdf\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\n!!!%%%=not base64\xff===\r\n"
    )
    got = read_eml(data, now=NOW)
    assert (got.files, [file.name for file in got.not_kept]) == ((), ["x.pdf"])
