"""QR codes as plain SVG."""

from xml.etree import ElementTree

import pytest

from perisai.paper import qr_svg


def test_a_qr_is_one_svg_with_its_quiet_zone() -> None:
    root = ElementTree.fromstring(qr_svg("https://perisai.example.org/"))
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert root.attrib["viewBox"] == "0 0 37 37", "version 3 has 29 modules, and four of quiet on each side"


def test_the_text_is_not_repeated_in_the_picture() -> None:
    assert "<script" not in qr_svg("<script>alert(1)</script>")


def test_a_text_too_long_for_any_qr_is_refused() -> None:
    with pytest.raises(ValueError, match="too large"):
        qr_svg("x" * 3000)
