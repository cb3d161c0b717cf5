"""Reading e-mails: bytes or pasted text in, a message out. No database, and nothing is ever fetched."""

from actors.emails.eml import read_eml
from actors.emails.errors import EmailError
from actors.emails.message import Address, KeptFile, Message, NotKept
from actors.emails.pasted import read_pasted

__all__ = ["Address", "EmailError", "KeptFile", "Message", "NotKept", "read_eml", "read_pasted"]
