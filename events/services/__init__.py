"""Writes that touch more than one row, each in one transaction, and the matching of pasted names."""

from events.services.consultation import (
    CHANNEL,
    consultation_on,
    count_visitors,
    open_consultation,
    tie_concern,
    tie_contact,
)
from events.services.headcounts import headcount_stamp, save_headcounts
from events.services.hours import OfficeDay, OpenHours, hours_on, is_open_at, next_hours, office_days
from events.services.invitations import Invitees, LeftOut, invite, sort_invitees
from events.services.name_lists import MAX_NAMES, PastedName, parse_names, split_person
from events.services.name_matching import Candidate, MatchedName, MatchStatus, match_names
from events.services.participants import (
    AddedParticipants,
    NewActor,
    NewParticipant,
    add_participants,
    mark_registered_present,
)
from events.services.series import copy_tasks, create_edition, save_series
from events.services.special_days import Outcome, TakenOver, compare_special_days, save_special_days

__all__ = [
    "CHANNEL",
    "MAX_NAMES",
    "AddedParticipants",
    "Candidate",
    "Invitees",
    "LeftOut",
    "MatchStatus",
    "MatchedName",
    "NewActor",
    "NewParticipant",
    "OfficeDay",
    "OpenHours",
    "Outcome",
    "PastedName",
    "TakenOver",
    "add_participants",
    "compare_special_days",
    "consultation_on",
    "copy_tasks",
    "count_visitors",
    "create_edition",
    "headcount_stamp",
    "hours_on",
    "invite",
    "is_open_at",
    "mark_registered_present",
    "match_names",
    "next_hours",
    "office_days",
    "open_consultation",
    "parse_names",
    "save_headcounts",
    "save_series",
    "save_special_days",
    "sort_invitees",
    "split_person",
    "tie_concern",
    "tie_contact",
]
