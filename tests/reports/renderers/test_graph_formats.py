"""The network as a file: what is written is read back by somebody else's reader, whatever the names are."""

import csv
import io
import json
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import igraph
import networkx as nx
import pandas
import pytest
from django.conf import settings
from django.utils import translation

from reports.renderers.graph_formats import GRAPH_FORMATS
from reports.renderers.graph_formats.attributes import clean
from tests.factories.pictures import CONTROL, FORMULA, LONG, NAMES, QUOTED, SCRIPT, small_picture

EMPTY = small_picture(nodes=(), edges=(), facts=(), notes=())
ENDS = [("10", "11"), ("10", "-4"), ("11", "13"), ("-4", "14"), ("13", "15"), ("14", "15")]


def rendered(name, picture=None):
    with translation.override("en"):
        return GRAPH_FORMATS[name].render(picture or small_picture())


def pairs(edges):
    return {frozenset(edge) for edge in edges}


def as_file(tmp_path: Path, name: str) -> str:
    target = tmp_path / f"graph.{GRAPH_FORMATS[name].suffix}"
    target.write_bytes(rendered(name))
    return str(target)


@pytest.mark.parametrize("name", GRAPH_FORMATS)
def test_the_same_network_gives_the_same_bytes(name):
    assert rendered(name) == rendered(name)


@pytest.mark.parametrize("name", GRAPH_FORMATS)
def test_an_empty_network_is_a_whole_file(name):
    assert len(rendered(name, EMPTY)) > 8


@pytest.mark.parametrize("name", GRAPH_FORMATS)
def test_no_file_holds_markup_or_control_characters(name):
    body = rendered(name)
    if name != "png":
        text = body.decode()
        assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", text)
    if GRAPH_FORMATS[name].content_type in ("application/xml", "image/svg+xml"):
        assert b"<script" not in body
        assert b"<img" not in body


def test_graphml_is_read_back_by_networkx(tmp_path):
    graph = nx.read_graphml(as_file(tmp_path, "graphml"))

    assert pairs(graph.edges) == pairs(ENDS)
    assert [graph.nodes[key]["label"] for key in graph] == [clean(name) for name in NAMES]
    assert graph.nodes["10"] == {
        "label": SCRIPT,
        "kind": "organisation",
        "sector": "association",
        "sector_label": "Association",
        "is_office": False,
        "topics": "Sport, Spiel, Bildung",
        "x": 0.1,
        "y": 0.25,
        "participations": 0,
        "degree": 2,
        "strength": 0.0,
        "betweenness": 0.0,
        "community": 1,
        "since": 2003,
        "last": 2018,
    }
    assert graph.edges["10", "-4"] == {
        "weight": 1.0,
        "count": 2,
        "kinds": "attendance,organising",
        "is_strong": True,
        "with_office": False,
        "first_year": 2018,
        "last_year": 2019,
    }
    assert graph.graph["title"] == "Netzwerk"


def test_graphml_is_read_back_by_igraph(tmp_path):
    graph = igraph.Graph.Read_GraphML(as_file(tmp_path, "graphml"))

    assert [vertex["label"] for vertex in graph.vs] == [clean(name) for name in NAMES]
    ids = graph.vs["id"]
    assert pairs((ids[edge.source], ids[edge.target]) for edge in graph.es) == pairs(ENDS)
    assert sorted(graph.es["weight"]) == [0.5, 1.0, 1.0, 1.0, 1.0, 3.0]


def test_gexf_is_read_back_by_networkx_with_its_times(tmp_path):
    graph = nx.read_gexf(as_file(tmp_path, "gexf"), version="1.2draft")

    assert pairs(graph.edges) == pairs(ENDS)
    assert graph.nodes["-4"]["label"] == clean(LONG)
    assert graph.nodes["10"]["spells"] == [("2003-01-01", "2018-12-31")]
    assert "spells" not in graph.nodes["16"]
    # An end that is not there is read as a word.
    assert b"None" not in rendered("gexf")
    assert {frozenset(ends): graph.edges[ends].get("spells") for ends in ENDS} == {
        frozenset(ENDS[0]): [("2018-01-01", "2018-12-31"), ("2020-01-01", "2020-12-31")],
        frozenset(ENDS[1]): [("2018-01-01", "2019-12-31")],
        frozenset(ENDS[2]): [("None", "2015-12-31")],
        frozenset(ENDS[3]): None,
        frozenset(ENDS[4]): None,
        frozenset(ENDS[5]): [("2005-01-01", "None")],
    }


def test_gexf_says_that_its_times_are_days():
    root = ET.fromstring(rendered("gexf"))
    space = {"g": "http://www.gexf.net/1.2draft"}
    graph = root.find("g:graph", space)

    assert (graph.get("mode"), graph.get("timeformat"), graph.get("defaultedgetype")) == (
        "dynamic",
        "date",
        "undirected",
    )
    assert root.find("g:meta", space).get("lastmodifieddate") == "2021-12-31"


def test_pajek_is_read_back_by_networkx_and_igraph(tmp_path):
    path = as_file(tmp_path, "pajek")
    known = {SCRIPT, QUOTED.replace('"', "'").replace("\\", "/"), clean(LONG), clean(CONTROL), FORMULA}

    graph = nx.Graph(nx.read_pajek(path))
    other = igraph.Graph.Read_Pajek(path)

    assert set(graph) == known | {"Verein", "Verein (16)"}
    assert graph.edges[SCRIPT, clean(LONG)]["weight"] == 1.0
    assert (other.vcount(), other.ecount(), sorted(other.es["weight"])) == (
        7,
        6,
        sorted([1, 1, 3, 0.5, 1, 1]),
    )
    assert set(other.vs["name" if "name" in other.vs.attributes() else "id"]) == set(graph)


def rows_of(name):
    # No mark in front: programs would take it for a letter of the first heading.
    return list(csv.DictReader(io.StringIO(rendered(name).decode("utf-8"))))


def test_actors_come_as_a_table_without_formulas():
    rows = rows_of("nodes.csv")

    assert list(rows[0])[:4] == ["Id", "Label", "Kind", "Sector"]
    assert [row["Id"] for row in rows] == ["10", "11", "-4", "13", "14", "15", "16"]
    assert rows[4]["Label"] == f"'{FORMULA}"
    assert (rows[0]["Label"], rows[1]["Label"], rows[2]["Label"]) == (SCRIPT, QUOTED, LONG)
    assert (rows[5]["Sector"], rows[6]["Sector"]) == ("Association", "Other")
    assert (rows[0]["x"], rows[0]["y"]) == ("0.1", "0.25")


def test_ties_come_as_a_table_one_row_a_kind_and_time():
    rows = rows_of("edges.csv")

    assert len(rows) == 9
    assert rows[0] == {
        "Source": "10",
        "Target": "11",
        "Type": "Undirected",
        "Weight": "0.5",
        "Actor 1": SCRIPT,
        "Actor 2": QUOTED,
        "Kind": "Gemeinsame Veranstaltungen",
        "From year": "2018",
        "Until year": "2018",
        "Records": "1",
        "With the office": "false",
        "Strength of the tie": "1.0",
    }
    assert [rows[5][head] for head in ("Weight", "Kind", "From year", "Until year")] == [
        "3.0",
        "Beziehungen",
        "",
        "2015",
    ]


@pytest.mark.parametrize("language", ["de", "en"])
def test_both_tables_are_read_back_as_one_network(tmp_path, language):
    with translation.override(language):
        for name in ("nodes.csv", "edges.csv"):
            (tmp_path / name).write_bytes(GRAPH_FORMATS[name].render(small_picture()))

    nodes = pandas.read_csv(tmp_path / "nodes.csv").set_index("Id")
    edges = pandas.read_csv(tmp_path / "edges.csv")
    # Several rows of one edge: their weights are added up, as Gephi does.
    summed = edges.groupby(["Source", "Target", "Type"], as_index=False)["Weight"].sum()
    graph = nx.from_pandas_edgelist(summed, "Source", "Target", "Weight")
    graph.add_nodes_from(nodes.index)

    picture = small_picture()
    assert {frozenset((str(a), str(b))) for a, b in graph.edges} == pairs(ENDS)
    assert set(graph) == {node.id for node in picture.nodes}
    assert nodes["Label"][10] == SCRIPT
    for edge in picture.edges:
        ends = picture.nodes[edge.source].id, picture.nodes[edge.target].id
        assert graph.edges[ends]["Weight"] == sum(part.strength for part in edge.parts)


@pytest.mark.parametrize("language", ["de", "en"])
def test_no_two_files_of_a_network_have_the_same_name(language):
    with translation.override(language):
        names = [f"{form.file_name(EMPTY)}.{form.suffix}" for form in GRAPH_FORMATS.values()]
    assert len(set(names)) == len(names)


def test_cytoscape_is_read_back_by_networkx():
    content = json.loads(rendered("cytoscape.json"))

    graph = nx.cytoscape_graph(content, name="label")

    assert pairs(graph.edges) == pairs(ENDS)
    assert graph.nodes["11"]["label"] == clean(QUOTED)
    assert graph.edges["11", "13"]["weight"] == 3.0
    assert content["elements"]["nodes"][0]["position"] == {"x": 100.0, "y": 750.0}
    assert [element["data"]["name"] for element in content["elements"]["nodes"]] == [
        clean(name) for name in NAMES
    ]


def test_graphology_json_names_every_node_and_tie_once():
    content = json.loads(rendered("graphology.json"))

    keys = [node["key"] for node in content["nodes"]]
    assert len(set(keys)) == 7
    assert pairs((edge["source"], edge["target"]) for edge in content["edges"]) == pairs(ENDS)
    assert content["edges"][3]["attributes"]["parts"][0] == {
        "kind": "attendance",
        "from_year": None,
        "until_year": None,
        "strength": 0.5,
        "count": 1,
        "is_office": False,
        "has_day": False,
    }
    assert content["nodes"][0]["attributes"]["color"] == "#4477aa"


IMPORT = """
const { default: Graph } = await import("graphology");
let text = "";
for await (const piece of process.stdin) text += piece;
const graph = Graph.from(JSON.parse(text));
console.log(JSON.stringify([graph.order, graph.size, graph.type, graph.getNodeAttribute("10", "label")]));
"""


def test_graphology_json_is_read_back_by_graphology():
    node = shutil.which("node")
    if node is None or not (Path(settings.BASE_DIR) / "node_modules" / "graphology").exists():
        pytest.skip("the front end is not installed")

    answer = subprocess.run(
        [node, "--input-type=module", "-e", IMPORT],
        input=rendered("graphology.json"),
        capture_output=True,
        check=True,
        cwd=settings.BASE_DIR,
        timeout=30,
    )

    assert json.loads(answer.stdout) == [7, 6, "undirected", SCRIPT]
