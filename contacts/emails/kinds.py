"""What kind of e-mail this is: somebody's letter, or something that is no contact by itself."""

from __future__ import annotations

import re
from collections.abc import Callable

from contacts.emails import signs
from contacts.emails.invitations import REPLIES
from contacts.models import EmailKind

Header = Callable[[str], list[str]]

_REPLIES = {f"calendar-{method.lower()}" for method in REPLIES}
_LISTS = ("list-id", "list-unsubscribe", "list-post", "list-help", "mailing-list", "x-mailing-list")
_BULK = {"bulk", "list", "junk"}
# Whatever they say but "no".
_ANSWERS = (
    *(
        "x-autoreply",
        "x-auto-reply",
        "x-autorespond",
        "x-autoresponse",
        "x-autoresponder",
        "x-autoreply-from",
    ),
    *("x-mail-autoreply", "x-auto-reply-from", "x-vacation", "x-autoreply-domain"),
)
_SUBJECT_OF_ANSWER = re.compile(
    r"[\[(*\s]*("
    r"automatische\s+(r(ü|ue)ck)?(antwort|nachricht|mail)|automatisch\s+(generierte|erzeugte|erstellte)\b"
    r"|auto(matische)?[- ]?(antwort|reply|response|responder)|automat(ic|ed)\s+(reply|response|answer)"
    r"|abwesenheits?(notiz|nachricht|meldung|mitteilung|assistent|hinweis|info(rmation)?|antwort)"
    r"|abwesenheit\s*:|urlaubs(notiz|nachricht)\s*:|ich bin nicht im b(ü|ue)ro\b"
    r"|out[- ]of[- ](the[- ])?office\b|away from (the |my )?office\b|vacation (reply|message|notice)"
    r")",
    re.IGNORECASE,
)
_SUBJECT_OF_RECEIPT = re.compile(
    r"((ungelesen )?gel(esen|(ö|oe)scht)|unzustellbar|nicht zugestellt|lesebest(ä|ae)tigung|not read"
    r"|undeliver(able|ed)|read receipt|return receipt( \(displayed\))?)\s*:"
    r"|(undelivered mail returned|delivery status notification|mail delivery (failed|failure|system)"
    r"|returned mail:|failure notice$)",
    re.IGNORECASE,
)
_SUBJECT_OF_CALENDAR = re.compile(
    r"(zugesagt|abgelehnt|mit vorbehalt|vorl(ä|ae)ufig|accepted|declined|tentative(ly accepted)?)\s*:",
    re.IGNORECASE,
)
_MACHINES = re.compile(r"\b(mailer-daemon|postmaster|mail-daemon)@|<\s*mailer-daemon\s*>", re.IGNORECASE)
_PGP = re.compile(r"^-----BEGIN PGP MESSAGE-----[ \t]*$", re.MULTILINE)


def kind_of_letter(
    header: Header, *, subject: str, text: str, words: str, said: set[str], is_for_another: bool
) -> EmailKind:
    """Return the kind of a message by its header, its text and the signs of its parts.

    ``words`` is its text without appointments; ``is_for_another`` tells that answers go to somebody else than
    the sender: so does a form on a website, which sends by itself what a person wrote.
    """
    checks = (
        (EmailKind.RECEIPT, signs.RECEIPT in said or _is_from_machine(header)),
        (EmailKind.CALENDAR_REPLY, bool(said & _REPLIES)),
        (EmailKind.AUTOMATIC, _is_answer(header)),
        (by_subject(subject, words), True),
        (EmailKind.BULK, _is_bulk(header)),
        (EmailKind.AUTOMATIC, _is_generated(header) and not is_for_another),
        (EmailKind.ENCRYPTED, signs.ENCRYPTED in said or bool(_PGP.search(words))),
        (EmailKind.ENCRYPTED, signs.SEALED_FILE in said and not words),
        (EmailKind.INVITATION, _is_invitation(said) and not words),
        (EmailKind.PARCEL, signs.PARCEL in said and not text),
    )
    return next((kind for kind, holds in checks if holds and kind != EmailKind.LETTER), EmailKind.LETTER)


def kind_of_copy(*, subject: str, text: str) -> EmailKind:
    """Return the kind of a message that was copied: without a header only its words tell."""
    kind = by_subject(subject, text)
    return EmailKind.ENCRYPTED if kind == EmailKind.LETTER and _PGP.search(text) else kind


def by_subject(subject: str, words: str) -> EmailKind:
    """Return the kind that the subject alone tells."""
    if _SUBJECT_OF_RECEIPT.match(subject):
        return EmailKind.RECEIPT
    if _SUBJECT_OF_CALENDAR.match(subject) and not words:
        return EmailKind.CALENDAR_REPLY
    return EmailKind.AUTOMATIC if _SUBJECT_OF_ANSWER.match(subject) else EmailKind.LETTER


def _is_from_machine(header: Header) -> bool:
    return bool(header("x-failed-recipients")) or any(_MACHINES.search(value) for value in header("from"))


def _is_answer(header: Header) -> bool:
    said = [_word(value) for value in header("auto-submitted")]
    if any(word in {"auto-replied", "auto-notified"} for word in said):
        return True
    if any(_word(value) == "auto_reply" for value in header("precedence") + header("x-precedence")):
        return True
    return any(_word(value) not in {"no", "false", "0"} for name in _ANSWERS for value in header(name))


def _is_generated(header: Header) -> bool:
    """Tell whether a machine sent this: by its own word, or because no answer may go back to it."""
    said = [_word(value) for value in header("auto-submitted")]
    return any(word not in {"", "no"} for word in said) or any(
        value.strip() == "<>" for value in header("return-path")
    )


def _is_bulk(header: Header) -> bool:
    said = {_word(value) for value in header("precedence") + header("x-precedence")}
    return bool(said & _BULK) or any(header(name) for name in _LISTS)


def _is_invitation(said: set[str]) -> bool:
    return any(sign.startswith("calendar-") for sign in said)


def _word(value: str) -> str:
    return value.partition(";")[0].partition("(")[0].strip().lower()
