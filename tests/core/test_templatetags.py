"""The template tags of the kit, and the icons they draw."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory

from core.controls import ControlField
from core.icons import icon_svg
from core.templatetags.kit import crumb, dot, field_kind, form_field, phrase, record_tabs

ROOT = Path(__file__).parents[2]
LITERAL_ICON = re.compile(r"""\{%\s*icon\s+["']([a-z0-9-]+)["']""")


@pytest.fixture
def built_icons(settings: Any, tmp_path: Path) -> Path:
    """An icon file as the front-end build writes it."""
    settings.BASE_DIR = tmp_path
    path = tmp_path / "frontend" / "dist" / "icons.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps({"plus": '<path d="M12 5v14"/>'}))
    return path


def test_an_icon_is_drawn_inline_and_hidden_from_screen_readers(built_icons: Path) -> None:
    assert icon_svg("plus") == (
        '<svg class="ic" data-icon="plus" viewBox="0 0 24 24" fill="none" stroke="currentColor"'
        ' stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"'
        ' focusable="false"><path d="M12 5v14"/></svg>'
    )


def test_an_icon_that_was_not_built_leaves_its_place_empty(built_icons: Path) -> None:
    assert icon_svg('no"such').endswith('focusable="false"></svg>')
    assert 'data-icon="no&quot;such"' in icon_svg('no"such')


def test_a_page_is_drawn_without_icons_before_the_first_build(settings: Any, tmp_path: Path) -> None:
    settings.BASE_DIR = tmp_path
    assert icon_svg("plus").endswith('focusable="false"></svg>')


@pytest.mark.parametrize(("works_on_it", "drawn"), [(True, "<circle/>"), (False, '<path d="M12 5v14"/>')])
def test_a_new_build_is_noticed_where_somebody_works_on_the_site(
    settings: Any, built_icons: Path, works_on_it: bool, drawn: str
) -> None:
    settings.DEBUG = works_on_it
    icon_svg("plus")
    built_icons.write_text(json.dumps({"plus": "<circle/>"}))
    os.utime(built_icons, ns=(1, 1))
    assert icon_svg("plus").endswith(f'focusable="false">{drawn}</svg>')


def test_every_icon_that_a_template_names_was_built() -> None:
    built = ROOT / "frontend" / "dist" / "icons.json"
    if not built.exists():
        pytest.skip("the front end is not built: npm ci && npm run build")
    known = json.loads(built.read_text())
    templates = [
        path
        for app in ("crm", "core", "actors", "contacts", "events", "reports")
        for path in (ROOT / app).rglob("*.html")
        if path.stat().st_mtime < built.stat().st_mtime
    ]
    named = {name for path in templates for name in LITERAL_ICON.findall(path.read_text(encoding="utf-8"))}
    assert named - known.keys() == set()


def test_a_sector_is_a_coloured_dot() -> None:
    assert dot("business") == '<span class="dot sector-business" aria-hidden="true"></span>'
    assert dot('"><script>') == (
        '<span class="dot sector-&quot;&gt;&lt;script&gt;" aria-hidden="true"></span>'
    )


def test_a_step_of_the_trail_links_to_its_page() -> None:
    assert crumb("<Home>", "account_login") == (
        '<li class="breadcrumb-item"><a href="/accounts/login/">&lt;Home&gt;</a></li>'
    )


def test_a_step_whose_page_does_not_exist_is_plain_text() -> None:
    assert crumb("Somewhere", "no:such_page", 3) == '<li class="breadcrumb-item">Somewhere</li>'


def test_tabs_mark_the_page_one_is_on_and_leave_out_pages_that_do_not_exist() -> None:
    context = {"request": RequestFactory().get("/actors/7/relations/")}
    tabs = (("Page", "actors:actor_detail"), ("Ties", "actors:actor_relations"), ("None", "no:such_page"))
    assert record_tabs(context, tabs, 7) == [
        {"label": "Page", "url": "/actors/7/", "active": False, "count": None},
        {"label": "Ties", "url": "/actors/7/relations/", "active": True, "count": None},
    ]


def test_a_phrase_is_kept_on_one_line_and_escaped_once() -> None:
    template = Template(
        "{% load kit %}{% phrase as words %}\n {{ name }} \n &amp; more\n{% endphrase %}[{{ words }}]"
    )
    assert template.render(Context({"name": "A & B"})) == "[A &amp; B &amp; more]"
    assert phrase("  a\n b ") == "a b"


class Sample(forms.Form):
    """One field of each way to be drawn."""

    bound_field_class = ControlField

    name = forms.CharField(widget=forms.TextInput(attrs={"class": "wide"}))
    agreed = forms.BooleanField()
    kind = forms.ChoiceField(choices=[("a", "A")])
    size = forms.ChoiceField(choices=[("s", "S")], widget=forms.RadioSelect)
    topics = forms.MultipleChoiceField(choices=[("t", "T")], widget=forms.CheckboxSelectMultiple)
    secret = forms.CharField(widget=forms.HiddenInput)


def test_fields_are_drawn_by_the_kind_of_their_control() -> None:
    kinds = {field.name: field_kind(field) for field in Sample()}
    assert kinds == {
        "name": "line",
        "agreed": "check",
        "kind": "line",
        "size": "choices",
        "topics": "choices",
        "secret": "line",
    }


def test_controls_carry_the_classes_of_the_theme() -> None:
    classes = {
        field.name: re.findall(r'<(?:input|select)[^>]* class="([^"]*)"', str(field)) for field in Sample()
    }
    assert classes == {
        "name": ["form-control wide"],
        "agreed": ["form-check-input"],
        "kind": ["form-select"],
        "size": ["form-check-input"],
        "topics": ["form-check-input"],
        "secret": [],
    }


def test_a_form_without_the_field_gives_none() -> None:
    form = Sample()
    assert form_field(form, "name") is form["name"]
    assert [form_field(form, "missing"), form_field(form, "secret")] == [None, None]


def test_a_field_says_what_is_wrong_where_it_is_wrong() -> None:
    form = Sample({"name": "", "agreed": "on", "kind": "a", "size": "s", "topics": ["t"], "secret": "x"})
    drawn = form["name"].as_field_group()
    assert 'aria-invalid="true"' in drawn
    assert 'aria-describedby="id_name_error"' in drawn
    assert re.search(r'<div id="id_name_error">\s*<p class="field-error">', drawn)
