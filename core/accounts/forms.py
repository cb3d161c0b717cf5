"""The sign-in form in the words of this site, and the form of an account."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm, ResetPasswordForm
from allauth.core import context
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.accounts.attempts import RESET, TooManyAttempts, count_attempt
from core.accounts.models import User
from core.accounts.services import save_account


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


class ForgottenPasswordForm(ResetPasswordForm):
    """Ask for a link by mail, not too often: each is a mail to somebody."""

    def clean_email(self) -> str:
        email: str = super().clean_email()
        try:
            count_attempt(context.request, email, RESET)
        except TooManyAttempts as refusal:
            raise ValidationError(str(refusal), code="too_many_attempts") from refusal
        return email


class UserForm(forms.ModelForm):
    """Create or edit an account; management sets its first password, or a new one."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 10 characters. Pass it on personally; it can be changed after signing in."),
    )

    half = {"first_name", "last_name"}

    class Meta:
        model = User
        fields = ("first_name", "last_name", "username", "email", "role", "is_active")
        help_texts = {
            "username": _("What is typed to sign in."),
            "email": _("For signing in and for a forgotten password."),
            "role": _(
                "Management: everything. Staff: everything but accounts and vocabularies. Volunteer: sees"
                " actors and events, records who took part, logs contacts and sees their own. Reader:"
                " organisations, events and reports without persons."
            ),
            "is_active": _("A closed account stays with what it recorded, but nobody signs in with it."),
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["first_name"].required = self.fields["last_name"].required = True
        self.fields["is_active"].label = _("may sign in")
        if self.instance.pk:
            self.fields["password"].required = False
            self.fields["password"].label = _("New password")
            self.fields["password"].help_text = _(
                "Leave empty to keep the present one. A new one ends all sessions and the tokens of programs."
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("password"):
            self._check_password(cleaned)
        return cleaned

    def _check_password(self, cleaned: dict[str, Any]) -> None:
        """Check the password against the name that is given in the same form."""
        names = {name: cleaned.get(name, "") for name in ("username", "first_name", "last_name", "email")}
        try:
            validate_password(cleaned["password"], User(**names))
        except ValidationError as error:
            self.add_error("password", error)

    def save(self, commit: bool = True) -> User:
        return save_account(account=self.instance, password=self.cleaned_data["password"])
