"""The German catalogue is kept without gettext's programs."""

import gettext
from textwrap import dedent

import pytest

from crm.management import catalogue


@pytest.fixture
def project(tmp_path, settings, monkeypatch):
    """A project of one Python file and one template, with an empty catalogue."""
    settings.BASE_DIR = tmp_path
    locale = tmp_path / "crm" / "locale"
    monkeypatch.setattr(catalogue, "LOCALE_DIR", locale)
    monkeypatch.setattr(catalogue, "CATALOGUE", locale / "de" / "LC_MESSAGES" / "django.po")
    catalogue.CATALOGUE.parent.mkdir(parents=True)
    (tmp_path / "actors").mkdir()
    (tmp_path / "actors" / "models.py").write_text(
        dedent(
            """
            from django.utils.translation import gettext_lazy as _, ngettext, pgettext_lazy
            name = _("Actor")
            count = ngettext("%(n)s event", "%(n)s events", 2)
            month = pgettext_lazy("month", "May")
            """
        )
    )
    (tmp_path / "actors" / "page.html").write_text(
        dedent(
            """
            {% load i18n %}<p title="{% translate "Search" %}">It's # no comment (
              {% blocktranslate trimmed with name=actor.name %}
                Hello {{ name }},
                100% welcome
              {% endblocktranslate %}
            </p>
            """
        )
    )
    return tmp_path


def translate(text):
    catalogue.CATALOGUE.write_text(text, encoding="utf-8")


def ids(messages):
    return sorted(str(message.id) for message in messages if message.id)


def test_texts_of_python_and_of_templates_are_found(project):
    assert ids(catalogue.collect()) == [
        "('%(n)s event', '%(n)s events')",
        "Actor",
        "Hello %(name)s, 100%% welcome",
        "May",
        "Search",
    ]


def test_updating_keeps_translations_and_drops_texts_no_longer_used(project):
    translate('msgid "Actor"\nmsgstr "Akteur"\n\nmsgid "Gone"\nmsgstr "Weg"\n')
    _, content = catalogue.updated()
    assert 'msgid "Actor"\nmsgstr "Akteur"' in content
    assert "Gone" not in content


def test_updating_twice_changes_nothing(project):
    translate(catalogue.updated()[1])
    assert catalogue.updated()[1] == catalogue.CATALOGUE.read_text(encoding="utf-8")


def test_an_untranslated_text_is_a_problem(project):
    translate(catalogue.updated()[1])
    assert "not translated: 'Actor'" in catalogue.problems()


def test_a_catalogue_that_lacks_a_text_is_not_up_to_date(project):
    translate('msgid "Actor"\nmsgstr "Akteur"\n')
    assert "not up to date" in catalogue.problems()[0]


def test_a_translation_that_lost_its_placeholder_is_a_problem(project):
    translate(
        catalogue.updated()[1].replace(
            'msgid "Hello %(name)s, 100%% welcome"\nmsgstr ""',
            'msgid "Hello %(name)s, 100%% welcome"\nmsgstr "Hallo %(nome)s, 100%% willkommen"',
        )
    )
    assert any("nome" in problem for problem in catalogue.problems())


def test_a_compiled_catalogue_is_one_that_gettext_reads(project):
    translate(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Actor"\nmsgstr "Akteur*in"\n'
    )
    catalogue.compile_all()
    with catalogue.CATALOGUE.with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Actor") == "Akteur*in"


def test_a_new_text_is_only_untranslated(project):
    translate('msgid ""\nmsgstr ""\n')
    untranslated = [problem for problem in catalogue.problems() if problem.startswith("not translated")]
    assert len(untranslated) == len(catalogue.problems()) - 1 == 5
