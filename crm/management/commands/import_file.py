"""``manage.py import_file actors FILE``: the same import as in the browser, for scripts and first set-ups."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.imports.groups import Group, groups_of, rows_named, with_value
from core.imports.importer import Importer
from core.imports.keys import OTHER_NAME, OtherName
from core.imports.models import ImportRun, RowAction
from core.imports.pipeline import (
    ImportRefused,
    Steps,
    apply_run,
    bound_importer,
    check_run,
    errors_of,
    heading_question,
    notes_of,
    save_mapping,
    start_run,
)
from core.imports.table_notes import table_notes
from core.sheets.errors import SheetError, column_letter
from core.sheets.reader import load
from crm.importers import IMPORTERS


class Command(BaseCommand):
    """Import one table; anything wrong is printed with row and column, and nothing is written then."""

    help = "Import actors, events, affiliations or participations from a CSV or Excel file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=list(IMPORTERS))
        parser.add_argument("file", type=Path)
        parser.add_argument("--sheet", help="name of the sheet, if not the one that lies open")
        parser.add_argument(
            "--headings",
            type=int,
            metavar="ROW",
            help="number of the row that holds the headings, 0 if the first row is already data",
        )
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
            help="what a word of the table means; “-” leaves the word out",
        )
        parser.add_argument(
            "--take-new-names",
            action="store_true",
            help="where a lasting key is recorded under another name, take the name of the table; "
            "without it such a row is left out",
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
            importer=importer,
            data=load(path),
            file_name=path.name,
            user=user,
            sheet=options["sheet"],
            headings=options["headings"],
        )

    def _map(self, run: ImportRun, importer: type[Importer], options: dict[str, Any]) -> None:
        fields = importer().fields
        columns = {int(index): key for index, key in run.mapping["columns"].items()}
        _settle_headings(run, [name for name, _key in _pairs(options["map"])])
        for column, key in _pairs(options["map"]):
            if key and (key not in fields or fields[key].fixed_only):
                raise CommandError(_unknown_field(key, fields))
            columns = {index: other for index, other in columns.items() if other != key}
            columns[_column_index(run, column)] = key
        values: dict[str, dict[str, str]] = {}
        for key, word, meaning in _meanings(options["value"]):
            _require_field(key, fields)
            values.setdefault(key, {})[word] = meaning
        defaults = importer(columns=columns).suggestions() | _values_for_all(options, fields)
        save_mapping(run=run, columns=columns, values=values, defaults=defaults)
        self._print_mapping(run, importer)

    def _print_mapping(self, run: ImportRun, importer: type[Importer]) -> None:
        bound = bound_importer(run, importer)
        for text in table_notes(run):
            self.stdout.write(text)
        row = run.table["header_row"]
        self.stdout.write(
            _("Headings in row %(row)s.") % {"row": row} if row else _("No headings: the first row is data.")
        )
        for index, header in enumerate(run.table["headers"]):
            key = bound.columns.get(index)
            meaning = str(bound.fields[key].label) if key else "–"
            if not key and index in run.table["numbering"]:
                meaning += " " + _("(only counts the rows)")
            self.stdout.write(f"{column_letter(index)} {header} → {meaning}")
        for key, value in run.defaults.items():
            self.stdout.write(f"{bound.fields[key].label} = {value}")

    def _print_check(self, run: ImportRun) -> None:
        headers = run.table["headers"]
        for group in groups_of(errors_of(run)):
            self.stderr.write(_sentence(group, headers))
        for group in groups_of(notes_of(run)):
            self.stdout.write(_sentence(group, headers))
        for action in RowAction:
            self.stdout.write(f"{action.label}: {run.counts[action]}")


def _take(steps: Steps) -> None:
    for _step in steps:
        pass


def _sentence(group: Group, headers: list[str]) -> str:
    """Return where the same thing is wrong, how often, and what it is."""
    where = [rows_named(group.rows)]
    if group.column is not None:
        place = {"letter": column_letter(group.column), "heading": headers[group.column]}
        with_heading = _("column %(letter)s (%(heading)s)") % place
        where.append(with_heading if place["heading"] else _("column %(letter)s") % place)
    return f"{', '.join(where)}: {with_value(group.reason, group.value)}"


def _pairs(texts: list[str]) -> list[tuple[str, str]]:
    pairs = []
    for text in texts:
        key, equals, value = text.rpartition("=")
        if not equals:
            raise CommandError(_("Please write NAME=VALUE, not: %(text)s") % {"text": text})
        pairs.append((key, value))
    return pairs


def _settle_headings(run: ImportRun, named: list[str]) -> None:
    """Refuse a table whose headings are in doubt, unless somebody called a column by its heading."""
    if not run.table["doubt"]:
        return
    if not set(named) & set(run.table["headers"]):
        first = " · ".join(filter(None, run.table["headers"]))
        row = run.table["header_row"]
        hint = _("Please add --headings %(row)s, or --headings 0 if the first row is already data.")
        raise CommandError(f"{heading_question(run)} [{first[:200]}] {hint % {'row': row}}")
    run.table["doubt"] = False
    run.save(update_fields=["table"])


def _meanings(texts: list[str]) -> list[tuple[str, str, str]]:
    """Return field, word and meaning."""
    meanings = []
    for target, meaning in _pairs(texts):
        key, colon, word = target.partition(":")
        if not colon:
            text = f"{target}={meaning}"
            raise CommandError(_("Please write FIELD:WORD=VALUE, not: %(text)s") % {"text": text})
        meanings.append((key, word, meaning))
    return meanings


def _values_for_all(options: dict[str, Any], fields: dict[str, Any]) -> dict[str, str]:
    values = dict(_pairs(options["set"]))
    for key in values:
        _require_field(key, fields)
    if options["take_new_names"]:
        if OTHER_NAME not in fields:
            raise CommandError(_("These lists have no key of their own: --take-new-names says nothing here."))
        values[OTHER_NAME] = OtherName.RENAME.value
    return values


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


def _require_field(key: str, fields: dict[str, Any]) -> None:
    if key not in fields:
        raise CommandError(_unknown_field(key, fields))


def _unknown_field(key: str, fields: dict[str, Any]) -> str:
    return _("There is no field “%(name)s”. There are: %(names)s") % {"name": key, "names": ", ".join(fields)}
