"""The command that reads the office's box: against a real IMAP server on this machine, and a maildir."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from io import StringIO
from pathlib import Path
from threading import Barrier
from typing import Any
from urllib.parse import quote

import pytest
from django.core.management import CommandError, call_command
from django.db import DataError, IntegrityError, connection
from twisted.mail import imap4

from actors.models import Actor
from contacts.emails import boxes, errors, limits
from contacts.models import Contact, IncomingEmail
from contacts.models.attention import last_real_contact
from tests.contacts.emails.imap_server import PASSWORD, USER, Server, imap_server
from tests.contacts.emails.messages import eml, with_file
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def server(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    with imap_server() as running:
        monkeypatch.setattr(boxes, "TIMEOUT_SECONDS", 10)
        settings.EMAIL_IN_URL = url(running.port)
        settings.OFFICE_EMAILS = ["buero@westhagen.example"]
        yield running


def url(port: int, *, password: str = PASSWORD, folder: str = "INBOX", scheme: str = "imap") -> str:
    return f"{scheme}://{quote(USER, safe='')}:{quote(password, safe='')}@127.0.0.1:{port}/{folder}"


@pytest.fixture
def petra() -> Any:
    return ActorFactory(name="Verein Petra", email="Petra@Verein.example")


@pytest.fixture
def user() -> Any:
    return UserFactory(username="ada")


def fetch(**options: Any) -> tuple[str, str, int, str]:
    """Run the command; return what it printed, what it complained about, its exit code and last word."""
    out, err = StringIO(), StringIO()
    try:
        call_command("fetch_emails", user="ada", stdout=out, stderr=err, **options)
    except CommandError as error:
        return out.getvalue(), err.getvalue(), error.returncode, str(error)
    return out.getvalue(), err.getvalue(), 0, ""


def states() -> list[tuple[str, str]]:
    return [(email.subject, str(email.state)) for email in IncomingEmail.objects.order_by("pk")]


def test_known_senders_are_logged_and_strangers_wait(server: Server, petra: Any, user: Any):
    server.box.add(eml(number="<1@x>", subject="Sommerfest"))
    server.box.add(eml(number="<2@x>", subject="Frage", sender="fremd@example.org"))
    server.box.add(with_file(b"%PDF-1", "a.pdf", number="<3@x>", subject="Plan").as_bytes())
    *_said, code, _word = fetch()
    assert code == 0
    assert states() == [("Sommerfest", "logged"), ("Frage", "waiting"), ("Plan", "logged")]
    assert server.box.unread() == []
    contact = Contact.objects.get(subject="Sommerfest")
    assert (list(contact.actors.all()), contact.staff, contact.channel.code) == ([petra], user, "email")
    assert IncomingEmail.objects.get(subject="Plan").attachments.get().file.read() == b"%PDF-1"


def test_what_is_printed_names_nobody(server: Server, petra: Any, user: Any):
    server.box.add(eml(subject="Sehr vertraulich"))
    server.box.add(b"%PDF-1.7 from petra@verein.example")
    out, err, code, word = fetch()
    assert code == 0
    assert [text for text in ("petra", "vertraulich", "geheim") if text in f"{out}{err}{word}".lower()] == []


def test_a_second_run_takes_in_nothing_twice(server: Server, petra: Any, user: Any):
    message = server.box.add(eml())
    fetch()
    message.flags.clear()
    fetch()
    assert (IncomingEmail.objects.count(), Contact.objects.count()) == (1, 1)
    assert server.box.unread() == []


def test_two_runs_at_once_take_in_nothing_twice(server: Server, petra: Any, user: Any):
    for number in range(5):
        server.box.add(eml(number=f"<{number}@x>", subject=f"Nr. {number}"))
    ready = Barrier(2)

    def run(_number: int) -> int:
        try:
            ready.wait()
            return fetch()[2]
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(run, range(2))) == [0, 0]
    assert sorted(states()) == [(f"Nr. {number}", "logged") for number in range(5)]
    assert (Contact.objects.count(), server.box.unread()) == (5, [])


OUTLOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 this was saved by Outlook"


def test_a_broken_message_is_put_aside_once_and_hinders_none(server: Server, petra: Any, user: Any):
    broken = server.box.add(OUTLOOK)
    server.box.add(eml(subject="Danach"))
    _out, err, code, _word = fetch()
    assert (code, server.box.unread()) == (0, [])
    assert states() == [("", "waiting"), ("Danach", "logged")]
    assert err == f"Nachricht {broken.uid}: {errors.OUTLOOK_FILE}\n"
    assert fetch()[1:] == ("", 0, "")
    email = IncomingEmail.objects.get(kind="broken")
    original = email.attachments.get()
    assert (email.fault, original.content_type, original.file.read()) == (
        "outlook-file",
        "message/rfc822",
        OUTLOOK,
    )


def test_a_message_that_is_too_large_is_not_even_fetched_but_named(server: Server, user: Any):
    head = b"From: Ada <ada@example.org>\r\nSubject: Fotos\r\nDate: Mon, 23 Nov 2020 09:15:00 +0100\r\n\r\n"
    large = server.box.add(head + b"x" * limits.MAX_MESSAGE_BYTES)
    assert [fetch()[2] for _run in range(2)] == [0, 0]
    assert (server.box.unread(), large.fetched) == ([], 0)
    email = IncomingEmail.objects.get()
    assert (email.kind, email.fault, email.sender_name, email.subject, str(email.state)) == (
        "broken",
        "too-large",
        "Ada",
        "Fotos",
        "waiting",
    )
    assert (email.sent_at.year, email.attachments.count()) == (2020, 0)


def test_a_message_that_the_server_does_not_hand_out_is_put_aside_once(server: Server, petra: Any, user: Any):
    refused = server.box.add(eml(number="<1@x>"))
    server.box.add(eml(number="<2@x>", subject="Danach"))
    fetched: list[int] = []

    def refuse(message: Any) -> None:
        # Once for the search, then for the size and for the head.
        fetched.append(message.uid)
        if fetched.count(refused.uid) in {2, 3} and message is refused:
            raise ValueError("damaged on the server")

    server.box.before_fetch = refuse
    assert fetch()[2] == 0
    assert fetch()[1:] == ("", 0, "")
    assert (states(), server.box.unread()) == ([("", "waiting"), ("Danach", "logged")], [])
    assert IncomingEmail.objects.get(kind="broken").fault == "not-handed-out"


@pytest.mark.parametrize(
    "case",
    [
        ("contacts.emails.eml.read_content", RuntimeError("a parser stumbles"), "not-read"),
        ("contacts.emails.eml.read_content", MemoryError(), "not-read"),
        ("contacts.services.emails._store_file", DataError("invalid byte sequence"), "not-stored"),
        ("contacts.services.emails._store_file", IntegrityError("too long"), "not-stored"),
        ("contacts.services.emails._store_file", ValueError("NUL (0x00) characters"), "not-read"),
    ],
    ids=lambda _value: "",
)
def test_whatever_goes_wrong_with_one_message_the_others_come_in(
    server: Server, petra: Any, user: Any, monkeypatch: pytest.MonkeyPatch, case: tuple[str, Exception, str]
):
    place, fault, reason = case
    module, _point, name = place.rpartition(".")
    right = getattr(import_module(module), name)
    calls: list[int] = []

    def first_fails(*args: Any, **kwargs: Any) -> Any:
        calls.append(1)
        if len(calls) == 1:
            raise fault
        return right(*args, **kwargs)

    monkeypatch.setattr(place, first_fails)
    server.box.add(with_file(b"%PDF-1", "a.pdf", number="<1@x>", subject="Davor").as_bytes())
    server.box.add(eml(number="<2@x>", subject="Danach"))
    assert fetch()[2] == 0
    assert fetch()[1:] == ("", 0, "")
    assert states() == [("Davor", "waiting"), ("Danach", "logged")]
    assert IncomingEmail.objects.get(kind="broken").fault == reason


def test_what_no_person_wrote_is_put_aside_and_counts_as_no_contact(server: Server, petra: Any, user: Any):
    for number, header in enumerate(["Auto-Submitted: auto-replied", "List-Id: <x>", "X-Spam: no"]):
        server.box.add(f"{header}\r\n".encode() + eml(number=f"<{number}@x>", subject=header))
    server.box.add(eml(number="<9@x>", subject="Automatische Antwort: Fest"))
    out, _err, code, _word = fetch()
    summary = "Erfasst: 1, zuzuordnen: 0, beiseitegelegt: 3, nicht lesbar: 0, schon bekannt: 0"
    assert (code, out.splitlines()[-1]) == (0, f"{summary}, ungelesen gelassen: 0")
    assert [state for _subject, state in states()] == ["set-aside", "set-aside", "logged", "set-aside"]
    assert [contact.subject for contact in Contact.objects.all()] == ["X-Spam: no"]


def test_an_actor_that_only_answers_automatically_stays_quiet(server: Server, petra: Any, user: Any):
    server.box.add(b"X-Autoreply: yes\r\n" + eml())
    fetch()
    quiet = Actor.objects.annotate(last=last_real_contact()).get(pk=petra.pk)
    assert quiet.last is None


def test_what_cannot_be_read_waits_though_its_sender_is_known(server: Server, petra: Any, user: Any):
    server.box.add(eml(text="-----BEGIN PGP MESSAGE-----\n\nhQEM\n-----END PGP MESSAGE-----"))
    fetch()
    assert [(email.kind, str(email.state)) for email in IncomingEmail.objects.all()] == [
        ("encrypted", "waiting")
    ]


def test_a_box_that_may_not_be_changed_is_read_to_its_end(
    server: Server, petra: Any, user: Any, monkeypatch: pytest.MonkeyPatch
):
    for number in range(2):
        server.box.add(eml(number=f"<{number}@x>", subject=f"Nr. {number}"))

    def refuse(*args: Any) -> None:
        raise imap4.ReadOnlyMailbox("only to be read")

    monkeypatch.setattr(server.box, "store", refuse)
    assert [fetch()[2] for _run in range(2)] == [0, 0]
    assert (states(), len(server.box.unread())) == ([("Nr. 0", "logged"), ("Nr. 1", "logged")], 2)


def test_only_so_many_are_read_at_once(server: Server, user: Any):
    for number in range(3):
        server.box.add(eml(number=f"<{number}@x>"))
    fetch(limit=2)
    assert server.box.unread() == [102]


def test_a_server_that_dies_in_the_middle_loses_nothing(server: Server, petra: Any, user: Any):
    server.box.add(eml(number="<1@x>", subject="Davor"))
    dying = server.box.add(eml(number="<2@x>", subject="Dabei"))
    fetched: list[int] = []

    def die(message: Any) -> None:
        # Once for the search, then for the size.
        fetched.append(message.uid)
        if fetched.count(dying.uid) == 2:
            server.drop()

    server.box.before_fetch = die
    _out, _err, code, word = fetch()
    assert (code, word) == (1, str(boxes.LOST))
    assert (states(), server.box.unread()) == ([("Davor", "logged")], [dying.uid])
    server.box.before_fetch = lambda message: None
    assert fetch()[2] == 0
    assert states() == [("Davor", "logged"), ("Dabei", "logged")]


def test_nothing_is_marked_before_it_is_stored(server: Server, user: Any, monkeypatch: pytest.MonkeyPatch):
    message = server.box.add(eml())

    def full_disk(*args: Any, **kwargs: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("contacts.services.emails._store", full_disk)
    assert fetch()[2] == 2
    assert (server.box.unread(), IncomingEmail.objects.count()) == ([message.uid], 0)


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def test_a_wrong_password_is_said_without_showing_it(server: Server, user: Any, settings: Any):
    settings.EMAIL_IN_URL = url(server.port, password="falsch")
    assert fetch()[2:] == (1, str(boxes.WRONG_PASSWORD))


def test_a_missing_folder_is_said(server: Server, user: Any, settings: Any):
    settings.EMAIL_IN_URL = url(server.port, folder="Nirgends")
    assert fetch()[2:] == (1, str(boxes.NO_FOLDER))


def test_a_server_without_encryption_gets_no_password(server: Server, user: Any, settings: Any):
    settings.EMAIL_IN_URL = url(server.port, scheme="imaps")
    assert fetch()[2:] == (1, str(boxes.NOT_TRUSTED))
    settings.EMAIL_IN_URL = url(server.port, scheme="imap+starttls")
    assert fetch()[2:] == (1, str(boxes.UNREACHABLE))


def test_a_server_that_is_not_there_is_said(user: Any, settings: Any):
    settings.EMAIL_IN_URL = url(closed_port())
    assert fetch()[2:] == (1, str(boxes.UNREACHABLE))


@pytest.mark.parametrize(
    ("address", "word"),
    [
        ("imap://a:b@mail.example.org/INBOX", boxes.NOT_ENCRYPTED),
        ("imaps://mail.example.org/INBOX", boxes.NO_ADDRESS),
        ("imaps://a:b@mail.example.org:99999/", boxes.NO_ADDRESS),
        ("imaps://a:b%0d%0aX@mail.example.org/", boxes.NO_ADDRESS),
        ("https://a:b@mail.example.org/", boxes.NO_ADDRESS),
        ("something", boxes.NO_ADDRESS),
    ],
)
def test_an_address_that_cannot_be_right_is_refused(user: Any, settings: Any, address: str, word: object):
    settings.EMAIL_IN_URL = address
    assert fetch()[2:] == (1, str(word))


def test_only_the_office_takes_in_e_mails(settings: Any):
    settings.EMAIL_IN_URL = url(closed_port())
    UserFactory(username="ada", role="volunteer")
    assert fetch()[2] == 1
    assert fetch()[3] != str(boxes.UNREACHABLE)


@pytest.fixture
def maildir(tmp_path: Path) -> Path:
    for name in ("new", "cur", "tmp"):
        (tmp_path / "box" / name).mkdir(parents=True)
    return tmp_path / "box"


def test_a_maildir_is_read_and_its_letters_are_moved(maildir: Path, petra: Any, user: Any, settings: Any):
    settings.OFFICE_EMAILS = ["buero@westhagen.example"]
    (maildir / "new" / "1.a").write_bytes(eml(number="<1@x>"))
    (maildir / "new" / "2.b").write_bytes(b"not a mail")
    (maildir / "cur" / "3.c:2,F").write_bytes(eml(number="<3@x>", sender="fremd@example.org"))
    (maildir / "cur" / "4.d:2,S").write_bytes(eml(number="<4@x>"))
    (maildir / "new" / "5.e").symlink_to("/etc/passwd")
    assert fetch(maildir=maildir)[2] == 0
    assert sorted(path.name for path in (maildir / "cur").iterdir()) == [
        *("1.a:2,S", "2.b:2,S", "3.c:2,FS", "4.d:2,S"),
    ]
    assert [path.name for path in (maildir / "new").iterdir()] == ["5.e"]
    assert [state for _subject, state in states()] == ["logged", "waiting", "waiting"]


def test_a_maildir_that_is_to_be_kept_stays_as_it_is(maildir: Path, user: Any):
    (maildir / "new" / "1.a").write_bytes(eml())
    assert [fetch(maildir=maildir, keep=True)[2] for _run in range(2)] == [0, 0]
    assert ([path.name for path in (maildir / "new").iterdir()], IncomingEmail.objects.count()) == (
        ["1.a"],
        1,
    )


def test_broken_letters_of_a_maildir_are_named_once_also_where_it_is_to_be_kept(maildir: Path, user: Any):
    large = b"From: ada@example.org\r\nSubject: Fotos\r\n\r\n" + b"x" * limits.MAX_MESSAGE_BYTES
    for name, data in (("1.a", b"nichts"), ("2.b", large), ("3.c", b""), ("4.d", eml())):
        (maildir / "new" / name).write_bytes(data)
    first, second = [fetch(maildir=maildir, keep=True)[1] for _run in range(2)]
    assert (len(first.splitlines()), second) == (3, "")
    assert list(IncomingEmail.objects.order_by("pk").values_list("kind", "fault", "subject")) == [
        ("broken", "no-email", ""),
        ("broken", "too-large", "Fotos"),
        ("broken", "empty", ""),
        ("letter", "", "Sommerfest"),
    ]


def test_a_folder_that_is_no_maildir_is_said(tmp_path: Path, user: Any):
    assert fetch(maildir=tmp_path)[2:] == (1, str(boxes.NO_MAILDIR))
