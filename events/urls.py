"""Pages about events, series and participation."""

import datetime as dt

from django.urls import path, register_converter

from core.record_views import record_urls
from events.views import (
    actor_tab,
    concerns,
    consultation,
    consultation_log,
    contacts,
    event_tabs,
    events,
    hours,
    invitations,
    participations,
    paste,
    programmes,
    quick_notes,
    series,
)


class DayConverter:
    """A day in an address: 2026-11-23. What is no day is no page."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> dt.date:
        return dt.date.fromisoformat(value)

    def to_url(self, value: dt.date | str) -> str:
        return value if isinstance(value, str) else value.isoformat()


register_converter(DayConverter, "iso_day")

app_name = "events"
urlpatterns = [
    path("", events.EventListView.as_view(), name="event_list"),
    path("new/", events.EventCreateView.as_view(), name="event_create"),
    path("invite/", invitations.invite_actors, name="invite"),
    path("<int:pk>/", event_tabs.EventDetailView.as_view(), name="event_detail"),
    path("<int:pk>/edit/", events.EventUpdateView.as_view(), name="event_update"),
    path("<int:pk>/delete/", events.EventDeleteView.as_view(), name="event_delete"),
    path("<int:pk>/status/", events.event_status, name="event_status"),
    # what belongs to an event
    path("<int:pk>/headcounts/", event_tabs.EventHeadcountsView.as_view(), name="event_headcounts"),
    path("<int:pk>/tasks/", event_tabs.EventTasksView.as_view(), name="event_tasks"),
    path("<int:pk>/tasks/edit/", events.EventTasksUpdateView.as_view(), name="event_tasks_update"),
    path("<int:pk>/tasks/copy/", event_tabs.tasks_copy, name="event_tasks_copy"),
    path("<int:pk>/minutes/", event_tabs.EventMinutesView.as_view(), name="event_minutes"),
    path("<int:pk>/minutes/edit/", events.MinutesUpdateView.as_view(), name="event_minutes_update"),
    path("<int:pk>/stops/", event_tabs.EventStopsView.as_view(), name="event_stops"),
    path("<int:pk>/stops/edit/", events.TourStopsUpdateView.as_view(), name="event_stops_update"),
    path("stops/<int:stop>/concern/", concerns.StopConcernCreateView.as_view(), name="concern_of_stop"),
    path("<int:event>/concerns/new/", concerns.EventConcernCreateView.as_view(), name="concern_create"),
    path("<int:pk>/contacts/", event_tabs.EventContactsView.as_view(), name="event_contacts"),
    path("<int:pk>/history/", event_tabs.EventHistoryView.as_view(), name="event_history"),
    path("<int:pk>/contacts/new/", quick_notes.EventContactCreateView.as_view(), name="event_contact_create"),
    path("<int:pk>/note/dialog/", quick_notes.event_note, name="event_note"),
    path("<int:pk>/note/", quick_notes.event_note_save, name="event_note_save"),
    path("<int:pk>/contacts/add/", contacts.event_contact_add, name="event_contact_add"),
    path("contacts/<int:pk>/remove/", contacts.event_contact_remove, name="event_contact_remove"),
    path("contacts/options/", contacts.contact_options, name="contact_options"),
    # who took part
    path("<int:pk>/participants/add/", participations.participation_add, name="participation_add"),
    path("<int:pk>/participants/paste/", paste.participation_paste, name="participation_paste"),
    path(
        "<int:pk>/participants/present/", participations.participations_present, name="participations_present"
    ),
    path("participations/<int:pk>/", participations.participation_row, name="participation_row"),
    path("participations/<int:pk>/edit/", participations.participation_update, name="participation_update"),
    path("participations/<int:pk>/toggle/", participations.participation_toggle, name="participation_toggle"),
    path("participations/<int:pk>/delete/", participations.participation_delete, name="participation_delete"),
    path("of-actor/<int:pk>/", actor_tab.ActorEventsView.as_view(), name="actor_events"),
    # when the office is open, and who came
    path("hours/", hours.hours_overview, name="hours"),
    path("hours/new/", hours.HoursCreateView.as_view(), name="hours_create"),
    path("hours/<int:pk>/edit/", hours.HoursUpdateView.as_view(), name="hours_update"),
    path("hours/<int:pk>/delete/", hours.HoursDeleteView.as_view(), name="hours_delete"),
    path("special-days/", hours.SpecialDaysListView.as_view(), name="special_days_list"),
    path("special-days/new/", hours.SpecialDaysCreateView.as_view(), name="special_days_create"),
    path("special-days/import/", hours.special_days_import, name="special_days_import"),
    path("special-days/import/save/", hours.special_days_save, name="special_days_save"),
    path("special-days/<int:pk>/edit/", hours.SpecialDaysUpdateView.as_view(), name="special_days_update"),
    path("special-days/<int:pk>/delete/", hours.SpecialDaysDeleteView.as_view(), name="special_days_delete"),
    path("consultation/", consultation.consultation_today, name="consultation_today"),
    path("consultation/<iso_day:day>/", consultation.consultation, name="consultation"),
    path("consultation/<iso_day:day>/count/", consultation.consultation_count, name="consultation_count"),
    path("consultation/<iso_day:day>/note/", consultation_log.consultation_note, name="consultation_note"),
    path(
        "consultation/<iso_day:day>/note/save/",
        consultation_log.consultation_note_save,
        name="consultation_note_save",
    ),
    path(
        "consultation/<iso_day:day>/contact/",
        consultation_log.ConsultationContactView.as_view(),
        name="consultation_contact",
    ),
    path(
        "consultation/<iso_day:day>/concern/",
        consultation_log.ConsultationConcernView.as_view(),
        name="consultation_concern",
    ),
    path("consultation/<iso_day:day>/tie/", consultation.consultation_tie, name="consultation_tie"),
    # series
    path("series/", series.SeriesListView.as_view(), name="series_list"),
    path("series/new/", series.SeriesCreateView.as_view(), name="series_create"),
    path("series/<int:pk>/", series.SeriesDetailView.as_view(), name="series_detail"),
    path("series/<int:pk>/edit/", series.SeriesUpdateView.as_view(), name="series_update"),
    path("series/<int:pk>/delete/", series.SeriesDeleteView.as_view(), name="series_delete"),
    # spaces, programmes, measures
    *record_urls("spaces/", programmes.SPACES),
    *record_urls("programmes/", programmes.PROGRAMMES),
    *record_urls("measures/", programmes.MEASURES),
]
