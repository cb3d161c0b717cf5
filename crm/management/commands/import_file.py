"""``manage.py import_file actors FILE``: the same import as in the browser, for scripts and first set-ups."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from crm.accounts.models import User
from crm.common.import_models import ImportRun, RowAction
from crm.common.imports.importer import Importer
from crm.common.imports.pipeline import (
    ImportRefused,
    Steps,
    apply_run,
    bound_importer,
    check_run,
    errors_of,
    save_mapping,
    start_run,
)
from crm.common.sheets.errors import SheetError, column_letter
from crm.common.sheets.reader import load
from crm.import_overview import IMPORTERS


class Command(BaseCommand):
    """Import one table; anything wrong is printed with row and column, and nothing is written then."""

    help = "Import actors, events, affiliations or participations from a CSV or Excel file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=list(IMPORTERS))
        parser.add_argument("file", type=Path)
        parser.add_argument("--sheet", help="name of the sheet, if not the one that lies open")
        parser.add_argument(
            "--set", action="append", default=[], metavar="FIELD=VALUE", help="a value for all rows"
        )
        parser.add_argument(
            "--map",
            action="append",
            default=[],
            metavar="COLUMN=FIELD",
            help="assign a column, by heading or letter; an empty field leaves it out",
        )
        parser.add_argument(
            "--value",
            action="append",
            default=[],
            metavar="FIELD:WORD=VALUE",
            help="what a word of the table means",
        )
        parser.add_argument(
            "--user", help="user name of who imports; without it only management sees the import"
        )
        parser.add_argument(
            "--correct-only", action="store_true", help="apply the correct rows, leave out others"
        )
        parser.add_argument("--dry-run", action="store_true", help="check only, write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        importer = IMPORTERS[options["kind"]]
        try:
            run = self._start(importer, options)
        except SheetError as refused:
            raise CommandError(str(refused)) from refused
        try:
            self._import(run, importer, options)
        except (ImportRefused, CommandError) as refused:
            # Nobody comes back to this run: no rows of it stay behind.
            run.delete()
            raise CommandError(str(refused)) from refused
        if options["dry_run"]:
            run.delete()

    def _import(self, run: ImportRun, importer: type[Importer], options: dict[str, Any]) -> None:
        self._map(run, importer, options)
        _take(check_run(run=run, importer=importer))
        self._print_check(run)
        if not options["dry_run"]:
            _take(apply_run(run=run, importer=importer, correct_only=options["correct_only"]))
            self.stdout.write(_("Applied as import %(number)s.") % {"number": run.pk})
        elif run.counts[RowAction.ERROR]:
            raise CommandError(_("Some rows are faulty."))

    def _start(self, importer: type[Importer], options: dict[str, Any]) -> ImportRun:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(_("There is no such file: %(path)s") % {"path": path})
        try:
            user = User.objects.get(username=options["user"]) if options["user"] else None
        except User.DoesNotExist as missing:
            raise CommandError(_("There is no such user: %(name)s") % {"name": options["user"]}) from missing
        return start_run(
            importer=importer, data=load(path), file_name=path.name, user=user, sheet=options["sheet"]
        )

    def _map(self, run: ImportRun, importer: type[Importer], options: dict[str, Any]) -> None:
        fields = importer().fields
        columns = {int(index): key for index, key in run.mapping["columns"].items()}
        for column, key in _pairs(options["map"]):
            if key and (key not in fields or fields[key].fixed_only):
                raise CommandError(_unknown_field(key, fields))
            columns = {index: other for index, other in columns.items() if other != key}
            columns[_column_index(run, column)] = key
        defaults = dict(importer(columns=columns).suggestions())
        for key, value in _pairs(options["set"]):
            if key not in fields:
                raise CommandError(_unknown_field(key, fields))
            defaults[key] = value
        values: dict[str, dict[str, str]] = {}
        for target, value in _pairs(options["value"]):
            key, _colon, word = target.partition(":")
            values.setdefault(key, {})[word] = value
        save_mapping(run=run, columns=columns, values=values, defaults=defaults)
        self._print_mapping(run, importer)

    def _print_mapping(self, run: ImportRun, importer: type[Importer]) -> None:
        bound = bound_importer(run, importer)
        for index, header in enumerate(run.table["headers"]):
            key = bound.columns.get(index)
            meaning = str(bound.fields[key].label) if key else "–"
            self.stdout.write(f"{column_letter(index)} {header} → {meaning}")
        for key, value in run.defaults.items():
            self.stdout.write(f"{bound.fields[key].label} = {value}")

    def _print_check(self, run: ImportRun) -> None:
        headers = run.table["headers"]
        for number, column, shown, reason in errors_of(run):
            where = _("Row %(row)s") % {"row": number}
            if column is not None:
                where += ", " + _("column %(letter)s (%(heading)s)") % {
                    "letter": column_letter(column),
                    "heading": headers[column],
                }
            self.stderr.write(f"{where}: {reason}" + (f" [{shown}]" if shown and shown not in reason else ""))
        for action in RowAction:
            self.stdout.write(f"{action.label}: {run.counts[action]}")


def _take(steps: Steps) -> None:
    for _step in steps:
        pass


def _pairs(texts: list[str]) -> list[tuple[str, str]]:
    pairs = []
    for text in texts:
        key, equals, value = text.rpartition("=")
        if not equals:
            raise CommandError(_("Please write NAME=VALUE, not: %(text)s") % {"text": text})
        pairs.append((key, value))
    return pairs


def _column_index(run: ImportRun, name: str) -> int:
    headers: list[str] = run.table["headers"]
    if name in headers:
        return headers.index(name)
    letters = [column_letter(index) for index in range(len(headers))]
    if name.upper() in letters:
        return letters.index(name.upper())
    raise CommandError(
        _("There is no column “%(name)s”. There are: %(names)s") % {"name": name, "names": ", ".join(headers)}
    )


def _unknown_field(key: str, fields: dict[str, Any]) -> str:
    return _("There is no field “%(name)s”. There are: %(names)s") % {"name": key, "names": ", ".join(fields)}
