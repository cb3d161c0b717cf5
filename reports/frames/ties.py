"""What ties actors beside participations: tasks, relations, memberships, contacts; and who is paid for it."""

from __future__ import annotations

import pandas as pd
from django.db.models import QuerySet

from actors.models import Affiliation, ProgrammeDependency, Relation
from contacts.models import Contact
from core.viewers import Viewer
from events.models import TaskAssignment
from reports.analysis import schema
from reports.frames.frame import frame


def load_tasks() -> pd.DataFrame:
    """Read who carried which task, and who is to carry it in future."""
    rows = TaskAssignment.objects.order_by("pk").values_list(
        "event_id", "series_id", "actor_id", "task__code"
    )
    return frame(schema.TASKS, ("event_id", "series_id", "actor_id", "task"), rows)


def load_dependencies() -> pd.DataFrame:
    """Read who is paid by a programme, from when until when."""
    rows = ProgrammeDependency.objects.order_by("pk").values_list("actor_id", "valid_from", "valid_until")
    return frame(schema.DEPENDENCIES, ("actor_id", "from", "until"), rows)


def load_relations() -> pd.DataFrame:
    """Read the declared relations."""
    names = ("relation_id", "source_id", "target_id", "type", "directed", "strength", "from", "until")
    rows = Relation.objects.order_by("pk").values_list(
        "pk",
        "source_id",
        "target_id",
        "relation_type__code",
        "is_directed",
        "strength",
        "valid_from",
        "valid_until",
    )
    return frame(schema.RELATIONS, names, rows)


def load_affiliations(*, viewer: Viewer) -> pd.DataFrame:
    """Read who belongs to which organisation, as far as the viewer may know: from outside, nothing."""
    return _affiliations(Affiliation.objects.visible_to(viewer))


def load_all_affiliations() -> pd.DataFrame:
    """Read who belongs to which organisation, for what is the same for everybody: places in the picture."""
    return _affiliations(Affiliation.objects.all())


def _affiliations(rows: QuerySet[Affiliation]) -> pd.DataFrame:
    names = ("affiliation_id", "person_id", "organisation_id", "is_main_contact", "from", "until")
    fields = ("pk", "person_id", "organisation_id", "is_main_contact", "valid_from", "valid_until")
    return frame(schema.AFFILIATIONS, names, rows.order_by("pk").values_list(*fields))


def load_contacts(*, viewer: Viewer) -> pd.DataFrame:
    """Read the actors of the logged contacts that the viewer may see, one row each."""
    rows = Contact.objects.visible_to(viewer).filter(actors__isnull=False)
    ordered = rows.order_by("pk", "actors__pk").values_list("pk", "actors", "date")
    return frame(schema.CONTACTS, ("contact_id", "actor_id", "date"), ordered)
