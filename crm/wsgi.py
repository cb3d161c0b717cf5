"""WSGI entry point: ``granian --interface wsgi crm.wsgi:application``."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.settings")

application = get_wsgi_application()
# Load every page now: otherwise whoever comes first waits for the numeric libraries.
get_resolver().url_patterns  # noqa: B018
