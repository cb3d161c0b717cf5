"""The texts keep to the words of the glossary: one for one thing."""

import json
import re
from textwrap import dedent
from typing import Any

import pytest
from babel.messages.catalog import Message
from django.apps import apps
from django.conf import settings
from django.utils.functional import Promise

from crm.management import catalogue
from crm.management.glossary import read_glossary

GLOSSARY = """
# Glossary

| English (code) | German (interface) | what it is |
|---|---|---|
| space | Raum | where events are |
| kind: person, body | Art: Person, Gremium | what an actor is |
| sector (of an actor) | Bereich | fixed |

## Words we do not use

| not this word | but |
|---|---|
| Sektor, Branche | Bereich |
| Reihe | Format |
| “go-between” | betweenness |

| Other | table |
|---|---|
| Actor | Mensch |
"""

# Sentences tell what was counted; that one thing comes from another, no count can say.
CAUSE = re.compile(
    r"^So |\b(?:therefore|thus|hence|thanks to|due to|owing to|caused?|causes|made possible)\b", re.IGNORECASE
)
URSACHE = re.compile(
    r"\b(?:also|dadurch|dank|infolge|aufgrund|(?:be|er)wirk\w*|verursach\w*|ursache\w*|verdank\w*|ermöglich\w*)\b",
    re.IGNORECASE,
)


def words_of(id, string, context=None):
    return list(catalogue.other_words(Message(id, string, context=context), read_glossary(GLOSSARY)))


def test_the_tables_give_a_word_for_each_term_and_the_words_that_are_not_used():
    glossary = read_glossary(GLOSSARY)
    assert glossary.words == {
        "space": "Raum",
        "kind": "Art",
        "person": "Person",
        "body": "Gremium",
        "sector": "Bereich",
    }
    assert glossary.refused == {
        "Sektor": "Bereich",
        "Branche": "Bereich",
        "Reihe": "Format",
        "“go-between”": "betweenness",
    }
    assert glossary.faults == ()


def test_a_line_with_two_words_for_one_term_is_a_fault():
    table = (
        "| English | German |\n|---|---|\n| space | Ort, Raum |\n| event | Termin |\n| Event | Treffen |\n"
    )
    assert read_glossary(table).faults == (
        "glossary: not one word for each term: space | Ort, Raum",
        "glossary: two words for one term: Event: Termin, Treffen",
    )


@pytest.mark.parametrize("id", ["Space", "space"])
def test_a_term_with_another_word_than_the_glossarys_is_a_problem(id):
    assert words_of(id, "Leertaste") == ["the glossary's word is “Raum”, not “Leertaste”"]


@pytest.mark.parametrize(
    ("id", "string", "context"),
    [
        ("Space", "Raum", None),
        ("Space", "Leertaste", "key"),  # a text with a context says that it means something else
        ("Space", "", None),  # not translated yet, which is a problem of its own
        ("Space notes presence.", "Die Leertaste vermerkt die Anwesenheit.", None),
        ("Order of the rows", "Reihenfolge", None),  # not the word, but one that begins like it
        (("%(n)s sector", "%(n)s sectors"), ("%(n)s Bereich", "%(n)s Bereiche"), None),
    ],
)
def test_the_glossarys_words_are_no_problem(id, string, context):
    assert words_of(id, string, context) == []


@pytest.mark.parametrize("string", ["Nach Sektor", "Alle Sektoren", "Name des Sektors"])
def test_a_word_that_is_not_used_is_a_problem_with_every_ending(string):
    assert words_of("By sector", string) == ["“Sektor” is not used: Bereich"]


def test_a_word_that_is_not_used_is_a_problem_in_english_and_in_each_number():
    assert words_of("Value of “go-between”", "Wert") == ["““go-between”” is not used: betweenness"]
    assert words_of(("one", "many"), ("ein Format", "alle Reihen")) == ["“Reihe” is not used: Format"]


def test_problems_name_the_text(tmp_path, settings, monkeypatch):
    settings.BASE_DIR = tmp_path
    monkeypatch.setattr(catalogue, "CATALOGUE", tmp_path / "django.po")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "glossary.md").write_text(
        GLOSSARY + "| English | German |\n|---|---|\n| a | b, c |\n"
    )
    (tmp_path / "crm").mkdir()
    (tmp_path / "crm" / "models.py").write_text(
        dedent(
            """
            from django.utils.translation import gettext as _
            names = _("Space"), _("By sector")
            """
        )
    )
    catalogue.CATALOGUE.write_text(
        'msgid "Space"\nmsgstr "Leertaste"\n\nmsgid "By sector"\nmsgstr "Nach Sektor"\n', encoding="utf-8"
    )
    catalogue.CATALOGUE.write_text(catalogue.updated()[1], encoding="utf-8")
    assert sorted(catalogue.problems()) == [
        "'By sector': “Sektor” is not used: Bereich",
        "'Space': the glossary's word is “Raum”, not “Leertaste”",
        "glossary: not one word for each term: a | b, c",
    ]


def test_the_projects_own_texts_keep_to_the_glossary():
    assert catalogue.problems() == []


def test_no_text_claims_a_cause():
    texts = list(catalogue.read_catalogue())
    english = [text for one in texts for text in (one.id if isinstance(one.id, tuple | list) else (one.id,))]
    german = [text for one in texts for text in catalogue.strings_of(one)]
    assert [text for text in english if CAUSE.search(text)] == []
    assert [text for text in german if URSACHE.search(text)] == []


def test_a_claim_of_a_cause_is_seen():
    assert CAUSE.search("So more hangs on its events than on others.")
    assert URSACHE.search("An seinen Veranstaltungen hängt also mehr als an anderen.")
    assert URSACHE.search("Dank des Büros trafen sich mehr.")
    assert not URSACHE.search("Gedankt wird niemandem, und Alsos gibt es nicht.")


def test_the_glossary_holds_the_words_of_the_measures():
    words = catalogue.read_words().words
    measures = (
        "degree",
        "strength",
        "betweenness",
        "closeness",
        "global efficiency",
        "constraint",
        "community",
    )
    assert [words[name] for name in measures] == [
        "Verbindungen",
        "Stärke",
        "Vermittlung",
        "Nähe",
        "Erreichbarkeit",
        "Geschlossenheit des Umfelds",
        "Gruppe",
    ]
    assert len(set(words.values())) == len(words)


def test_the_vocabularies_keep_to_the_glossary():
    terms = json.loads((settings.BASE_DIR / "fixtures" / "vocabulary.json").read_text(encoding="utf-8"))
    glossary = catalogue.read_words()
    texts = re.findall(r'"((?:[^"\\]|\\.)*)"', json.dumps(terms, ensure_ascii=False))
    assert [pair for text in texts for pair in glossary.refused_in(text)] == []


def test_every_field_that_is_shown_has_a_text_of_the_catalogue():
    unseen = ("id", "x", "y")  # where an actor stands in the picture
    models = [model for model in apps.get_models() if model.__module__.split(".")[0] in catalogue.PACKAGES]
    fields = [field for model in models for field in model._meta.fields if field.editable]
    fields = [field for field in fields if field.name not in unseen]
    named: list[tuple[str, Any]] = [(model.__name__, model._meta.verbose_name) for model in models]
    named += [(str(field), field.verbose_name) for field in fields if not field.name.startswith("search_")]
    named += [(str(field), label) for field in fields for _value, label in field.choices or ()]
    assert len(named) > 300
    assert [name for name, text in named if not isinstance(text, Promise)] == []
