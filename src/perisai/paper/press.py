"""typst, with our fonts, our theme and nothing from the machine."""

import json
import threading
from collections.abc import Mapping
from pathlib import Path

import typst

ROOT = Path(__file__).resolve().parents[1]
FONTS = ROOT / "web" / "static" / "built" / "paper-fonts"
"""Plus Jakarta Sans, put here by the frontend build; without it documents use the face that typst carries."""

PNG_PPI = 200.0
_local = threading.local()


def render(template: Path, facts: Mapping[str, object], *, as_png: bool = False) -> bytes:
    """The PDF of ``template`` (a .typ file inside this package), or a PNG of its only page.

    Facts are JSON values that the template reads with ``facts`` of ``/paper/theme.typ``. They travel as data and are never
    part of the source, so a name that looks like markup is printed as it is written. ``language`` (``id`` or ``en``) is one
    of them. Equal facts give equal bytes. Raises ValueError for a PNG of several pages; a broken template raises
    typst.TypstError.
    """
    compiled = _compiler().compile(
        str(template),
        format="png" if as_png else "pdf",
        ppi=PNG_PPI if as_png else None,
        sys_inputs={"facts": json.dumps(facts, ensure_ascii=False)},
    )
    if isinstance(compiled, bytes):
        return compiled
    raise ValueError(f"{template.name} has {len(compiled or ())} pages, a PNG holds one")


def _compiler() -> typst.Compiler:
    """One for each thread: a compiler keeps its fonts and parsed templates, and serves one call at a time."""
    compiler: typst.Compiler | None = getattr(_local, "compiler", None)
    if compiler is None:
        compiler = _local.compiler = typst.Compiler(
            root=str(ROOT), font_paths=[str(FONTS)] if FONTS.is_dir() else [], ignore_system_fonts=True
        )
    return compiler
