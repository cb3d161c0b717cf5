"""What a download is called: in plain letters, and as browsers read it."""

import re
from typing import Any
from urllib.parse import unquote


def file_names_of(answer: Any) -> tuple[str, str]:
    """Return the name in plain letters, and the one with umlauts."""
    header = answer["Content-Disposition"]
    plain = re.fullmatch(r"""\w+; filename="([ -~]+)"(?:; filename\*=UTF-8''([!-~]+))?""", header)
    assert plain, header
    assert '"' not in plain[1]
    return plain[1], unquote(plain[2]) if plain[2] else plain[1]
