"""Small bases of the models of every app."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, ProtectedError, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.fields import CharField, DateField, UntilDateField, last_day
from core.roles import ALL_ROLES, OFFICE_ROLES, Role, role_of
from core.text import search_words
from core.viewers import Viewer


class VisibleQuerySet(models.QuerySet):
    """Rows that somebody may see. What you may not see does not exist."""

    def visible_to(self, user: Viewer) -> Self:
        """Return the rows ``user`` may see; none for anonymous and deactivated accounts."""
        role = role_of(user)
        return self.none() if role is None else self.visible_to_role(role, user)

    def visible_to_role(self, role: Role, user: Viewer) -> Self:
        """Return the rows that ``role`` sees; models with private rows override this."""
        model: Any = self.model
        return self.all() if role in model.view_roles else self.none()

    def holding(self, text: str, *columns: str) -> Self:
        """Return the rows of which each word of ``text`` stands in one of the folded search ``columns``.

        What is longer than a search may be finds nothing; whoever asks is told so by the field.
        """
        words = search_words(text)
        if words is None:
            return self.none()
        rows = self
        for word in words:
            rows = rows.filter(reduce(or_, (Q(**{f"{column}__contains": word}) for column in columns)))
        return rows


class IntervalQuerySet(VisibleQuerySet):
    """Rows that hold between two dates."""

    def active_on(self, day: dt.date) -> Self:
        """Return the rows whose half-open interval holds ``day``; an empty bound is open."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_until__isnull=True) | Q(valid_until__gt=day),
        )


class TermQuerySet(VisibleQuerySet):
    """Terms go out of use instead of being deleted: records that have one keep it."""

    def get_by_natural_key(self, code: str) -> Any:
        """Return the term with this code."""
        return self.get(code=code)

    def in_use(self) -> Self:
        """Return the terms that new records may use."""
        return self.filter(is_active=True)


class Record(models.Model):
    """A row of the register: when it was made and changed, its version, and who may do what with it."""

    created_at = models.DateTimeField(_("created"), auto_now_add=True, editable=False)
    updated_at = models.DateTimeField(_("changed"), auto_now=True, editable=False)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    objects: ClassVar = VisibleQuerySet.as_manager()

    view_roles: ClassVar[frozenset[Role]] = ALL_ROLES
    write_roles: ClassVar[frozenset[Role]] = OFFICE_ROLES
    delete_roles: ClassVar[frozenset[Role]] = OFFICE_ROLES
    detail_roles: ClassVar[frozenset[Role]] = OFFICE_ROLES

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the row; each save of an existing row counts its version up by one."""
        update_fields: Iterable[str] | None = kwargs.get("update_fields")
        if not self._state.adding:
            self.version += 1
            if update_fields is not None:
                kwargs["update_fields"] = {*update_fields, "version", "updated_at"}
        super().save(*args, **kwargs)

    def refresh_search(self) -> None:
        """Bring up to date what this row is found by, here or at its owner; nothing for most rows."""

    @classmethod
    def roles_for(cls, action: str) -> frozenset[Role]:
        """Return the roles that may ``action`` records of this kind."""
        return {
            "view": cls.view_roles,
            "add": cls.write_roles,
            "change": cls.write_roles,
            "delete": cls.delete_roles,
            "view_details": cls.detail_roles,
        }[action]


class Interval(models.Model):
    """From and until of a row. Stored half-open; an empty bound means open."""

    valid_from = DateField(_("from"), null=True, blank=True)
    valid_until = UntilDateField(_("until"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_until__gt=F("valid_from")),
                name="%(app_label)s_%(class)s_interval",
                violation_error_message=_("The end lies before the beginning."),
            )
        ]

    @property
    def last_day(self) -> dt.date | None:
        """The last day on which the row holds; None when open."""
        return last_day(self.valid_until)

    def holds_on(self, day: dt.date) -> bool:
        """Tell whether the interval contains ``day``."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day < self.valid_until
        )

    def overlaps(self, other: Interval) -> bool:
        """Tell whether there is a day on which both hold."""
        return all(
            one.valid_until is None or two.valid_from is None or two.valid_from < one.valid_until
            for one, two in ((self, other), (other, self))
        )


class EarlierName(models.Model):
    """A name that something used to have, and when. Stored half-open; an empty bound means open."""

    used_from = DateField(_("used from"), null=True, blank=True)
    used_until = UntilDateField(_("used until"), null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["used_until", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(used_until__isnull=True)
                | Q(used_from__isnull=True)
                | Q(used_until__gt=F("used_from")),
                name="%(app_label)s_%(class)s_interval",
                violation_error_message=_("The end lies before the beginning."),
            )
        ]


class VocabularyTerm(Record):
    """One term of a vocabulary that the office may edit, in German and English."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name_de = CharField(_("German name"), max_length=100)
    name_en = CharField(_("English name"), max_length=100)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_active = models.BooleanField(_("in use"), default=True)

    objects: ClassVar = TermQuerySet.as_manager()
    write_roles = frozenset({Role.MANAGEMENT})
    delete_roles = frozenset({Role.MANAGEMENT})

    class Meta:
        abstract = True
        ordering = ["position", "name_de"]

    def __str__(self) -> str:
        return self.name_de

    def clean(self) -> None:
        """The code stays: imports and other programs know the term by it."""
        if self.pk and type(self)._default_manager.filter(pk=self.pk).exclude(code=self.code).exists():
            raise ValidationError({"code": _("The code of a term cannot be changed.")})

    def uses(self) -> list[tuple[str, int]]:
        """Return which kinds of records carry the term, and how many."""
        rows = (
            (r.related_model._meta, getattr(self, str(r.get_accessor_name())))
            for r in self._meta.related_objects
        )
        counted = [(str(kind.verbose_name_plural), carriers.count()) for kind, carriers in rows]
        return [(name, count) for name, count in counted if count]

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete an unused term. One that records carry is put out of use instead, or they would lose it."""
        if self.uses():
            raise ProtectedError("The term is in use.", {self})
        return super().delete(*args, **kwargs)

    def natural_key(self) -> tuple[str]:
        """The code names the term in fixtures."""
        return (self.code,)

    @property
    def label(self) -> str:
        """The name in the language of the moment."""
        return self.name_en if (get_language() or "").startswith("en") else self.name_de
