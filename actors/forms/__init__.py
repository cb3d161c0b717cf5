"""Forms of actors, their ties, contacts and follow-ups."""

from actors.forms.actors import ActorForm
from actors.forms.concerns import (
    ConcernForm,
    ConcernMoveForm,
    ConcernToldForm,
    LetterForm,
    ReminderForm,
)
from actors.forms.contacts import ContactForm
from actors.forms.follow_ups import FollowUpForm
from actors.forms.groups import ActorGroupForm, GroupSelectionForm, MembersForm
from actors.forms.ties import AffiliationForm, DependencyForm, FormerNameForm, RelationForm

__all__ = [
    "ActorForm",
    "ActorGroupForm",
    "AffiliationForm",
    "ConcernForm",
    "ConcernMoveForm",
    "ConcernToldForm",
    "ContactForm",
    "DependencyForm",
    "FollowUpForm",
    "FormerNameForm",
    "GroupSelectionForm",
    "LetterForm",
    "MembersForm",
    "RelationForm",
    "ReminderForm",
]
