"""Pages on which management looks after accounts."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.accounts.filtersets import UserFilterSet
from core.accounts.forms import UserForm
from core.accounts.models import User
from core.accounts.tables import UserTable
from core.views import RecordCreateView, RecordListView, RecordUpdateView


class UserListView(RecordListView):
    model = User  # type: ignore[assignment]
    right = "change"
    filterset_class = UserFilterSet
    table_class = UserTable
    template_name = "accounts/user_list.html"
    title = _("Accounts")
    create_url_name = "accounts:user_create"
    help_text = _(
        "Everybody who works with the register has an account of their own. Who leaves is not deleted but"
        " closed: what they recorded keeps their name."
    )


class UserFormMixin:
    """What creating and editing an account share."""

    model = User
    form_class = UserForm
    template_name = "accounts/user_form.html"

    def form_valid(self, form: UserForm) -> HttpResponse:
        try:
            response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        except ValidationError as error:  # somebody else stepped down in this very moment
            form.add_error(None, error)
            return self.form_invalid(form)  # type: ignore[attr-defined]
        if form.instance == self.request.user:  # type: ignore[attr-defined]
            update_session_auth_hash(self.request, form.instance)  # type: ignore[attr-defined]
        return response

    def get_success_url(self) -> str:
        return reverse("accounts:user_list")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"cancel_url": reverse("accounts:user_list"), **kwargs})  # type: ignore[misc]


class UserCreateView(UserFormMixin, RecordCreateView):  # type: ignore[misc]
    title = _("New account")


class UserUpdateView(UserFormMixin, RecordUpdateView):  # type: ignore[misc]
    """Change an account, close it, or give it a new password."""

    title = _("Edit account")
