"""WSGI entry point: ``manage.py serve`` starts it, any other WSGI server may."""

import os
import sys

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.settings")

application = get_wsgi_application()

from core.database import database_problem, is_reachable  # noqa: E402 - needs the apps

# A worker that comes new while the database server restarts must not end the site.
if is_reachable() and (problem := database_problem()):
    sys.stderr.write(f"The site does not start. {problem}\n")
    sys.exit(1)

# Load every page now: otherwise whoever comes first waits for the numeric libraries.
get_resolver().url_patterns  # noqa: B018
