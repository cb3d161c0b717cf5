"""Reading a typed note: what is understood, what stays text, and that no word is ever lost."""

import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contacts.quick_note import Register, Term, parse_note
from core.text import fold

TODAY = dt.date(2026, 11, 23)  # a Monday
VOCABULARY = json.loads((Path(__file__).parents[2] / "fixtures" / "vocabulary.json").read_text("utf-8"))


def terms(model):
    rows = [row["fields"] for row in VOCABULARY if row["model"] == model]
    return [Term(row["code"], (row["name_de"], row["name_en"])) for row in rows]


CHANNELS, TOPICS = terms("contacts.contactchannel"), terms("actors.topic")


def read(text, today=TODAY, names=()):
    return parse_note(text, today=today, channels=CHANNELS, topics=TOPICS, register=Register(names))


def day(text):
    return dt.date.fromisoformat(text)


def said(text, **options):
    """Return everything that a text says and that is not usual."""
    note = read(text, **options)
    fields = {
        "channel": note.channel,
        "direction": note.direction,
        "minutes": note.duration_minutes,
        "date": note.date and note.date.isoformat(),
        "due": note.due and note.due.isoformat(),
        "names": [mention.name for mention in note.mentions],
        "topics": list(note.topics),
        "problems": [f"{problem.field}: {problem.code}" for problem in note.problems],
    }
    return note.note(), {name: value for name, value in fields.items() if value}


@pytest.mark.parametrize(
    ("text", "note", "fields"),
    [
        (
            "tel @Verein will die Halle früher #sport 15min wv +1w",
            "Verein will die Halle früher sport",
            {
                "channel": "phone",
                "minutes": 15,
                "due": "2026-11-30",
                "names": ["Verein"],
                "topics": ["sports_leisure"],
            },
        ),
        ("Tel. Halle gesperrt", "Halle gesperrt", {"channel": "phone"}),
        ("Halle gesperrt, tel", "Halle gesperrt", {"channel": "phone"}),
        ("tel - Halle", "Halle", {"channel": "phone"}),
        ("Telefon: Halle", "Halle", {"channel": "phone"}),
        ("phone call: hall", "hall", {"channel": "phone"}),
        ("AB: bittet um Rückruf", "bittet um Rückruf", {"channel": "voicemail"}),
        ("AB @Meyer", "Meyer", {"channel": "voicemail", "names": ["Meyer"]}),
        ("Ab Montag geschlossen", "Ab Montag geschlossen", {}),
        ("mail raus @Stadt", "Stadt", {"channel": "email", "direction": "out", "names": ["Stadt"]}),
        ("E-Mail @Stadt eingehend", "Stadt", {"channel": "email", "direction": "in", "names": ["Stadt"]}),
        (
            "persönlich im Büro: Schlüssel",
            "Schlüssel",
            {"channel": "walk_in"},
        ),
        ("walk-in: key", "key", {"channel": "walk_in"}),
        ("Bürgersprechstunde: Müll", "Müll", {"channel": "consultation_hour"}),
        (
            "sprechstunde @Frau Neu fragt",
            "Frau Neu fragt",
            {"channel": "consultation_hour", "names": ["Frau Neu"]},
        ),
        ("Termin am 12.12. abgesagt", "Termin am 12.12. abgesagt", {"channel": "appointment"}),
        ("bittet um Termin", "bittet um Termin", {}),
        ("Brief an @Stadt", "Brief an Stadt", {"channel": "letter", "direction": "out", "names": ["Stadt"]}),
        ("tel von @Verein", "von Verein", {"channel": "phone", "direction": "in", "names": ["Verein"]}),
        ("Schlüssel an @Verein", "Schlüssel an Verein", {"names": ["Verein"]}),
        ("Hausbesuch: Treppe", "Treppe", {"channel": "home_visit"}),
        ("Ortstermin: Spielplatz", "Spielplatz", {"channel": "site_visit"}),
        ("Sitzung: Vergabe", "Vergabe", {"channel": "meeting"}),
        ("aufsuchend: Marktplatz", "Marktplatz", {"channel": "outreach"}),
        ("whatsapp Foto vom Müll", "Foto vom Müll", {"channel": "messenger"}),
        ("online: Vorstandsrunde", "Vorstandsrunde", {"channel": "online"}),
        ("tel 05361 12345 ist neu", "tel 05361 12345 ist neu", {"channel": "phone"}),
        ("tel", "", {"channel": "phone"}),
        ("info@verein.de antwortet nicht", "info@verein.de antwortet nicht", {}),
    ],
)
def test_channel_and_direction(text, note, fields):
    assert said(text) == (note, fields)


@pytest.mark.parametrize(
    ("text", "minutes", "note"),
    [
        ("Halle 15min", 15, "Halle"),
        ("Halle 1h", 60, "Halle"),
        ("Halle 1,5h", 90, "Halle"),
        ("Halle 1.5 h", 90, "Halle"),
        ("Halle 90 Min.", 90, "Halle"),
        ("1h30 Halle", 90, "Halle"),
        ("1 Std. 15 min Halle", 75, "Halle"),
        ("2 Stunden Halle", 120, "Halle"),
        ("um 15h Halle", None, "um 15h Halle"),
        ("ruft in 20 min an", None, "ruft in 20 min an"),
        ("will 20 min länger", None, "will 20 min länger"),
        ("fährt 50 km/h", None, "fährt 50 km/h"),
        ("Halle\n15min", None, "Halle\n15min"),
    ],
)
def test_duration(text, minutes, note):
    parsed = read(text)
    assert (parsed.duration_minutes, parsed.note(), parsed.problems) == (minutes, note, ())


@pytest.mark.parametrize(
    ("text", "date", "note"),
    [
        ("gestern Halle", "2026-11-22", "Halle"),
        ("vorgestern tel Halle", "2026-11-21", "Halle"),
        ("tel Halle gestern", "2026-11-22", "Halle"),
        ("am 12.3.2026 Halle", "2026-03-12", "Halle"),
        ("12.11. Halle", "2026-11-12", "Halle"),
        ("12.03.26 Halle", "2026-03-12", "Halle"),
        ("2026-03-12 Halle", "2026-03-12", "Halle"),
        ("letzten Freitag Halle", "2026-11-20", "Halle"),
        ("letzten Montag Halle", "2026-11-16", "Halle"),
        ("last Friday hall", "2026-11-20", "hall"),
        ("yesterday hall", "2026-11-22", "hall"),
        ("Hat gestern den Schlüssel verloren", None, "Hat gestern den Schlüssel verloren"),
        ("am 12.12. Halle", None, "am 12.12. Halle"),
        ("am 31.2.2026 Halle", None, "am 31.2.2026 Halle"),
        ("heute Halle", None, "heute Halle"),
    ],
)
def test_day_of_the_contact(text, date, note):
    parsed = read(text)
    assert (parsed.date, parsed.note()) == (date and day(date), note)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("wv +1w", "2026-11-30"),
        ("wv +3t", "2026-11-26"),
        ("WV: +3d", "2026-11-26"),
        ("wv 2w", "2026-12-07"),
        ("wv in 2 Wochen", "2026-12-07"),
        ("wv +2m", "2027-01-23"),
        ("wv +1j", "2027-11-23"),
        ("wv nächste Woche", "2026-11-30"),
        ("wv next month", "2026-12-23"),
        ("wv heute", "2026-11-23"),
        ("wv morgen", "2026-11-24"),
        ("wv übermorgen", "2026-11-25"),
        ("wv tomorrow", "2026-11-24"),
        ("wv Freitag", "2026-11-27"),
        ("wv fr", "2026-11-27"),
        ("wv montag", "2026-11-30"),
        ("wv nächsten Dienstag", "2026-11-24"),
        ("wv 12.3.", "2027-03-12"),
        ("wv 23.11.", "2026-11-23"),
        ("wv 12.3", "2027-03-12"),
        ("wv am 12.03.2027", "2027-03-12"),
        ("wv 12.3.27", "2027-03-12"),
        ("wv 12. März", "2027-03-12"),
        ("wv Fr, 4.12.", "2026-12-04"),
        ("wv 2026-12-24", "2026-12-24"),
        ("Wiedervorlage morgen", "2026-11-24"),
        ("follow-up tomorrow", "2026-11-24"),
        ("wv 29.2.", "2028-02-29"),
        ("wv 29.2.2028", "2028-02-29"),
    ],
)
def test_follow_up(text, due):
    parsed = read(f"Halle {text} klären")
    assert (parsed.due, parsed.note(), parsed.problems) == (day(due), "Halle klären", ())


@pytest.mark.parametrize(
    ("text", "code", "blocks"),
    [
        ("wv gestern", "past", True),
        ("wv 12.3.2020", "past", True),
        ("wv 29.2.2027", "no such day", True),
        ("wv 31.4.", "no such day", True),
        ("wv 40.13.", "no such day", True),
        ("wv +9999w", "far", True),
        ("wv 1.1.2999", "far", True),
        ("wv bald", "no day", False),
    ],
)
def test_a_follow_up_that_cannot_be_is_said(text, code, blocks):
    parsed = read(text)
    assert [(problem.field, problem.code, problem.blocks) for problem in parsed.problems] == [
        ("due", code, blocks)
    ]
    assert parsed.due is None
    assert parsed.note(plain={"due"}) == text


def test_a_month_after_its_last_day_is_the_last_day_of_the_next():
    assert read("wv +1m", today=day("2027-01-31")).due == day("2027-02-28")
    assert read("wv +1j", today=day("2028-02-29")).due == day("2029-02-28")
    assert read("wv 29.2.", today=day("2028-02-29")).due == day("2028-02-29")


@pytest.mark.parametrize(
    ("text", "names", "note"),
    [
        ('@"Verein Beispiel" ruft an', ["Verein Beispiel"], "Verein Beispiel ruft an"),
        ("@„Verein Beispiel“ ruft an", ["Verein Beispiel"], "Verein Beispiel ruft an"),
        ("@Verein Beispiel ruft an", ["Verein Beispiel"], "Verein Beispiel ruft an"),
        ("@VEREIN  beispiel ruft an", ["VEREIN beispiel"], "VEREIN beispiel ruft an"),
        ("@Müller, @Mueller. (@Meyer)", ["Müller", "Mueller", "Meyer"], "Müller, Mueller. (Meyer)"),
        ("@Frau Dr. Neu ruft an", ["Frau Dr. Neu"], "Frau Dr. Neu ruft an"),
        ("@Erika Muster ruft an", ["Erika Muster"], "Erika Muster ruft an"),
        ("@Ulla Neumann ", ["Ulla Neumann"], "Ulla Neumann"),
        ("@Anna Maria Schmidt fragt", ["Anna Maria Schmidt"], "Anna Maria Schmidt fragt"),
        ("@Erika Muster. Danke", ["Erika Muster"], "Erika Muster. Danke"),
        ("@Frau Erika Muster fragt", ["Frau Erika Muster"], "Frau Erika Muster fragt"),
        ("@Muster, Erika fragt", ["Muster, Erika"], "Muster, Erika fragt"),
        ("@Erika, hat gefragt", ["Erika"], "Erika, hat gefragt"),
        ("@Erika. Muster fragt", ["Erika"], "Erika. Muster fragt"),
        ("@Sportclub Halle gesperrt", ["Sportclub"], "Sportclub Halle gesperrt"),
        ("@ allein", [], "@ allein"),
        ("@@doppelt", [], "@@doppelt"),
        ("a@b", [], "a@b"),
    ],
)
def test_names(text, names, note):
    parsed = read(text, names={"verein beispiel"})
    assert ([mention.name for mention in parsed.mentions], parsed.note()) == (names, note)


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("#culture", ["culture"]),
        ("#Stadtteilkultur", ["culture"]),
        ("#kultur", ["culture"]),
        ("#Neighbourhood culture", ["culture"]),
        ("#öffentlichkeitsarbeit", ["publicity"]),
        ("#oeffentlichkeitsarbeit", ["publicity"]),
        ("#Umwelt und Verkehr", ["environment_traffic"]),
        ("#verkehr #umwelt", ["environment_traffic"]),
        ("#sozial", ["social_infrastructure"]),
        ("#Wohnen", ["housing"]),
    ],
)
def test_topics(text, topics):
    assert list(read(text).topics) == topics


@pytest.mark.parametrize(
    ("text", "due"), [("wv Dıenstag", "2026-11-24"), ("wv 3. Augu\u017ft", "2027-08-03")]
)
def test_letters_that_count_as_small_or_capital_ones_of_others_are_read_alike(text, due):
    assert said(text) == ("", {"due": due})


@pytest.mark.parametrize("text", ["#wohn", "#Quatsch", "Nr. #12", "## doppelt", "C#"])
def test_what_is_no_single_topic_stays_text(text):
    parsed = read(text)
    assert (parsed.topics, parsed.note()) == ((), text)


def test_the_office_s_own_channel_is_known_by_its_names():
    own = [*CHANNELS, Term("kiosk", ("Kiosk am Markt", "Kiosk"))]
    parsed = parse_note("Kiosk am Markt: Plakat", today=TODAY, channels=own, topics=[])
    assert (parsed.channel, parsed.note()) == ("kiosk", "Plakat")


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("Ada rief an. wv morgen: Halle klären", "Ada rief an. Halle klären"),
        ("Halle frei, Wiedervorlage morgen: klären", "Halle frei, klären"),
        ("wv morgen: klären: bald", "klären: bald"),
        ("wv morgen:", ""),
        ("Halle: klären wv morgen", "Halle: klären"),
    ],
)
def test_the_colon_behind_a_control_word_goes_with_it(text, note):
    assert said(text) == (note, {"due": "2026-11-24"})


def test_further_lines_are_kept_as_they_are():
    text = "tel Halle\n\n  Zweite Zeile  mit 15min\nwv +1w\ntel 12345"
    assert read(text).note() == "Halle\n\n  Zweite Zeile  mit 15min\ntel 12345"


def test_words_can_be_taken_back_into_the_text():
    parsed = read("tel @Verein Halle 15min wv +1w")
    assert parsed.note(plain={"due", "duration"}, plain_names={"verein"}) == "@Verein Halle 15min wv +1w"


SHORT = "tel mail wv +1w 12.3. 29.2. 31.2. 15min 1h 1,5h @Verein @ # #sport #x an von raus gestern letzten"
LONG = "Freitag Dıenstag augu\u017ft . , - : Halle früher AB termin 99999999999 ٣ ß İ Stunden Min. „"
ODD = ["\n", "\r\n", "\t", "\x00", "\ud800", '"', "@„Zwei Wörter“", '@"Drei kleine Wörter"']
PIECES = st.sampled_from([*SHORT.split(), *LONG.split(), *ODD])
QUOTES = str.maketrans(dict.fromkeys('"„“”', " "))


def words(text):
    return sorted(fold(text.translate(QUOTES)).split())


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=30).map(" ".join)))
def test_whatever_is_typed_nothing_crashes_and_no_word_is_lost(text):
    parsed = read(text, names={"verein"})
    taken = "\n".join(parsed.text[span.start : span.end] for span in parsed.spans if not span.stays)
    assert words(f"{taken}\n{parsed.note()}") == words(parsed.text)


def test_a_very_long_text_is_read_at_once():
    for text in ("@a #b wv 1h " * 2000, "wv " * 8000, "um 1h " * 4000, "x" * 20_000, "\n" * 20_000):
        assert read(text).text == text
