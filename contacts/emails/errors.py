"""Why an e-mail is refused, and why an attachment was not kept, in the user's language."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class EmailError(Exception):
    """An e-mail that is refused; the reason names nobody and quotes nothing."""

    def __init__(self, message: str | Promise, **params: Any) -> None:
        super().__init__(message)
        self.template = message
        self.params = params

    def __str__(self) -> str:
        return str(self.template) % self.params if self.params else str(self.template)


TOO_LARGE = _("The e-mail is larger than %(limit)s MB.")
TEXT_TOO_LONG = _("The pasted text has more than %(limit)s characters.")
EMPTY_FILE = _("The file is empty.")
EMPTY_TEXT = _("Please paste the text of an e-mail.")
OUTLOOK_FILE = _(
    "This is a file of Outlook (.msg). Please open the e-mail, choose “Save as” and save it as .eml; "
    "or copy its text and paste it."
)
NOT_AN_EMAIL = _("This is not an e-mail. Please save the e-mail as an .eml file.")
SUSPICIOUS = _("The e-mail has a structure that no mail program writes. For safety it is not opened.")

NOT_HANDED_OUT = _("The mail server does not hand out this e-mail.")
NOT_READ = _("The e-mail cannot be read. Please look at it in your mail program.")
NOT_STORED = _("The e-mail cannot be stored. Please look at it in your mail program.")

# Why an e-mail of the office's box could not be taken in, as it is kept with what is known of it.
FAULTS: dict[str, Promise | str] = {
    "too-large": _("It is larger than 25 MB and was left in the box."),
    "empty": EMPTY_FILE,
    "outlook-file": OUTLOOK_FILE,
    "no-email": NOT_AN_EMAIL,
    "suspicious": SUSPICIOUS,
    "not-handed-out": NOT_HANDED_OUT,
    "not-stored": NOT_STORED,
    "not-read": NOT_READ,
}


# Why an e-mail is no contact by itself, by its kind.
NO_CONTACT = {
    "automatic": _("A machine wrote this, such as an absence note. It is no contact unless you log it."),
    "bulk": _("This went to many, such as a newsletter. It is no contact unless you log it."),
    "receipt": _("This only says whether an e-mail arrived or was read. It is no contact unless you log it."),
    "calendar-reply": _("This only answers an invitation. It is no contact unless you log it."),
    "invitation": _("This holds an invitation and no letter. Please look whether it is a contact."),
    "encrypted": _(
        "This is encrypted or sealed (S/MIME, PGP, Outlook) and cannot be read here. Please open it in your "
        "mail program; you can log the contact and write the note yourself."
    ),
    "parcel": _(
        "The text lies in Outlook's own parcel (winmail.dat) and cannot be read here. Please open it in your "
        "mail program, or ask the sender to send it as text or HTML."
    ),
}

REASONS = {
    "too-large": _("larger than 10 MB"),
    "too-many": _("more than 50 attachments"),
    "empty": _("empty"),
    "layout": _("small picture of the layout, such as a logo"),
    "macros": _("contains macros"),
    "protected": _("protected by a password"),
    "damaged": _("damaged, or built like nothing a program writes"),
    "too-many-pixels": _("too many megapixels (at most 50 a picture, 150 an e-mail)"),
    "old-office": _("old Office or Outlook format (.doc, .xls, .msg)"),
    "outlook-parcel": _(
        "Outlook's own parcel (winmail.dat); please ask the sender to send it as text or HTML"
    ),
    "web-page": _("web page or vector graphic, which could run something"),
    "archive": _("archive"),
    "kind": _("kind of file that is not kept"),
}


def why_no_contact(kind: str, fault: str) -> str:
    """Return in words why an e-mail is no contact by itself; nothing for a letter."""
    return str(NO_CONTACT.get(kind) or FAULTS.get(fault, ""))


def fault_of(error: Exception) -> str:
    """Return the key of what is wrong with an e-mail."""
    template = error.template if isinstance(error, EmailError) else None
    if template is TOO_LARGE:
        return "too-large"
    return next((key for key, reason in FAULTS.items() if reason is template), "not-read")
