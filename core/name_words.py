"""Words by which a name is told to be a body's or a person's, and taken apart; legal forms of bodies."""

from __future__ import annotations

import re

# Where one of these stands between two names, the family name begins with it.
PARTICLES = frozenset(
    {"von", "vom", "zu", "zum", "zur", "van", "vander", "de", "del", "della", "di", "da", "dos", "du"}
    | {"el", "al", "bin", "ibn", "abu", "ter", "ten", "te"}
)
# Particles only in small letters: "Le" and "La" are names of their own.
SMALL_PARTICLES = frozenset({"le", "la", "las", "los", "af", "av", "v.", "v.d."})
# Particles only behind another one: "von der Heide", "von und zu Stein", but "Haus der Jugend".
SECOND_PARTICLES = frozenset({"der", "den", "dem", "de", "la", "las", "los", "d.", "und", "'t", "’t"})
PLACED = frozenset({"zu", "zum", "zur", "vom"})  # in names of places as well
# A rank begins the family name where a particle follows: "Anna Freifrau von Stein", but "Steffi Graf".
RANKS = frozenset(
    {"freifrau", "freiherr", "freiin", "graf", "gräfin", "baron", "baronin", "baronesse", "fürst", "fürstin"}
    | {"prinz", "prinzessin", "herzog", "herzogin", "ritter", "edler", "edle", "markgraf"}
)
SUFFIXES = frozenset({"jun", "jr", "sen", "sr", "junior", "senior", "ii", "iii"})
BODY_WORDS = (
    "verein", "club", "klub", "gmbh", "schule", "kita", "amt", "stadt", "gruppe", "kreis", "rat", "forum",
    "netzwerk", "initiative", "kirche", "gemeinde", "zentrum", "haus", "bund", "verband", "stiftung", "büro",
    "treff", "runde", "laden", "café", "markt", "werkstatt", "wehr", "polizei", "ausschuss", "beratung",
    "stelle", "verlag", "gesellschaft", "dienst", "projekt", "apotheke", "praxis", "bibliothek", "museum",
    "theater", "moschee", "gymnasium", "kindergarten", "fraktion", "presse", "genossenschaft", "tisch",
    "association", "school", "office", "group", "network", "council", "church", "centre",
)  # fmt: skip
# Names of persons that end as bodies do.
NAMES_LIKE_BODIES = frozenset((
    "murat", "firat", "fırat", "neuhaus", "althaus", "backhaus", "feldhaus", "niehaus", "nienhaus",
    "brinkhaus", "steinhaus", "holthaus", "mühlhaus",
))  # fmt: skip
# "Kunst und Kultur Nord" is no couple of Kunst Nord and Kultur Nord.
NOUN_ENDINGS = (
    "ung", "heit", "keit", "schaft", "tum", "tät", "tion", "ismus", "werk", "kultur", "arbeit", "innen",
)  # fmt: skip
COMMON_NOUNS = frozenset((
    "kunst", "kultur", "sport", "spiel", "spaß", "jugend", "kinder", "kind", "eltern", "familie",
    "familien", "frauen", "männer", "mädchen", "jungen", "senioren", "alt", "jung", "alte", "junge",
    "groß", "klein", "natur", "umwelt", "garten", "gärten", "musik", "tanz", "theater", "film", "bild",
    "wort", "leben", "wohnen", "lernen", "arbeiten", "spielen", "nachbarn", "nachbar", "freunde",
    "handel", "gewerbe", "wirtschaft", "recht", "soziales", "pflege", "hilfe", "sicherheit", "verkehr",
    "politik", "sprache", "licht", "schatten", "luft", "wasser", "brot", "salz", "kaffee", "kuchen",
    "küche", "feuer", "flamme", "berg", "tal", "mensch", "menschen", "tier", "tiere", "hund", "katze",
    "rad", "fuß", "hand", "herz", "kopf", "haus", "hof", "stadt", "land", "dorf", "nord", "süd", "ost",
    "west", "mieter", "vermieter", "schüler", "lehrer", "väter", "mütter", "vater", "mutter", "oma",
    "opa", "opas", "omas", "art", "arts", "sports", "music", "family", "women", "youth", "kids",
    "parents", "friends", "work", "life", "health", "rot", "grün", "blau", "gelb", "bunt", "schlüssel",
    "termin", "halle", "raum", "saal", "geld", "antrag", "treffen", "rückruf", "anruf", "bitte", "danke",
    "frage", "fragen", "info", "infos", "plakat", "plakate", "flyer", "fest", "mail", "telefon", "brief",
    "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonnabend", "sonntag", "januar",
    "februar", "märz", "september", "oktober", "november", "dezember", "morgen", "mittag", "abend", "woche",
    "besuch", "gespräch", "geburtstag", "thema", "ende", "anfang", "vorstand", "leitung", "team",
    "gäste", "gast", "helfer", "nachricht", "rückmeldung", "absage", "zusage",
))  # fmt: skip
# "Hans Müller und Söhne GmbH" is one firm.
KIN_IN_FIRMS = frozenset(
    ("sohn", "söhne", "tochter", "töchter", "bruder", "brüder", "partner", "co", "kollegen")
)
# "Kurz und Klein Rechtsanwälte" are a firm.
FIRM_ENDINGS = ("anwälte", "berater", "partner", "söhne", "architekten", "ärzte", "notare", "immobilien")

_LEGAL_FORM = re.compile(
    r"(?:\be\.\s?[VGK]\.|\beV\b|\b(?:g?GmbH|AG|KG|GbR|UG|OHG|eG|e\.?K)\b)", re.IGNORECASE
)
_LEGAL_END = re.compile(
    r"\s(?:[eE]\.\s?[VGK]\.?|eV|g?GmbH|AG|KG|GbR|UG|OHG|eG|e\.?K\.?)(?:\s\(?gemeinnützig\)?)?\.?$"
)


def has_legal_form(text: str) -> bool:
    """Tell whether a name holds "e. V.", "GmbH" or the like."""
    return bool(_LEGAL_FORM.search(text))


def ends_in_legal_form(text: str) -> bool:
    """Tell whether a name ends with a legal form, in its own letters: "20 kg" is none.

    >>> ends_in_legal_form("Lesepaten e. V."), ends_in_legal_form("Äpfel, 20 kg")
    (True, False)
    """
    return bool(_LEGAL_END.search(text))


def without_legal_form(text: str) -> str:
    """Return a name without "e. V.", "GmbH" or the like."""
    return " ".join(_LEGAL_FORM.sub(" ", text).split())
