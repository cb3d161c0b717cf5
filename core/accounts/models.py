"""Accounts of the people who work with the register."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser
from django.contrib.auth.models import UserManager as DjangoUserManager
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from rest_framework.authtoken.models import Token

from core.models import VisibleQuerySet
from core.roles import ALL_ROLES, HELPER_ROLES, OFFICE_ROLES, Role, can


class UserQuerySet(VisibleQuerySet):
    """Accounts by what they are good for."""

    def visible_to_role(self, role: Role, user: object) -> UserQuerySet:
        """Readers from outside see who works at the office now, and themselves."""
        if role in HELPER_ROLES:
            return self.all()
        return self.filter(models.Q(is_active=True, role__in=OFFICE_ROLES) | models.Q(pk=user.pk))  # type: ignore[attr-defined]

    def office_members(self) -> UserQuerySet:
        """Return the active accounts that can be responsible for actors and follow-ups."""
        return self.filter(is_active=True, role__in=OFFICE_ROLES)

    def helpers(self) -> UserQuerySet:
        """Return the active accounts that can be given something to do: the office and volunteers."""
        return self.filter(is_active=True, role__in=HELPER_ROLES)

    def managers(self) -> UserQuerySet:
        """Return the active accounts that look after accounts."""
        return self.filter(is_active=True, role=Role.MANAGEMENT)


class UserManager(DjangoUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Django's manager, with the office's own verbs; a superuser is management."""

    use_in_migrations = True

    def create_superuser(self, username, email=None, password=None, **extra):  # type: ignore[no-untyped-def]
        return super().create_superuser(username, email, password, **{"role": Role.MANAGEMENT, **extra})


class User(AbstractUser):
    """A person with a sign-in and exactly one role."""

    role = models.CharField(_("role"), max_length=20, choices=Role.choices, default=Role.READER)

    objects: ClassVar[UserManager] = UserManager()

    view_roles: ClassVar[frozenset[Role]] = ALL_ROLES

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["last_name", "first_name", "username"]
        constraints = [
            models.UniqueConstraint(
                Lower("username"),
                name="accounts_user_username",
                violation_error_message=_("There is already an account with this user name."),
            ),
            models.UniqueConstraint(
                Lower("email"),
                condition=~models.Q(email=""),
                name="accounts_user_email",
                violation_error_message=_("There is already an account with this e-mail address."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def get_absolute_url(self) -> str:
        return reverse("accounts:user_update", args=[self.pk])

    def clean(self) -> None:
        """Somebody has to look after accounts."""
        super().clean()
        others = User.objects.managers().exclude(pk=self.pk)
        steps_down = self.pk is not None and not self.is_active_manager and not others.exists()
        if steps_down and User.objects.managers().filter(pk=self.pk).exists():
            raise ValidationError(_("This is the last account that looks after accounts; it has to stay."))

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; a new password and a closed account end what was open with the old one.

        Sessions end by themselves, as they hold a digest of the password; the tokens of other programs end
        here, whoever sets the password: its owner, management, the link in a mail, or the command line.
        """
        # The framework keeps a password that is set anew beside its digest until it is saved.
        is_new = getattr(self, "_password", None) is not None
        ends_tokens = not self._state.adding and (is_new or not self.is_active)
        with transaction.atomic():
            super().save(*args, **kwargs)
            if ends_tokens:
                Token.objects.filter(user=self).delete()

    @property
    def is_active_manager(self) -> bool:
        """Whether this account looks after accounts."""
        return self.is_active and self.role == Role.MANAGEMENT

    @property
    def initials(self) -> str:
        """Two letters for the round mark beside the name."""
        letters = f"{self.first_name[:1]}{self.last_name[:1]}" or self.username[:2]
        return letters.upper()

    @property
    def is_office_member(self) -> bool:
        """Management or staff."""
        return self.role in OFFICE_ROLES

    @classmethod
    def roles_for(cls, action: str) -> frozenset[Role]:
        """Everybody sees who works here; only management changes accounts."""
        return ALL_ROLES if action == "view" else frozenset({Role.MANAGEMENT})

    def can(self, action: str, target: object) -> bool:
        """Tell whether this account may ``action`` the model or record ``target``."""
        return can(self, action, target)
