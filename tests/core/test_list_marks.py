"""What stands in front of a name in a list."""

import pytest

from core.list_marks import bare_name, without_count


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("✓ Erika Muster", "Erika Muster"),
        ("[x] Erika Muster", "Erika Muster"),
        ("☐ 12) Erika Muster", "Erika Muster"),
        ("x Erika Muster", "Erika Muster"),
        ("– Erika Muster", "Erika Muster"),
        ("(3) Erika Muster", "Erika Muster"),
        ("Erika Muster ✔", "Erika Muster"),
        ("1. FC Nord", "1. FC Nord"),
        ("Malcolm X", "Malcolm X"),
        ("3 - Carla Weiß", "Carla Weiß"),
        ("3: Carla Weiß", "Carla Weiß"),
        ("a) Emil Ernst", "Emil Ernst"),
        ("(B) Emil Ernst", "Emil Ernst"),
        ("IV. Otto Ohm", "Otto Ohm"),
        ("#5 Paul Pohl", "Paul Pohl"),
        ("Nr. 5 Paul Pohl", "Paul Pohl"),
        ("► Emil Ernst", "Emil Ernst"),
        ("→ Fritz Fuchs", "Fritz Fuchs"),
        ("\uf0b7 Fritz Fuchs", "Fritz Fuchs"),
        ("> Fritz Fuchs", "Fritz Fuchs"),
        ("✔\ufe0f Fritz Fuchs ✅", "Fritz Fuchs"),
        ("o Fritz Fuchs", "Fritz Fuchs"),
        ("3 Eichen e.V.", "3 Eichen e.V."),
        ("24-Stunden-Pflege", "24-Stunden-Pflege"),
        ("V. Müller", "V. Müller"),
        ("v. d. Heide, Karl", "v. d. Heide, Karl"),
        ("Xenia", "Xenia"),
        ("✓", ""),
    ],
)
def test_marks_and_numbers_of_a_list_are_no_part_of_a_name(text, bare):
    assert bare_name(text) == bare


@pytest.mark.parametrize(
    ("lines", "bare"),
    [
        (["1 Erika Muster", "2 Jo Beispiel"], ["Erika Muster", "Jo Beispiel"]),
        (["I. Erika Muster", "", "II. Jo Beispiel"], ["Erika Muster", "", "Jo Beispiel"]),
        (["IX. Erika Muster", "X. Jo Beispiel"], ["Erika Muster", "Jo Beispiel"]),
        (["1. FC Nord", "2. Jo Beispiel"], ["1. FC Nord", "Jo Beispiel"]),
        (["3 Eichen", "3 Linden"], ["3 Eichen", "3 Linden"]),
        (["3 Eichen", "Jo Beispiel"], ["3 Eichen", "Jo Beispiel"]),
        (["3 Eichen"], ["3 Eichen"]),
        ([], []),
    ],
)
def test_numbers_without_a_sign_are_left_out_only_where_they_count_the_lines(lines, bare):
    assert without_count(lines) == bare
