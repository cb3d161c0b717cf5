"""What is typed where records are chosen is never dropped: it is refused there, or becomes a record."""

import datetime as dt
from typing import Any

import pytest
from django.utils import translation

from actors.forms.actors import ActorForm
from actors.forms.ties import RelationForm
from actors.models import Actor, Affiliation, Relation
from contacts.forms.concerns import ConcernForm
from contacts.models import Concern
from core.widgets import RemoteMixin, TypedMixin
from events.forms.series import MeasureForm, SeriesForm
from events.models import EventSeries, Measure, Programme, Space
from tests.actors.pages import HTMX, client_of, contact, signed_in
from tests.crm.filled_forms import arguments, record_forms, sent_untouched, sound
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory, ActorGroupFactory, PersonFactory, RelationTypeFactory
from tests.factories.contacts import ConcernFactory, ConcernKindFactory, IncomingEmailFactory
from tests.factories.events import EventFactory, EventSeriesFactory, ParticipationRoleFactory

pytestmark = pytest.mark.django_db


def pickers() -> list[tuple[type[Any], str, bool]]:
    """Return every field of the project's forms that one types into, and whether it takes new names."""
    return [
        (form, name, field.widget.creates is not None)
        for form in record_forms()
        for name, field in {**form.base_fields, **getattr(form, "declared_fields", {})}.items()
        if isinstance(field.widget, TypedMixin)
    ]


def named(value: Any) -> str:
    return value if isinstance(value, str) else getattr(value, "__name__", str(value))


def filled(form_class: type[Any]) -> tuple[Any, dict[str, Any], Any]:
    """Return a record, the arguments of its form, and what a browser sends of it."""
    record = sound(form_class)
    fresh = type(record).objects.get(pk=record.pk)
    given = arguments(form_class, fresh, UserFactory(role="management"))
    return record, given, sent_untouched(form_class(**given))


def without_steps(cases: list[Any]) -> list[Any]:
    """Leave out the one form that shows its picker for one step only; it has a test of its own."""
    return [case for case in cases if case[0].__name__ != "ConcernMoveForm"]


CASES = without_steps(pickers())


def test_every_field_that_looks_actors_up_takes_new_names() -> None:
    without = {
        f"{form.__name__}.{name}"
        for form, name, creates in pickers()
        if not creates and issubclass(type(form.base_fields[name].widget), RemoteMixin)
    }
    assert without == set()
    assert len(pickers()) > 15


@pytest.mark.parametrize(("form_class", "name", "_creates"), CASES, ids=named)
def test_what_was_typed_and_not_chosen_is_refused_at_the_field_and_stands_there_again(
    form_class: Any, name: str, _creates: bool
) -> None:
    record, given, data = filled(form_class)
    data[f"{name}-typed"] = "  Ulla   Neumann "
    form = form_class(data, **given)
    assert {key: [e.code for e in errors] for key, errors in form.errors.as_data().items()} == {
        name: ["unresolved"]
    }
    assert "Ulla Neumann" in str(form.errors)
    assert 'data-typed="Ulla Neumann"' in str(form[name])
    assert type(record).objects.get(pk=record.pk).version == record.version


@pytest.mark.parametrize(("form_class", "name"), [case[:2] for case in CASES if case[2]], ids=named)
def test_a_name_entered_anew_becomes_a_record_together_with_the_form(form_class: Any, name: str) -> None:
    record, given, data = filled(form_class)
    model = form_class(**given).fields[name].queryset.model
    before = set(model.objects.values_list("pk", flat=True))
    data[name] = "new:Ulla Neumann"
    form = form_class(data, **given)
    assert form.is_valid(), form.errors
    assert set(model.objects.values_list("pk", flat=True)) == before
    form.save()
    new = model.objects.get(name="Ulla Neumann")
    assert set(model.objects.values_list("pk", flat=True)) == before | {new.pk}
    stored = type(record).objects.get(pk=record.pk)
    assert new in held_by(stored)


def held_by(record: Any) -> list[Any]:
    """Return every record that this one points to."""
    fields = [field.name for field in record._meta.concrete_fields if field.is_relation]
    lists = [list(getattr(record, field.name).all()) for field in record._meta.many_to_many]
    return [getattr(record, name) for name in fields] + [each for rows in lists for each in rows]


@pytest.mark.parametrize(("form_class", "name"), [case[:2] for case in CASES if case[2]], ids=named)
def test_who_may_not_add_is_not_offered_it_and_refused(form_class: Any, name: str) -> None:
    _record, given, data = filled(form_class)
    given["user"] = UserFactory(role="volunteer")
    data[name] = "new:Ulla Neumann"
    form = form_class(data, **given)
    assert "data-create" not in str(form_class(**given)[name])
    assert form.has_error(name, "unresolved")
    assert 'data-typed="Ulla Neumann"' in str(form[name])
    assert not Actor.objects.filter(name="Ulla Neumann").exists()


@pytest.mark.parametrize(
    ("form_class", "name", "wrong"),
    [
        (ConcernForm, "raised_by", "text"),
        (SeriesForm, "future_carrier", "name"),
        (ActorForm, "guardian", "email"),
    ],
    ids=named,
)
def test_nobody_is_added_where_the_form_is_refused(form_class: Any, name: str, wrong: str) -> None:
    _record, given, data = filled(form_class)
    data[name], data[wrong] = "new:Ulla Neumann", "" if wrong != "email" else "keine Adresse"
    form = form_class(data, **given)
    assert (form.is_valid(), list(form.errors)) == (False, [wrong])
    assert not Actor.objects.filter(name="Ulla Neumann").exists()
    assert '<option value="new:Ulla Neumann" selected>' in str(form[name])


def test_a_concern_is_brought_by_somebody_new() -> None:
    client, kind = client_of(), ConcernKindFactory()
    sent = {"text": "Laterne", "kind": kind.pk, "raised_on": "2020-05-04"}
    answer = client.post("/actors/concerns/new/", {**sent, "raised_by-typed": "Ulla Neumann"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["raised_by"])
    assert (Actor.objects.count(), Concern.objects.count()) == (0, 0)
    answer = client.post("/actors/concerns/new/", {**sent, "raised_by": "new:Ulla Neumann"})
    raised_by = Concern.objects.get().raised_by
    assert (raised_by.name, raised_by.kind, raised_by.actor_type.code) == (
        "Ulla Neumann",
        "person",
        "resident",
    )


@pytest.mark.parametrize(
    ("of", "name", "kind"),
    [
        ("organisation", "Ulla Neumann", "person"),
        ("organisation", "Club Nord", "person"),
        ("person", "Ulla Neumann", "organisation"),
    ],
)
def test_an_affiliation_takes_a_new_one_of_the_kind_that_fits(of: str, name: str, kind: str) -> None:
    actor = PersonFactory() if of == "person" else ActorFactory()
    answer = client_of().post(f"/actors/{actor.pk}/affiliations/new/", {"other": f"new:{name}"})
    assert answer.status_code == 302
    row = Affiliation.objects.get()
    new = row.organisation if of == "person" else row.person
    assert (new.name, new.kind) == (name, kind)


@pytest.mark.parametrize("is_directed", [True, False])
def test_a_relation_takes_a_new_end(is_directed: bool) -> None:
    actor, kind = ActorFactory(), RelationTypeFactory(code="own", is_directed=is_directed)
    sent = {"kind": f"{kind.code}:out", "other": "new:Club Nord", "strength": "2"}
    form = RelationForm(sent, instance=Relation(), actor=actor, user=UserFactory())
    assert form.is_valid(), form.errors
    # Meanwhile somebody else takes the key that the new one had while it was checked.
    PersonFactory()
    form.save()
    relation = Relation.objects.get()
    assert relation.other_end(actor) == Actor.objects.get(name="Club Nord")


def test_one_name_in_several_fields_and_rows_is_one_new_actor() -> None:
    series = EventSeriesFactory()
    user = UserFactory()
    sent = sent_untouched(SeriesForm(instance=series, user=user))
    sent.update({"future_carrier": "new:Club Nord", "carriers-0-actor": "new:club  nord"})
    form = SeriesForm(sent, instance=EventSeries.objects.get(), user=user)
    assert form.is_valid(), form.errors
    form.save()
    club = Actor.objects.get(name="Club Nord")
    assert (EventSeries.objects.get().future_carrier, series.carriers.get().actor) == (club, club)


def test_a_row_with_nothing_but_typed_text_is_refused_at_its_field() -> None:
    series, user = EventSeriesFactory(), UserFactory()
    sent = sent_untouched(SeriesForm(instance=series, user=user))
    sent["carriers-0-actor-typed"] = "Club Nord"
    form = SeriesForm(sent, instance=EventSeries.objects.get(), user=user)
    assert not form.is_valid()
    assert [list(row.errors) for row in form.rows[0].forms] == [["actor"]]
    assert 'data-typed="Club Nord"' in str(form.rows[0].forms[0]["actor"])


def test_a_place_and_a_programme_are_entered_anew_as_well() -> None:
    user = UserFactory()
    series = EventSeriesFactory()
    sent = sent_untouched(SeriesForm(instance=series, user=user))
    sent["space"] = "new:Kleiner Saal"
    form = SeriesForm(sent, instance=EventSeries.objects.get(), user=user)
    assert form.is_valid(), form.errors
    form.save()
    assert EventSeries.objects.get().space == Space.objects.get(name="Kleiner Saal")
    measure = MeasureForm({"title": "Garten", "programme": "new:Soziale Stadt", **rows("goals")}, user=user)
    assert measure.is_valid(), measure.errors
    measure.save()
    assert Measure.objects.get().programme == Programme.objects.get(name="Soziale Stadt")


def rows(prefix: str) -> dict[str, str]:
    return {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}


def test_somebody_at_an_event_is_entered_anew_with_kind_and_type() -> None:
    event, role = EventFactory(), ParticipationRoleFactory()
    sent = {"role": role.pk, "state": "attended"}
    path = f"/events/{event.pk}/participants/add/"
    client = client_of()
    answer = client.post(path, {**sent, "actors-typed": "Ulla Neumann"}, **HTMX)
    assert (answer.status_code, 'data-typed="Ulla Neumann"' in answer.content.decode()) == (422, True)
    described = {"new_name": ["Runde Nord"], "new_kind": ["body"], "new_type": ["body"]}
    client.post(path, {**sent, "actors": ["new:Ulla Neumann", "new:Runde Nord"], **described}, **HTMX)
    assert sorted((p.actor.name, p.actor.kind) for p in event.participations.all()) == [
        ("Runde Nord", "body"),
        ("Ulla Neumann", "person"),
    ]
    answer = client_of("volunteer").post(path, {**sent, "actors": ["new:Erika Muster"]}, **HTMX)
    assert (answer.status_code, Actor.objects.count()) == (422, 2)


def test_a_member_of_a_group_is_entered_anew_and_typed_text_stays_on_the_page() -> None:
    group, client = ActorGroupFactory(), client_of()
    path = f"/actors/groups/{group.pk}/members/add/"
    before = set(group.members.all())
    answer = client.post(path, {"actors-typed": "Ulla Neumann"})
    assert (answer.status_code, 'data-typed="Ulla Neumann"' in answer.content.decode()) == (422, True)
    assert client.post(path, {"actors": ["new:Ulla Neumann"]}).status_code == 302
    assert set(group.members.all()) == before | {Actor.objects.get(name="Ulla Neumann")}


def test_the_contact_of_an_event_that_nobody_knows_stays_in_its_field() -> None:
    event = EventFactory()
    answer = client_of().post(f"/events/{event.pk}/contacts/add/", {"contact-typed": "Anruf"})
    assert (answer.status_code, 'data-typed="Anruf"' in answer.content.decode()) == (422, True)


def test_an_email_is_logged_with_somebody_new() -> None:
    email, client = IncomingEmailFactory(sender="", sender_name=""), client_of()
    sent = {"note": "Anfrage", "date": "2020-05-04", "direction": "in"}
    path = f"/actors/emails/{email.pk}/"
    answer = client.post(path, {**sent, "actors-typed": "Ulla Neumann"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["actors"])
    answer = client.post(path, {**sent, "actors": ["new:Ulla Neumann"]})
    assert answer.status_code == 302
    email.refresh_from_db()
    assert [actor.name for actor in email.contact.actors.all()] == ["Ulla Neumann"]


def test_a_concern_is_forwarded_to_somebody_new() -> None:
    concern, client = ConcernFactory(), client_of()
    path = f"/actors/concerns/{concern.pk}/move/forwarded/"
    answer = client.post(path, {"forwarded_to-typed": "Tiefbauamt"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["forwarded_to"])
    assert client.post(path, {"forwarded_to": "new:Tiefbauamt"}).status_code == 302
    concern.refresh_from_db()
    assert (concern.forwarded_to.name, concern.forwarded_to.kind) == ("Tiefbauamt", "organisation")


def test_what_was_typed_beside_those_who_were_chosen_is_not_dropped() -> None:
    actor = ActorFactory()
    sent = contact(**{"actors": [actor.pk], "actors-typed": "Ulla", "topics-typed": "Umw"})
    answer = client_of().post("/actors/contacts/new/", sent)
    form = answer.context["form"]
    assert (answer.status_code, sorted(form.errors)) == (422, ["actors", "topics"])
    with translation.override("de"):
        drawn = str(form["actors"])
    assert (f'value="{actor.pk}" selected' in drawn, 'data-typed="Ulla"' in drawn) == (True, True)


def test_the_page_asks_about_the_new_names_of_the_field_that_changed() -> None:
    client, _user = signed_in()
    sent = {"guardian": "new:Ulla Neumann", "actors": ["new:Club Nord"]}
    answer = client.post("/actors/options/new/?kind=person", sent, HTTP_HX_TRIGGER_NAME="guardian", **HTMX)
    [row] = answer.context["rows"]
    assert (row.name, row.kind, [kind for kind, _label in row.kinds]) == (
        "Ulla Neumann",
        "person",
        ["person"],
    )
    assert 'id="new-kind-guardian-1"' in answer.content.decode()


def test_which_of_two_namesakes_is_chosen_and_who_has_ended_is_told_when_a_form_is_opened():
    client = client_of("staff")
    streets = ("Weg 1", "Weg 2")
    first, second = (PersonFactory.create(given_name="Ada", family_name="Muster", street=s) for s in streets)
    alone = PersonFactory.create(given_name="Bea", family_name="Muster", street="Weg 3")
    gone = ActorFactory.create(active_until=dt.date(2021, 1, 1))

    def page_of(raised_by: Actor) -> str:
        concern = ConcernFactory.create(raised_by=raised_by)
        return client.get(f"/actors/concerns/{concern.pk}/edit/").content.decode()

    shown, of_second, of_alone, of_gone = (page_of(actor) for actor in (first, second, alone, gone))
    assert ("Weg 1" in shown, "Weg 2" in shown) == (True, False)
    assert ("Weg 1" in of_second, "Weg 2" in of_second) == (False, True)
    assert [mark in of_alone for mark in ("Bea Muster", "data-has-namesake", "data-ended")] == [
        True,
        False,
        False,
    ]
    assert 'data-ended="beendet am 31.12.2020"' in of_gone
