"""Load the vocabularies that ship with the project, leaving what the office has edited alone."""

import json
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

VOCABULARY = settings.BASE_DIR / "fixtures" / "vocabulary.json"


class Command(BaseCommand):
    help = "Adds the terms of fixtures/vocabulary.json that are missing; terms that exist stay as they are."

    def handle(self, *args: Any, **options: Any) -> None:
        added = 0
        with transaction.atomic():
            for row in json.loads(VOCABULARY.read_text(encoding="utf-8")):
                model = apps.get_model(row["model"])
                fields = {
                    k: v for k, v in row["fields"].items() if k not in {"code", "created_at", "updated_at"}
                }
                _term, created = model._default_manager.get_or_create(
                    code=row["fields"]["code"], defaults=fields
                )
                added += created
        self.stdout.write(f"{added} terms added.")
