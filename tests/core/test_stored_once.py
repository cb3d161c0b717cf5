"""A draft is stored once: what ``store_once`` itself does, apart from the forms and notes that use it."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from actors.models import Actor
from core.models.drafts import DraftKey
from core.stored_once import Draft, StoredOtherwise, keep_one, sent_draft, store_once
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory

pytestmark = pytest.mark.django_db


def test_without_a_key_every_draft_is_stored():
    draft = Draft(UserFactory(), "", "Turnverein")
    results = [store_once(draft=draft, save=ActorFactory) for _time in range(2)]
    assert ([is_new for _actor, is_new in results], Actor.objects.count()) == ([True, True], 2)


def test_with_a_key_the_second_is_led_to_the_first():
    draft = Draft(UserFactory(), "k-1", "Turnverein  Eiche")
    first, is_first_new = store_once(draft=draft, save=ActorFactory)
    again = Draft(draft.user, "k-1", "Turnverein Eiche")
    second, is_second_new = store_once(draft=again, save=ActorFactory)
    assert (is_first_new, is_second_new, second == first, Actor.objects.count()) == (True, False, True, 1)


@pytest.mark.parametrize(("text", "other"), [("Eiche", "Turnverein Eiche"), ("Turnverein Eiche", "Eiche")])
def test_other_content_under_a_stored_key_is_never_taken_for_the_same(text, other):
    draft = Draft(UserFactory(), "k-1", text)
    first, _is_new = store_once(draft=draft, save=ActorFactory)
    with pytest.raises(StoredOtherwise) as refused:
        store_once(draft=Draft(draft.user, "k-1", other), save=ActorFactory)
    assert (refused.value.record, Actor.objects.count()) == (first, 1)


def test_the_key_of_somebody_else_is_worth_nothing():
    draft = Draft(UserFactory(), "k-1", "Turnverein Eiche")
    store_once(draft=draft, save=ActorFactory)
    _actor, is_new = store_once(draft=Draft(UserFactory(), "k-1", draft.text), save=ActorFactory)
    assert (is_new, Actor.objects.count()) == (True, 2)


def test_a_key_that_made_no_record_is_refused_in_words():
    draft = Draft(UserFactory(), "k-1", "Namen")
    DraftKey.objects.create(owner=draft.user, key="k-1", digest=draft.digest)
    with pytest.raises(ValidationError):
        store_once(draft=draft, save=ActorFactory)
    assert Actor.objects.count() == 0


def sent(
    address: str = "/actors/new/", *, file: tuple[str, bytes] = ("liste.csv", b"A"), **typed: str
) -> Any:
    request: Any = RequestFactory().post(
        address, {"source_key": "k-1", "name": "Eiche", "file": SimpleUploadedFile(*file), **typed}
    )
    request.user = "somebody"
    return sent_draft(request)


@pytest.mark.parametrize(
    "otherwise",
    [
        {"address": "/actors/new/?type=club"},
        {"name": "Buche"},
        {"notes": "Linde"},
        {"file": ("liste.csv", b"B")},
        {"file": ("namen.csv", b"A")},
    ],
)
def test_a_form_is_another_by_its_address_what_was_typed_and_its_files(otherwise):
    assert sent(**otherwise).digest != sent().digest


@pytest.mark.parametrize("beside", ["csrfmiddlewaretoken", "next", "_addanother", "password", "new_password"])
def test_a_form_is_the_same_with_another_token_another_way_on_and_another_password(beside):
    assert sent(**{beside: "x"}).digest == sent(**{beside: "y"}).digest == sent().digest
    assert (sent().user, sent().key, "Eiche" in sent().text) == ("somebody", "k-1", True)


def test_a_file_is_read_from_its_beginning_after_it_was_compared():
    request: Any = RequestFactory().post(
        "/", {"source_key": "k", "file": SimpleUploadedFile("a.csv", b"A;B")}
    )
    request.user = "somebody"
    sent_draft(request)
    assert request.FILES["file"].read() == b"A;B"


@pytest.mark.parametrize(
    ("text", "other", "kept"),
    [("Eiche", "Eiche", "A"), ("Eiche", "Turnverein Eiche", "AB"), ("Turnverein Eiche", "Eiche", "AB")],
)
def test_of_what_was_made_twice_the_first_is_kept_and_of_others_both(text, other, kept):
    first, second = (ActorFactory.create(name=name) for name in "AB")
    user = UserFactory()
    keep_one(Draft(user, "k-1", text), first)
    assert keep_one(Draft(user, "k-1", other), second).name == kept[-1]
    assert "".join(Actor.objects.order_by("name").values_list("name", flat=True)) == kept
    assert keep_one(Draft(user, "", text), first) == first
