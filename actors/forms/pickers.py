"""The control in which actors are chosen: looked up in the register, or entered anew by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from actors.hints import hints_for, with_hints
from actors.models import Actor, ActorKind, ActorType
from actors.names import guess_kind, similar_actors, usual_type
from core.forms import label_of
from core.viewers import SignedIn
from core.widgets import RemoteMixin, as_list, new_names

OPTIONS = "actors:actor_options"
NEW_FIELDS = ("new_name", "new_kind", "new_type")
KINDS: Mapping[str, Sequence[ActorKind]] = {
    "": list(ActorKind),
    "person": [ActorKind.PERSON],
    "collective": [ActorKind.ORGANISATION, ActorKind.BODY],
}
Described = dict[str, tuple[str, str]]


@dataclass
class NewActorRow:
    """What the page asks about a name that is not in the register yet."""

    name: str
    kind: str
    actor_type: str
    kinds: list[tuple[str, Any]]
    types: list[tuple[str, str]]
    similar: list[Actor]


def read_described(data: Any) -> Described:
    """Return what was said about new names: kind and code of the type, by name."""
    names, kinds, codes = (
        data.getlist(field) if hasattr(data, "getlist") else as_list(data.get(field)) for field in NEW_FIELDS
    )
    return {name: (kind, code) for name, kind, code in zip(names, kinds, codes, strict=False)}


def kind_and_type(name: str, described: Described, kinds: Sequence[str]) -> tuple[str, str]:
    """Return kind and type of a new actor: what was chosen, or what is likeliest."""
    kind, code = described.get(name, ("", ""))
    if kind not in kinds:
        guess = guess_kind(name)
        kind, code = (guess if guess in kinds else kinds[0]), ""
    if not ActorType.objects.in_use().filter(code=code).exists():
        usual = usual_type(kind)
        code = usual.code if usual else ""
    return kind, code


def new_rows(
    names: Iterable[str], *, described: Described, kinds: Sequence[str], user: SignedIn
) -> list[NewActorRow]:
    """Return a row for each name entered anew, with what was chosen or the likeliest choice."""
    types = [(term.code, label_of(term)) for term in ActorType.objects.in_use()] if names else []
    offered = [(value, label) for value, label in ActorKind.choices if value in kinds]
    return [
        NewActorRow(
            name,
            *kind_and_type(name, described, kinds),
            kinds=offered,
            types=types,
            similar=with_hints(similar_actors(name=name, user=user), user=user),
        )
        for name in names
    ]


class ActorMixin(RemoteMixin):
    """Looks actors up, of one ``kind`` or of any; a new one is asked about below the field."""

    creates: ClassVar[Any] = Actor

    def __init__(self, attrs: dict[str, Any] | None = None, *, kind: str = "") -> None:
        super().__init__(attrs, url_name=OPTIONS)
        self.described: Described = {}
        self.kind = kind

    @property
    def kind(self) -> str:
        """The kind of actors that is looked for."""
        return self._kind

    @kind.setter
    def kind(self, kind: str) -> None:
        self._kind, self.query = kind, f"kind={kind}" if kind else ""

    def build_attrs(self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None) -> Any:
        attrs = super().build_attrs(base_attrs, extra_attrs)
        if self.may_create:
            # The form around may have answers of its own: nothing of that holds here.
            attrs |= {
                "hx-post": reverse("actors:new_actors") + (f"?{self.query}" if self.query else ""),
                "hx-trigger": "newentry",
                "hx-target": "next .new-actors",
                "hx-swap": "innerHTML",
                "hx-select": "unset",
            }
        return attrs

    def read_chosen(self, chosen: QuerySet) -> list[tuple[Any, dict[str, str]]]:
        """Say which of several of one name was chosen and who has ended, as the list of hits did."""
        if self.user is None:
            return super().read_chosen(chosen)
        same = Actor.objects.visible_to(self.user).order_by().filter(sort_name=OuterRef("sort_name"))
        several = Exists(same.exclude(pk=OuterRef("pk")))
        actors = list(chosen.select_related("actor_type").annotate(has_namesake=several))
        namesakes = [actor for actor in actors if actor.has_namesake]
        hints = hints_for(namesakes, user=self.user) if namesakes else {}
        told = {actor.pk: {"data-ended": actor.ended_text} for actor in actors if actor.ended_text}
        told |= {key: {"data-has-namesake": "yes", "data-hint": hint} for key, hint in hints.items()}
        return [(actor, told.get(actor.pk, {})) for actor in actors]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        self.described = read_described(data)
        return super().value_from_datadict(data, files, name)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        names = new_names([str(v) for v in as_list(value)]) if self.may_create else []
        rows = (
            new_rows(names, described=self.described, kinds=KINDS[self.kind], user=self.user)
            if self.user
            else []
        )
        return {**context, "may_create": self.may_create, "rows": rows, "prefix": name}

    def build(self, name: str) -> Actor:
        """Return the new actor, checked and not saved yet."""
        kind, code = kind_and_type(name, self.described, KINDS[self.kind])
        actor = Actor(name=name, kind=kind, actor_type=ActorType.objects.filter(code=code).first())
        actor.full_clean()
        return actor


class ActorSelect(ActorMixin, forms.Select):
    """One actor."""

    template_name = "actors/picker.html"


class ActorSelectMultiple(ActorMixin, forms.SelectMultiple):
    """Several actors."""

    template_name = "actors/picker.html"
