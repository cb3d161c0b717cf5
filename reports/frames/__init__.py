"""The only door between the database and what reports count.

Everything goes in, whoever asks: figures must not depend on the reader. What the reader may not see comes in
without its name: the label of a hidden actor is a pseudonym of its sector before any figure is made.
"""

from reports.frames.events import has_held_events, load_programme_end
from reports.frames.formats import (
    load_carriers,
    load_edition_attendance,
    load_rhythms,
    load_series,
    load_series_titles,
    load_spaces,
)
from reports.frames.register import Register, load_hints, load_register
from reports.frames.report import ReportFrames
from reports.frames.ties import (
    load_affiliations,
    load_all_affiliations,
    load_contacts,
    load_dependencies,
    load_relations,
    load_tasks,
)
from reports.frames.vocabulary import (
    load_districts,
    load_terms,
    load_topics,
    load_topics_in_use,
    load_topics_of_actors,
    load_topics_of_events,
)

__all__ = [
    "Register",
    "ReportFrames",
    "has_held_events",
    "load_affiliations",
    "load_all_affiliations",
    "load_carriers",
    "load_contacts",
    "load_dependencies",
    "load_districts",
    "load_edition_attendance",
    "load_hints",
    "load_programme_end",
    "load_register",
    "load_relations",
    "load_rhythms",
    "load_series",
    "load_series_titles",
    "load_spaces",
    "load_tasks",
    "load_terms",
    "load_topics",
    "load_topics_in_use",
    "load_topics_of_actors",
    "load_topics_of_events",
]
