"""A real IMAP server on this machine, with one box that a test fills; it can die in the middle."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from twisted.cred import checkers, credentials, portal
from twisted.internet import protocol, reactor
from twisted.mail import imap4
from zope.interface import implementer

USER, PASSWORD = "kontakt@westhagen.example", "geheim: 100 %"
SEEN = b"\\Seen"


@implementer(imap4.IMessage, imap4.IMessageFile)
class Message:
    """One message in the box."""

    def __init__(self, uid: int, data: bytes) -> None:
        self.uid, self.data = uid, data
        self.flags: set[bytes] = set()
        self.fetched = 0

    def getUID(self) -> int:  # noqa: N802 - the names are the library's
        return self.uid

    def getFlags(self) -> list[str]:  # noqa: N802
        return [flag.decode() for flag in self.flags]

    def getInternalDate(self) -> str:  # noqa: N802
        return "Mon, 23 Nov 2026 09:15:00 +0100"

    def getHeaders(self, negate: bool, *names: Any) -> dict[str, str]:  # noqa: N802
        lines = self.data.partition(b"\r\n\r\n")[0].decode("latin-1").splitlines()
        names_asked_for = {(name.decode() if isinstance(name, bytes) else name).lower() for name in names}
        headers = {line.partition(":")[0].lower(): line.partition(":")[2].strip() for line in lines}
        return {name: value for name, value in headers.items() if (name in names_asked_for) != negate}

    def getBodyFile(self) -> BytesIO:  # noqa: N802
        return BytesIO(self.data.partition(b"\r\n\r\n")[2])

    def getSize(self) -> int:  # noqa: N802
        return len(self.data)

    def isMultipart(self) -> bool:  # noqa: N802
        return False

    def open(self) -> BytesIO:
        self.fetched += 1
        return BytesIO(self.data)


@implementer(imap4.IMailbox)
class Box:
    """The box of the office."""

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self.listeners: list[Any] = []
        self.before_fetch: Callable[[Message], None] = lambda message: None

    def add(self, data: bytes) -> Message:
        """Put a message into the box."""
        message = Message(100 + len(self.messages), data)
        self.messages.append(message)
        return message

    def unread(self) -> list[int]:
        """Return the numbers of what nobody has read."""
        return [message.uid for message in self.messages if SEEN not in message.flags]

    def getFlags(self) -> list[str]:  # noqa: N802
        return ["\\Seen"]

    def getHierarchicalDelimiter(self) -> str:  # noqa: N802
        return "/"

    def getUIDValidity(self) -> int:  # noqa: N802
        return 1

    def getUIDNext(self) -> int:  # noqa: N802
        return 100 + len(self.messages)

    def getUID(self, message: int) -> int:  # noqa: N802
        return self.messages[message - 1].uid

    def getMessageCount(self) -> int:  # noqa: N802
        return len(self.messages)

    def getRecentCount(self) -> int:  # noqa: N802
        return 0

    def getUnseenCount(self) -> int:  # noqa: N802
        return len(self.unread())

    def isWriteable(self) -> bool:  # noqa: N802
        return True

    def addListener(self, listener: Any) -> None:  # noqa: N802
        self.listeners.append(listener)

    def removeListener(self, listener: Any) -> None:  # noqa: N802
        self.listeners.remove(listener)

    def fetch(self, messages: Any, uid: bool) -> list[tuple[int, Message]]:
        messages.last = self.getUIDNext() if uid else len(self.messages)
        numbered = list(enumerate(self.messages, start=1))
        chosen = [(n, message) for n, message in numbered if (message.uid if uid else n) in messages]
        for _number, message in chosen:
            self.before_fetch(message)
        return chosen

    def store(self, messages: Any, flags: list[Any], mode: int, uid: bool) -> dict[int, list[str]]:
        messages.last = self.getUIDNext() if uid else len(self.messages)
        changed = {}
        for position, message in enumerate(self.messages, start=1):
            if (message.uid if uid else position) in messages:
                given = {flag if isinstance(flag, bytes) else flag.encode() for flag in flags}
                message.flags = (message.flags | given) if mode >= 0 else (message.flags - given)
                changed[position] = message.getFlags()
        return changed

    def expunge(self) -> list[int]:
        return []

    def destroy(self) -> None: ...


class Account(imap4.MemoryAccount):
    """An account with the one box."""

    def __init__(self, box: Box) -> None:
        super().__init__("office")
        self.mailboxes["INBOX"] = box


@implementer(portal.IRealm)
class Realm:
    """Gives whoever signed in the account."""

    def __init__(self, box: Box) -> None:
        self.box = box

    def requestAvatar(self, avatar_id: Any, mind: Any, *interfaces: Any) -> Any:  # noqa: N802
        return imap4.IAccount, Account(self.box), lambda: None


class Factory(protocol.Factory):
    """Answers each connection."""

    def __init__(self, box: Box) -> None:
        checker: Any = checkers.InMemoryUsernamePasswordDatabaseDontUse(**{USER: PASSWORD.encode()})
        checker.credentialInterfaces = (credentials.IUsernamePassword,)
        self.portal = portal.Portal(Realm(box), [checker])
        self.connections: list[Any] = []

    def buildProtocol(self, addr: Any) -> Any:  # noqa: N802
        server: Any = imap4.IMAP4Server()
        server.portal, server.factory = self.portal, self
        self.connections.append(server)
        return server


class Server:
    """The running server: where it listens, what is in its box, and how to end it."""

    def __init__(self) -> None:
        self.box = Box()
        self.factory = Factory(self.box)
        self.port: int = 0
        self._listening: Any = None

    def in_reactor(self, action: Callable[[], Any]) -> Any:
        """Do something where the server runs, and wait for it."""
        result: list[Any] = []
        done = threading.Event()

        def run() -> None:
            result.append(action())
            done.set()

        _reactor().callFromThread(run)
        assert done.wait(15)
        return result[0]

    def start(self) -> None:
        """Listen on a free port."""
        self._listening = self.in_reactor(
            lambda: _reactor().listenTCP(0, self.factory, interface="127.0.0.1")
        )
        self.port = self._listening.getHost().port

    def stop(self) -> None:
        """Stop listening and drop whoever is connected."""
        self.in_reactor(self._listening.stopListening)
        self.in_reactor(self.drop)

    def drop(self) -> None:
        """Cut every line, as a server that dies."""
        for connection in self.factory.connections:
            if connection.transport is not None:
                connection.transport.abortConnection()


def _reactor() -> Any:
    return reactor


_threads: list[threading.Thread] = []


@contextmanager
def imap_server() -> Iterator[Server]:
    """Run a server while a test asks it."""
    if not _threads:
        thread = threading.Thread(
            target=_reactor().run, kwargs={"installSignalHandlers": False}, daemon=True, name="imap"
        )
        thread.start()
        _threads.append(thread)
    server = Server()
    server.start()
    try:
        yield server
    finally:
        server.stop()
