"""Where things lie on this machine."""

import os
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
PROJECT = PACKAGE.parents[1]


def home() -> Path:
    """The folder for everything this installation keeps outside a database server: PERISAI_HOME, else ``var``."""
    return Path(os.environ.get("PERISAI_HOME") or PROJECT / "var").expanduser().resolve()
