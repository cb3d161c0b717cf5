"""Log lines that say when and in which request, and nothing about persons.

What an address, a query string or the message of an exception holds may be a name or a secret: the key of a
reset link, the address of a calendar feed, a row that broke a constraint. So a line has the route with its
numbers, the number of the account, and of an exception where it came from.
"""

from __future__ import annotations

import copy
import logging
import secrets
import traceback
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, DataError
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils.functional import SimpleLazyObject

logger = logging.getLogger(__name__)
REQUEST_ID = "stadtteilnetz.request_id"
LINE = "%(asctime)s %(levelname)s %(name)s%(request_line)s %(message)s"
HIDDEN = "…"
UNKNOWN_ADDRESS = "(unknown address)"
_current: ContextVar[HttpRequest | None] = ContextVar("current request", default=None)


class RequestLogMiddleware:
    """Give each request a number that the answer and all log lines carry; stands first in the chain."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.META[REQUEST_ID] = secrets.token_hex(4)
        before = _current.set(request)
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = request.META[REQUEST_ID]
            logger.info("answered", extra={"status_code": response.status_code})
        finally:
            _current.reset(before)
        return response


class LineFormatter(logging.Formatter):
    """Time, level, source, request and message in one line; what went wrong below it."""

    def __init__(self) -> None:
        super().__init__(LINE, "%Y-%m-%dT%H:%M:%S%z")

    def format(self, record: logging.LogRecord) -> str:
        line = copy.copy(record)  # other handlers write the same record in their own way
        line.exc_text = None
        request = getattr(record, "request", None) or _current.get()
        # Django's development server puts a socket there.
        line.request_line = ""
        if isinstance(request, HttpRequest):
            line.request_line = f" [{_described(request, getattr(record, 'status_code', None))}]"
            if isinstance(line.args, tuple):
                line.args = tuple(_without_path(value, request) for value in line.args)
        return super().format(line)

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the library's name
        """Tell the way through the code and the kinds of exceptions, without their words."""
        parts = [
            "".join(["Traceback:\n", *traceback.format_tb(cause.__traceback__), _summary(cause)])
            for cause in reversed(list(_causes(ei[1])))
        ]
        return "\nwhich led to\n".join(parts)


def _described(request: HttpRequest, status: int | None) -> str:
    parts = [request.META.get(REQUEST_ID, "-"), request.method or "-", shown_path(request), _account(request)]
    return " ".join(parts if status is None else [*parts, f"status {status}"])


def _without_path(value: object, request: HttpRequest) -> object:
    return shown_path(request) if value in (request.path, request.get_full_path()) else value


def shown_path(request: HttpRequest) -> str:
    """Return the path with its numbers; other values in it may be names or secrets."""
    try:
        match = request.resolver_match or resolve(request.path_info)
    except Resolver404:
        return UNKNOWN_ADDRESS
    path = request.path
    for value in map(str, [*match.args, *match.kwargs.values()]):
        if value and not value.isdigit():
            before, separator, after = path.rpartition(value)
            path = f"{before}{HIDDEN}{after}" if separator else path
    return path


def _account(request: HttpRequest) -> str:
    """Name the account by its number if this request asked for it already: a line reads no database."""
    user = getattr(request, "user", None)
    if isinstance(user, SimpleLazyObject):
        user = getattr(request, "_cached_user", None)
    key = getattr(user, "pk", None)
    return f"user {key}" if key is not None else "user -"


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _summary(error: BaseException) -> str:
    """Name the exception; its words only where they are about the machine and never about a row."""
    name = f"{type(error).__module__}.{type(error).__qualname__}"
    words = ""
    if isinstance(error, OSError):
        words = error.strerror or ""
    elif isinstance(error, DatabaseError | ImproperlyConfigured) and not isinstance(error, DataError):
        words = (str(error).splitlines() or [""])[0]
    return f"{name}: {words}" if words else name
