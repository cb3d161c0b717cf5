"""Forms of events, series, participation and what belongs to them."""

from events.forms.event import (
    EventContactForm,
    EventForm,
    EventTasksForm,
    MinutesForm,
    StatusForm,
    TourStopsForm,
    unassigned_contacts,
)
from events.forms.headcounts import HeadcountForm
from events.forms.participants import ParticipationForm, PastedNameForm, PasteForm, PickForm
from events.forms.series import MeasureForm, ProgrammeForm, SeriesForm, SpaceForm

__all__ = [
    "EventContactForm",
    "EventForm",
    "EventTasksForm",
    "HeadcountForm",
    "MeasureForm",
    "MinutesForm",
    "ParticipationForm",
    "PasteForm",
    "PastedNameForm",
    "PickForm",
    "ProgrammeForm",
    "SeriesForm",
    "SpaceForm",
    "StatusForm",
    "TourStopsForm",
    "unassigned_contacts",
]
