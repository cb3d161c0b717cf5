"""Cells that name who took part: several in one, or somebody who is new."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db import models
from django.utils.translation import gettext_lazy as _

from actors.imports.references import ActorField, NeedsActors
from actors.models import Actor
from core.imports.fields import ImportField
from core.imports.rows import Row
from core.imports.vocabulary import ChoiceField
from core.person_names import looks_personal
from core.sheets.cells import Cell, show
from core.sheets.values import ValueProblem, is_sign, refuse_fault
from core.text import one_line

SEVERAL = "several_names"
# What is counted for a whole row.
COUNTED = frozenset({"people_brought", "volunteer_hours"})
MANY_NAMES = _("Several names stand here: %(names)s. Please choose what is to become of such cells.")
SPLIT_INTO = _("Several names stand here, each becomes a participation of its own: %(names)s.")
LOOKS_PERSONAL = _("“%(value)s” looks like a person and is added as: %(kind)s.")


class SeveralNames(models.TextChoices):
    """What becomes of a cell that holds several names."""

    SPLIT = "split", _("several actors: a participation for each")
    ONE = "one", _("one actor: keep the cell as it is")


class NamesSeveral(NeedsActors):
    """An importer whose cells may name several actors, known ones and new ones."""

    def names_in(self, text: str) -> list[str]:
        """Return the names in a cell that holds several; else an empty list."""
        raise NotImplementedError

    def new_actor(self, name: str, kind: str) -> Actor:
        """Return the actor of this name that the import will create."""
        raise NotImplementedError


class NewActorField(ActorField):
    """The actor who took part; on demand one that is not yet known is created."""

    importer: NamesSeveral

    def read(self, cell: Cell) -> Actor:
        """Return the actor that is meant, if need be a new one."""
        refuse_fault(cell)
        text = one_line(show(cell))
        names = self.importer.names_in(show(cell))
        if names and self.importer.texts_for_all.get(SEVERAL) != SeveralNames.ONE:
            raise ValueProblem(MANY_NAMES, names=" · ".join(names)[:200])
        kind = self.importer.values_for_all.get("new_actor_kind")
        if kind and not self.importer.actors.knows(text):
            return self.importer.new_actor(text, kind)
        return super().read(cell)

    def is_blank(self, cell: Cell) -> bool:
        """Tell whether there is nothing but a dash: "NA" may be the name of an association."""
        return is_sign(cell)

    def remarks(self, cell: Cell, value: Actor) -> Iterator[str]:
        """Tell where a name is spelled otherwise, and where a new actor looks like one of another kind."""
        yield from super().remarks(cell, value)
        if not value.pk and not value.is_person and looks_personal(value.name):
            yield str(LOOKS_PERSONAL) % {"value": value.name[:60], "kind": value.get_kind_display()}


def several_names_field() -> ImportField:
    """Return the decision about cells with several names, asked for where there are any."""
    return ChoiceField(
        SEVERAL,
        label=_("Cells with several names"),
        choices=SeveralNames,
        fixed_only=True,
        only_if_needed=True,
        is_stored=False,
        help_text=_("Without a choice here such a cell is an error."),
    )


def split_row(row: Row, column: int, names: Sequence[str], counted: Sequence[int]) -> Iterator[Row]:
    """Yield a row for each name; what the ``counted`` columns count is counted with the first."""
    if not names:
        yield row
        return
    for part, name in enumerate(names):
        cells = list(row.cells)
        cells[column] = name
        for index in counted if part else ():
            cells[index] = None
        single = Row(row.number, cells, part=part)
        if part == 0:
            remark = str(SPLIT_INTO) % {"names": " · ".join(names)}
            single.note(remark, key="actor", value=show(row.cells[column]))
        yield single
