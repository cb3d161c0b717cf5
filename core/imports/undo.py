"""Taking an import back: what it created is deleted, what it changed is restored, or nothing happens."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.batches import BATCH, batches
from core.imports.importer import Importer
from core.imports.models import ImportedRow, ImportRun, ImportState, RowAction
from core.imports.pipeline import ImportRefused, Steps
from core.imports.rows import Progress
from core.imports.writing import replace_related, write_columns
from core.models import Record
from core.references import Keys, first_reasons, used_by_others, uses_in_words

Created = Keys


def undo_run(*, run: ImportRun, importer: type[Importer]) -> Steps:
    """Undo the whole import in one transaction; ``ImportRefused`` names what stands against it."""
    with transaction.atomic():
        locked = ImportRun.objects.without_table().select_for_update().get(pk=run.pk)
        if locked.state != ImportState.APPLIED or locked.is_purged:
            raise ImportRefused(_("Only an import that was applied and not yet deleted can be undone."))
        rows = list(run.rows.filter(action__in=[RowAction.CREATE, RowAction.UPDATE]))
        created = _created(rows)
        updated = [row for row in rows if row.action == RowAction.UPDATE]
        reasons = [*_changed_since(importer, rows, created), *_used_by_others(created)]
        if reasons:
            raise ImportRefused(_("This import can no longer be undone as a whole."), first_reasons(reasons))
        total = sum(map(len, created.values())) + len(updated)
        done = 0
        for count in chain(_delete(created), _restore(importer, updated)):
            done += count
            yield Progress(done, total, "undo")
        run.state, run.undone_at = ImportState.UNDONE, timezone.now()
        run.save(update_fields=["state", "undone_at"])


def _created(rows: Sequence[ImportedRow]) -> Created:
    created: Created = defaultdict(dict)
    for row in rows:
        for label, key in row.created:
            created[apps.get_model(label)][key] = None
    return created


def _changed_since(importer: type[Importer], rows: Sequence[ImportedRow], created: Created) -> Iterator[str]:
    """Name the records that somebody has changed after the import."""
    expected: dict[type[models.Model], dict[int, int]] = {
        model: dict.fromkeys(keys, 1) for model, keys in created.items()
    }
    expected.setdefault(importer.model, {}).update(
        {row.object_pk: row.object_version for row in rows if row.object_pk and row.object_version}
    )
    for model, versions in expected.items():
        if not issubclass(model, Record):
            continue
        changed = [
            key
            for keys in batches(list(versions))
            for key, version in model._default_manager.filter(pk__in=keys).values_list("pk", "version")
            if version != versions[key]
        ]
        for record in model._default_manager.filter(pk__in=changed):
            yield _("“%(name)s” was changed after the import.") % {"name": record}


def _used_by_others(created: Created) -> Iterator[str]:
    """Name what points to the created records without being part of this import."""
    return uses_in_words(pointer for pointer in used_by_others(created) if not pointer.is_own_link)


def _delete(created: Created) -> Iterator[int]:
    """Delete in the reverse order of creation."""
    for model in reversed(_in_order_of_use(created)):
        for keys in batches(list(created[model])):
            model._default_manager.filter(pk__in=keys).delete()
            yield len(keys)


def _in_order_of_use(created: Created) -> list[type[models.Model]]:
    """Return the models so that each comes after those it points to."""
    ordered: list[type[models.Model]] = []
    waiting = list(created)
    while waiting:
        free = next(m for m in waiting if not ({*_targets(m)} - {m}) & set(waiting))
        ordered.append(free)
        waiting.remove(free)
    return ordered


def _targets(model: type[models.Model]) -> Iterator[type[models.Model]]:
    for field in model._meta.concrete_fields:
        if field.is_relation and field.related_model:
            yield field.related_model


def _restore(importer: type[Importer], rows: Sequence[ImportedRow]) -> Iterator[int]:
    """Put the old values back, each column to what it was."""
    model = importer.model
    columns = {field.attname: field for field in model._meta.concrete_fields}
    many = {field.name for field in model._meta.many_to_many}
    for batch in batches(rows):
        instances = model._default_manager.in_bulk([row.object_pk for row in batch])
        related: dict[str, dict[int, list[int]]] = defaultdict(dict)
        for row in batch:
            instance: Any = instances.get(row.object_pk)
            if instance is None:
                continue
            instance.version += 1
            old = {
                name: columns[name].to_python(value) for name, value in row.before.items() if name in columns
            }
            write_columns(instance, old)
            for name in many & row.before.keys():
                related[name][instance.pk] = row.before[name]
        _carry_versions(batch, instances)
        for name, values_of in related.items():
            replace_related(model, name, values_of)
        yield len(batch)


def _carry_versions(rows: Sequence[ImportedRow], instances: dict[int, Any]) -> None:
    """Tell earlier imports of the same records that their state is back, so that they can be undone next."""
    before = {row.object_pk: (row.object_version or 0) - 1 for row in rows}
    earlier = ImportedRow.objects.filter(
        run__kind=rows[0].run.kind, run__state=ImportState.APPLIED, object_pk__in=list(before)
    ).exclude(run=rows[0].run)
    restored = []
    for row in earlier:
        key = row.object_pk or 0
        if key in instances and row.object_version == before[key]:
            row.object_version = instances[key].version
            restored.append(row)
    ImportedRow.objects.bulk_update(restored, ["object_version"], batch_size=BATCH)
