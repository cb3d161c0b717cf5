"""Reading e-mails: bytes or pasted text in, a message out. No database, and nothing is ever fetched."""

from contacts.emails.eml import read_eml, unreadable
from contacts.emails.errors import EmailError
from contacts.emails.message import Address, KeptFile, Message, NotKept
from contacts.emails.pasted import read_pasted

__all__ = ["Address", "EmailError", "KeptFile", "Message", "NotKept", "read_eml", "read_pasted", "unreadable"]
