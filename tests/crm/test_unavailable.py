"""Where nothing can be stored all can still be read, and whoever writes is told why: no half record."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, OperationalError, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from contacts.models import CalendarFeed, Contact, FeedScope, IncomingEmail
from contacts.services.feeds import digest
from core.unavailable import Trouble, trouble_of
from tests.api import everything
from tests.contacts.emails.messages import with_file
from tests.crm.matrix import MATRIX
from tests.crm.matrix_api import API
from tests.crm.test_permission_matrix import url_of
from tests.crm.world import World
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory
from tests.factories.contacts import ContactChannelFactory, ContactFactory

pytestmark = pytest.mark.django_db(transaction=True)
IS_SQLITE = "sqlite" in site.DATABASES["default"]["ENGINE"]
READ_ONLY = {
    "sqlite": ("PRAGMA query_only = ON", "PRAGMA query_only = OFF"),
    "postgresql": ("SET default_transaction_read_only = on", "SET default_transaction_read_only = off"),
}
# The link of a mail is remembered in the session before a new password can be typed.
NEEDS_A_SESSION = "account_reset_password_from_key"
FULL_TEXT = "Der Speicherplatz des Servers ist voll."
READ_ONLY_TEXT = "Der Server kann derzeit nur lesen."


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def grows(contact: Contact) -> bool:
    """Store another long note, and tell whether there was room for it."""
    contact.note = "x" * 19_000
    try:
        contact.save()
    except OperationalError:
        return False
    return True


class ReadOnly:
    """A switch that makes the database refuse every write, as on a disk that was mounted to be read only."""

    def __enter__(self) -> None:
        run(READ_ONLY[connection.vendor][0])

    def __exit__(self, *_error: object) -> None:
        run(READ_ONLY[connection.vendor][1])


@pytest.fixture
def full_disk() -> Iterator[Any]:
    """Return what lets the database grow no further, and fills what is left."""

    def fill() -> None:
        with connection.cursor() as cursor:
            pages = cursor.execute("PRAGMA page_count").fetchone()[0]
            cursor.execute(f"PRAGMA max_page_count = {pages}")
        contact = ContactFactory.build(channel=ContactChannelFactory(), staff=UserFactory())
        while grows(contact):
            contact.pk, contact._state.adding = None, True

    yield fill
    run("PRAGMA max_page_count = 1073741823")


def signed_in(role: str = "management") -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(UserFactory(role=role))
    return client


def form_of(actor: Any) -> dict[str, Any]:
    return {
        "actors": [actor.pk],
        "note": "Rief an " + "x" * 19_000,
        "channel": ContactChannelFactory(code="phone").pk,
        "direction": "in",
        "date": timezone.localdate().isoformat(),
        "follow_up_due": timezone.localdate().isoformat(),
    }


def test_every_page_can_be_read_as_before():
    user = UserFactory(role="management")
    client, program = Client(raise_request_exception=False), APIClient()
    world = World(follow_ups_of=UserFactory())
    client.force_login(user)
    program.force_authenticate(user)
    lines = [line for line in MATRIX if "get" in line.expected and line.route != NEEDS_A_SESSION]
    urls = [(line, url_of(line, world)) for line in lines]
    with ReadOnly():
        got = {
            (line.route, url): (program if line in API else client).get(url).status_code for line, url in urls
        }
    expected = {(line.route, url): line.expected["get"][0] for line, url in urls}
    assert got == expected


def test_a_session_is_read_where_it_cannot_be_written():
    client = signed_in()
    with ReadOnly():
        assert [client.get(url).status_code for url in ("/", "/actors/", "/search/?q=ada")] == [200] * 3


def test_a_calendar_is_read_although_nobody_can_note_that():
    secret = "s" * 43
    feed = CalendarFeed.objects.create(user=UserFactory(), scope=FeedScope.MINE, secret_digest=digest(secret))
    with ReadOnly():
        assert Client().get(f"/calendar/{secret}.ics").status_code == 200
    feed.refresh_from_db()
    assert feed.last_read_at is None


@pytest.mark.parametrize(
    ("language", "said"),
    [("de", READ_ONLY_TEXT), ("en", "The server can only read at the moment.")],
)
def test_whoever_writes_is_told_on_a_page(language, said):
    client, actor = signed_in(), ActorFactory()
    form = form_of(actor)
    before = everything()
    with ReadOnly():
        answer = client.post("/actors/contacts/new/", form, headers={"Accept-Language": language})
    assert (answer.status_code, answer["Retry-After"]) == (503, "300")
    assert said in answer.text
    assert everything() == before


def test_a_part_of_a_page_says_it_in_a_toast():
    client, contact = signed_in(), ContactFactory()
    with ReadOnly():
        answer = client.post(f"{contact.get_absolute_url()}delete/", headers={"HX-Request": "true"})
    assert answer.status_code == 503
    assert READ_ONLY_TEXT in answer["HX-Trigger"].encode().decode("unicode_escape")
    assert Contact.objects.get() == contact


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_programs_are_told_in_json(method):
    contact, user = ContactFactory(), UserFactory()
    client = APIClient()
    client.force_authenticate(user)
    given = client.get(f"/api/v1/contacts/{contact.pk}/").json()
    address = "/api/v1/contacts/" if method == "post" else f"/api/v1/contacts/{contact.pk}/"
    before = everything()
    with ReadOnly():
        answer = getattr(client, method)(address, given, headers={"Accept-Language": "de"})
    assert (answer.status_code, answer["Content-Type"]) == (503, "application/json")
    assert answer.json()["detail"].startswith(READ_ONLY_TEXT)
    assert everything() == before


def test_a_script_of_ours_is_told_in_json():
    client = signed_in()
    actor = ActorFactory(name="Bürgerverein")
    ContactChannelFactory(code="phone")
    with ReadOnly():
        answer = client.post(
            "/actors/contacts/note/",
            {"text": f'@"{actor.name}" rief an'},
            headers={"Accept": "application/json"},
        )
    assert (answer.status_code, list(answer.json())) == (503, ["detail"])
    assert Contact.objects.count() == 0


def test_signing_in_says_why_it_does_not_work():
    UserFactory(username="mara")
    client = Client(raise_request_exception=False)
    with ReadOnly():
        form = {"login": "mara", "password": "correct horse battery"}
        answer = client.post("/accounts/login/", form)
    assert (answer.status_code, READ_ONLY_TEXT in answer.text) == (503, True)


@pytest.mark.skipif(not IS_SQLITE, reason="the disk of a server cannot be filled for a test")
def test_on_a_full_disk_nothing_is_stored_by_halves_and_everything_is_read(full_disk):
    client, actor, user = signed_in(), ActorFactory(), UserFactory()
    form = form_of(actor)
    program = APIClient()
    program.force_authenticate(user)
    full_disk()
    before = everything()
    page = client.post("/actors/contacts/new/", form)
    body = {"channel": "phone", "actors": [actor.pk], "note": "x" * 19_000, "date": "2020-05-04"}
    served = program.post("/api/v1/contacts/", body, headers={"Accept-Language": "de"})
    assert (page.status_code, FULL_TEXT in page.text) == (507, True)
    assert (served.status_code, served.json()["detail"].startswith(FULL_TEXT)) == (507, True)
    assert everything() == before
    assert [client.get(url).status_code for url in ("/", "/actors/", "/actors/contacts/")] == [200] * 3
    assert program.get("/api/v1/contacts/").status_code == 200


class FillsTheDisk(ContentFile):
    """A file for which there is room for the beginning only."""

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        yield b"the beginning"
        raise OSError(errno.ENOSPC, "No space left on device")


def files() -> list[Path]:
    return [path for path in Path(default_storage.location).rglob("*") if path.is_file()]


def test_a_file_that_does_not_fit_leaves_nothing_behind():
    with pytest.raises(OSError, match="No space left"):
        default_storage.save("attachments/a.pdf", FillsTheDisk(b"all of it"))
    assert files() == []
    default_storage.save("attachments/a.pdf", ContentFile(b"all of it"))
    with pytest.raises(OSError, match="No space left"):
        default_storage.save("attachments/b.pdf", FillsTheDisk(b"all of it"))
    assert [path.name for path in files()] == ["a.pdf"]


def test_an_e_mail_that_cannot_be_stored_leaves_no_file():
    client = signed_in()
    mail = with_file(b"%PDF-1", "Plan.pdf").as_bytes()
    with ReadOnly():
        answer = client.post(reverse("contacts:email_create"), {"emails": SimpleUploadedFile("a.eml", mail)})
    assert (answer.status_code, files(), IncomingEmail.objects.count()) == (503, [], 0)


def test_what_the_databases_and_the_disk_say_is_understood(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    troubles = {
        trouble_of(error)
        for error in (
            OSError(errno.ENOSPC, "No space left on device"),
            OSError(errno.EDQUOT, "Disk quota exceeded"),
            OperationalError("database or disk is full"),
        )
    }
    assert troubles == {Trouble.FULL}
    troubles = {
        trouble_of(error)
        for error in (
            OSError(errno.EROFS, "Read-only file system"),
            PermissionError(errno.EACCES, "Permission denied", str(tmp_path / "attachments" / "a.pdf")),
            OperationalError("attempt to write a readonly database"),
        )
    }
    assert troubles == {Trouble.READ_ONLY}


@pytest.mark.parametrize(
    "error",
    [
        None,
        ValueError("x"),
        DatabaseError("no such table: actors_actor"),
        OperationalError("database is locked"),
        PermissionError(errno.EACCES, "Permission denied", "/etc/shadow"),
        FileNotFoundError(errno.ENOENT, "No such file"),
        sqlite3.OperationalError("readonly database"),  # not of the site's database
    ],
)
def test_other_faults_stay_faults(error):
    assert trouble_of(error) is None


def test_any_other_fault_is_an_error_page_or_json(monkeypatch):
    def break_down(*args, **kwargs):
        raise RuntimeError("broken")

    monkeypatch.setattr("crm.search.find", break_down)
    client = signed_in()
    page = client.get("/search/", {"q": "ada"})
    served = client.get("/search/", {"q": "ada"}, headers={"Accept": "application/json"})
    assert (page.status_code, "Bei uns ist etwas schiefgegangen" in page.text) == (500, True)
    assert (served.status_code, served.json()) == (500, {"detail": "Internal server error."})


def test_an_address_that_does_not_exist_is_answered_to_programs_in_json():
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(UserFactory.create())
    answer = client.get("/api/v1/quatsch/")
    assert (answer.status_code, answer.json()) == (404, {"detail": "There is no such address."})
    page = client.get("/quatsch/", headers={"Accept": "text/html"})
    assert (page.status_code, page["Content-Type"].split(";")[0]) == (404, "text/html")
