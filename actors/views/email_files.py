"""What pages show of the files that came with an e-mail."""

from __future__ import annotations

from typing import Any

from actors.emails.errors import REASONS
from actors.models import Contact, IncomingEmail
from crm.common.roles import can


def files_of(email: IncomingEmail) -> dict[str, Any]:
    """Return what came with an e-mail, kept or not."""
    return {
        "attachments": list(email.attachments.all()),
        "not_kept": [{**file, "reason": REASONS.get(file["reason"], "")} for file in email.not_kept],
    }


def email_of(contact: Contact, user: Any) -> dict[str, Any]:
    """Return the e-mail that became a contact with its files, for those who may see e-mails."""
    if not can(user, "view", IncomingEmail):
        return {}
    email = IncomingEmail.objects.visible_to(user).filter(contact=contact).first()
    return {} if email is None else {"email": email, "email_files": files_of(email)}
