"""Every run has a home of its own; without DATABASE_URL also a PostgreSQL of its own, both deleted afterwards."""

import os
import shutil
import signal
import tempfile
from contextlib import ExitStack
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings

from perisai.site import postgres
from perisai.vault.keys import make_keys

# A busy machine is no bug: properties are about answers, never about time.
hypothesis.settings.register_profile("perisai", deadline=None)
hypothesis.settings.load_profile("perisai")

pytest_plugins = ["tests.stage.fixtures"]

_run = ExitStack()


def pytest_configure(config: pytest.Config) -> None:
    """The workers of xdist inherit the home; each has a PostgreSQL of its own.

    Phones hear of a change when no older transaction runs any more, in the whole cluster: a test that keeps one open
    must not hold back the phones of the test beside it.
    """
    worker = getattr(config, "workerinput", None)
    if worker is None:
        # A run that is told to end leaves through pytest_unconfigure, and takes its database along.
        signal.signal(signal.SIGTERM, lambda *_: pytest.exit("terminated", 143))
        home = Path(_run.enter_context(tempfile.TemporaryDirectory(prefix="perisai-tests-")))
        os.environ["PERISAI_HOME"] = str(home)
        make_keys(home / "keys.json")
    else:
        home = Path(os.environ["PERISAI_HOME"]) / worker["workerid"]
    settings.STORAGES["pictures"] |= {"OPTIONS": {"location": home / "pictures"}}
    if not os.environ.get("DATABASE_URL") and not getattr(config.option, "numprocesses", None):
        _start_database(home)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if not shutil.which("chromium"):
        skipped = pytest.mark.skip(reason="Chromium is not installed")
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(skipped)


def pytest_unconfigure(config: pytest.Config) -> None:
    _run.close()


def _start_database(home: Path) -> None:
    _run.callback(postgres.erase, home)
    os.environ["DATABASE_URL"] = _run.enter_context(postgres.running(home, durable=False))
    # pytest-django has read the settings by now.
    host = str(postgres.place(home).socket)
    settings.DATABASES["default"].update(HOST=host, PORT="", USER=postgres.ROLE, PASSWORD="", NAME=postgres.DATABASE)
