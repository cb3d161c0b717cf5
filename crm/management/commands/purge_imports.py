"""``manage.py purge_imports``: delete the personal data that imports and undo keep. Run it every night."""

from __future__ import annotations

import datetime as dt
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from core.imports.models import ImportRun
from core.stored_once import purge_keys
from core.undoing import purge_steps


class Command(BaseCommand):
    """Delete the rows of imports that are older than ``IMPORT_KEEP_DAYS``; the history keeps its numbers."""

    help = (
        "Delete the uploaded rows of imports older than IMPORT_KEEP_DAYS days, and what undo and the keys of"
        " sent forms remember, once its time is over."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--days", type=int, default=settings.IMPORT_KEEP_DAYS)

    def handle(self, *args: Any, days: int, **options: Any) -> None:
        runs = ImportRun.objects.without_table().older_than(timezone.now() - dt.timedelta(days=days))
        count = 0
        for run in runs.filter(is_purged=False):
            count += 1
            if run.is_open:
                run.delete()
            else:
                run.purge()
        self.stdout.write(
            ngettext("Rows of %(count)s import deleted.", "Rows of %(count)s imports deleted.", count)
            % {"count": count}
        )
        steps, keys = purge_steps(), purge_keys()
        self.stdout.write(
            gettext("Remembered for undo and deleted: %(steps)s. Keys of forms deleted: %(keys)s.")
            % {"steps": steps, "keys": keys}
        )
