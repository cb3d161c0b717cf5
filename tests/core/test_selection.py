"""Chosen records on their way from page to page."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict

from core.selection import Selection, SelectionField, SelectionInput, read_selection


@pytest.mark.parametrize(
    ("texts", "ids"),
    [
        (["3,1,2"], (3, 1, 2)),
        (["3", " 1 , 3"], (3, 1)),
        (["", ",", "x", "-1", "1.5", "²", "9" * 30], ()),
    ],
)
def test_keys_are_read_once_each_and_nonsense_is_passed_over(texts, ids):
    assert read_selection(texts) == Selection(ids)


def test_check_boxes_and_one_text_with_commas_say_the_same():
    widget = SelectionInput()
    texts = [
        widget.value_from_datadict(QueryDict(query), {}, "ids")
        for query in ("ids=1&ids=2", "ids=1,2", "ids=")
    ]
    assert texts == ["1,2", "1,2", None]


def test_more_than_can_be_chosen_is_refused():
    field = SelectionField(most=2)
    assert field.clean("1,2,2") == Selection((1, 2))
    with pytest.raises(ValidationError):
        field.clean("1,2,3")
    with pytest.raises(ValidationError):
        field.clean("")
    assert SelectionField(required=False).clean("") is None
