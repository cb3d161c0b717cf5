"""Writes that touch more than one row. All or nothing: each runs in one transaction."""

from actors.services.actors import (
    NewActor,
    Phone,
    create_actor_by_name,
    keep_former_name,
    parse_phones,
    save_actor,
)
from actors.services.concerns import (
    check_department,
    move_concern,
    plan_reminder,
    record_concern,
    tell_resident,
)
from actors.services.contacts import Draft, LoggedOtherwise, log_once, record_contact, save_contact
from actors.services.follow_ups import (
    PlannedFollowUp,
    finish_follow_up,
    finish_follow_ups,
    hand_over_follow_up,
    hand_over_follow_ups,
    plan_follow_up,
    postpone_follow_up,
    postpone_follow_ups,
    reopen_follow_up,
    reopen_follow_ups,
    set_repeats,
)
from actors.services.groups import add_to_group, remove_from_group

__all__ = [
    "Draft",
    "LoggedOtherwise",
    "NewActor",
    "Phone",
    "PlannedFollowUp",
    "add_to_group",
    "check_department",
    "create_actor_by_name",
    "finish_follow_up",
    "finish_follow_ups",
    "hand_over_follow_up",
    "hand_over_follow_ups",
    "keep_former_name",
    "log_once",
    "move_concern",
    "parse_phones",
    "plan_follow_up",
    "plan_reminder",
    "postpone_follow_up",
    "postpone_follow_ups",
    "record_concern",
    "record_contact",
    "remove_from_group",
    "reopen_follow_up",
    "reopen_follow_ups",
    "save_actor",
    "save_contact",
    "set_repeats",
    "tell_resident",
]
