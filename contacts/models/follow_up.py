"""Follow-ups (Wiedervorlagen): what to come back to, on which day, and who does."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from actors.models.actor import Actor
from contacts.models.concern import Concern
from contacts.models.contact import Contact, DiscussionPoint
from contacts.models.repetition import Repeats, next_due
from core.fields import CharField, DateField
from core.models import Record, VisibleQuerySet
from core.roles import HELPER_ROLES, OFFICE_ROLES, Role, can
from core.text import one_line
from core.viewers import Viewer


def may_be_given(assignee: Any, *, contact: Contact, text: str) -> bool:
    """Tell whether a follow-up about a contact can be given to somebody.

    A volunteer does not see what others logged, and hence needs to be told what is to be done; about a
    confidential contact even that would say too much.
    """
    return contact.is_seen_by(assignee) or (bool(text) and not contact.is_confidential)


class FollowUpQuerySet(VisibleQuerySet):
    """Follow-ups (Wiedervorlagen)."""

    def visible_to_role(self, role: Role, user: Viewer) -> Self:
        """The office sees all, volunteers of their own what they may know about, readers none.

        Of a follow-up about a contact that somebody else logged they see its own words (``may_be_given``).
        """
        if role in OFFICE_ROLES:
            return self.all()
        if role != Role.VOLUNTEER:
            return self.none()
        own_contact = Q(contact__isnull=True) | Q(contact__staff=user)
        speaks_for_itself = Q(contact__is_confidential=False) & ~Q(text="")
        return self.filter(own_contact | speaks_for_itself, assignee=user, concern__isnull=True)

    def open(self) -> Self:
        """Return what is still to be done."""
        return self.filter(done_at__isnull=True)

    def due_by(self, day: dt.date) -> Self:
        """Return what is due on ``day`` or earlier."""
        return self.filter(due__lte=day)


class FollowUp(Record):
    """Something to come back to on a day."""

    seen_contact: Contact | None  # set by whoever draws it for somebody: see ``contact_seen_by``

    due = DateField(_("due"), db_index=True)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("for"), related_name="follow_ups"
    )
    text = CharField(_("what"), max_length=300, blank=True)
    actor = models.ForeignKey(
        Actor, models.CASCADE, verbose_name=_("actor"), related_name="follow_ups", null=True, blank=True
    )
    contact = models.ForeignKey(
        Contact, models.CASCADE, verbose_name=_("contact"), related_name="follow_ups", null=True, blank=True
    )
    concern = models.ForeignKey(
        Concern, models.CASCADE, verbose_name=_("concern"), related_name="follow_ups", null=True, blank=True
    )
    point = models.ForeignKey(
        DiscussionPoint,
        models.CASCADE,
        verbose_name=_("discussion point"),
        related_name="follow_ups",
        null=True,
        blank=True,
    )
    repeats = models.CharField(
        _("repeats"), max_length=10, choices=Repeats.choices, default=Repeats.NEVER, blank=True
    )
    repeats_from = DateField(null=True, blank=True, editable=False)
    previous = models.OneToOneField(
        "self", models.SET_NULL, related_name="next", null=True, blank=True, editable=False
    )
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("done by"),
        related_name="follow_ups_done",
        null=True,
        blank=True,
    )

    # Set where a stored one is changed: somebody who has left is not chosen anew by that.
    stays_with_who_left = False

    objects: ClassVar = FollowUpQuerySet.as_manager()
    view_roles = HELPER_ROLES

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        ordering = ["due", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
                name="contacts_followup_done_by_somebody",
                violation_error_message=_("Say when it was done and by whom."),
            )
        ]

    @classmethod
    def roles_for(cls, action: str) -> frozenset[Role]:
        """Whoever is to see to something may also tick it off and move it; planning is the office's."""
        return HELPER_ROLES if action == "finish" else super().roles_for(action)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; a series is counted from the day of its first."""
        if self.repeats and self.repeats_from is None:
            self.repeats_from = self.due
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "repeats_from"}
        super().save(*args, **kwargs)

    def start_series_anew(self, before: FollowUp | None) -> None:
        """Count the series from the day that was chosen, where somebody chose another day or rhythm."""
        if before is None or (self.due, self.repeats) != (before.due, before.repeats):
            self.repeats_from = self.due if self.repeats else None

    def following_due(self, done_on: dt.date) -> dt.date | None:
        """Return when this comes back if it is done on a day; None where it does not."""
        start = self.repeats_from or self.due
        return next_due(self.repeats, start=start, after=max(self.due, done_on, start))

    def __str__(self) -> str:
        if self.text:
            return self.text
        return str(self.point or self.contact or self.concern or self.actor or _("Follow-up"))

    def contact_seen_by(self, user: Viewer) -> Contact | None:
        """Return the contact it is about if ``user`` sees that one."""
        return self.contact if self.contact is not None and self.contact.is_seen_by(user) else None

    def page_for(self, user: Viewer) -> str:
        """The address where ``user`` looks at it: what it is about, else its line in the list."""
        target = self.contact_seen_by(user) or self.concern or self.actor
        listed = f"{reverse('contacts:follow_up_list')}?state=open#follow-up-{self.pk}"
        return target.get_absolute_url() if target is not None else listed

    def clean(self) -> None:
        """A follow-up is about something, and for somebody who can see to it."""
        errors: dict[str, Any] = {}
        self.text = one_line(self.text)
        if not (self.text or self.actor_id or self.contact_id or self.concern_id):
            errors["text"] = _("Say what is to be done.")
        if self.point and self.point.contact_id != self.contact_id:
            errors["point"] = _("Choose a point of this contact.")
        is_checked = self.assignee_id and self.done_at is None and not self.stays_with_who_left
        if is_checked and not self._can_be_seen_to():
            errors["assignee"] = _("This person may not see what is to be done.")
        if errors:
            raise ValidationError(errors)

    def keep_assignee_of(self, before: FollowUp | None) -> None:
        """Let somebody who has left stay the one it is for, until another is chosen."""
        is_same = before is not None and before.assignee_id == self.assignee_id
        self.stays_with_who_left = is_same and not self.assignee.is_active

    def _can_be_seen_to(self) -> bool:
        about = [target for target in (self.actor, self.concern) if target is not None]
        is_known = self.contact is None or may_be_given(self.assignee, contact=self.contact, text=self.text)
        return is_known and all(can(self.assignee, "view", target) for target in [FollowUp, *about])
