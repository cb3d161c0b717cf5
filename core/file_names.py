"""Names of files that are handed out: they say what they hold, and save under every system."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

from core.text import one_line, without_accents

LONGEST_STEM = 120  # in letters; a system may allow 255 bytes, and a letter has up to four
LONGEST_SUFFIX = 10
NAMELESS = "export"
# Windows keeps these for devices, whatever the suffix.
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)", re.IGNORECASE)
# What stands for a folder or means something to a system or in a header; and what is no letter at all.
_COLON = re.compile(r"\s*:\s+")  # between two parts of a name, as in “Report: 2025”
_MARKS = re.compile(r"""(?<!\S)["?*]+|["?*]+(?!\S)""")  # around a word, as in “Who is missing?”
_PATHS = re.compile(r'[<>:"/\\|?*;%]')


def safe_file_name(name: str, default: str = NAMELESS) -> str:
    """Return ``name`` as a file may be called: umlauts stay, paths and control characters go.

    >>> safe_file_name("Übersicht Müller: 2025/26.xlsx")
    'Übersicht Müller - 2025-26.xlsx'
    >>> safe_file_name('Wer fehlt? "Westhagen" 2025.xlsx')
    'Wer fehlt Westhagen 2025.xlsx'
    >>> safe_file_name("../../etc/passwd"), safe_file_name("\\u202e\\x00 . "), safe_file_name("con.csv")
    ('etc-passwd', 'export', '_con.csv')
    """
    visible = "".join(" " if char.isspace() else char for char in name if not _is_hidden(char))
    spaced = _COLON.sub(" - ", unicodedata.normalize("NFC", visible))
    plain = _PATHS.sub("-", _MARKS.sub("", spaced))
    plain = re.sub(r"\.{2,}", ".", one_line(plain)).strip(" .-")
    stem, suffix = _parts(plain)
    whole = f"{stem[:LONGEST_STEM].rstrip(' .-')}{suffix}"
    if not whole.strip("_"):
        return default
    return f"_{whole}" if _DEVICES.match(whole) else whole


def ascii_file_name(name: str, default: str = NAMELESS) -> str:
    """Return the name for whoever reads plain letters only: umlauts are written out, never dropped.

    >>> ascii_file_name("Übersicht Müller \u2013 Größe.xlsx"), ascii_file_name("Łódź.csv")
    ('Uebersicht Mueller - Groesse.xlsx', 'Lodz.csv')
    """
    stem, suffix = _parts(safe_file_name(name, default))
    dashed = "".join("-" if unicodedata.category(char) == "Pd" else char for char in stem)
    plain = without_accents(dashed).encode("ascii", "ignore").decode()
    ends = without_accents(suffix).encode("ascii", "ignore").decode()
    return safe_file_name(f"{one_line(plain).strip(' .-') or default}{ends}", default)


def content_disposition(name: str, *, kind: str = "attachment") -> str:
    """Return the header that names a file (RFC 6266): in plain letters, and with its umlauts beside.

    >>> content_disposition("Müller.csv")
    'attachment; filename="Mueller.csv"; filename*=UTF-8\\'\\'M%C3%BCller.csv'
    """
    whole = safe_file_name(name)
    plain = ascii_file_name(whole)
    beside = "" if plain == whole else f"; filename*=UTF-8''{quote(whole, safe='')}"
    return f'{kind}; filename="{plain}"{beside}'


def _is_hidden(char: str) -> bool:
    """Tell whether a character shows nothing, such as one that turns the direction of writing round."""
    return unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Cn"} and not char.isspace()


def _parts(name: str) -> tuple[str, str]:
    """Part the suffix off, with its point."""
    stem, point, suffix = name.rpartition(".")
    return (
        (stem, point + suffix) if stem and suffix.isalnum() and len(suffix) <= LONGEST_SUFFIX else (name, "")
    )
