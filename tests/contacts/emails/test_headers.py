"""Who is named in a header: each person once, also where nobody quoted the comma of a name."""

from __future__ import annotations

import pytest

from contacts.emails import Address, read_eml, read_pasted
from contacts.emails.headers import addresses_in, copied_addresses
from tests.contacts.emails.messages import BERLIN, NOW, eml

ANNA, BERND = Address("Müller, Anna", "a@x.example"), Address("Schmidt, Bernd", "b@y.example")
PLAIN = Address("", "c@z.example")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Müller, Anna <a@x.example>", [ANNA]),
        ('"Müller, Anna" <a@x.example>', [ANNA]),
        ("Müller\\, Anna <a@x.example>", [ANNA]),
        ("=?utf-8?q?M=C3=BCller?=, Anna <a@x.example>", [ANNA]),
        ("=?utf-8?q?M=C3=BCller=2C_Anna?= <a@x.example>", [ANNA]),
        ("Müller, Anna <a@x.example>, Schmidt, Bernd <b@y.example>", [ANNA, BERND]),
        ("c@z.example, Müller, Anna <a@x.example>", [PLAIN, ANNA]),
        ("Vorstand: Müller, Anna <a@x.example>, c@z.example;", [ANNA, PLAIN]),
        ("Anna Müller, Verein e.V. <a@x.example>", [Address("Anna Müller, Verein e.V.", "a@x.example")]),
        ("Müller, Anna (Amt, Stadt) <a@x.example>", [Address("Müller, Anna (Amt, Stadt)", "a@x.example")]),
        ("a@x.example (Müller, Anna)", [ANNA]),
        ("A <a@x.example>; B <b@y.example>", [Address("A", "a@x.example"), Address("B", "b@y.example")]),
        ("undisclosed-recipients:;", []),
        ("", []),
    ],
)
def test_a_comma_in_a_name_makes_no_second_person(said: str, expected: list[Address]):
    assert addresses_in([said]) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Müller, Anna <a@x.example>", [ANNA]),
        ("Müller, Anna [mailto:a@x.example]", [ANNA]),
        ("Müller, Anna <a@x.example>, Schmidt, Bernd <b@y.example>", [ANNA, BERND]),
        ("Müller, Anna <a@x.example>; c@z.example", [ANNA, PLAIN]),
        ("Müller, Anna", [Address("Müller, Anna", "")]),
        ("Petra, c@z.example", [Address("Petra", ""), PLAIN]),
    ],
)
def test_neither_does_it_in_a_copied_line(said: str, expected: list[Address]):
    assert copied_addresses(said) == expected


def test_the_sender_of_a_message_is_one_person():
    got = read_eml("From: Müller, Anna <a@x.example>\r\n".encode() + eml(sender=""), now=NOW)
    pasted = read_pasted("Von: Müller, Anna <a@x.example>\nAn: c@z.example\n\nx", now=NOW, zone=BERLIN)
    assert (got.sender, pasted.sender, pasted.to) == (ANNA, ANNA, (PLAIN,))


def test_who_gets_the_answers_is_told_where_it_is_somebody_else():
    form = read_eml(b"Reply-To: Ada <ada@example.org>\r\n" + eml(), now=NOW)
    same = read_eml(b"Reply-To: PETRA@verein.example\r\n" + eml(), now=NOW)
    pasted = read_pasted(
        "Von: a@x.example\nAn: c@z.example\nAntwort an: Ada <ada@example.org>\n\nx", now=NOW, zone=BERLIN
    )
    ada = Address("Ada", "ada@example.org")
    assert (form.reply_to, same.reply_to, pasted.reply_to) == (ada, None, ada)
