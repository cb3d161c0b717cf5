"""Blocks of a report on a page."""

import base64

from reports.renderers.html import picture_address
from tests.factories.reports import SVG, small_picture


def test_a_picture_comes_with_the_page():
    head, data = picture_address(small_picture()).split(",")
    assert (head, base64.b64decode(data)) == ("data:image/svg+xml;base64", SVG)
