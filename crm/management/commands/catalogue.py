"""``manage.py catalogue``: look after the German texts without gettext's programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from crm.management import catalogue

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """Compile, update or check the catalogue."""

    help = "Compile the German texts, bring them up to date with code and templates, or check that they are."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["compile", "update", "check"])

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        if action == "compile":
            catalogue.compile_all()
        elif action == "update":
            self.update()
        else:
            problems = catalogue.problems()
            if problems:
                raise CommandError("\n".join(problems))

    def update(self) -> None:
        _, content = catalogue.updated()
        catalogue.CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
        catalogue.CATALOGUE.write_text(content, encoding="utf-8")
        untranslated = [problem for problem in catalogue.problems() if problem.startswith("not translated")]
        self.stdout.write("\n".join(untranslated) or "Every text is translated.")
