"""What the words of the reports about the network mean."""

from django.utils.translation import gettext as _

from reports.report import Definition


def network_definitions() -> tuple[Definition, ...]:
    """Return what the words of the network mean."""
    return (
        Definition(
            _("Held event"),
            _(
                "Only events with the status “held” count. Cancelled ones are counted apart, all "
                "others not at all."
            ),
        ),
        Definition(
            _("Tie"),
            _(
                "Two actors are tied if both took part in at least one event. Headcounts without "
                "names make no ties."
            ),
        ),
        Definition(
            _("Strength"),
            _(
                "Each common event counts as 1 ÷ (participants − 1): the more took part, the less it ties "
                "any two of them. An actor’s strength is thereby the number of events at which it met others "
                "(Newman 2001)."
            ),
        ),
        Definition(
            _("Strong tie"),
            _(
                "A tie between two actors who organised an event together, carried tasks at one event, or "
                "have a declared relation."
            ),
        ),
        Definition(_("Ties"), _("How many different other actors an actor met at events (degree).")),
        Definition(
            _("Betweenness"),
            _(
                "The share of the shortest paths between all others that run through this actor, measured on "
                "actors and events and divided by the largest share possible "
                "(betweenness, Borgatti and Everett 1997)."
            ),
        ),
        Definition(
            _("Community"),
            _(
                "Actors who meet each other more often than chance would have it (Leiden "
                "method, modularity). "
                "Twenty runs are compared; below an agreement of 0.8 the result is called unstable."
            ),
        ),
        Definition(_("Connected group"), _("Actors who can all reach each other over ties (component).")),
        Definition(_("Cut point"), _("An actor without whom a connected group falls apart.")),
        bridging_definition(),
    )


def bridging_definition() -> Definition:
    """Return who could bridge; the same words stand in the explorer."""
    return Definition(
        _("Who could bridge"),
        _(
            "Shown without the office or somebody else: actors of the largest group that remains, ranked "
            "by how many of those who fall away from it they have met, then by their common acquaintances."
        ),
    )


def change_definitions() -> tuple[Definition, ...]:
    """Return what the words of the years mean."""
    return (
        Definition(
            _("Retention"),
            _(
                "Actors who were there both this year and the year before ÷ actors of the year "
                "before. Not defined in a "
                "year without held events, nor in the year after it. Shares are shown from 20 cases on."
            ),
        ),
        Definition(
            _("Staying"),
            _(
                "The share of actors that stays longer than a number of years (Kaplan and Meier 1958, with "
                "the range of 95 percent after Greenwood). Counted are actors who first came after the first "
                "recorded year, and early enough to say whether they stayed."
            ),
        ),
        Definition(
            _("Reactivated"),
            _("Took part in some earlier year, not in the year before, and again in this year."),
        ),
    )


def continuity_definitions() -> tuple[Definition, ...]:
    """Return what the words of continuity mean."""
    return (
        Definition(
            _("Format"), _("Events that recur under one name, such as a festival or a consultation hour.")
        ),
        Definition(
            _("Secured"),
            _(
                "All of this holds on the day that stands beside the status: the carrier is not the office; "
                "a contact person is named; both are there, and funding and space reach, until at least "
                "twelve months past the end of the programme; no programme pays the carrier that ends before "
                "then, or of which no end is recorded; the last edition is not older than twice the rhythm "
                "(two years where there is none); and at the last edition with recorded tasks the office "
                "carried no more than half of them. Where no future carrier is named, the present one is "
                "taken. Whether the carrier has agreed is not recorded yet."
            ),
        ),
        Definition(
            _("Still open"),
            _("Nobody is recorded who is to carry the format, only the office, or somebody who has ended."),
        ),
        Definition(_("Ends deliberately"), _("It was decided that the format ends.")),
        Definition(_("In handover"), _("Everything else; what is missing stands beside it.")),
        Definition(
            _("Share of the office"),
            _(
                "Tasks carried by the office ÷ tasks assigned, at held events. Tasks that nobody "
                "carries are in neither "
                "number."
            ),
        ),
        Definition(
            _("Strong tie"),
            _(
                "A tie between two actors who organised an event together, carried tasks at one event, or "
                "have a declared relation."
            ),
        ),
        bridging_definition(),
    )


def office_definition() -> Definition:
    """Return who the office is."""
    return Definition(
        _("The office"),
        _(
            "Actors of the type neighbourhood office. What they did outside of the time for which a "
            "programme is recorded as paying for them counts as work of the office as well; the first "
            "page then says that a period is missing."
        ),
    )


def suppression_definition() -> Definition:
    """Return what the signs for numbers that are not told mean."""
    return Definition(
        _("Not told"),
        _(
            "“<5” stands for one to four actors or ties; “•” is left out so that such a number cannot be "
            "worked out from the rest of this report."
        ),
    )
