"""Every command, and every option of it, is documented for whoever runs the site."""

import re
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import get_commands, load_command_class
from django.core.management.base import BaseCommand

PAGE = (Path(settings.BASE_DIR) / "docs" / "commands.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^### (\w+)\n(.*?)(?=^#|\Z)", PAGE, re.MULTILINE | re.DOTALL))


def own_commands():
    """Return the commands of this project's apps, by name."""
    own = {app.name for app in apps.get_app_configs() if not Path(app.path).is_relative_to(sys.prefix)}
    here = {name: app for name, app in get_commands().items() if app in own}
    return {name: load_command_class(app, name) for name, app in sorted(here.items())}


def arguments_of(command):
    """Return the options that a command adds to those that it inherits, and the words it can be told."""
    parent = next(kind for kind in type(command).__mro__[1:] if kind.__module__.startswith("django."))
    inherited = set() if parent is BaseCommand else set(flags(parent()))
    return [each for each in flags(command) if each not in inherited]


def flags(command):
    common = {
        flag for action in BaseCommand().create_parser("", "")._actions for flag in action.option_strings
    }
    for action in command.create_parser("manage.py", "")._actions:
        yield from set(action.option_strings) - common
        yield from action.choices or () if not action.option_strings else ()


def test_the_page_of_commands_names_each_of_them_and_no_other():
    assert sorted(SECTIONS) == sorted(own_commands())


@pytest.mark.parametrize("name", sorted(SECTIONS))
def test_the_section_of_a_command_names_all_it_can_be_told_and_nothing_else(name):
    arguments = arguments_of(own_commands()[name])
    section = SECTIONS[name]
    assert [
        each for each in arguments if not re.search(rf"(?<![\w-]){re.escape(each)}(?![\w-])", section)
    ] == []
    assert set(re.findall(r"^\| `(--[\w-]+)", section, re.MULTILINE)) == {
        each for each in arguments if each.startswith("--")
    }
