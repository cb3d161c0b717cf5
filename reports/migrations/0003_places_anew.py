"""Isolates stand along the edge now: the next visit to the picture lays everybody out anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import migrations

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def forget_places(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Delete what can be computed again."""
    apps.get_model("reports", "Placement").objects.using(schema_editor.connection.alias).all().delete()


class Migration(migrations.Migration):
    """Forget the stored places."""

    dependencies = [("reports", "0002_saved_reports")]
    operations = [migrations.RunPython(forget_places, migrations.RunPython.noop, elidable=True)]
