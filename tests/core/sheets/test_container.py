"""Broken and hostile Excel files: each is refused with its reason before anything of it is parsed."""

import struct
import warnings

import pytest

from core.sheets import errors, excel
from core.sheets.container import check_container
from core.sheets.errors import SheetError
from core.sheets.reader import read_table
from tests.core.sheets.workbooks import CONTENT_TYPES, MAIN, packed, parts, sheet_xml

ENTITY = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
EXTERNAL = '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'
BOMB = 12 * 1024 * 1024


@pytest.fixture(autouse=True)
def no_child(monkeypatch):
    """Nothing in this file may get as far as the parser."""

    def fail(*args: object) -> int:
        raise AssertionError("the file was handed to the parser")

    monkeypatch.setattr(excel, "_run_child", fail)


def refusal(data: bytes, name: str = "liste.xlsx") -> str:
    with pytest.raises(SheetError) as caught:
        read_table(data, name)
    return caught.value.message


def test_a_sound_workbook_passes():
    check_container(packed(parts()))


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/theme/theme1.xml", "a.bin"]
)
@pytest.mark.parametrize("dtd", [ENTITY, EXTERNAL, "<!-- " + "x" * 5_000 + " -->" + ENTITY])
def test_a_document_type_in_any_part_is_refused(part, dtd):
    poisoned = f'<?xml version="1.0"?>{dtd}<x/>'
    assert refusal(packed(parts() | {part: poisoned})) == errors.SUSPICIOUS


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_part_in_an_encoding_that_hides_a_document_type_is_refused(encoding):
    text = f'<?xml version="1.0" encoding="{encoding}"?>{ENTITY}<x/>'
    assert refusal(packed(parts(text.encode(encoding)))) == errors.SUSPICIOUS


def test_a_part_that_declares_an_unusual_encoding_is_refused():
    assert refusal(packed(parts('<?xml version="1.0" encoding="utf-7"?><x/>'))) == errors.SUSPICIOUS


@pytest.mark.parametrize(
    "filling",
    [
        "<row/>" * (BOMB // 6),
        " " * BOMB,
        "<c><v>1</v></c>" * (BOMB // 15),
        '<row a="' + "a" * BOMB + '"/>',
    ],
    ids=["rows", "blanks", "cells", "attribute"],
)
def test_a_zip_bomb_is_refused(filling):
    assert refusal(packed(parts(sheet_xml(filling)))) == errors.UNPACKS_TOO_LARGE


def test_a_bomb_of_shared_strings_is_refused():
    strings = f'<sst xmlns="{MAIN}">' + "<si><t>a</t></si>" * (BOMB // 17) + "</sst>"
    assert refusal(packed(parts() | {"xl/sharedStrings.xml": strings})) == errors.UNPACKS_TOO_LARGE


def test_many_parts_that_are_too_large_only_together_are_refused(monkeypatch):
    monkeypatch.setattr("core.sheets.limits.MAX_UNPACKED_BYTES", 3_000)
    contents = parts() | {f"xl/media/{n}.txt": "x" * 900 for n in range(3)}
    assert refusal(packed(contents)) == errors.UNPACKS_TOO_LARGE


def test_a_zip_in_a_zip_is_not_a_workbook():
    assert refusal(packed({"inner.zip": packed({"a.txt": "x" * BOMB})})) == errors.NOT_A_WORKBOOK


def test_sizes_that_lie_are_found():
    data = packed(parts())
    true_size = struct.pack("<I", len(sheet_xml()))
    assert refusal(data.replace(true_size, struct.pack("<I", len(sheet_xml()) - 40))) == errors.DAMAGED
    assert refusal(data.replace(true_size, struct.pack("<I", len(sheet_xml()) + 40))) == errors.DAMAGED


def test_a_flipped_bit_is_found_by_the_checksum():
    data = bytearray(packed(parts()))
    place = data.index(b"xl/worksheets/sheet1.xml") + 60
    data[place] ^= 0x10
    assert refusal(bytes(data)) == errors.DAMAGED


def test_a_truncated_file_is_damaged():
    data = packed(parts())
    for length in (4, 100, len(data) // 2, len(data) - 10):
        assert refusal(data[:length]) == errors.DAMAGED


def test_what_is_no_zip_file_is_damaged():
    assert refusal(b"this is not a zip file") == errors.DAMAGED


def test_an_empty_file_is_named_as_such():
    assert refusal(b"") == errors.EMPTY_FILE
    assert refusal(b" \r\n") == errors.EMPTY_FILE


def test_a_file_of_100_megabytes_is_refused_without_being_read(tmp_path):
    path = tmp_path / "liste.xlsx"
    with path.open("wb") as stream:
        stream.truncate(100 * 1024 * 1024)
    with pytest.raises(SheetError) as caught:
        read_table(path)
    assert caught.value.message == errors.TOO_LARGE % {"limit": 20}


def test_overlapping_parts_are_refused():
    data = packed(parts())
    directory = data.index(b"PK\x01\x02")
    entry_length = 46 + len("[Content_Types].xml")
    second = directory + entry_length
    # The second entry of the directory points to the bytes of the first.
    forged = data[: second + 42] + struct.pack("<I", 0) + data[second + 46 :]
    assert refusal(forged) in (errors.SUSPICIOUS, errors.DAMAGED)


def test_more_parts_than_a_workbook_has_are_refused():
    contents = parts() | {f"xl/media/{n}.txt": "" for n in range(1_000)}
    assert refusal(packed(contents)) == errors.SUSPICIOUS


def test_two_parts_of_one_name_are_refused():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        twice = packed([*parts().items(), ("XL/worksheets/Sheet1.xml", sheet_xml())])
    assert refusal(twice) == errors.SUSPICIOUS


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "xl/../../x.xml", "C:/x.xml", "xl\\x.xml"]
)
def test_a_part_that_points_out_of_the_file_is_refused(name):
    assert refusal(packed(parts() | {name: "x"})) == errors.SUSPICIOUS


def test_macros_are_refused_by_part_and_by_type():
    assert refusal(packed(parts() | {"xl/vbaProject.bin": b"\1\2"})) == errors.MACROS
    assert refusal(packed(parts() | {"xl/macrosheets/sheet1.xml": "<x/>"})) == errors.MACROS
    macro_type = CONTENT_TYPES.replace("spreadsheetml.sheet.main", "ms-excel.sheet.macroEnabled.main")
    assert refusal(packed(parts() | {"[Content_Types].xml": macro_type})) == errors.MACROS


def test_a_password_is_named_as_the_reason():
    encrypted = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    assert refusal(encrypted) == errors.PROTECTED
    flagged = bytearray(packed(parts()))
    flagged[flagged.index(b"PK\x01\x02") + 8] |= 1
    assert refusal(bytes(flagged)) == errors.PROTECTED


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "alt.xls", errors.OLD_EXCEL),
        (
            packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}),
            "liste.ods",
            errors.OPEN_DOCUMENT,
        ),
        (b"%PDF-1.7 ...", "liste.pdf", errors.PDF),
        (b"<html><table><tr><td>Name</td></tr></table></html>", "liste.xls", errors.WEB_PAGE),
        (b"\x89PNG\r\n\x1a\n", "bild.png", errors.UNKNOWN_FORMAT),
        (
            packed({"word/document.xml": "<x/>", "[Content_Types].xml": "<Types/>"}),
            "a.docx",
            errors.NOT_A_WORKBOOK,
        ),
    ],
)
def test_other_formats_are_refused_with_what_to_do(data, name, reason):
    assert refusal(data, name) == reason
