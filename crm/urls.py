"""Mounts the apps."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from contacts.views.feeds import calendar_feed
from core.imports.urls import import_pages
from core.undo_views import undo
from crm.home.views import home, home_quiet, home_untouched
from crm.importers import IMPORTERS
from crm.offline import offline_page, offline_worker, web_manifest
from crm.search import search
from crm.staff_change.views import staff_change_page, staff_changed_page
from crm.timeline.views import actor_timeline, concern_timeline, event_timeline, measure_timeline

handler404 = "crm.errors.not_found"
handler500 = "crm.errors.server_error"

urlpatterns = [
    path("", home, name="home"),
    path("start/quiet/", home_quiet, name="home_quiet"),
    path("start/untouched/", home_untouched, name="home_untouched"),
    path("accounts/", include("core.accounts.urls")),
    path("administration/", include("crm.administration.urls")),
    path("administration/accounts/", include("core.accounts.user_urls")),
    path("administration/hand-over/", staff_change_page, name="staff_change"),
    path("administration/hand-over/<int:pk>/", staff_changed_page, name="staff_changed"),
    path("actors/", include("crm.register")),
    path("actors/", include("contacts.urls")),
    path("actors/<int:pk>/timeline/", actor_timeline, name="actor_timeline"),
    path("concerns/<int:pk>/timeline/", concern_timeline, name="concern_timeline"),
    path("events/<int:pk>/timeline/", event_timeline, name="event_timeline"),
    path("measures/<int:pk>/timeline/", measure_timeline, name="measure_timeline"),
    path("events/", include("events.urls")),
    path("calendar/<str:secret>.ics", calendar_feed, name="calendar_feed"),
    path("imports/", include(import_pages(IMPORTERS))),
    path("reports/", include("reports.urls")),
    path("search/", search, name="search"),
    path("undo/<int:pk>/", undo, name="undo"),
    path("offline/", offline_page, name="offline"),
    path("sw.js", offline_worker, name="offline_worker"),
    path("manifest.webmanifest", web_manifest, name="web_manifest"),
    path("api/v1/", include("crm.api")),
    # The language can be chosen on the sign-in page already.
    path("i18n/setlang/", login_not_required(set_language), name="set_language"),
]
