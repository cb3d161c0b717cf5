"""Write every report and the register of actors into a folder, as an office member downloads them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.test import RequestFactory
from django.utils import translation

from actors.views.actors import ActorListView
from core.accounts.models import User
from core.roles import OFFICE_ROLES
from reports.kinds import KINDS
from reports.renderers.files import FILE_FORMATS

# Reports that are handed in on paper, too.
FOR_PAPER = frozenset({"network", "continuity"})


class Command(BaseCommand):
    help = "Writes all reports and the register of actors into a folder: Excel, some also Word and PDF."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--output", type=Path, default=Path("build/reports"), help="Folder, made if missing."
        )
        parser.add_argument("--user", help="Sign-in of the author; else the first account of the office.")
        parser.add_argument("--language", default="de", choices=["de", "en"])

    def handle(self, *args: Any, **options: Any) -> None:
        author = self._author(options["user"])
        output: Path = options["output"]
        output.mkdir(parents=True, exist_ok=True)
        with translation.override(options["language"]):
            for kind in KINDS.values():
                form = kind.form({})
                if not form.is_valid():
                    continue  # asks for something first: about whom it is
                report = kind.build(viewer=author, form=form)
                for suffix in ("xlsx", "docx", "pdf") if kind.code in FOR_PAPER else ("xlsx",):
                    target = output / f"{kind.code}.{suffix}"
                    target.write_bytes(FILE_FORMATS[suffix].render(report, ""))
                    self.stdout.write(str(target))
            register = output / "actors.xlsx"
            register.write_bytes(actor_register(author))
            self.stdout.write(str(register))

    def _author(self, username: str | None) -> User:
        accounts = User.objects.filter(is_active=True, role__in=OFFICE_ROLES)
        author = accounts.filter(username=username).first() if username else accounts.order_by("pk").first()
        if author is None:
            raise CommandError(
                f"No active account of the office named {username}." if username else "No account."
            )
        return author


def actor_register(author: User) -> bytes:
    """Return what the list of actors gives for "as Excel"."""
    request = RequestFactory().get("/", {"export": "xlsx"})
    request.user = author
    response: Any = ActorListView.as_view()(request)
    return bytes(response.content)
