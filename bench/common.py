"""What the benchmarks share: a throw-away copy of the database, a served program, a client, and one line of figures."""

import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from perisai.site import boot, places
from perisai.vault.keys import key_file, make_keys

COPY = "perisai_bench"
READY_SECONDS = 60
_VILLAGES = places.PROJECT / "frontend" / "node_modules" / "idn-area-data" / "data"
_FEW_VILLAGES = places.PROJECT / "tests" / "stage" / "regions"


@contextmanager
def stage() -> Iterator[None]:
    """Django on a copy of the database of this installation, with regions, agency and cast; the copy is dropped at the end.

    With the report's register in it (``perisai seed --scale report``) the register is in the copy too.
    """
    with ExitStack() as closing:
        if not key_file().exists() and "PERISAI_KEYS" not in os.environ:
            os.environ["PERISAI_KEY_FILE"] = str(
                Path(closing.enter_context(tempfile.TemporaryDirectory(prefix="perisai-bench-"))) / "keys.json"
            )
            make_keys()
        closing.enter_context(boot.database())
        source = os.environ["DATABASE_URL"]
        os.environ["DATABASE_URL"] = closing.enter_context(_copied(source))
        closing.callback(os.environ.__setitem__, "DATABASE_URL", source)
        closing.enter_context(boot.django())
        _set_the_stage()
        yield


@contextmanager
def _copied(url: str) -> Iterator[str]:
    name = urlsplit(url).path.lstrip("/")
    with psycopg.connect(_with_database(url, "postgres"), autocommit=True) as server:
        drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(COPY))
        server.execute(drop)
        try:
            server.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy").format(
                    sql.Identifier(COPY), sql.Identifier(name)
                )
            )
        except psycopg.errors.ObjectInUse:
            sys.exit(f"The database {name} is in use. Stop perisai (Ctrl-C where it runs), then start this again.")
        try:
            yield _with_database(url, COPY)
        finally:
            server.execute(drop)


def _with_database(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def _set_the_stage() -> None:
    from django.core.management import call_command
    from django.db import connection

    from perisai.accounts.selectors import find_user
    from perisai.kernel import clock
    from perisai.kernel.actor import Actor
    from perisai.organisation import services as organisation
    from perisai.regions import selectors, services
    from perisai.site import cast

    call_command("migrate", verbosity=0)
    job = Actor.job("bench")
    if selectors.find_region(cast.KOTO_TINGGI) is None:
        folder = _VILLAGES if _VILLAGES.is_dir() else _FEW_VILLAGES
        services.load_regions(actor=job, folder=folder, effective_from=clock.today())
    if find_user("rina") is None:
        organisation.set_up_agency(actor=job)
        cast.assemble(until=clock.today())
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


@contextmanager
def served(workers: int = 2) -> Iterator[int]:
    """``perisai serve`` on a port of its own, ready to answer; yields the port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    command = [sys.executable, "-m", "perisai.site", "serve", "--port", str(port), "--workers", str(workers)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        give_up = time.monotonic() + READY_SECONDS
        while not _answers(port):
            if server.poll() is not None or time.monotonic() > give_up:
                sys.exit("perisai serve did not start.")
            time.sleep(0.2)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=30)


def _answers(port: int) -> bool:
    try:
        return Client(port).get("/api/v1/public/keys")[0] == 200
    except OSError:
        return False


class Client:
    """One keep-alive connection, used by several signed-in people in turn."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.headers: dict[str, dict[str, str]] = {}

    def sign_in(self, username: str) -> None:
        from perisai.site.cast import PASSWORD

        self.headers[username] = {}
        status, body, cookies = self._send(
            "POST", "/api/v1/session", {"username": username, "password": PASSWORD}, username
        )
        assert status == 200, body
        self.headers[username] = {
            "Cookie": "; ".join(cookie.split(";")[0] for cookie in cookies),
            "X-CSRFToken": body["csrf_token"],
        }

    def get(self, path: str, username: str = "") -> tuple[int, Any]:
        return self._send("GET", path, None, username)[:2]

    def post(self, path: str, body: Any, username: str) -> tuple[int, Any]:
        return self._send("POST", path, body, username)[:2]

    def _send(self, method: str, path: str, body: Any, username: str) -> tuple[int, Any, list[str]]:
        content = None if body is None else json.dumps(body)
        headers = {"Content-Type": "application/json", "Accept-Language": "en"} | self.headers.get(username, {})
        self.connection.request(method, path, content, headers)
        response = self.connection.getresponse()
        return response.status, json.loads(response.read()), response.headers.get_all("Set-Cookie") or []


def one_after_another(run: Callable[[], object], times: int) -> list[float]:
    """Milliseconds of each."""
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        run()
        taken.append((time.perf_counter() - started) * 1000)
    return taken


def p50(milliseconds: Sequence[float]) -> float:
    return statistics.median(milliseconds)


def p95(milliseconds: Sequence[float]) -> float:
    return statistics.quantiles(milliseconds, n=20)[-1]


def line(name: str, figure: float, baseline: float, **more: Any) -> None:
    """The figures as one line of JSON: the last line that a benchmark prints."""
    facts = {"name": name, "figure": round(figure, 2), "baseline": round(baseline, 2)}
    print(json.dumps(facts | {"ratio": round(figure / baseline, 2)} | more))
