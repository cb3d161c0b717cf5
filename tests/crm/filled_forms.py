"""Every form of a record in the project, and what a browser sends when somebody saves one untouched."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from django import forms
from django.http import QueryDict

from actors.models import Actor
from contacts.forms import points
from contacts.models import Concern, ConcernStatus, FollowUp
from core.forms import RecordForm
from crm.urls import urlpatterns
from tests.crm.records import FACTORIES
from tests.factories import actors as actor_factories
from tests.factories import contacts as contact_factories
from tests.factories import events as event_factories

assert urlpatterns  # loads every module that declares a form
assert points

LEFT_OUT = {
    # Feeds have no choice of records and are never edited.
    "CalendarFeedForm",
}
MORE_FACTORIES = [
    actor_factories.FormerNameFactory,
    event_factories.SeriesFormerNameFactory,
]


def _subclasses(form: type[Any]) -> Iterator[type[Any]]:
    for child in form.__subclasses__():
        yield child
        yield from _subclasses(child)


def record_forms() -> list[type[Any]]:
    """Return every form of a record; those that list rows and vocabularies make are the same ones again."""
    form_classes = {
        form
        for form in _subclasses(RecordForm)
        if not form.__module__.startswith("tests.")
        and getattr(form, "_meta", None)
        and form._meta.model
        and form.__qualname__ not in LEFT_OUT
    }
    by_name = {f"{form.__module__}.{form.__qualname__}": form for form in form_classes}
    return [by_name[name] for name in sorted(by_name)]


def factory_of(model: Any) -> Any:
    """Return the factory of a model."""
    known = [*FACTORIES.values(), *MORE_FACTORIES]
    return next(factory for factory in known if factory._meta.model is model)


class _Sent(HTMLParser):
    """Collects what the controls of a page hold."""

    def __init__(self) -> None:
        super().__init__()
        self.values = QueryDict(mutable=True)
        self._select: dict[str, Any] | None = None
        self._options: list[tuple[str, bool]] = []
        self._area: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name") or ""
        if tag == "input" and name:
            is_box = given.get("type") in {"checkbox", "radio"}
            if not is_box or "checked" in given:
                self.values.appendlist(name, given.get("value") or ("on" if is_box else ""))
        elif tag == "select":
            self._select, self._options = given, []
        elif tag == "option":
            self._options.append((given.get("value") or "", "selected" in given))
        elif tag == "textarea":
            self._area = name
            self.values[name] = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.values[self._area] = f"{self.values[self._area]}{data}"

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = None
        if tag != "select" or self._select is None:
            return
        name, chosen = str(self._select.get("name") or ""), [value for value, is_on in self._options if is_on]
        if "multiple" not in self._select and not chosen and self._options:
            chosen = [self._options[0][0]]  # a browser shows, and sends, the first one
        for value in chosen:
            self.values.appendlist(name, value)
        self._select = None


def sent_untouched(form: forms.BaseForm) -> QueryDict:
    """Return what a browser sends of this form when nothing in it was changed."""
    page = _Sent()
    page.feed("".join(str(form[name]) for name in form.fields))
    for rows in [*getattr(form, "rows", []), *([form.points] if hasattr(form, "points") else [])]:
        page.feed(str(rows.management_form))
        for row in rows.forms:
            page.feed("".join(str(row[name]) for name in row.fields))
    return page.values


def arguments(form: type[Any], record: Any, user: Any) -> dict[str, Any]:
    """Return what this form wants to know besides the record."""
    given: dict[str, Any] = {"instance": record, "user": user}
    if form.__name__ == "RelationForm":
        given["actor"] = record.source
    elif form.__name__ == "AffiliationForm":
        given["actor"] = record.person
    elif hasattr(record, "actor") and form.__module__ == "actors.forms.ties":
        given["actor"] = record.actor
    elif form.__name__ == "ConcernMoveForm":
        given["to"] = ConcernStatus.objects.get_or_create(
            code="in_progress", defaults={"name_de": "In Arbeit", "name_en": "In progress"}
        )[0]
    return given


def fill(record: Any) -> None:
    """Give the record something in every choice of records that is empty."""
    for field in record._meta.concrete_fields:
        if field.is_relation and field.editable and getattr(record, field.attname) is None:
            if field.name == "agenda_item":
                continue  # of the same event only
            setattr(record, field.name, other_of(field))
    for field in record._meta.many_to_many:
        getattr(record, field.name).add(factory_of(field.related_model)())
    if not isinstance(record, FollowUp):
        record.save()


def other_of(field: Any) -> Any:
    """Return a record that the field may point to."""
    is_person = "person" in str(field.remote_field.limit_choices_to).lower()
    return actor_factories.PersonFactory() if is_person else factory_of(field.related_model)()


def sound(form_class: type[Any]) -> Any:
    """Return a record for the form, with something in each of its choices."""
    model = form_class._meta.model
    record = factory_of(model)()
    if model is Actor:
        record = actor_factories.PersonFactory()  # only a person has a guardian
    if model is Concern:
        record.told_on = record.raised_on
    if model is FollowUp:
        return contact_factories.FollowUpFactory(actor=actor_factories.ActorFactory())
    if model.__name__ == "TaskAssignment":
        return record  # belongs to an event or to a series, not to both
    fill(record)
    return record
