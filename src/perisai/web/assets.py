"""What the frontend build left for the server: the manifest of hashed files and the icons."""

import json
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

BUILT: Final = Path(__file__).parent / "static" / "built"
PAPER_FONTS: Final = BUILT / "paper-fonts"
"""TrueType faces for the document renderer."""


def manifest() -> dict[str, dict[str, Any]]:
    """Vite's manifest: entry → file, its style sheets and imports."""
    found: dict[str, dict[str, Any]] = _read("manifest.json", _stamp("manifest.json"))
    return found


def icons() -> dict[str, str]:
    """Icon name → the inside of its SVG."""
    found: dict[str, str] = _read("icons.json", _stamp("icons.json"))
    return found


def _stamp(name: str) -> float:
    """In development a new build is seen at once; elsewhere a file is read once."""
    return (BUILT / name).stat().st_mtime if settings.DEBUG and (BUILT / name).exists() else 0.0


@cache
def _read(name: str, stamp: float) -> Any:
    path = BUILT / name
    if not path.exists():
        raise ImproperlyConfigured("The office's script and style are not built yet: run `make build`.")
    return json.loads(path.read_text(encoding="utf-8"))
