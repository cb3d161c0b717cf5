"""What a browser keeps for when there is no network: a page without personal data, and the worker for it."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from core.office import PRODUCT, site_name

# What the page without a network needs, and nothing else.
FILES = (
    "theme.js",
    "offline.js",
    "app.css",
    "icon.svg",
    "fonts/source-sans-3-latin-wght-normal.woff2",
)
# Where the office switched it off, a worker that was installed before takes itself away.
GONE = """self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name.startsWith("offline-")) await caches.delete(name);
  await self.registration.unregister();
})()));
"""


@login_not_required
@require_safe
@cache_control(no_cache=True)
def offline_page(request: HttpRequest) -> HttpResponse:
    """The page that is shown when there is no network: the same for everybody."""
    return HttpResponse(render_to_string("offline.html"))


@login_not_required
@require_safe
@cache_control(no_cache=True)
def offline_worker(request: HttpRequest) -> HttpResponse:
    """The service worker; at the root of the site, because it sees only what lies below its address."""
    code = worker_code() if settings.OFFLINE_WORKER else GONE
    response = HttpResponse(code, content_type="text/javascript; charset=utf-8")
    response["Service-Worker-Allowed"] = "/"
    return response


def worker_code() -> str:
    """Return the worker with the files it keeps; another build is another version, and is fetched anew."""
    page = render_to_string("offline.html")
    return _worker_code(page) if settings.DEBUG else _remembered(page)


def _worker_code(page: str) -> str:
    script, contents = read_static("sw.js"), [read_static(name) for name in FILES]
    digest = hashlib.sha256(b"\0".join([script, page.encode(), *contents])).hexdigest()[:16]
    head = {
        "OFFLINE": reverse("offline"),
        "FILES": [static(name) for name in FILES],
        "VERSION": digest,
    }
    lines = [f"const {name} = {json.dumps(value)};" for name, value in head.items()]
    return "\n".join([*lines, script.decode()])


_remembered = lru_cache(maxsize=8)(_worker_code)


def read_static(name: str) -> bytes:
    """Return a file of the build: as collected, or from where it is collected from."""
    path = finders.find(name)
    if path:
        return Path(path).read_bytes()
    with staticfiles_storage.open(name) as file:
        return file.read()


@login_not_required
@require_safe
def web_manifest(request: HttpRequest) -> JsonResponse:
    """What a phone needs to put the site on its first page."""
    icon = {"src": static("icon.svg"), "sizes": "any", "type": "image/svg+xml"}
    data = {
        "name": site_name(),
        "short_name": PRODUCT,
        "start_url": reverse("home"),
        "scope": "/",
        "display": "standalone",
        "background_color": "#f4f6f7",
        "theme_color": "#14566f",
        "icons": [icon],
    }
    return JsonResponse(data, content_type="application/manifest+json")
