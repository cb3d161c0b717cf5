"""JSON as an answer: compressed where that pays and the asking program takes it."""

from __future__ import annotations

import gzip

from django.http import HttpRequest, HttpResponse

# Below this size an answer is sent as it is.
COMPRESSED_FROM = 2_000
_LEVEL = 4


def json_answer(request: HttpRequest, body: bytes) -> HttpResponse:
    """Return JSON, compressed where the browser takes it.

    For answers to GET alone that repeat nothing of the question: where strangers can choose what stands
    beside a secret, the compressed length gives the secret away.
    """
    response = HttpResponse(content_type="application/json")
    if len(body) >= COMPRESSED_FROM and "gzip" in request.headers.get("Accept-Encoding", ""):
        body = gzip.compress(body, compresslevel=_LEVEL, mtime=0)
        response["Content-Encoding"] = "gzip"
    response.content = body
    response["Vary"] = "Accept-Encoding"
    return response
