"""The lines of the matrix of rights: what each role gets from one route."""

from __future__ import annotations

from dataclasses import dataclass

ROLES = ("management", "staff", "volunteer", "reader")
SIGN_IN, UNAUTHORISED = 302, 401
# No answer for somebody is kept by anything on its way, or by the browser.
PRIVATE = "private, no-store"
# The same for everybody: what a browser shows without a network.
PUBLIC = {"offline", "offline_worker"}
PART_OR_PAGE = {"HX-Request", "HX-Boosted"}


@dataclass(frozen=True)
class Line:
    """What each role gets from one route, for each method that the route answers."""

    route: str
    expected: dict[str, tuple[int, ...]]
    keys: dict[str, str]
    anonymous: int

    def __str__(self) -> str:
        return " ".join([self.route, *(f"{name}={key}" for name, key in self.keys.items())])


def _line(route: str, anonymous: int, keys: dict[str, str], **methods: str) -> Line:
    expected = {
        method: tuple(int(status) for status in statuses.split())
        for method, statuses in methods.items()
        if statuses
    }
    return Line(route, expected, keys, anonymous)


def page(
    route: str, get: str = "405 405 405 405", post: str = "", *, anonymous: int = SIGN_IN, **keys: str
) -> Line:
    """A page, a fragment of one, or an address that a form is sent to."""
    return _line(route, anonymous, keys, get=get, post=post)


def endpoint(route: str, *, get: str = "", post: str = "", delete: str = "", **keys: str) -> Line:
    """A route of the API that stands alone."""
    return _line(f"api:{route}", UNAUTHORISED, keys, get=get, post=post, delete=delete)


def record(route: str, *, get: str, volunteer: str, **keys: str) -> Line:
    """A record of which it matters who made it; ``volunteer`` is what PUT, PATCH and DELETE get from one."""
    put, patch, delete = (
        f"{office} {office} {own} 404"
        for office, own in zip(("400", "200", "204"), volunteer.split(), strict=True)
    )
    return _line(f"api:{route}", UNAUTHORISED, keys, get=get, put=put, patch=patch, delete=delete)


def records(prefix: str, *, sees: str, writes: str) -> list[Line]:
    """Return the two lines of a kind of record, by who sees and who writes it.

    Writing is asked for with nothing in it: 400 where it would be allowed. A change of nothing is a change.
    """

    def answers(allowed: int) -> str:
        return " ".join(str(allowed if role in writes else 403 if role in sees else 404) for role in "MSVR")

    seen = " ".join("200" if role in sees else "404" for role in "MSVR")
    return [
        _line(f"api:{prefix}-list", UNAUTHORISED, {}, get=seen, post=answers(400)),
        _line(
            f"api:{prefix}-detail",
            UNAUTHORISED,
            {"pk": f"api {prefix}"},
            get=seen,
            put=answers(400),
            patch=answers(200),
            delete=answers(204),
        ),
    ]
