"""How signing in behaves here."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from core.accounts.attempts import SIGN_IN, Attempt, TooManyAttempts, count_attempt, forget_attempts
from core.accounts.known_browsers import remember_browser
from core.accounts.models import User
from core.office import site_name

SAID_OF_A_CHANGE = "account/messages/password_changed.txt"


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by the office's management; nobody signs up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **kwargs: Any
    ) -> None:
        """Say that the own password was changed; after all else the page that follows says it."""
        if message_template == SAID_OF_A_CHANGE and request.user.is_authenticated:
            messages.success(request, _("Your password is changed. Elsewhere you have to sign in anew."))

    def format_email_subject(self, subject: str) -> str:
        """Begin with the name of the office: the host that the library takes is named by the request."""
        return f"{site_name()}: {subject}"

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the attempt in our way, not in the library's: that locks a person or a whole office out."""
        self._attempt = _counted(request, credentials.get("username") or credentials.get("email") or "")

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        user: User | None = super().authenticate(request, **credentials)
        if user:
            self._attempt.take_back()
        return user

    def set_password(self, user: User, password: str) -> None:
        """Set a password by the old one or by a link in the own box; what was tried before is forgotten."""
        super().set_password(user, password)
        forget_attempts(context.request, user.pk)

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **kwargs)
        remember_browser(request, response, user.pk)
        return response


def _counted(request: HttpRequest, name: str) -> Attempt:
    try:
        return count_attempt(request, name, SIGN_IN)
    except TooManyAttempts as refusal:
        raise ValidationError(str(refusal), code="too_many_login_attempts") from refusal
