"""One sound record of each kind that the API serves, made by its factory."""

from __future__ import annotations

from typing import Any

from tests.factories import accounts, actors, contacts, events

FACTORIES: dict[str, Any] = {
    "actors": actors.ActorFactory,
    "programme-dependencies": actors.ProgrammeDependencyFactory,
    "affiliations": actors.AffiliationFactory,
    "relations": actors.RelationFactory,
    "actor-groups": actors.ActorGroupFactory,
    "contacts": contacts.ContactFactory,
    "discussion-points": contacts.DiscussionPointFactory,
    "concerns": contacts.ConcernFactory,
    "follow-ups": contacts.FollowUpFactory,
    "consents": actors.ConsentFactory,
    "emails": contacts.IncomingEmailFactory,
    "actor-types": actors.ActorTypeFactory,
    "topics": actors.TopicFactory,
    "relation-types": actors.RelationTypeFactory,
    "contact-channels": contacts.ContactChannelFactory,
    "concern-kinds": contacts.ConcernKindFactory,
    "concern-statuses": contacts.ConcernStatusFactory,
    "events": events.EventFactory,
    "event-series": events.EventSeriesFactory,
    "series-carriers": events.SeriesCarrierFactory,
    "participations": events.ParticipationFactory,
    "headcounts": events.HeadcountFactory,
    "tasks": events.TaskAssignmentFactory,
    "agenda-items": events.AgendaItemFactory,
    "decisions": events.DecisionFactory,
    "tour-stops": events.TourStopFactory,
    "event-contacts": events.EventContactFactory,
    "event-concerns": events.EventConcernFactory,
    "consultation-hours": events.ConsultationHoursFactory,
    "special-days": events.SpecialDaysFactory,
    "spaces": events.SpaceFactory,
    "programmes": events.ProgrammeFactory,
    "funding-periods": events.FundingPeriodFactory,
    "measures": events.MeasureFactory,
    "measure-goals": events.MeasureGoalFactory,
    "event-types": events.EventTypeFactory,
    "participation-roles": events.ParticipationRoleFactory,
    "participation-levels": events.ParticipationLevelFactory,
    "task-kinds": events.TaskKindFactory,
    "users": accounts.UserFactory,
}

# The terms that factories share have to differ where two are wanted.
SEVERAL: dict[str, dict[str, Any]] = {
    prefix: {"code": "several-{n}"}
    for prefix, factory in FACTORIES.items()
    if "code" in {field.name for field in factory._meta.model._meta.fields}
}


def make(prefix: str, number: int = 0) -> Any:
    """Make a record of this kind; different numbers make different ones."""
    fields = {name: value.format(n=number) for name, value in SEVERAL.get(prefix, {}).items()}
    return FACTORIES[prefix](**fields)
