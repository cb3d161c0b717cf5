"""``manage.py demo_data``: fill an empty database with an invented Westhagen."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError

from actors.models import Actor
from contacts.models import Contact
from core.accounts.models import User
from crm.demo.accounts import MAIL_DOMAIN, PASSWORD, SIGN_INS
from crm.demo.load import load_demo
from crm.demo.world import EARLIEST, LATEST
from events.models import Event, EventSeries, Participation, Programme

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = "Fills an empty database with invented data; run again, it leaves everything as it is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seed", type=int, default=2003, help="the same number gives the same data")
        parser.add_argument(
            "--force", action="store_true", help="also where there are other data, or others may sign in"
        )

        parser.add_argument(
            "--today",
            type=dt.date.fromisoformat,
            help=f"the day until which the story is told, {EARLIEST} to {LATEST}; else the day of the run",
        )

    def handle(
        self, *args: Any, seed: int, force: bool, today: dt.date | None = None, **options: Any
    ) -> None:
        if today is not None and not EARLIEST <= today <= LATEST:
            raise CommandError(f"The demo can be made for days from {EARLIEST} to {LATEST}.")
        if User.objects.filter(email__endswith=f"@{MAIL_DOMAIN}").exists():
            self.stdout.write("The demo data are here already; nothing was changed.")
        else:
            if not force:
                refuse_real_data()
            call_command("load_vocabulary", stdout=self.stdout)
            try:
                load_demo(seed=seed, today=today)
            except IntegrityError as error:
                raise CommandError(
                    f"Names of the demo data are taken here, so nothing was written. ({error})"
                ) from error
            self.stdout.write(f"Demo data: {summary()}.")
        self.stdout.write(sign_ins())


def refuse_real_data() -> None:
    """Stop where the demo would mix with real work, or open the door of a public site."""
    for model in (Actor, Event, EventSeries, Contact, Programme, User):
        if model._default_manager.exists():
            raise CommandError(
                f"This database holds other data ({model._meta.verbose_name_plural})."
                " Demo data belong in a database of their own; --force adds them all the same."
            )
    if settings.HTTPS_ONLY:
        raise CommandError(
            "The demo's passwords are known to everybody, and this site is set up for others to reach."
            " Set LOCAL_DEMO=1 on a machine of your own, or use --force."
        )


def summary() -> str:
    """Say how much was written."""
    counted = [
        (Actor, "actors"),
        (Contact, "contacts"),
        (EventSeries, "series"),
        (Event, "events"),
        (Participation, "participations"),
    ]
    return ", ".join(f"{model._default_manager.count()} {name}" for model, name in counted)


def sign_ins() -> str:
    """Say how to sign in."""
    lines = [f"  {username:<8} {role.label}" for username, role, *_ in SIGN_INS]
    return "\n".join(["Sign in as one of these, password for all:  " + PASSWORD, *lines])
