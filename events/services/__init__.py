"""Writes that touch more than one row, each in one transaction, and the matching of pasted names."""

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

__all__ = [
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
    "PastedName",
    "add_participants",
    "copy_tasks",
    "create_edition",
    "headcount_stamp",
    "hours_on",
    "invite",
    "is_open_at",
    "mark_registered_present",
    "match_names",
    "next_hours",
    "office_days",
    "parse_names",
    "save_headcounts",
    "save_series",
    "sort_invitees",
    "split_person",
]
