"""QR codes as SVG, for pages and for paper."""

import io

import segno

_MASK = 3
"""Every mask is read by every reader; trying all eight for the evenest picture would take four times as long."""


def qr_svg(text: str) -> str:
    """Black on white with its quiet zone of four modules, error correction M; one ``<svg>`` without a size of its own.

    Raises ValueError for a text that fits no QR code (more than 2,331 bytes).
    """
    out = io.BytesIO()
    code = segno.make_qr(text, error="m", boost_error=False, mask=_MASK)
    code.save(out, kind="svg", border=4, dark="#000", light="#fff", xmldecl=False, nl=False, omitsize=True)
    return out.getvalue().decode()
