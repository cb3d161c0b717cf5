"""``manage.py fetch_emails --user NAME``: take in what arrived in the office's box. Run it every few minutes.

Exit code 0: all is well; 1: the box could not be read, or not to its end; 2: some e-mails were left unread in
the box because the disk or the database refused them: the next run tries again. An e-mail that cannot be read
is shown among the e-mails with the reason, and counts as read.
"""

from __future__ import annotations

from argparse import ArgumentParser
from collections import Counter
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _

from contacts.emails.boxes import BoxError, Letter, imap_letters, maildir_letters
from contacts.emails.errors import FAULTS
from contacts.models import EmailState
from contacts.services.email_reading import OF_THE_MACHINE, Taken, take_in_letter
from contacts.services.emails import settle
from core.accounts.models import User

KNOWN, LOGGED, WAITING, ASIDE = "known", "logged", "waiting", "aside"
UNREADABLE, LEFT = "unreadable", "left"
OUTCOMES = {
    EmailState.LOGGED: LOGGED,
    EmailState.WAITING: WAITING,
    EmailState.SET_ASIDE: ASIDE,
}
AT_MOST = 500
SOME_LEFT = 2


class Command(BaseCommand):
    """Take in e-mails; letters of known actors are logged, what no person wrote is put aside, the rest waits.

    Prints no names.
    """

    help = "Take in unread e-mails from the IMAP box of EMAIL_IN_URL, or from a maildir."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--user", required=True, help="user name of who logs what nobody of the office got"
        )
        parser.add_argument(
            "--maildir", type=Path, help="read this maildir instead of the box of EMAIL_IN_URL"
        )
        parser.add_argument(
            "--keep", action="store_true", help="leave the files of the maildir where they are"
        )
        parser.add_argument("--limit", type=int, default=AT_MOST, help="read at most so many e-mails")

    def handle(self, *args: Any, **options: Any) -> None:
        user = self._user(options["user"])
        done: Counter[str] = Counter()
        try:
            with self._letters(options) as letters:
                for letter in letters:
                    done[self._take(letter, user)] += 1
        except BoxError as fault:
            self._report(done)
            raise CommandError(str(fault)) from fault
        self._report(done)
        if done[LEFT]:
            raise CommandError(
                _("Some e-mails could not be taken in; they are still unread."), returncode=SOME_LEFT
            )

    def _user(self, name: str) -> User:
        user = User.objects.filter(username=name, is_active=True).first()
        if user is None or not user.is_office_member:
            raise CommandError(_("There is no such user in management or staff: %(name)s") % {"name": name})
        return user

    def _letters(self, options: dict[str, Any]) -> AbstractContextManager:
        if options["maildir"]:
            return maildir_letters(options["maildir"], limit=options["limit"], keep=options["keep"])
        if not settings.EMAIL_IN_URL:
            raise CommandError(_("Set EMAIL_IN_URL, or name a maildir with --maildir."))
        return imap_letters(settings.EMAIL_IN_URL, limit=options["limit"])

    def _take(self, letter: Letter, user: User) -> str:
        """Store one letter, then mark it as read; a bad one is put aside once and hinders none."""
        try:
            taken = take_in_letter(letter, user=user)
            if taken is None or taken.email is None:
                return KNOWN
            outcome = self._outcome(taken, user)
        except (*OF_THE_MACHINE, DatabaseError, ValidationError) as fault:
            self._complain(letter, type(fault).__name__)
            return LEFT
        letter.mark_as_read()
        self.stdout.write(
            _("Message %(number)s: e-mail %(key)s") % {"number": letter.number, "key": taken.email.pk}
        )
        if outcome == UNREADABLE:
            self._complain(letter, str(FAULTS[taken.fault]))
        return outcome

    def _complain(self, letter: Letter, reason: str) -> None:
        self.stderr.write(_("Message %(number)s: %(reason)s") % {"number": letter.number, "reason": reason})

    def _outcome(self, taken: Taken, user: User) -> str:
        if taken.email is None or not taken.is_new:
            return KNOWN
        if taken.fault:
            return UNREADABLE
        return OUTCOMES[settle(email=taken.email, user=user)]

    def _report(self, done: Counter[str]) -> None:
        self.stdout.write(
            _(
                "Logged: %(logged)s, waiting: %(waiting)s, put aside: %(aside)s, "
                "not readable: %(unreadable)s, known before: %(known)s, left unread: %(left)s"
            )
            % {outcome: done[outcome] for outcome in (LOGGED, WAITING, ASIDE, UNREADABLE, KNOWN, LEFT)}
        )
