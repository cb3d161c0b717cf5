"""All vocabularies of all apps, by the word in their address."""

from actors.models import ActorType, RelationType, Topic
from contacts.models import ConcernKind, ConcernStatus, ContactChannel
from core.models import VocabularyTerm
from events.models import EventType, ParticipationLevel, ParticipationRole, TaskKind

VOCABULARIES: dict[str, type[VocabularyTerm]] = {
    "actor-types": ActorType,
    "topics": Topic,
    "relation-types": RelationType,
    "contact-channels": ContactChannel,
    "concern-kinds": ConcernKind,
    "concern-statuses": ConcernStatus,
    "event-types": EventType,
    "participation-roles": ParticipationRole,
    "participation-levels": ParticipationLevel,
    "task-kinds": TaskKind,
}


def own_fields(vocabulary: type[VocabularyTerm]) -> list[str]:
    """Return the fields that this vocabulary has beyond those that all have."""
    shared = {field.name for field in VocabularyTerm._meta.fields} | {"id"}
    return [field.name for field in vocabulary._meta.fields if field.name not in shared]
