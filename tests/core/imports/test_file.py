"""``manage.py import_file``: the same import for scripts."""

import io

import networkx as nx
import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from actors.models import Actor
from core.imports.models import ImportRun
from events.models import Event, Participation
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def import_file(tmp_path):
    """Write a table and import it; return what was printed."""

    def run(kind: str, table: str, *options: str) -> tuple[str, str]:
        path = tmp_path / f"{kind}.csv"
        path.write_text(table)
        out, err = io.StringIO(), io.StringIO()
        try:
            call_command("import_file", kind, str(path), *options, stdout=out, stderr=err)
        except CommandError as error:
            err.write(f"refused: {error}")
        return out.getvalue(), err.getvalue()

    return run


def test_the_southern_women_go_through_by_command(import_file):
    graph = nx.davis_southern_women_graph()
    women, events = graph.graph["top"], graph.graph["bottom"]
    ties = "".join(f"{woman},{event}\n" for woman in women for event in graph[woman])
    import_file(
        "actors", "name,kind\n" + "".join(f"{w},person\n" for w in women), "--set", "actor_type=resident"
    )
    import_file(
        "events",
        "code,title,kind_guess\n" + "".join(f"{e},Event {e},club/church\n" for e in events),
        *("--map", "code=external_id", "--map", "kind_guess=event_type"),
        *("--value", "event_type:club/church=other"),
    )
    out, err = import_file("participations", "name,event_id\n" + ties)
    assert (Actor.objects.count(), Event.objects.count(), Participation.objects.count()) == (18, 14, 89)
    assert "new: 89" in out
    assert err == ""


def test_errors_are_printed_with_row_and_column_and_nothing_is_written(import_file):
    out, err = import_file("actors", "Name;Typ\nA;Verein\nB;Quatsch\n")
    assert "Row 3, column B (Typ): “Quatsch” is not known here." in err
    assert "refused: Some rows are faulty." in err
    assert "faulty: 1" in out
    assert (Actor.objects.count(), ImportRun.objects.count()) == (0, 0)
    _out, err = import_file("actors", "Name;Typ\nA;Verein\nB;Quatsch\n", "--correct-only")
    assert "refused" not in err
    assert Actor.objects.count() == 1


def test_equal_errors_are_printed_once_with_their_rows_and_their_number(import_file):
    rows = "".join(f"A{n};{'Quatsch' if n % 2 else 'Qqq'};\n" for n in range(20)) + "B;Quatsch;30.2.2004\n"
    _out, err = import_file("actors", f"Name;Typ;Aktiv seit\n{rows}C;Verein;30.2.2004\n")
    assert err.splitlines() == [
        "Rows 2, 4, 6, 8, 10 … (10 rows), column B (Typ): “Qqq” is not known here.",
        "Rows 3, 5, 7, 9, 11 … (11 rows), column B (Typ): “Quatsch” is not known here.",
        "Rows 22, 23 (2 rows), column C (Aktiv seit): There is no such day. [30.2.2004]",
        "refused: Some rows are faulty. Correct the file, or choose to apply the correct rows only.",
    ]


def test_equal_errors_of_different_values_do_not_name_one_of_them(import_file):
    _out, err = import_file("actors", "Name;Typ;E-Mail\nA;Verein;a@\nB;Verein;b@\nC;Verein;\n")
    assert err.splitlines()[0] == "Rows 2, 3 (2 rows), column C (E-Mail): Enter a valid email address."


def test_days_that_are_none_are_said_once_whatever_stands_there(import_file):
    rows = "A;Verein;30.2.2004\nB;Verein;31.4.2004\nC;Verein;gestern\nD;Verein;vorgestern\n"
    _out, err = import_file("actors", f"Name;Typ;Aktiv seit\n{rows}")
    assert err.splitlines()[:-1] == [
        "Rows 2, 3 (2 rows), column C (Aktiv seit): There is no such day.",
        "Rows 4, 5 (2 rows), column C (Aktiv seit): This is not a date. Please write it like 12.03.2014.",
    ]


def test_a_dry_run_writes_nothing(import_file):
    out, err = import_file("actors", "Name;Typ\nA;Verein\n", "--dry-run")
    assert ("new: 1" in out, err) == (True, "")
    assert (Actor.objects.count(), ImportRun.objects.count()) == (0, 0)
    _out, err = import_file("actors", "Name;Typ\nA;Quatsch\n", "--dry-run")
    assert "refused" in err


def test_the_import_belongs_to_who_did_it(import_file):
    user = UserFactory()
    import_file("actors", "Name;Typ\nA;Verein\n", "--user", user.username)
    assert ImportRun.objects.get().uploaded_by == user


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["--user", "niemand"], "There is no such user: niemand"),
        (["--map", "Hund=name"], "There is no column “Hund”"),
        (["--map", "Name=hund"], "There is no field “hund”"),
        (["--set", "hund=1"], "There is no field “hund”"),
        (["--set", "hund"], "Please write NAME=VALUE, not: hund"),
        (["--set", "kind=hund"], "is not known here"),
        (["--map", "A="], "faulty"),
    ],
)
def test_wrong_options_are_refused_with_a_reason(import_file, options, reason):
    _out, err = import_file("actors", "Name;Typ\nA;Verein\n", *options)
    assert reason in err
    assert (Actor.objects.count(), ImportRun.objects.count()) == (0, 0)


def test_a_broken_file_is_refused_with_its_row(import_file):
    _out, err = import_file("actors", 'Name;Typ\nA;"Verein\n')
    assert err.startswith("refused: Row 2: ")


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"no such file"):
        call_command("import_file", "actors", str(tmp_path / "nix.csv"))
