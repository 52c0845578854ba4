"""What an operator meets at the shell: exit codes, and sentences in place of tracebacks."""

import importlib.util
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from perisai.site import places, postgres


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """The home of an installation, and whatever was started there gone afterwards."""
    yield tmp_path / "home"
    if (tmp_path / "home").exists():
        postgres.erase(tmp_path / "home")


def start(*arguments: str, home: Path, **variables: str) -> "subprocess.Popen[str]":
    environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "PERISAI_POOL")}
    environment |= {"PERISAI_HOME": str(home), "PERISAI_SECRET_KEY": "for tests", **variables}
    return subprocess.Popen(
        [sys.executable, "-m", "perisai.site", *arguments],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # As at a terminal: a run in the background ignores Ctrl-C, and what it starts would inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


def perisai(*arguments: str, home: Path, **variables: str) -> tuple[int, str, str]:
    process = start(*arguments, home=home, **variables)
    out, err = process.communicate(timeout=60)
    assert "Traceback" not in err
    return process.returncode, out, err


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def wait_for(url: str) -> int:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            time.sleep(0.1)
    raise AssertionError("no answer within 30 s")


def test_help_names_every_command_and_needs_no_database(home: Path) -> None:
    code, out, _ = perisai("--help", home=home)
    assert code == 0
    assert {"benefit", "check", "demo", "incentive", "migrate", "quote", "rulebook", "serve", "worker"} <= set(
        out.split()
    )
    assert not home.exists()


def test_each_command_explains_itself(home: Path) -> None:
    for name in (
        "benefit",
        "check",
        "demo",
        "incentive",
        "load-regions",
        "migrate",
        "quote",
        "rulebook",
        "serve",
        "worker",
    ):
        code, out, _ = perisai(name, "--help", home=home)
        assert code == 0
        assert len(out.splitlines()) > 4
    assert not home.exists()


@pytest.mark.parametrize("arguments", [["nonsense"], ["serve", "--port", "99999"], ["demo", "--scale", "huge"]])
def test_a_wrong_call_is_2(home: Path, arguments: list[str]) -> None:
    code, _, err = perisai(*arguments, home=home)
    assert code == 2
    assert "Error: " in err


def test_a_taken_port_is_said_before_anything_starts(home: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        for name in ("serve", "demo"):
            code, _, err = perisai(name, "--port", str(port), home=home)
            assert code == 1
            assert f"Port {port} on 127.0.0.1 is taken" in err
            assert f"--port {port + 1}" in err
    assert not home.exists()


def test_a_database_that_is_not_there(home: Path) -> None:
    code, _, err = perisai("check", home=home, DATABASE_URL=f"postgres://nobody@127.0.0.1:{free_port()}/perisai")
    assert code == 1
    assert "The database is not reachable (127.0.0.1, database perisai)" in err
    assert "correct DATABASE_URL" in err


@pytest.mark.parametrize(
    "address",
    ["nonsense", "mysql://rina@db/perisai", "sqlite:///perisai", "postgres://db", "postgres://rina:rahasia@db:99999/x"],
)
def test_an_address_that_names_no_database(home: Path, address: str) -> None:
    for name in ("check", "demo"):
        code, _, err = perisai(name, home=home, DATABASE_URL=address)
        assert code == 1
        assert err.startswith(
            "Error: DATABASE_URL is not the address of a PostgreSQL database.\nWrite it like postgres://"
        )
        assert "rahasia" not in err


@pytest.mark.parametrize("place", ["/dev/null", "/dev/null/home", "/proc/home"])
def test_a_home_that_is_no_folder(place: str) -> None:
    code, _, err = perisai("check", home=Path(place))
    assert code == 1
    assert "is not a folder" in err
    assert "PERISAI_HOME" in err


def test_an_old_database(home: Path, monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    from perisai.site import boot
    from perisai.site.trouble import Trouble

    monkeypatch.setattr(boot, "OLDEST_SERVER", 99)
    with pytest.raises(Trouble, match="perisai needs 99 or newer"):
        boot.require_server()


def test_no_permission_to_write(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere; test_os_errors_are_sentences holds the words")
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o555)
    code, _, err = perisai("migrate", home=closed / "home")
    assert code == 1
    assert "No permission to write" in err
    assert "PERISAI_HOME" in err


def test_os_errors_are_sentences() -> None:
    from perisai.site import trouble

    denied = trouble.from_os_error(PermissionError(13, "Permission denied", "/srv/perisai"))
    full = trouble.from_os_error(OSError(28, "No space left on device", "/srv/perisai"))
    assert denied
    assert denied.message.startswith("No permission to write /srv/perisai.")
    assert full
    assert full.message.startswith("The disk is full")
    assert trouble.from_os_error(OSError(5, "Input/output error")) is None


def test_quote_knows_no_django() -> None:
    code = "import sys, perisai.site.cli, perisai.site.commands.quote; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_check_names_what_is_missing_and_migrate_mends_it(home: Path) -> None:
    code, out, _ = perisai("check", home=home)
    assert code == 1
    assert "Run: perisai migrate" in out
    assert "perisai make-keys" in out
    assert perisai("migrate", home=home)[0] == 0
    assert perisai("make-keys", home=home)[0] == 0
    _, out, _ = perisai("check", home=home)
    assert "ok      tables" in out
    assert "ok      keys" in out
    assert "perisai load-regions" in out


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_serving_ends_cleanly_and_takes_the_database_along(home: Path, how: signal.Signals) -> None:
    port = free_port()
    serving = start("serve", "--port", str(port), home=home)
    assert wait_for(f"http://127.0.0.1:{port}/static/nothing") == 404
    os.killpg(serving.pid, how)
    out, err = serving.communicate(timeout=30)
    assert serving.returncode == 0
    assert "Traceback" not in err
    assert "Killing" not in out + err  # every serving process went by itself
    assert not (postgres.place(home).data / "postmaster.pid").exists()


def test_a_killed_server_leaves_nothing_on_its_port(home: Path) -> None:
    port = free_port()
    serving = start("serve", "--port", str(port), "--workers", "1", home=home)
    wait_for(f"http://127.0.0.1:{port}/static/nothing")
    serving.kill()
    serving.communicate(timeout=30)
    deadline = time.monotonic() + 15
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                break
        time.sleep(0.2)
    assert perisai("migrate", home=home)[0] == 0
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


def test_an_interrupted_command_is_130(home: Path) -> None:
    working = start("worker", home=home)
    deadline = time.monotonic() + 30
    while not postgres.place(home).log.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    working.send_signal(signal.SIGINT)
    _, err = working.communicate(timeout=30)
    assert working.returncode == 130
    assert "Stopped." in err


def script(name: str) -> Any:
    """A file of ``scripts/``, which is no package."""
    spec = importlib.util.spec_from_file_location(f"{name}_script", places.PROJECT / "scripts" / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_an_old_python_gets_a_sentence() -> None:
    setup = script("setup")
    said = setup.complaint((3, 9, 2))
    assert said.startswith("Perisai needs Python 3.11 or newer; this is Python 3.9.\n")
    assert "make demo PYTHON=" in said
    assert setup.complaint((3, 11, 0)) == ""
    assert setup.complaint((3, 14, 1)) == ""


def test_two_set_ups_of_one_folder_take_turns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    environment = script("environment")
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    turns: list[str] = []

    def second() -> None:
        with environment.alone():
            turns.append("second")

    waiting = threading.Thread(target=second)
    with environment.alone():
        waiting.start()
        waiting.join(0.2)
        turns.append("first")
    waiting.join(10)
    assert turns == ["first", "second"]
