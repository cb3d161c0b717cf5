"""Signs of what a part of a message is: sealed, a receipt, a parcel, an answer to an invitation."""

from __future__ import annotations

from email.message import EmailMessage

ENCRYPTED, RECEIPT, PARCEL, SEALED_FILE = "encrypted", "receipt", "parcel", "sealed-file"
PGP_VERSION = "application/pgp-encrypted"

_BY_KIND = {
    **dict.fromkeys(
        (
            *("multipart/encrypted", PGP_VERSION, "application/pkcs7-mime"),
            *("application/x-pkcs7-mime", "application/x-microsoft-rpmsg-message"),
        ),
        ENCRYPTED,
    ),
    **dict.fromkeys(
        (
            *("multipart/report", "message/delivery-status", "message/global-delivery-status"),
            *("message/disposition-notification", "message/global-disposition-notification"),
        ),
        RECEIPT,
    ),
    **dict.fromkeys(("application/ms-tnef", "application/vnd.ms-tnef"), PARCEL),
}
_BY_NAME = {"smime.p7m": SEALED_FILE, "message.rpmsg": ENCRYPTED, "winmail.dat": PARCEL}
# Only certificates, nothing to read.
_CERTIFICATES = "certs-only"


def signs_of(part: EmailMessage) -> set[str]:
    """Return what a part says about itself by its type, its name, and as a calendar by its method."""
    kind = part.get_content_type()
    if str(part.get_param("smime-type") or "").lower() == _CERTIFICATES:
        return set()
    name = str(part.get_filename("") or "").lower()
    signs = {_BY_KIND.get(kind, ""), _BY_NAME.get(name, "")} - {""}
    method = str(part.get_param("method") or "").lower()
    if kind == "text/calendar" and method.isalpha():
        signs.add(f"calendar-{method}")
    return signs
