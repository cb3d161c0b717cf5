"""The log in the REST API."""

from contacts.api.emails import ROUTES as EMAILS
from contacts.api.feeds import ROUTES as FEEDS
from contacts.api.log import ROUTES as LOG

ROUTES = {**LOG, **EMAILS, **FEEDS}
