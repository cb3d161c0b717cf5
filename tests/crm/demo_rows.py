"""Whether every row of the demo passes the rules of its form, asked table by table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import ForeignKey

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model


def check_rows(models: Iterable[type[Model]]) -> None:
    """Clean each row as a form would.

    Constraints and keys the database has checked itself; that a link leads to one of those that are offered
    is asked once for all rows, not once a row.
    """
    connection.check_constraints()
    for model in models:
        links = [field for field in model._meta.concrete_fields if isinstance(field, ForeignKey)]
        for link in links:
            if allowed := link.get_limit_choices_to():
                offered = link.related_model._base_manager.complex_filter(allowed).values("pk")
                linked = model._base_manager.exclude(**{link.name: None})
                assert not linked.exclude(**{f"{link.name}__in": offered}).exists(), link
        names = [link.name for link in links]
        for row in model._base_manager.select_related(*names):
            row.full_clean(exclude=names, validate_constraints=False, validate_unique=False)
