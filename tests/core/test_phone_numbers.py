"""Telephone numbers as people write them."""

import pytest

from core.phone_numbers import WrittenNumber, phone_digits, phone_search, read_numbers, with_leading_zero


def numbers(text: str) -> list[str]:
    return [f"{n.note}: {n.number}" if n.note else n.number for n in read_numbers(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("05361 1 / 0170 2", ["05361 1", "0170 2"]),
        ("05361 1234; 0170 2345", ["05361 1234", "0170 2345"]),
        ("05361 1234, 0170 2345", ["05361 1234", "0170 2345"]),
        ("05361 1234 oder 0170 2345", ["05361 1234", "0170 2345"]),
        ("05361 1234\n0170 2345", ["05361 1234", "0170 2345"]),
        ("+49 5361 12345/+49 170 2345", ["+49 5361 12345", "+49 170 2345"]),
        ("0421 46 12 34 / 0171 55 66 77 8", ["0421 46 12 34", "0171 55 66 77 8"]),
        ("0421 / 784 19 81", ["0421 / 784 19 81"]),
        ("0176/42130069", ["0176/42130069"]),
        ("+49 (0)421 375509", ["+49 (0)421 375509"]),
        ("(05361) 1234", ["05361 1234"]),
        ("05361 123 (Büro)", ["Büro: 05361 123"]),
        ("Büro: 05361 123", ["Büro: 05361 123"]),
        ("361-3957 (vormittags)", ["vormittags: 361-3957"]),
        ("05361 123 (8-12 Uhr)", ["8-12 Uhr: 05361 123"]),
        ("05361 123, Di 14.00-18.00 Uhr", ["Di 14.00-18.00 Uhr: 05361 123"]),
        ("05361 123; nur vormittags", ["nur vormittags: 05361 123"]),
        ("05361 123 oder 124", ["oder 124: 05361 123"]),
        ("vormittags, 05361 123", ["vormittags: 05361 123"]),
        ("abc", []),
        ("0170 1x", []),
        ("", []),
    ],
)
def test_each_number_is_read_with_the_note_beside_it(text, expected):
    assert numbers(text) == expected


@pytest.mark.parametrize(
    ("number", "whole"),
    [
        ("5361123456", "05361123456"),
        ("5361 123456", "05361 123456"),
        ("1701234567", "01701234567"),
        ("495361123456", "+495361123456"),
        ("05361 123456", "05361 123456"),
        ("+49 5361 123456", "+49 5361 123456"),
        ("727864", "727864"),
        ("361-3957", "361-3957"),
    ],
)
def test_a_lost_zero_is_put_in_front_where_it_is_certain(number, whole):
    assert with_leading_zero(number) == whole


def test_mobile_numbers_and_numbers_without_area_code_are_known():
    assert WrittenNumber("0170 2345").is_mobile
    assert WrittenNumber("+49 151 2345").is_mobile
    assert not WrittenNumber("05361 0170").is_mobile
    assert [WrittenNumber(n).lacks_area_code for n in ("727864", "0421 7", "5361123456")] == [
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    "number",
    [
        "05361 123456",
        "5361123456",
        "+49 (0)5361 / 12 34 56",
        "0049 5361 123456",
        "495361123456",
        "+49 05361 123456",
    ],
)
def test_one_number_is_the_same_in_all_spellings(number):
    assert phone_digits(number) == "05361123456"
    assert phone_search(number) == "5361123456"


@pytest.mark.parametrize(
    ("number", "digits"),
    [
        ("05361 12345", "0536112345"),
        ("+49 (0)5361 / 12 34-5", "0536112345"),
        ("0049 5361 12345", "0536112345"),
        ("+43 1 234", "00431234"),
        ("+43 (0)1 234", "00431234"),
        ("0043 01 234", "00431234"),
        ("+39 06 698 12345", "00390669812345"),
        ("0039 06 698 12345", "00390669812345"),
        ("(5361) 123456", "05361123456"),
        ("116117", "116117"),
        ("+1", "001"),
        ("0" + "1" * 30, "0" + "1" * 30),
        ("", ""),
    ],
)
def test_a_number_is_reduced_to_what_is_dialled(number, digits):
    assert phone_digits(number) == digits


def test_what_is_dialled_depends_on_the_country_of_the_office(settings):
    settings.PHONE_REGION = "AT"
    assert [phone_digits(n) for n in ("+43 1 58800", "01 58800", "+49 5361 12345")] == [
        "0158800",
        "0158800",
        "0049536112345",
    ]
