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
