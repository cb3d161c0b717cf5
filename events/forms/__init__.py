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
from events.forms.hours import CalendarUploadForm, ConsultationHoursForm, CountForm, SpecialDaysForm
from events.forms.invitations import (
    MOST_INVITED,
    InvitationForm,
    InvitedGroupForm,
    SendInvitationsForm,
)
from events.forms.participants import ParticipationForm, PastedNameForm, PasteForm, PickForm
from events.forms.series import MeasureForm, ProgrammeForm, SeriesForm, SpaceForm

__all__ = [
    "MOST_INVITED",
    "CalendarUploadForm",
    "ConsultationHoursForm",
    "CountForm",
    "EventContactForm",
    "EventForm",
    "EventTasksForm",
    "HeadcountForm",
    "InvitationForm",
    "InvitedGroupForm",
    "MeasureForm",
    "MinutesForm",
    "ParticipationForm",
    "PasteForm",
    "PastedNameForm",
    "PickForm",
    "ProgrammeForm",
    "SendInvitationsForm",
    "SeriesForm",
    "SpaceForm",
    "SpecialDaysForm",
    "StatusForm",
    "TourStopsForm",
    "unassigned_contacts",
]
