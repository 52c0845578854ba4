"""The embedded server: shared, stopped by the last, and up again after a crash."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from perisai.site import postgres
from perisai.site.trouble import Trouble

HOLD = """
import sys, time
from pathlib import Path
from perisai.site import postgres
with postgres.running(Path(sys.argv[1]), durable=False):
    print("up", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "a home with blanks"


def ask(url: str, question: str = "SELECT current_database()") -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(question).fetchone()
    return row and row[0]


def hold(home: Path) -> "subprocess.Popen[str]":
    """Another process that uses the server of ``home`` until its standard input is closed."""
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert other.stdout
    assert other.stdout.readline() == "up\n"
    return other


def answers(home: Path) -> bool:
    try:
        ask(postgres.place(home).url)
    except psycopg.OperationalError:
        return False
    return True


def test_data_outlives_the_server_and_a_second_start_is_quick(home: Path) -> None:
    with postgres.running(home, durable=False) as url:
        assert ask(url) == "perisai"
        with psycopg.connect(url) as connection:
            connection.execute("CREATE TABLE kept (n int)")
    assert not answers(home)
    started = time.monotonic()
    with postgres.running(home, durable=False) as url:
        assert ask(url, "SELECT count(*) FROM kept") == 0
        assert time.monotonic() - started < 3
    postgres.erase(home)


def test_the_first_to_leave_does_not_stop_it_for_the_other(home: Path) -> None:
    other = hold(home)
    with postgres.running(home) as url:
        assert ask(url) == "perisai"
    assert answers(home)
    assert postgres.in_use(home)
    other.communicate("")
    assert not answers(home)
    assert not postgres.in_use(home)
    postgres.erase(home)


def test_nobody_erases_a_database_in_use(home: Path) -> None:
    other = hold(home)
    with pytest.raises(Trouble, match="in use by another perisai command"):
        postgres.erase(home)
    assert answers(home)
    other.communicate("")
    postgres.erase(home)
    assert not postgres.place(home).base.exists()


def test_a_killed_user_is_forgotten(home: Path) -> None:
    other = hold(home)
    other.kill()
    other.communicate()
    assert answers(home)
    with postgres.running(home):
        pass
    assert not answers(home)
    postgres.erase(home)


def test_a_killed_server_comes_back(home: Path) -> None:
    with postgres.running(home, durable=False):
        pid = int((postgres.place(home).data / "postmaster.pid").read_text().splitlines()[0])
        os.kill(pid, signal.SIGKILL)
    with postgres.running(home, durable=False) as url:
        assert ask(url) == "perisai"
    postgres.erase(home)


def test_a_killed_server_comes_back_while_the_one_who_started_it_does_not_look(home: Path) -> None:
    """Until its parent looks, a dead process keeps its number, and the files of the server keep naming it."""
    parent = hold(home)
    os.kill(int((postgres.place(home).data / "postmaster.pid").read_text().splitlines()[0]), signal.SIGKILL)
    with postgres.running(home, durable=False) as url:
        assert ask(url) == "perisai"
    parent.communicate("")
    postgres.erase(home)


def test_a_pid_file_that_names_another_program_is_no_obstacle(home: Path) -> None:
    with postgres.running(home, durable=False):
        pass
    (postgres.place(home).data / "postmaster.pid").write_text(f"{os.getpid()}\n/elsewhere\n1\n5432\n\n\n\n")
    with postgres.running(home, durable=False) as url:
        assert ask(url) == "perisai"
    postgres.erase(home)


def test_a_long_path_gets_a_short_socket(tmp_path: Path) -> None:
    home = tmp_path / ("long" * 30)
    with postgres.running(home, durable=False) as url:
        assert ask(url) == "perisai"
        assert len(str(postgres.place(home).socket)) < 100
    postgres.erase(home)
    assert not postgres.place(home).socket.exists()


def test_the_log_names_nobody(home: Path) -> None:
    with postgres.running(home, durable=False) as url, psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE person (name text UNIQUE)")
        connection.execute("INSERT INTO person VALUES ('Siti Aminah')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("INSERT INTO person VALUES ('Siti Aminah')")
    assert "duplicate key" in postgres.place(home).log.read_text()
    assert "Siti" not in postgres.place(home).log.read_text()
    postgres.erase(home)
