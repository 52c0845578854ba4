"""What a command needs before its first query: a database server that answers, and Django set up."""

import functools
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ParamSpec, TypeVar
from urllib.parse import urlsplit

from perisai.site import places, postgres
from perisai.site.trouble import Trouble

OLDEST_SERVER = 15

P = ParamSpec("P")
R = TypeVar("R")


@contextmanager
def database() -> Iterator[None]:
    """DATABASE_URL names a running server while inside: the one that was given, else the embedded one.

    Programs started from here inherit the variable. Raises Trouble.
    """
    if url := os.environ.get("DATABASE_URL"):
        require_address(url)
        yield
        return
    with postgres.running(places.home()) as url:
        os.environ["DATABASE_URL"] = url
        try:
            yield
        finally:
            del os.environ["DATABASE_URL"]


@contextmanager
def django() -> Iterator[None]:
    """A server that is there and new enough, and Django set up on it. Raises Trouble."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "perisai.site.settings")
    with database():
        django.setup()
        from django.db import connections

        require_server()
        try:
            yield
        finally:
            connections.close_all()


def with_django(function: Callable[P, R]) -> Callable[P, R]:
    """``function`` runs inside ``django()``."""

    @functools.wraps(function)
    def ready(*args: P.args, **kwargs: P.kwargs) -> R:
        with django():
            return function(*args, **kwargs)

    return ready


def require_address(url: str) -> None:
    """Raises Trouble for an address of something else than PostgreSQL, or one that cannot be read; it is never shown."""
    try:
        parts = urlsplit(url)
        names_one = parts.scheme in ("postgres", "postgresql") and bool(parts.path.strip("/")) and parts.port != 0
    except ValueError:
        names_one = False
    if not names_one:
        raise Trouble(
            "DATABASE_URL is not the address of a PostgreSQL database.",
            "Write it like postgres://user:password@host:5432/name; without it perisai starts its own database.",
        )


def require_server() -> None:
    """Raises Trouble where the server does not answer or is older than the oldest that has all we use."""
    from django.db import OperationalError, connection

    where = f"{connection.settings_dict['HOST'] or 'localhost'}, database {connection.settings_dict['NAME']}"
    try:
        connection.ensure_connection()
        version: int = connection.connection.info.server_version // 10000
    except OperationalError as error:
        reason = str(error).strip().splitlines()[-1].strip()
        raise Trouble(
            f"The database is not reachable ({where}): {reason}",
            "Start the server or correct DATABASE_URL; without that variable perisai starts its own database.",
        ) from error
    if version < OLDEST_SERVER:
        raise Trouble(
            f"The database server is PostgreSQL {version}; perisai needs {OLDEST_SERVER} or newer.",
            "Point DATABASE_URL to a newer server, or unset it to use the embedded one.",
        )
