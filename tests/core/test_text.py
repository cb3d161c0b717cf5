"""Folding: a name is found however it is spelled."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text import compose, fold, one_line, search_forms, shorten


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


@pytest.mark.parametrize("marks", ["\u0301\u0323", "\u05b0\u05bc", "\U0001d165\U0001d16d"])
def test_marks_piled_up_by_the_thousand_are_folded_at_once(marks):
    """Sorting them takes the square of their number: 100,000 kept a thread busy for a minute."""
    pile = f"Ho{marks * 50_000}he"
    assert (fold(pile), search_forms(pile)) == ("hohe", "hohe")
    assert compose(pile) == pile


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


def test_one_line_has_no_breaks_and_no_doubled_blanks():
    assert one_line(" Freunde\r\n\tWesthagens\u00a0 e. V. ") == "Freunde Westhagens e. V."


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("Freunde des Stadtteils", "Freunde des…"),
        ("Freunde Stadt", "Freunde Stadt"),
        ("a" + "\u0301\u0323" * 5000, "a" + "\u0301\u0323" * 5 + "\u0301…"),
    ],
)
def test_a_text_is_shortened_to_what_has_room_marks_over_letters_included(text, short):
    assert shorten(text, 13) == short
