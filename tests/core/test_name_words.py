"""Legal forms in the names of bodies, taken off and recognised."""

import pytest

from core.name_words import ends_in_legal_form, without_legal_form


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Lesepaten e.V.", "Lesepaten"),
        ("Lesepaten e. V.", "Lesepaten"),
        ("Lesepaten eV", "Lesepaten"),
        ("Müller Bau GmbH", "Müller Bau"),
        ("Lesepaten", "Lesepaten"),
    ],
)
def test_a_name_without_its_legal_form(name, bare):
    assert without_legal_form(name) == bare


@pytest.mark.parametrize(
    ("name", "ends_so"),
    [
        ("Lesepaten e. V.", True),
        ("Lesepaten eV", True),
        ("Müller Bau GmbH.", True),
        ("Müller Bau GmbH & Co. KG", True),
        ("Wohnen eG", True),
        ("Reis 20 kg", False),
        ("e. V.", False),
        ("Lesepaten e. V. fragt", False),
    ],
)
def test_a_legal_form_ends_a_name_in_its_own_letters(name, ends_so):
    assert ends_in_legal_form(name) is ends_so
