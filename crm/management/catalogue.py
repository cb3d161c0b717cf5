"""The German catalogue, kept and compiled without gettext's programs, which many machines lack.

Texts are found by Babel: in Python files directly, in templates after Django has rewritten them as calls. The
file carries no line numbers and is sorted, so that two branches that add texts merge without conflict.
"""

from __future__ import annotations

import ast
import io
import re
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

from crm.management.glossary import Glossary, read_glossary
from crm.management.marked import marking_faults

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from babel.messages.catalog import Message

PACKAGES = ("crm", "core", "actors", "contacts", "events", "reports")
LOCALE_DIR: Path = settings.LOCALE_PATHS[0]
CATALOGUE: Path = LOCALE_DIR / "de" / "LC_MESSAGES" / "django.po"
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
COMMENT_TAGS = ("Translators:",)
# Headers that change with the clock or say nothing.
NEEDLESS_HEADERS = re.compile(
    r'^"(Project-Id-Version|Report-Msgid-Bugs-To|POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|'
    r"Generated-By):.*\n",
    re.MULTILINE,
)


def source_files() -> Iterator[Path]:
    """Yield every file that may hold texts, in a fixed order."""
    for package in PACKAGES:
        for path in sorted((settings.BASE_DIR / package).rglob("*")):
            if path.suffix in {".py", ".html", ".txt"} and "migrations" not in path.parts:
                yield path


def python_source(path: Path) -> str:
    """Return the file as Python; a template becomes a list of gettext calls amid meaningless words."""
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return source
    calls = templatize(source, origin=str(path))
    return "\n".join(line.strip() for line in calls.splitlines())


def collect() -> Catalog:
    """Return all texts of code and templates."""
    texts = Catalog()
    for path in source_files():
        source = io.BytesIO(python_source(path).encode())
        for _, message, comments, context in extract("python", source, KEYWORDS, COMMENT_TAGS):
            texts.add(message, "", auto_comments=comments, context=context)
    return texts


def read_catalogue() -> Catalog:
    """Return the German catalogue as it is."""
    if not CATALOGUE.exists():
        return Catalog(locale="de")
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="de")


def updated() -> tuple[Catalog, str]:
    """Return the catalogue with exactly the texts in use, and the content its file should have."""
    catalogue = read_catalogue()
    catalogue.update(collect(), no_fuzzy_matching=True, update_header_comment=False)
    catalogue.fuzzy = False
    catalogue.header_comment = "# German texts of the interface; `make messages` brings this file up to date."
    file = io.BytesIO()
    write_po(file, catalogue, width=110, no_location=True, sort_output=True, ignore_obsolete=True)
    return catalogue, NEEDLESS_HEADERS.sub("", file.getvalue().decode())


def problems() -> list[str]:
    """Return what is wrong: texts out of date, untranslated, never found, or not in the glossary's words."""
    catalogue, content = updated()
    faults = marked_wrongly()
    if not CATALOGUE.exists() or CATALOGUE.read_text(encoding="utf-8") != content:
        faults.append("not up to date with the texts in code and templates: run `make messages`")
    glossary = read_words()
    faults.extend(glossary.faults)
    for message in catalogue:
        if not message.id:
            continue
        if message.fuzzy or not all(strings_of(message)):
            faults.append(f"not translated: {message.id!r}")
        faults.extend(f"{message.id!r}: {error}" for error in message.check(catalogue))
        faults.extend(f"{message.id!r}: {error}" for error in other_words(message, glossary))
    return faults


def strings_of(message: Message) -> tuple[str, ...]:
    """Return the German of a text: one, or one for each number."""
    string = message.string
    return tuple(string) if isinstance(string, tuple | list) else (string or "",)


def marked_wrongly() -> list[str]:
    """Return where Python code marks a text so that it is never found and stays English."""
    faults = []
    for path in source_files():
        if path.suffix == ".py":
            tree = ast.parse(path.read_text(encoding="utf-8"))
            where = path.relative_to(settings.BASE_DIR)
            faults += [f"{where}:{line}: {fault}" for line, fault in marking_faults(tree, KEYWORDS)]
    return faults


def read_words() -> Glossary:
    """Return the words of the glossary; a project without one has none."""
    path = settings.BASE_DIR / "docs" / "glossary.md"
    return read_glossary(path.read_text(encoding="utf-8") if path.exists() else "")


def other_words(message: Message, glossary: Glossary) -> Iterator[str]:
    """Yield where a text has a word that is not used, and where a term has another German word."""
    german = strings_of(message)
    texts = (*(message.id if isinstance(message.id, tuple | list) else (message.id,)), *german)
    for word, instead in dict.fromkeys(pair for text in texts for pair in glossary.refused_in(text)):
        yield f"“{word}” is not used: {instead}"
    # A text with a context says itself that it means something else.
    term = message.id if isinstance(message.id, str) and not message.context else ""
    own = glossary.words.get(term.lower())
    if own and german[0] and german[0].lower() != own.lower():
        yield f"the glossary's word is “{own}”, not “{german[0]}”"


def compile_all() -> None:
    """Write the .mo file that Django reads beside each .po file."""
    for path in LOCALE_DIR.glob("*/LC_MESSAGES/*.po"):
        with path.open("rb") as source:
            catalogue = read_po(source, locale=path.parts[-3])
        with path.with_suffix(".mo").open("wb") as target:
            write_mo(target, catalogue)
