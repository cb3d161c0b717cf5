"""The network as a picture: whole, the same every time, and without anything to find beside what is drawn."""

import dataclasses
import io
import xml.etree.ElementTree as ET

import pytest
from django.utils import translation
from PIL import Image

from reports.renderers.graph_formats import looks
from reports.renderers.graph_formats.images import (
    DENSITY,
    HEIGHT,
    LONGEST_NAME,
    WIDTH,
    render_png,
    render_svg,
    shortened,
)
from tests.factories.pictures import CONTROL, LONG, NAMES, SCRIPT, small_picture


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def image(picture):
    return Image.open(io.BytesIO(render_png(picture)))


def test_a_png_has_twice_the_density_of_a_screen_and_no_properties():
    drawing = image(small_picture())

    assert drawing.size == (int(WIDTH * DENSITY), int(HEIGHT * DENSITY))
    assert set(drawing.info) <= {"dpi"}


def test_the_colours_of_the_sectors_are_in_the_picture():
    colours = {pixel for _count, pixel in image(small_picture()).convert("RGB").getcolors(2**24)}

    expected = {
        tuple(bytes.fromhex(looks.SECTORS[sector][1:])) for sector in ("association", "business", "office")
    }
    assert expected <= colours


@pytest.mark.parametrize("colour", ["sector", "community", "topic"])
@pytest.mark.parametrize("size", ["degree", "betweenness", "participations"])
def test_every_choice_of_colour_and_size_can_be_drawn(colour, size):
    picture = small_picture(colour=colour, size=size)

    assert ET.fromstring(render_svg(picture)).tag == "{http://www.w3.org/2000/svg}svg"


def test_an_svg_holds_neither_names_nor_dates_nor_scripts_as_text():
    body = render_svg(small_picture()).decode()
    root = ET.fromstring(body)

    assert not [element for element in root.iter() if element.tag.endswith(("}script", "}text", "}image"))]
    said = "".join(root.itertext())
    assert [name for name in NAMES if name in said] == []
    assert [word for word in ("onerror", "<dc:date>", "Matplotlib v") if word in body] == []


def test_a_picture_does_not_change_with_the_settings_of_a_machine(monkeypatch):
    first = render_svg(small_picture())
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")

    assert render_svg(small_picture()) == first


def test_nobody_to_show_is_said():
    assert render_svg(small_picture(nodes=(), edges=())) != render_svg(small_picture())


@pytest.mark.parametrize("count", [1, 400])
def test_few_and_many_actors_fit(count):
    one = small_picture().nodes[0]
    nodes = tuple(
        dataclasses.replace(
            one, id=at + 1, label=f"Verein {at}", x=(at % 20) / 20, y=(at // 20) / 20, degree=at
        )
        for at in range(count)
    )

    assert image(small_picture(nodes=nodes, edges=())).size[0] == int(WIDTH * DENSITY)


def test_long_names_are_cut_and_broken_ones_mended():
    assert shortened(LONG) == f"{LONG[: LONGEST_NAME - 1]}…"
    assert shortened("Verein") == "Verein"
    assert "\x00" not in shortened(CONTROL)
    assert shortened(SCRIPT).startswith("</script>")


def test_groups_beyond_the_colours_share_a_grey():
    one = small_picture().nodes[0]
    nodes = tuple(dataclasses.replace(one, id=at, community=at) for at in range(14))

    colours = looks.groups(small_picture(nodes=nodes, edges=(), colour="community"))

    assert list(colours.values()).count(looks.NONE) == 4
    assert colours[""] == looks.NONE


def test_the_area_of_an_actor_grows_with_its_figure():
    picture = small_picture(size="participations")

    sizes = looks.diameters_of(picture, 2.0, 10.0)

    assert (sizes[0], sizes[6]) == (2.0, 10.0)
    assert sizes[3] == pytest.approx(2 + 8 * (3 / 6) ** 0.5, abs=1e-3)


def test_the_colours_are_those_of_the_pages(settings):
    css = (settings.BASE_DIR / "frontend" / "theme" / "colours.css").read_text()
    light = css.split("--sector-association")[0]

    for sector, colour in looks.SECTORS.items():
        number = css.split(f"--sector-{sector}: var(--s")[1][0]
        assert f"--s{number}: {colour};" in light
