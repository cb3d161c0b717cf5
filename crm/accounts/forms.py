"""The sign-in form in the words of this site."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm
from django.utils.translation import gettext_lazy as _


class SignInForm(LoginForm):
    """One label that says what may be entered; no placeholders, which vanish while typing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login, password = self.fields["login"], self.fields["password"]
        login.label = _("User name or e-mail")
        login.widget.attrs |= {"autocomplete": "username", "autocapitalize": "none", "autofocus": True}
        password.help_text = ""
        for field in (login, password):
            field.widget.attrs.pop("placeholder", None)
