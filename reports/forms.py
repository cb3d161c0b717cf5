"""What a report is asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from actors.models import Sector, Topic
from core.accounts.models import User
from core.forms import DateInput
from core.models import VocabularyTerm
from core.validators import FIRST_DAY, LAST_DAY, validate_plausible_date
from core.viewers import Viewer
from events.models import EventType, ParticipationRole
from reports.analysis.ties import DEFAULT_KINDS
from reports.builders.graph.keys import GraphKey, new_key, read_key
from reports.builders.graph.labels import kind_labels
from reports.builders.graph.payload import TOO_MANY
from reports.builders.graph.query import GraphQuery
from reports.builders.graph.view import GraphView
from reports.builders.records.report import FIGURES
from reports.period import Period

# Formats that are drawn.
DRAWN = frozenset({"svg", "png"})
# What an explorer is asked for that shall show no kind of ties, or no sector.
NOTHING = "none"


class PeriodForm(forms.Form):
    """Calendar years of a report, both included; empty bounds are open."""

    from_year = forms.IntegerField(
        label=_("From year"), required=False, min_value=FIRST_DAY.year, max_value=LAST_DAY.year
    )
    until_year = forms.IntegerField(
        label=_("Until year"), required=False, min_value=FIRST_DAY.year, max_value=LAST_DAY.year - 1
    )

    def clean(self) -> dict[str, Any]:
        """Refuse swapped years."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("from_year"), cleaned.get("until_year")
        if first is not None and last is not None and last < first:
            raise ValidationError({"until_year": _("This year lies before the first year.")})
        return cleaned

    @property
    def period(self) -> Period:
        """The years that are asked for."""
        return Period.of_years(self.cleaned_data.get("from_year"), self.cleaned_data.get("until_year"))


class RecordsForm(PeriodForm):
    """Asks for the records behind one figure of a report."""

    figure = forms.ChoiceField(choices=[(name, name) for name in FIGURES], widget=forms.HiddenInput)
    value = forms.CharField(required=False, max_length=160, widget=forms.HiddenInput)


class HandOverForm(PeriodForm):
    """The hand-over sheet asks whose work it is about, and for no period: it is about today."""

    from_year = None  # type: ignore[assignment]
    until_year = None  # type: ignore[assignment]
    person = forms.ModelChoiceField(label=_("Work of"), queryset=User.objects.all())


class ContinuityForm(PeriodForm):
    """The continuity report also asks when the programme ends."""

    programme_end = forms.DateField(
        label=_("Programme ends on"),
        required=False,
        widget=DateInput,
        validators=[validate_plausible_date],
        help_text=_("Last day of the funding. Empty: the end of the funding period that is recorded."),
    )


def _terms(model: type[VocabularyTerm]) -> Callable[[], list[tuple[str, str]]]:
    return lambda: [(term.code, term.label) for term in model._default_manager.all()]


class Codes(forms.MultipleChoiceField):
    """Codes to choose from; ``none`` alone means none of them, nothing at all means no choice (None)."""

    def clean(self, value: Any) -> tuple[str, ...] | None:
        """Return the chosen codes, each once."""
        given = [code for code in value or [] if code]
        if given == [NOTHING]:
            return ()
        return tuple(dict.fromkeys(super().clean(given))) or None


class ExplorerForm(PeriodForm):
    """What the explorer is asked for."""

    types = Codes(label=_("Event types"), required=False, choices=_terms(EventType))
    roles = Codes(label=_("Roles"), required=False, choices=_terms(ParticipationRole))
    topics = Codes(label=_("Topics"), required=False, choices=_terms(Topic))
    kinds = Codes(label=_("Kinds of ties"), required=False, choices=lambda: list(kind_labels().items()))
    sectors = Codes(label=_("Sectors"), required=False, choices=Sector.choices)
    count_for = forms.ChoiceField(
        label=_("Count for"),
        required=False,
        choices=[("actor", _("the actor")), ("organisation", _("the organisation represented"))],
    )
    backbone = forms.ChoiceField(
        label=_("Only ties stronger than chance"),
        required=False,
        choices=[("0.01", "1 %"), ("0.05", "5 %"), ("0.1", "10 %")],
    )
    minimum = forms.FloatField(label=_("Least strength"), required=False, min_value=0, max_value=1_000_000)
    office = forms.ChoiceField(
        label=_("Neighbourhood office"),
        required=False,
        choices=[
            ("with", _("with the office")),
            ("without", _("without the office")),
            ("cancelled", _("without the office and its events")),
        ],
    )
    without = forms.CharField(label=_("Without"), required=False, max_length=20_000)
    isolates = forms.ChoiceField(
        label=_("Actors without ties"), required=False, choices=[("show", _("show")), ("hide", _("hide"))]
    )
    key = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput)

    def clean_without(self) -> tuple[int, ...]:
        """Read the ids of the actors to leave out; whom nobody knows is left out already."""
        try:
            given = [int(part) for part in self.cleaned_data["without"].split(",") if part.strip()]
        except ValueError:
            raise ValidationError(_("Give the numbers of actors, separated by commas.")) from None
        return tuple(sorted(set(given)))

    def read_key(self, user: Viewer) -> GraphKey | None:
        """Return the key of the page, or a new one without any; None, with an error, for a bad one."""
        if not self.is_valid():
            return None
        signed = self.cleaned_data["key"]
        key = read_key(signed, user=user) if signed else new_key(user)
        if key is None:
            self.add_error("key", _("This page is too old. Please load it again."))
        return key

    def query(self, *, kinds: tuple[str, ...] = DEFAULT_KINDS) -> GraphQuery:
        """Return the question; ``kinds`` are those that count where none are chosen."""
        answers = self.cleaned_data
        chosen = answers["kinds"]
        return GraphQuery(
            from_year=answers["from_year"],
            until_year=answers["until_year"],
            types=answers["types"] or (),
            roles=answers["roles"] or (),
            topics=answers["topics"] or (),
            kinds=kinds if chosen is None else chosen,
            for_organisations=answers["count_for"] == "organisation",
            alpha=float(answers["backbone"]) if answers["backbone"] else None,
            sectors=answers["sectors"],
            minimum=answers["minimum"] or 0,
            office=answers["office"] or "with",
            without=answers["without"],
            hide_isolates=answers["isolates"] == "hide",
        )


class TieForm(ExplorerForm):
    """Asks for the records behind one tie."""

    a = forms.IntegerField(label=_("Actor"))
    b = forms.IntegerField(label=_("Actor"))


class PictureForm(ExplorerForm):
    """Asks for the picture as a file."""

    colour = forms.ChoiceField(
        label=_("Colour"),
        required=False,
        choices=[("sector", _("Sector")), ("community", _("Community")), ("topic", _("Topic"))],
    )
    size = forms.ChoiceField(
        label=_("Size"),
        required=False,
        choices=[
            ("degree", _("Ties")),
            ("betweenness", _("Betweenness")),
            ("participations", _("Events")),
        ],
    )

    @property
    def looks(self) -> dict[str, str]:
        """What colours and sizes stand for."""
        given = {name: self.cleaned_data[name] for name in ("colour", "size")}
        return {name: value for name, value in given.items() if value}

    def fits(self, code: str, view: GraphView) -> bool:
        """Tell whether a format can hold what is asked for; say so where not."""
        if code not in DRAWN or len(view.actors) <= TOO_MANY:
            return True
        self.add_error(None, _("These are too many actors for a picture. Please narrow the choice."))
        return False


class NetworkForm(PictureForm):
    """The network report asks for years only; what was chosen in the explorer comes along unseen."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.fields.keys() - PeriodForm.base_fields.keys():
            self.fields[name].widget = self.fields[name].hidden_widget()
