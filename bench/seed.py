"""Seeding the register against a bare COPY of the same rows, in the same run.

    python bench/seed.py FOLDER [--scale report|small]

FOLDER is the folder "data" of the npm package idn-area-data. Works in a database of its own beside the one of
DATABASE_URL (without it: in the embedded server) and drops it at the end; the role must be allowed to create one. The
bare COPY writes the same rows into tables without indexes, keys and checks, from files, over one connection, when
they have been generated already. The last line is JSON: rows a second.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from perisai.site import boot

NAME = "perisai_bench_seed"


@contextmanager
def _own_database() -> Iterator[str]:
    """DATABASE_URL of a fresh database, in the environment while inside."""
    with boot.database():
        before = os.environ["DATABASE_URL"]
        own = before.rsplit("/", 1)[0] + "/" + NAME
        with psycopg.connect(before, autocommit=True) as server:
            server.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
            server.execute(f"CREATE DATABASE {NAME}")
            os.environ["DATABASE_URL"] = own
            try:
                yield own
            finally:
                os.environ["DATABASE_URL"] = before
                server.execute(f"DROP DATABASE {NAME} WITH (FORCE)")


def _perisai(*words: str) -> None:
    subprocess.run([sys.executable, "-m", "perisai.site", *words], check=True, stdout=subprocess.DEVNULL)


def _seed(scale: str) -> tuple[int, float]:
    """Rows written, and seconds without the start of Python and Django."""
    from perisai.kernel.actor import Actor
    from perisai.site.register.load import seed_report

    begun: dict[str, float] = {}

    def report(step: str, done: int, total: int) -> None:
        if done == 0:
            begun[step] = time.perf_counter()
        if done == total:
            print(f"{step}: {time.perf_counter() - begun[step]:.1f} s")

    started = time.perf_counter()
    loaded = seed_report(actor=Actor.job("bench"), scale=scale, seed=2017, report=report)
    return loaded.rows, time.perf_counter() - started


def _bare(url: str) -> float:
    """Seconds to COPY the same rows into bare tables."""
    from perisai.site.register import rows, staff

    seconds = 0.0
    with psycopg.connect(url, autocommit=True) as database, tempfile.TemporaryDirectory() as folder:
        for table, columns in {**staff.COLUMNS, **rows.COLUMNS}.items():
            file = Path(folder) / table
            with file.open("wb") as out, database.cursor().copy(f"COPY {table} ({columns}) TO STDOUT") as copied:
                for part in copied:
                    out.write(part)
            database.execute(f"CREATE TABLE bare AS SELECT {columns} FROM {table} LIMIT 0")
            started = time.perf_counter()
            with file.open("rb") as source, database.cursor().copy(f"COPY bare ({columns}) FROM STDIN") as copy:
                while part := source.read(1 << 20):
                    copy.write(part)
            seconds += time.perf_counter() - started
            database.execute("DROP TABLE bare")
            file.unlink()
    return seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--scale", choices=["report", "small"], default="report")
    asked = parser.parse_args()
    with _own_database() as url:
        _perisai("migrate")
        _perisai("load-regions", str(asked.folder))
        with boot.django():
            rows, seconds = _seed(asked.scale)
        bare = _bare(url)
    print(f"{rows:,} rows in {seconds:.1f} s; bare COPY {bare:.1f} s")
    line = {
        "name": "seed: rows/s, baseline bare COPY",
        "figure": round(rows / seconds),
        "baseline": round(rows / bare),
        "ratio": round(bare / seconds, 3),
    }
    print(json.dumps(line))


if __name__ == "__main__":
    main()
