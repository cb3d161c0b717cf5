"""What somebody wrote is parted from the older messages that the mail program quotes."""

from __future__ import annotations

import doctest
import textwrap

import pytest

from contacts.emails import history
from contacts.emails.history import part_history

HEAD = "Von: Büro <b@x.example>\nGesendet: Montag, 1. Juni 2026 10:00\nAn: Ada\nBetreff: Fest\n\nKommen Sie?"
ENGLISH = "From: Office\nSent: Monday\nTo: Ada\nSubject: Fest\n\nDo you come?"


def test_the_examples_hold():
    assert doctest.testmod(history).failed == 0


@pytest.mark.parametrize(
    "quoted",
    [
        HEAD,
        f"________________________________\n{HEAD}",
        HEAD.replace("Von:", "*Von:*").replace("Gesendet:", "*Gesendet:*"),
        ENGLISH,
        f"-----Ursprüngliche Nachricht-----\n{HEAD}",
        "-----Ursprüngliche Nachricht-----\nKommen Sie?",
        f"-----Original Message-----\n{ENGLISH}",
        "Gesendet: Montag, 1. Juni 2026\nVon: Büro <b@x.example>\nAn: Ada\nBetreff: Fest\n\nKommen Sie?",
        "Am 01.06.2026 um 10:00 schrieb Büro <b@x.example>:\n> Kommen Sie?\n>> Wann?\n",
        "Am 01.06.2026 um 10:00 schrieb Büro <b@x.example>:\n\n> Kommen Sie?\n\n> Gruß\n",
        "Am Mo., 1. Juni 2026 um 10:00 Uhr schrieb Stadtteilbüro Westhagen <\nb@x.example>:\n\n> Kommen Sie?",
        "Am 01.06.2026 um 10:00 schrieb Büro <b@x.example>:\n\nKommen Sie?",
        "On Mon, Jun 1, 2026 at 10:00 AM Office <b@x.example> wrote:\n\n> Do you come?",
        "Büro <b@x.example> schrieb am Mo., 1. Juni 2026, 10:00:\n> Kommen Sie?",
        "Zitat von Büro <b@x.example>:\n> Kommen Sie?",
        "> Kommen Sie?\n> Gruß",
    ],
)
def test_the_history_below_a_letter_is_folded_away(quoted: str):
    own, folded = part_history(f"Ja, gern.\n\nGruß\nAda\n\n{quoted}")
    assert own == "Ja, gern.\n\nGruß\nAda"
    assert quoted.strip().splitlines()[-1] in folded


def test_nothing_is_lost():
    text = f"Ja.\n\nAm 1.6.2026 schrieb Ada:\n> Wann?\n\n{HEAD}"
    own, folded = part_history(text)
    assert sorted(f"{own}\n{folded}".split()) == sorted(text.split())


def test_an_answer_below_a_quotation_is_what_is_new():
    assert part_history("Am 1.6.2026 schrieb Büro:\n> Kommen Sie?\n\nJa, gern.") == (
        "Ja, gern.",
        "Am 1.6.2026 schrieb Büro:\n> Kommen Sie?",
    )


def test_answers_between_the_lines_keep_what_they_answer():
    text = "Am 1.6.2026 schrieb Büro:\n> Kommen Sie?\n\nJa.\n\n> Mit Kuchen?\n\nNein."
    assert part_history(f"{text}\n\n> Gruß, das Büro") == (text, "> Gruß, das Büro")


def test_a_signature_below_the_quotation_stays():
    own, folded = part_history("Ja.\n\n> Kommen Sie?\n\n-- \nAda")
    assert (own.split(), folded) == (["Ja.", "--", "Ada"], "> Kommen Sie?")


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        (f"Zur Kenntnis.\n\n{HEAD}", "WG: Fest"),
        (f"FYI\n\n{ENGLISH}", "Fwd: Fest"),
        (f"Zur Kenntnis.\n\n---------- Weitergeleitete Nachricht ----------\n{HEAD}", "Fest"),
        (f"---------- Forwarded message ---------\n{ENGLISH}", "Fest"),
        (HEAD, "Fest"),
        ("> nur ein Zitat", "Fest"),
    ],
)
def test_what_is_forwarded_is_no_history(text: str, subject: str):
    assert part_history(text, subject=subject) == (text, "")


def test_the_history_below_a_forwarded_message_is():
    own, folded = part_history(
        f"Zur Kenntnis.\n\n{HEAD}\n\nAm 1.1.2026 schrieb Ada:\n> alt", subject="WG: Fest"
    )
    assert (own, folded) == (f"Zur Kenntnis.\n\n{HEAD}", "Am 1.1.2026 schrieb Ada:\n> alt")


@pytest.mark.parametrize(
    "letter",
    [
        "Guten Tag,\n\nFrau Müller schrieb mir:\n\nbitte kommen.",
        "Liebe Leute,\n\nam 12.3. schrieb ich Ihnen:\n\nBitte antworten.",
        "Von: hier\nbis dort\n\nAn: alle",
        "Termine:\n- 1.6.\n- 2.6.\n\nBetreff: egal",
        "Preise > 5 Euro\nsind zu hoch",
        "",
    ],
)
def test_a_letter_that_quotes_nobody_stays_whole(letter: str):
    assert part_history(letter) == (letter, "")


@pytest.mark.parametrize(
    "hostile",
    [
        "> x\n" * 60_000,
        "Von: x\n" * 40_000,
        "am 1.1.2026 schrieb\n" * 15_000,
        "----- \n\n" * 30_000,
        " " * 299_000 + "x",
        ("schrieb am " * 50 + ":\n\n") * 500,
        textwrap.fill("am schrieb on wrote " * 12_000, 290),
    ],
    ids=lambda _text: "",
)
def test_a_text_made_to_keep_a_worker_busy_does_not(hostile: str):
    own, folded = part_history(hostile)
    assert len(own) + len(folded) >= len(hostile.split())
