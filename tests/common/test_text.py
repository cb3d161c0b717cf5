"""Folding: a name is found however it is spelled."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.common.text import fold, one_line, phone_digits, search_forms


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Müller-Größe  e. V.", "mueller groesse e v"),
        ("MU\u0308LLER", "mueller"),  # the umlaut in two characters
        ("Straße STRASSE", "strasse strasse"),
        ("Øresund Łódź Đorđe", "oresund lodz dorde"),
        ("Café-Crème", "cafe creme"),
        ("İzmir ılık", "izmir ilik"),
        ("Айша и друзья", "аиша и друзья"),
        ("مريم", "مريم"),
        ("  ", ""),
        ("!?§", ""),
    ],
)
def test_text_is_folded_to_plain_words(text, folded):
    assert fold(text) == folded


def test_a_search_finds_umlauts_written_out_and_dropped():
    assert search_forms("Größe") == "groesse grosse"
    assert search_forms("Verein") == "verein"


@given(st.text())
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_what_is_typed_is_found_in_what_is_stored(text):
    stored = search_forms(text)
    assert all(word in stored for word in fold(text).split())


@pytest.mark.parametrize(
    ("number", "digits"),
    [
        ("05361 12345", "0536112345"),
        ("+49 (0)5361 / 12 34-5", "0536112345"),
        ("0049 5361 12345", "0536112345"),
        ("+43 1 234", "00431234"),
        ("", ""),
    ],
)
def test_a_number_is_reduced_to_what_is_dialled(number, digits):
    assert phone_digits(number) == digits


def test_one_line_has_no_breaks_and_no_doubled_blanks():
    assert one_line(" Freunde\r\n\tWesthagens\u00a0 e. V. ") == "Freunde Westhagens e. V."
