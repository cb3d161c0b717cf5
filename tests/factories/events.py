"""Events, participation and programmes for tests."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from events.models import (
    AgendaItem,
    ConsultationHours,
    Decision,
    Event,
    EventConcern,
    EventContact,
    EventSeries,
    EventStatus,
    EventType,
    FundingPeriod,
    Headcount,
    Measure,
    MeasureGoal,
    Participation,
    ParticipationLevel,
    ParticipationRole,
    Programme,
    SeriesCarrier,
    SeriesFormerName,
    Space,
    SpecialDays,
    SpecialDaysKind,
    TaskAssignment,
    TaskKind,
    TourStop,
)
from tests.factories.actors import ActorFactory, TermFactory
from tests.factories.contacts import ConcernFactory, ContactFactory


class EventTypeFactory(TermFactory):
    class Meta:
        model = EventType

    code = "festival"


class ParticipationRoleFactory(TermFactory):
    class Meta:
        model = ParticipationRole

    code = "attendee"


class OrganiserRoleFactory(ParticipationRoleFactory):
    code = "organiser"
    is_organising = True


class ParticipationLevelFactory(TermFactory):
    class Meta:
        model = ParticipationLevel

    code = "information"


class TaskKindFactory(TermFactory):
    class Meta:
        model = TaskKind

    code = "organisation"


class ProgrammeFactory(DjangoModelFactory):
    class Meta:
        model = Programme

    name = factory.Sequence(lambda n: f"Programm {n}")


class FundingPeriodFactory(DjangoModelFactory):
    class Meta:
        model = FundingPeriod

    programme = factory.SubFactory(ProgrammeFactory)
    valid_from = dt.date(2018, 1, 1)
    valid_until = dt.date(2022, 1, 1)


class MeasureFactory(DjangoModelFactory):
    class Meta:
        model = Measure

    title = factory.Sequence(lambda n: f"Maßnahme {n}")


class MeasureGoalFactory(DjangoModelFactory):
    class Meta:
        model = MeasureGoal

    measure = factory.SubFactory(MeasureFactory)
    goal = "Mehr Beteiligung"
    indicator = "Zahl der Treffen"


class SpaceFactory(DjangoModelFactory):
    class Meta:
        model = Space

    name = factory.Sequence(lambda n: f"Saal {n}")


class EventSeriesFactory(DjangoModelFactory):
    class Meta:
        model = EventSeries

    name = factory.Sequence(lambda n: f"Reihe {n}")
    event_type = factory.SubFactory(EventTypeFactory)


class SeriesFormerNameFactory(DjangoModelFactory):
    class Meta:
        model = SeriesFormerName

    series = factory.SubFactory(EventSeriesFactory)
    name = factory.Sequence(lambda n: f"Alte Reihe {n}")


class SeriesCarrierFactory(DjangoModelFactory):
    class Meta:
        model = SeriesCarrier

    series = factory.SubFactory(EventSeriesFactory)
    actor = factory.SubFactory(ActorFactory)


class EventFactory(DjangoModelFactory):
    """An event that was held."""

    class Meta:
        model = Event

    event_type = factory.SubFactory(EventTypeFactory)
    title = factory.Sequence(lambda n: f"Fest {n}")
    start_date = dt.date(2019, 6, 15)
    status = EventStatus.HELD


class AgendaItemFactory(DjangoModelFactory):
    class Meta:
        model = AgendaItem

    event = factory.SubFactory(EventFactory)
    title = "Begrüßung"


class DecisionFactory(DjangoModelFactory):
    class Meta:
        model = Decision

    event = factory.SubFactory(EventFactory)
    text = "Das Fest findet statt."


class TourStopFactory(DjangoModelFactory):
    class Meta:
        model = TourStop

    event = factory.SubFactory(EventFactory)
    place = "Marktplatz"


class EventContactFactory(DjangoModelFactory):
    class Meta:
        model = EventContact

    event = factory.SubFactory(EventFactory)
    contact = factory.SubFactory(ContactFactory)


class ParticipationFactory(DjangoModelFactory):
    class Meta:
        model = Participation

    event = factory.SubFactory(EventFactory)
    actor = factory.SubFactory(ActorFactory)
    role = factory.SubFactory(ParticipationRoleFactory)


class HeadcountFactory(DjangoModelFactory):
    class Meta:
        model = Headcount

    event = factory.SubFactory(EventFactory)
    count = 50


class TaskAssignmentFactory(DjangoModelFactory):
    class Meta:
        model = TaskAssignment

    event = factory.SubFactory(EventFactory)
    task = factory.SubFactory(TaskKindFactory)
    actor = factory.SubFactory(ActorFactory)


class EventConcernFactory(DjangoModelFactory):
    class Meta:
        model = EventConcern

    event = factory.SubFactory(EventFactory)
    concern = factory.SubFactory(ConcernFactory)


class ConsultationHoursFactory(DjangoModelFactory):
    """Tuesdays from ten to twelve, all year."""

    class Meta:
        model = ConsultationHours

    weekday = 1
    start = dt.time(10)
    end = dt.time(12)


class SpecialDaysFactory(DjangoModelFactory):
    """School holidays around Easter."""

    class Meta:
        model = SpecialDays

    kind = SpecialDaysKind.SCHOOL_HOLIDAYS
    name = "Osterferien"
    first_day = dt.date(2026, 3, 23)
    final_day = dt.date(2026, 4, 7)
