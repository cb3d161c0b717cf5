"""What every form does in which records are chosen, or entered anew by name."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.choices import UNSEEN, WithUnseen, restrict_choices, unseen_among
from core.text import fold
from core.viewers import SignedIn
from core.widgets import NEW, TEXT, TypedMixin, as_list, new_names

if TYPE_CHECKING:
    from django.db import models

    Base = forms.BaseForm
else:
    Base = object

LONGEST_SHOWN = 60


class PicksRecords(Base):
    """Keeps what is stored, offers what may be chosen anew, and never drops what was typed.

    A name that was entered anew becomes a record together with the form: it is made once to be checked with
    everything else and taken back at once, and made to stay by ``add_newcomers``, in the transaction of
    ``save``.
    """

    user: SignedIn

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._unseen: dict[str, list[models.Model]] = {}
        self._rehearsed: list[tuple[Any, Any]] = []
        # Shared with the rows below a form: one name entered twice is one record.
        self.newcomers: dict[tuple[str, ...], Any] = {}

    def offer(self, name: str, queryset: Any = None, *, keep: Collection[Any] = ()) -> None:
        """Offer in the field ``name`` what the user sees of ``queryset``; ``keep`` are the stored keys."""
        field: Any = self.fields[name]
        if queryset is not None:
            field.queryset = queryset
        restrict_choices(field, self.user, keep=keep)
        if isinstance(field.widget, TypedMixin):
            field.widget.grant(self.user)
        self._unseen[name] = unseen_among(field, self.user, keep)
        if self._unseen[name] and not isinstance(field, forms.ModelMultipleChoiceField):
            field.iterator = WithUnseen
            field.widget.choices = field.choices
            self.initial[name] = UNSEEN

    # --- reading what was sent ---

    def full_clean(self) -> None:
        """Check everything, with those who are new in their places; afterwards they are gone again."""
        self._rehearsed = []
        if not self.is_bound or not self._names_newcomers():
            super().full_clean()
            return
        with transaction.atomic():
            super().full_clean()
            transaction.set_rollback(True)
        for record, _key in self._rehearsed:
            record.pk, record._state.adding = None, True

    def _names_newcomers(self) -> bool:
        return any(
            isinstance(field.widget, TypedMixin) and field.widget.may_create and new_names(self._sent(name))
            for name, field in self.fields.items()
        )

    def _sent(self, name: str) -> list[str]:
        return [str(value) for value in as_list(self[name].data)]

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]
        for name, field in self.fields.items():
            if isinstance(field.widget, TypedMixin):
                self._settle(name, field.widget)
        for name, records in self._unseen.items():
            if records and name in self.fields:
                self._keep_unseen(name, records)

    def _settle(self, name: str, widget: TypedMixin) -> None:
        """Say at the field what stands for no record, and put those who are new in their place."""
        sent = self._sent(name)
        typed = [value.removeprefix(TEXT) for value in sent if value.startswith(TEXT)]
        new = new_names(sent)
        if not typed and not new:
            return
        self.errors.pop(name, None)
        self.cleaned_data.pop(name, None)
        try:
            if typed or not widget.may_create:
                raise _unresolved((typed or new)[0], widget)
            added = [self._newcomer(widget, text) for text in new]
            rest = [value for value in sent if not value.startswith(NEW)]
            self.cleaned_data[name] = self._with_newcomers(name, added, rest)
        except ValidationError as error:
            self.add_error(name, error)

    def _with_newcomers(self, name: str, added: list[Any], rest: list[str]) -> Any:
        if not isinstance(self.fields[name], forms.ModelMultipleChoiceField):
            return added[0]
        return [*(self.fields[name].clean(rest) if rest else []), *added]

    def _newcomer(self, widget: TypedMixin, name: str) -> Any:
        try:
            record = widget.build(name)
            same = (record._meta.label, str(getattr(record, "kind", "")), fold(name))
            record = self.newcomers.setdefault(same, record)
            if record.pk is None:
                record.save()
        except ValidationError as error:
            raise ValidationError([f"{name[:LONGEST_SHOWN]}: {text}" for text in error.messages]) from error
        self._rehearsed.append((record, record.pk))
        return record

    def _keep_unseen(self, name: str, records: list[Any]) -> None:
        """Put back what the user was not shown: beside what was chosen, or where nothing else was."""
        if isinstance(self.fields[name], forms.ModelMultipleChoiceField):
            if self.errors.get(name) is None or not self[name].data:
                self.errors.pop(name, None)
                self.cleaned_data[name] = [*(self.cleaned_data.get(name) or ()), *records]
        elif self[name].data == UNSEEN:
            self.errors.pop(name, None)
            self.cleaned_data[name] = records[0]

    # --- saving ---

    def add_newcomers(self) -> list[Any]:
        """Add who was entered anew, each once, and have the record point to them; the caller is atomic."""
        added = []
        for record, key in self._rehearsed:
            if record.pk is None:
                record.save()
                added.append(record)
            self._point_to(record, key)
        return added

    def _point_to(self, record: Any, key: Any) -> None:
        instance: Any = getattr(self, "instance", None)
        if instance is None:
            return
        for field in instance._meta.concrete_fields:
            is_its = field.is_relation and isinstance(record, field.related_model)
            if is_its and getattr(instance, field.attname) == key:
                setattr(instance, field.name, record)


def _unresolved(text: str, widget: TypedMixin) -> ValidationError:
    said = (
        _("“%(text)s” is not chosen yet. Please choose an entry of the list, or add it as new.")
        if widget.may_create
        else _("“%(text)s” is not in the list. Please choose an entry, or empty the field.")
    )
    return ValidationError(said, code="unresolved", params={"text": text[:LONGEST_SHOWN]})


class PickingForm(PicksRecords, forms.Form):
    """A form that is not about one record, and in which records are chosen."""

    def __init__(self, *args: Any, user: SignedIn, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        for name, field in self.fields.items():
            if isinstance(field, forms.ModelChoiceField):
                self.offer(name)
