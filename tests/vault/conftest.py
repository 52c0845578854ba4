"""A key file of the test's own instead of the run's."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from perisai.vault import keys


@pytest.fixture
def key_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.delenv("PERISAI_KEYS", raising=False)
    monkeypatch.setenv("PERISAI_KEY_FILE", str(tmp_path / "home" / "keys.json"))
    yield keys.make_keys()
    monkeypatch.undo()
    keys.reload()
