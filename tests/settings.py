"""The site's settings with the few differences that tests need."""

import os

os.environ.setdefault("LOCAL_DEMO", "1")
os.environ.setdefault("OFFICE_NAME", "Westhagen")

from crm.settings import *  # noqa: F403 - the environment has to be set first, and all of it is wanted
from crm.settings import DATABASES, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = True  # serves frontend/dist as it is, without collectstatic
WHITENOISE_USE_FINDERS = True
OFFLINE_WORKER = False  # the tests of it switch it on; in the others it would stand between page and server

if "init_command" in DATABASES["default"].get("OPTIONS", {}):
    options = DATABASES["default"]["OPTIONS"]
    # A test database need not survive a power cut.
    options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")
