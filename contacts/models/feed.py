"""Calendar feeds: a secret address under which a calendar program reads follow-ups."""

from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import Record, VisibleQuerySet
from core.roles import HELPER_ROLES, Role
from core.viewers import Viewer


class FeedScope(models.TextChoices):
    """Whose follow-ups a feed shows."""

    MINE = "mine", _("my follow-ups")
    OFFICE = "office", _("the office's follow-ups")


class CalendarFeedQuerySet(VisibleQuerySet):
    """Feeds."""

    def visible_to_role(self, role: Role, user: Viewer) -> Self:
        """Everybody sees their own feeds, nobody another's."""
        return self.filter(user=user) if role in HELPER_ROLES else self.none()

    def active(self) -> Self:
        """Return those that were not revoked."""
        return self.filter(revoked_at__isnull=True)


class CalendarFeed(Record):
    """A feed of one user. Only a digest of the secret is kept: the address is shown once, when it is made."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("user"), related_name="calendar_feeds"
    )
    scope = models.CharField(_("shows"), max_length=10, choices=FeedScope.choices, default=FeedScope.MINE)
    language = models.CharField(_("language"), max_length=10, default="de", editable=False)
    secret_digest = models.CharField(max_length=64, unique=True, editable=False)
    last_read_at = models.DateTimeField(_("last read"), null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True, editable=False)

    objects: ClassVar = CalendarFeedQuerySet.as_manager()
    view_roles = HELPER_ROLES
    write_roles = HELPER_ROLES
    delete_roles = HELPER_ROLES

    class Meta:
        verbose_name = _("calendar feed")
        verbose_name_plural = _("calendar feeds")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_scope_display()}"
