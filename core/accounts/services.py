"""Writing accounts."""

from __future__ import annotations

from django.db import transaction

from core.accounts.models import User


@transaction.atomic
def save_account(*, account: User, password: str = "") -> User:
    """Save an account, with a new ``password`` if one is given.

    A new password or a closed account ends what was open with the old one, sessions and tokens alike.

    Raises
    ------
    ValidationError
        Nobody would be left who looks after accounts.
    """
    # Two managers who step down at the same moment wait for each other here, so the check sees the truth.
    list(User.objects.managers().select_for_update().values_list("pk", flat=True))
    account.clean()
    if password:
        account.set_password(password)
    account.save()
    return account
