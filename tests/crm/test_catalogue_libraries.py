"""No library says "du" to the reader: what it does is overridden by the site's own catalogue."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from babel.messages.extract import extract
from django.apps import apps
from django.core.validators import validate_email
from django.forms import ValidationError
from django.utils.translation import override, trans_real

from crm.management import catalogue
from crm.management.library_texts import TEXTS

# "Bitte X eingeben" addresses nobody, "geben Sie" politely.
INFORMAL = re.compile(
    r"\b(?:du|dich|dir|dein(?:e[mnrs]?)?|euch|euer|eure[mnrs]?"
    r"|(?:achte|benutze|bestätige|erstelle|folge|gib|habe?|klicke?|kontaktiere|kopiere|lass|lies|lösche|melde"
    r"|nimm|öffne|prüfe|schau|sende|stelle|trage?|überprüfe|versuche|verwende|wähle|warte|ändere)"
    r"(?!\s+(?:ich|er|sie|es|Sie)\b))\b",
    re.IGNORECASE,
)


def library_sources() -> Iterator[Path]:
    """Yield the Python files of Django and of the libraries that are apps, without apps that are not used."""
    used = {Path(config.path) for config in apps.get_app_configs()}
    own = set(catalogue.PACKAGES)
    roots = {config.name.split(".")[0] for config in apps.get_app_configs()} - own
    for root in sorted({"django", *roots}):
        folder = Path(str(import_module(root).__file__)).parent
        unused = [path.parent for path in folder.rglob("apps.py") if path.parent not in used]
        for path in sorted(folder.rglob("*.py")):
            if not any(path.is_relative_to(app) for app in unused):
                yield path


def german_of(path: Path) -> Iterator[tuple[str, str]]:
    """Yield each text of a file with the German in use."""
    source = path.read_bytes()
    if b"gettext" not in source:
        return
    german: Any = trans_real.translation("de")._catalog
    for _line, message, _comments, context in extract("python", io.BytesIO(source), catalogue.KEYWORDS):
        ids = message if isinstance(message, tuple) else (message,)
        first = f"{context}\x04{ids[0]}" if context else ids[0]
        keys = [first] if len(ids) == 1 else [(first, number) for number in range(2)]
        for key in keys:
            if text := german.get(key):
                yield str(ids[0]), text


@pytest.fixture(scope="module")
def library_texts() -> dict[str, str]:
    """The texts that libraries can say, with their German."""
    return {id: text for path in library_sources() for id, text in german_of(path)}


def test_no_text_of_a_library_says_du(library_texts: dict[str, str]):
    assert len(library_texts) > 300
    assert {id: text for id, text in library_texts.items() if INFORMAL.search(text)} == {}


def test_nothing_is_overridden_that_no_library_says(library_texts: dict[str, str]):
    assert [text for text in TEXTS if text not in library_texts] == []


@pytest.mark.parametrize(
    "text",
    [
        "Gib eine gültige E-Mail Adresse an.",
        "Bitte wähle nur eine aus.",
        "Dein Konto",
        "Du hast dich abgemeldet.",
    ],
)
def test_du_is_noticed(text: str):
    assert INFORMAL.search(text)


@pytest.mark.parametrize(
    "text", ["Bitte geben Sie eine Zahl ein.", "Eine Zahl eingeben", "Wählen Sie eines aus", "Ihr Konto"]
)
def test_sie_is_not(text: str):
    assert not INFORMAL.search(text)


def test_a_wrong_address_is_refused_politely():
    with override("de"), pytest.raises(ValidationError) as caught:
        validate_email("kein")
    assert caught.value.messages == ["Bitte geben Sie eine gültige E-Mail-Adresse ein."]
