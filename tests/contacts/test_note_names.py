"""Where a name after an @ ends."""

import re
from pathlib import Path

import pytest

from contacts.quick_note import Register, mention_candidates
from contacts.quick_note.names import read_mentions
from core.name_words import PARTICLES, SECOND_PARTICLES, SMALL_PARTICLES

NOBODY = Register()
ALONE = {"neumann", "von", "foerderverein", "foerderverein der", "foerderverein der schule"}


def names(text, register=NOBODY):
    return [mention.name for mention in read_mentions(text, register)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("@Karl-Heinz von der Heide angerufen", "Karl-Heinz von der Heide"),
        ("@Anna Maria von der Heide fragt", "Anna Maria von der Heide"),
        ("@Anna Maria Schmidt Halle frei", "Anna Maria Schmidt"),
        ("@Jan van 't Hoff fragt", "Jan van 't Hoff"),
        ("@Karl von und zu Stein fragt", "Karl von und zu Stein"),
        ("@Karl v. d. Heide fragt", "Karl v. d. Heide"),
        ("@Jean-Luc d’Artagnan fragt", "Jean-Luc d’Artagnan"),
        ("@Abdul-Rahman al-Masri fragt", "Abdul-Rahman al-Masri"),
        ("@Anna Gräfin von Stein fragt", "Anna Gräfin von Stein"),
        ("@von der Heide ruft zurück", "von der Heide"),
        ("@Frau von der Heide ruft zurück", "Frau von der Heide"),
        ("@Graf von Stein ruft zurück", "Graf von Stein"),
        ("@Anna M. Schulz fragt", "Anna M. Schulz"),
        ("@Erika Muster. Danke", "Erika Muster"),
        ("@Karl-Theodor zu Stein fragt", "Karl-Theodor zu Stein"),
        ("@Erika Muster zur Verfügung gestellt", "Erika Muster"),
        ("@Muster zum Termin eingeladen", "Muster"),
        ("@Anna von Frau Schulz empfohlen", "Anna"),
        ("@Erika Muster zur", "Erika Muster"),
        ("@Frau Dr. Neu ruft an", "Frau Dr. Neu"),
        ("@Eheleute Schmidt rufen an", "Eheleute Schmidt"),
    ],
)
def test_particles_ranks_and_initials_belong_to_a_person_s_name(text, name):
    assert names(text) == [name]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("@Müller, Anna ruft zurück", "Müller, Anna"),
        ("@O'Brien, Sean", "O'Brien, Sean"),
        ("@Müller-Lüdenscheidt, Dr. Anna fragt", "Müller-Lüdenscheidt, Dr. Anna"),
        ("@von der Heide, Karl fragt", "von der Heide, Karl"),
        ("@Frau Müller, Anna. Danke", "Frau Müller, Anna"),
        ("@Müller, Anna, will die Halle", "Müller, Anna"),
        ("@Müller, ruft zurück", "Müller"),
        ("@Müller, Schlüssel abgeholt", "Müller"),
        ("@Müller, Einladung kommt", "Müller"),
        ("@Müller, Montag wieder da", "Müller"),
        ("@Feuerwehr, Anna ruft zurück", "Feuerwehr"),
        ("@AWO, Anna ruft zurück", "AWO"),
        ("@Erika Muster, Anna ruft zurück", "Erika Muster"),
        ("@Karl, Anna und Bernd waren da", "Karl"),
        ("@Karl, Anna, Bernd waren da", "Karl"),
        ("@Müller,\nAnna ruft zurück", "Müller"),
    ],
)
def test_the_family_name_may_stand_first_with_a_comma(text, name):
    assert names(text) == [name]


@pytest.mark.parametrize(
    ("register", "name"),
    [
        (Register(names={"mueller"}), "Müller"),
        (Register(alone={"mueller"}), "Müller"),
        (Register(alone={"mueller"}, families={"mueller"}), "Müller, Anna"),
        (Register(names={"mueller", "mueller anna"}), "Müller, Anna"),
        (Register(names={"mueller anna maria"}), "Müller, Anna Maria"),
    ],
)
def test_a_comma_is_read_by_what_the_register_knows(register, name):
    assert names("@Müller, Anna Maria ruft zurück", register) == [name]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("@Förderverein Lesepaten e.V. wegen Geld", "Förderverein Lesepaten e.V."),
        ("@Lesepaten e. V. wegen Geld", "Lesepaten e. V."),
        ("@Verein für Kunst und Kultur e.V. fragt", "Verein für Kunst und Kultur e.V."),
        (
            "@Verein zur Förderung der Kinder und Jugend im Quartier Nord e. V. fragt",
            "Verein zur Förderung der Kinder und Jugend im Quartier Nord e. V.",
        ),
        ("@Müller Bau GmbH & Co. KG liefert", "Müller Bau GmbH & Co. KG"),
        ("@Müller Bau GmbH. Danke", "Müller Bau GmbH"),
        ("@Verein Beispiel e.V. wegen Geld", "Verein Beispiel e.V."),
        ("@Verein Beispiel Süd e.V. wegen Geld", "Verein Beispiel Süd e.V."),
        ("@Verein Beispiel und Lesepaten e.V. fragen", "Verein Beispiel"),
        ("@Erika Muster Lesepaten e.V. gefragt", "Erika Muster"),
        ("@Neumann für Lesepaten e.V. angerufen", "Neumann"),
        ("@Tafel hat Lesepaten e.V. gefragt", "Tafel"),
        ("@Tafel Reis 20 kg", "Tafel"),
        ("@Tafel. Lesepaten e.V. fragt", "Tafel"),
    ],
)
def test_a_name_with_its_legal_form_is_one_name(text, name):
    known = Register({"verein beispiel", "erika muster"}, {"foerderverein", "neumann", "tafel"}, {"neumann"})
    assert names(text, known) == [name]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("@Neumann Schlüssel abgeholt", "Neumann"),
        ("@Frau Neumann Schlüssel abgeholt", "Frau Neumann"),
        ("@Ulla Neumann Schlüssel", "Ulla Neumann Schlüssel"),
        ("@von Stein ruft an", "von Stein"),
        ("@Förderverein der Schule Halle frei", "Förderverein der Schule"),
        ("@Förderverein der Halle", "Förderverein"),
        ("@Förderverein, der Schule", "Förderverein"),
    ],
)
def test_a_word_that_means_somebody_without_more_ends_the_name(text, name):
    assert names(text, Register(alone=ALONE)) == [name]


def test_every_run_of_words_may_be_a_name_also_behind_a_comma():
    assert mention_candidates('@Muster, Dr. Anna fragt @"Haus, Hof"') == {
        "muster",
        "muster dr anna",
        "muster dr anna fragt",
        "haus hof",
    }


def test_the_browser_offers_a_new_name_with_the_same_particles():
    source = (Path(__file__).parents[2] / "frontend" / "quick-note-suggest.js").read_text("utf-8")
    named = {name: words.split("|") for name, words in re.findall(r'const (\w+) =\s+"([^"]*)"', source)}
    first, both = PARTICLES | SMALL_PARTICLES, PARTICLES | SMALL_PARTICLES | SECOND_PARTICLES
    expected = {"PARTICLES": first, "FURTHER_PARTICLES": both - first}
    for name, words in expected.items():
        assert named[name] == sorted(word.replace(".", r"\\.") for word in words)
