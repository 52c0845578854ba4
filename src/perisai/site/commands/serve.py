"""``perisai serve``: the office pages and the JSON API."""

import multiprocessing
import os
import socket
from contextlib import closing

import click

from perisai.site import boot
from perisai.site.trouble import Trouble

USES_DJANGO = False  # the serving processes set it up for themselves
THREADS = 4


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Port to listen on.")
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Serving processes.")
def command(host: str, port: int, workers: int) -> None:
    """Serve on http://127.0.0.1:8000 until Ctrl-C."""
    require_free(host, port)
    with boot.django():
        click.echo(f"Perisai is served on http://{host}:{port} - Ctrl-C stops it.")
        serve(host, port, workers)


def serve(host: str, port: int, workers: int) -> None:
    """Serve until interrupted or terminated, then return. Static files come from the same processes."""
    from django.db import connections
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    connections.close_all()
    os.environ |= {"PERISAI_POOL": "1", "PERISAI_SERVER": str(os.getpid())}
    multiprocessing.set_start_method("spawn", force=True)  # each process sets itself up: none inherits a connection
    Granian(
        "perisai.site.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
    ).serve()


def require_free(host: str, port: int) -> None:
    """Raises Trouble where another program listens already, or the port may not be used."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with closing(socket.socket(family, socket.SOCK_STREAM)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError as error:
            raise Trouble(f"Port {port} is reserved for the system.", "Choose another with --port 8001.") from error
        except socket.gaierror as error:
            raise Trouble(f"{host} is not an address of this machine.", "Choose another with --host.") from error
        except OSError as error:
            raise Trouble(
                f"Port {port} on {host} is taken by another program (perhaps an earlier perisai).",
                f"Stop that program, or choose another port with --port {port + 1} (make demo PORT={port + 1}).",
            ) from error
