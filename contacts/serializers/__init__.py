"""The log as other programs see it."""

from contacts.serializers.log import (
    ConcernKindSerializer,
    ConcernStatusSerializer,
    ContactChannelSerializer,
    ContactSerializer,
    DiscussionPointSerializer,
    FollowUpSerializer,
    QuickNoteSerializer,
)

__all__ = [
    "ConcernKindSerializer",
    "ConcernStatusSerializer",
    "ContactChannelSerializer",
    "ContactSerializer",
    "DiscussionPointSerializer",
    "FollowUpSerializer",
    "QuickNoteSerializer",
]
