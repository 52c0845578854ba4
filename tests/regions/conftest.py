"""A country of five provinces and 46 villages, real rows: see data/README.md."""

import csv
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from perisai.kernel.actor import Actor
from perisai.regions import services

EDITION = Path(__file__).parent / "data" / "edition"
DECREE = date(2025, 6, 23)

Load = Callable[..., services.Loaded]


class Folder:
    """A copy of the edition that a test may spoil."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def append(self, file: str, line: str) -> None:
        with (self.path / file).open("a", encoding="utf-8") as opened:
            opened.write(line + "\n")

    def replace(self, file: str, old: str, new: str) -> None:
        target = self.path / file
        text = target.read_text(encoding="utf-8")
        assert old in text
        target.write_text(text.replace(old, new), encoding="utf-8")

    def codes(self, file: str) -> list[str]:
        with (self.path / file).open(encoding="utf-8") as opened:
            return [row["code"] for row in csv.DictReader(opened)]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(Path(shutil.copytree(EDITION, tmp_path / "edition")))


@pytest.fixture
def load(db: None, folder: Folder) -> Load:
    def run(effective_from: date = DECREE, path: Path | None = None) -> services.Loaded:
        return services.load_regions(actor=Actor.job("test"), folder=path or folder.path, effective_from=effective_from)

    return run


@pytest.fixture
def country(load: Load) -> services.Loaded:
    return load()
