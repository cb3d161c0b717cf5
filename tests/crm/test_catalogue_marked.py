"""Texts that would never be found, and so stay English, are refused."""

import ast
from textwrap import dedent

import pytest

from crm.management import catalogue
from crm.management.marked import marking_faults

NOT_EXTRACTED = "`{}` under the name `{}`: its texts are not extracted"
REBOUND = "`_` is bound to something else in a file that translates with it"


def faults(source):
    return marking_faults(ast.parse(dedent(source)), catalogue.KEYWORDS)


@pytest.mark.parametrize(
    "source",
    [
        "from django.utils.translation import gettext, gettext_lazy, ngettext, pgettext_lazy",
        "from django.utils.translation import gettext as _\n_('Actor')",
        "from django.utils.translation import gettext_lazy as _\n_('Actor')",
        "from django.utils import translation\ntranslation.gettext('Actor')",
        "from django.utils.translation import ngettext\nngettext('%(n)s event', '%(n)s events', count)",
        "from django.utils.translation import gettext as _\n_('By ' 'year')\n_(label)\n_(kind.label)",
        "from django.utils.translation import gettext as _\nwords = _('Up to %(n)s') % {'n': 2}",
        "from django.utils.translation import gettext as _\nf'{_(label)}: {count}'",
        "from django.utils.translation import get_language as __",
        "for _, row in rows: print(row)",
    ],
)
def test_texts_that_are_found_are_no_fault(source):
    assert faults(source) == []


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("from django.utils.translation import gettext as __", NOT_EXTRACTED.format("gettext", "__")),
        (
            "from django.utils.translation import gettext_lazy as lazy",
            NOT_EXTRACTED.format("gettext_lazy", "lazy"),
        ),
        ("from gettext import gettext as tr", NOT_EXTRACTED.format("gettext", "tr")),
        ("from django.utils.translation import ngettext as _", NOT_EXTRACTED.format("ngettext", "_")),
        (
            "from django.utils import translation\nsay = translation.gettext",
            NOT_EXTRACTED.format("gettext", "say"),
        ),
        (
            "from django.utils.translation import pgettext\nsay: object = pgettext",
            NOT_EXTRACTED.format("pgettext", "say"),
        ),
        ("from django.utils.translation import gettext as _\nfor _, row in rows:\n    pass", REBOUND),
        ("from django.utils.translation import gettext as _\n_ = str", REBOUND),
        ("from django.utils.translation import gettext as _\nkeep = lambda _: 1", REBOUND),
        (
            "from words import say as _",
            "`_` is imported from elsewhere: its texts are taken for translations",
        ),
        (
            "from django.utils.translation import gettext as _\n_(f'{count} events')",
            "`_` of a text that is put together inside the call",
        ),
        (
            "from django.utils.translation import gettext\ngettext('one' if count == 1 else 'many')",
            "`gettext` of a text that is put together inside the call",
        ),
        (
            "from django.utils.translation import ngettext\nngettext('one', 'many: %s' % count, count)",
            "`ngettext` of a text that is put together inside the call",
        ),
        (
            "from django.utils.translation import gettext as _\nf'{_(\"Actors\")} {_(label)}'",
            "`_` inside an f-string: its text is not extracted",
        ),
    ],
)
def test_texts_that_are_never_found_are_faults(source, fault):
    assert [text for _line, text in faults(source)] == [fault]


def test_a_fault_names_file_and_line(tmp_path, settings):
    settings.BASE_DIR = tmp_path
    (tmp_path / "contacts" / "views").mkdir(parents=True)
    (tmp_path / "contacts" / "views" / "emails.py").write_text(
        "import io\nfrom django.utils.translation import gettext as __\n"
    )
    fault = NOT_EXTRACTED.format("gettext", "__")
    assert catalogue.marked_wrongly() == [f"contacts/views/emails.py:2: {fault}"]
    assert fault in "\n".join(catalogue.problems())
