"""``perisai demo``: everything loaded, then served, from one command."""

import hashlib
import importlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import click
from rich.console import Console

from perisai.site import boot, places, postgres
from perisai.site.commands import bank_simulator, serve
from perisai.site.trouble import Trouble

USES_DJANGO = False  # --reset comes before the database

GEOGRAPHY = places.PROJECT / "frontend" / "node_modules" / "idn-area-data" / "data"
DAY_OF_THE_REPORT = "2017-09-30"
WORKER_STOPS_WITHIN = 15  # seconds


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to be done once for a database. ``name`` is what the stamp says."""

    name: str
    title: str
    run: Callable[[], None]


@click.command()
@click.option("--scale", type=click.Choice(["report", "small"]), default="report", show_default=True,
              help="Register of the report (847,987 people), or a small one that is ready in seconds.")  # fmt: skip
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Port to listen on.")
@click.option("--reset", is_flag=True, help="Delete the demo's data first.")
def command(scale: str, port: int, reset: bool) -> None:
    """Load geography, the cast's story and the report's register, then serve on http://127.0.0.1:8000.

    What is loaded stays: the next start only serves. Ctrl-C stops everything, also the database.
    """
    serve.require_free("127.0.0.1", port)
    if reset:
        erase()
    os.environ.setdefault("PERISAI_BOARDS_OPEN_AT", DAY_OF_THE_REPORT)
    with boot.django():
        load(scale)
        invite(port)
        with worker():
            serve.serve("127.0.0.1", port, workers=2)
    click.echo("Stopped. The data is kept; `make demo` goes on with it.")


def load(scale: str) -> None:
    """Run the steps that this database has not seen yet; each is stamped when it is complete."""
    from django.core.management import call_command

    console = Console(stderr=True)
    steps = [
        Step("geography", "Provinces, regencies, districts, villages", load_geography),
        Step("offices", "Offices and their territories", set_up_offices),
        Step("story", "The story of the cast", lambda: call("story", "--keep")),
        Step("bank", "A bank that exists only here", bank_simulator.introduce),
        Step(f"seed {scale}", "The synthetic register", lambda: call("seed", "--scale", scale)),
    ]
    call_command("migrate", interactive=False, verbosity=0)
    done = stamps()
    ensure_keys(fresh=not done)
    waiting = [step for step in steps if step.name not in done]
    for number, step in enumerate(waiting, start=1):
        console.print(f"[bold]{number}/{len(waiting)}[/bold]  {step.title}")
        started = time.monotonic()
        step.run()
        stamp(step.name)
        console.print(f"      done in {time.monotonic() - started:.0f} s", style="dim")


def load_geography() -> None:
    if not GEOGRAPHY.is_dir():
        raise Trouble(
            "The geography is not installed: the folder frontend/node_modules/idn-area-data is missing.",
            "Run `make demo`, which installs it, or load a folder of your own with perisai load-regions.",
        )
    call("load-regions", str(GEOGRAPHY))


def set_up_offices() -> None:
    from perisai.kernel.actor import Actor
    from perisai.organisation import services

    services.set_up_agency(actor=Actor.job("demo"))


def ensure_keys(*, fresh: bool) -> None:
    """New keys for a new database only: other keys cannot open what the lost ones have sealed."""
    from perisai.vault import KeysUnavailable, keys

    try:
        if fresh and not os.environ.get("PERISAI_KEYS") and not keys.key_file().exists():
            keys.make_keys()
        keys.keyring()
    except KeysUnavailable as problem:
        raise Trouble(problem.sentence, problem.advice) from problem


def call(name: str, *arguments: str) -> None:
    """Another command of this program, in this process. Its failure is ours."""
    module = importlib.import_module(f"perisai.site.commands.{name.replace('-', '_')}")
    code = module.command.main(list(arguments), prog_name=f"perisai {name}", standalone_mode=False)
    if isinstance(code, int) and code != 0:
        raise click.exceptions.Exit(code)


def invite(port: int) -> None:
    """The address, and who can sign in."""
    from perisai.site import cast  # not before Django is set up

    console = Console()
    console.print(f"\n[bold green]Perisai is served on http://127.0.0.1:{port}[/bold green]   (Ctrl-C stops it)\n")
    console.print(f"Everybody below is invented; the password of all is [bold]{cast.PASSWORD}[/bold]")
    for username, who in cast.sign_ins():
        console.print(f"  [bold]{username:<10}[/bold] {who}")
    console.print(
        "\nPay a code that waits (page Iuran) as its worker would, from another terminal:\n"
        "  .venv/bin/perisai bank-simulator pay CODE     or on a page:  .venv/bin/perisai bank-simulator run\n"
        "  .venv/bin/perisai bank-simulator statement today > day.csv   for the page Bank\n",
        highlight=False,
    )


@contextmanager
def worker() -> Iterator[None]:
    """A worker beside the server, stopped with it; what it says is in ``worker.log``."""
    log = places.home() / "worker.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as said:
        # A session of its own, so that Ctrl-C reaches it once, from us, after the server has stopped.
        process = subprocess.Popen(
            [sys.executable, "-m", "perisai.site", "worker", "--beside", str(os.getpid())],
            stdin=subprocess.DEVNULL, stdout=said, stderr=said, start_new_session=True,
        )  # fmt: skip
    try:
        yield
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(WORKER_STOPS_WITHIN)
        process.kill()


def erase() -> None:
    """Start fresh: the embedded database is deleted; of a server's database only what a demo has made."""
    if not os.environ.get("DATABASE_URL"):
        postgres.erase(places.home())
    else:
        with boot.django():
            if not stamps():
                raise Trouble(
                    "DATABASE_URL names a database that this demo has not filled, so nothing was deleted.",
                    "Point DATABASE_URL to the demo's database, or drop that one yourself.",
                )
            from django.db import connection

            with connection.cursor() as cursor:
                cursor.execute("DROP SCHEMA public CASCADE")
                cursor.execute("CREATE SCHEMA public")
    stamp_file().unlink(missing_ok=True)


def stamp_file() -> Path:
    return places.home() / "demo.json"


def stamps() -> list[str]:
    """Names of the steps that are complete in the database at hand, and in no other."""
    return _all_stamps().get(_database_identity(), [])


def stamp(name: str) -> None:
    every = _all_stamps()
    every.setdefault(_database_identity(), []).append(name)
    draft = stamp_file().with_suffix(".new")
    draft.write_text(json.dumps(every, indent=1))
    draft.replace(stamp_file())


def _all_stamps() -> dict[str, list[str]]:
    with suppress(FileNotFoundError, ValueError):
        every: dict[str, list[str]] = json.loads(stamp_file().read_text())
        return every
    return {}


def _database_identity() -> str:
    """The same for this database whatever address it is reached by; another after it was dropped and made anew."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT system_identifier, oid FROM pg_control_system(), pg_database WHERE datname = current_database()"
        )
        return hashlib.sha256(repr(cursor.fetchone()).encode()).hexdigest()[:16]
