"""Keys of pseudonyms that a page may carry: signed, bound to the user, and valid for half a day."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from django.core import signing

from core.viewers import Viewer

SALT = "reports.explorer"
VALID_SECONDS = 12 * 3600


@dataclass(frozen=True)
class GraphKey:
    """A key and its signed form."""

    key: str
    signed: str


def new_key(user: Viewer) -> GraphKey:
    """Return a key that makes the pseudonyms of this picture unlike those of any other."""
    key = secrets.token_hex(8)
    return GraphKey(key, signing.dumps({"user": user.pk, "key": key}, salt=SALT))


def read_key(signed: str, *, user: Viewer) -> GraphKey | None:
    """Return the key that was signed for this user, None where it is forged, too old or somebody else's."""
    try:
        content = signing.loads(signed, salt=SALT, max_age=VALID_SECONDS)
    except signing.BadSignature:
        return None
    return GraphKey(content["key"], signed) if content["user"] == user.pk else None
