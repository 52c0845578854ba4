"""Documents on paper: typst templates with facts, and QR codes. The decision is in docs/adr/0005."""

from perisai.paper.press import FONTS, render
from perisai.paper.qr import qr_svg

__all__ = ["FONTS", "qr_svg", "render"]
