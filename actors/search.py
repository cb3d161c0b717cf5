"""What the search box finds in the register."""

from __future__ import annotations

from operator import attrgetter

from django.utils.translation import gettext_lazy as _

from actors.hints import hints_for
from actors.models import Actor
from actors.models.particulars import searched_particulars
from actors.names import find_actors
from core.search import Question, Searched


def find(question: Question) -> list[Actor]:
    """Find actors by any name they had, and by the numbers and e-mail addresses that the user may see."""
    details = searched_particulars(question.user)
    return find_actors(text=question.text, user=question.user, details=details, limit=question.limit)


SEARCHED = [
    Searched(
        model=Actor,
        label=_("Actors"),
        icon="address-book",
        list_name="actors:actor_list",
        find=find,
        title=attrgetter("name"),
        hints=hints_for,
        sector=attrgetter("sector"),
        offers_new=True,
    )
]
