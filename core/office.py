"""What the site is called: the product, and the neighbourhood whose office works with it."""

from __future__ import annotations

from django.conf import settings

PRODUCT = "Stadtteilnetz"


def site_name() -> str:
    """Return the product's name with the neighbourhood's, or alone where no name is set."""
    return f"{PRODUCT} {settings.OFFICE_NAME}".strip()


def name_on_documents() -> str:
    """Return whose document it is."""
    return settings.OFFICE_NAME or PRODUCT
