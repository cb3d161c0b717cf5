"""How signing in behaves here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.db.models import Q
from django.http import HttpRequest

from crm.accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by the office's management; nobody signs up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing on sign-in and sign-out: the page that follows says it."""

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count attempts by account, by whatever name it is called and whatever host the request names.

        The library's own key holds the host of the request, which the client chooses: another port would be
        another count.
        """
        name = (credentials.get("email") or credentials.get("username") or "").strip().lower()
        meant = User.objects.filter(Q(username__iexact=name) | Q(email__iexact=name)).order_by("pk").first()
        return f"account {meant.pk}" if meant else f"name {name}"
