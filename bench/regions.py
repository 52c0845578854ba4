"""Loading the regions against a bare COPY of the same rows, and searching by name against a look-up by primary key.

    python bench/regions.py FOLDER

FOLDER is the folder "data" of the npm package idn-area-data. Works in a database of its own beside that of DATABASE_URL
(the role must be allowed to create one) and drops it at the end. Each of the last two lines is JSON.
"""

import atexit
import json
import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import django

from perisai.site import boot

_server = ExitStack()
_server.enter_context(boot.database())
atexit.register(_server.close)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "perisai.site.settings")
django.setup()

from django.db import connection  # noqa: E402

from perisai.kernel.actor import Actor  # noqa: E402
from perisai.regions import selectors, services  # noqa: E402
from perisai.regions.models import Region  # noqa: E402

DATABASE = "bench_regions"
SEARCHES = 1000
SEED = 20171030


def _load(folder: Path) -> dict[str, object]:
    started = time.perf_counter()
    loaded = services.load_regions(actor=Actor.job("bench"), folder=folder, effective_from=date(2025, 6, 23))
    seconds = time.perf_counter() - started
    rows = loaded.provinces + loaded.regencies + loaded.districts + loaded.villages
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE bare AS SELECT code, name FROM regions_region LIMIT 0")
        cells = list(Region.objects.values_list("code", "name"))
        started = time.perf_counter()
        with cursor.copy("COPY bare FROM STDIN") as copy:
            for row in cells:
                copy.write_row(row)
        bare = time.perf_counter() - started
    return _line("regions: load, rows/s, baseline bare COPY", rows / seconds, rows / bare)


def _misspelt(rng: random.Random, region: Region) -> str:
    """What an officer types: the name or name and places, every third time with a letter lost or changed."""
    parts = region.path_names.split(", ")
    typed = " ".join(parts[: rng.choice((1, 2, 3))])
    if rng.random() < 1 / 3:
        at = rng.randrange(1, len(typed))
        typed = typed[:at] + rng.choice(("", "a", "o")) + typed[at + 1 :]
    return typed


def _search() -> dict[str, object]:
    rng = random.Random(SEED)
    villages = list(Region.objects.filter(level="village").order_by("code"))
    asked = rng.sample(villages, SEARCHES)
    typed = [_misspelt(rng, region) for region in asked]
    selectors.search("koto tinggi")
    searched = _times([lambda text=text: selectors.search(text) for text in typed])  # type: ignore[misc]
    looked_up = _times([lambda pk=region.pk: Region.objects.get(pk=pk) for region in asked])  # type: ignore[misc]
    found = sum(
        region.code in {hit.code for hit in selectors.search(text)} for region, text in zip(asked, typed, strict=True)
    )
    print(
        f"{len(villages):,} villages, {SEARCHES} searches: p50 {statistics.median(searched):.2f} ms, "
        f"p95 {_p95(searched):.2f} ms; by key p50 {statistics.median(looked_up):.2f} ms; "
        f"the village meant is among the ten in {found / SEARCHES:.1%}"
    )
    return _line("regions: search p95 in ms, baseline primary key p95", _p95(searched), _p95(looked_up))


def _times(calls: list[Callable[[], object]]) -> list[float]:
    taken = []
    for call in calls:
        started = time.perf_counter()
        call()
        taken.append((time.perf_counter() - started) * 1000)
    return taken


def _p95(taken: list[float]) -> float:
    return statistics.quantiles(taken, n=20)[-1]


def _line(name: str, figure: float, baseline: float) -> dict[str, object]:
    return {
        "name": name,
        "figure": round(figure, 2),
        "baseline": round(baseline, 2),
        "ratio": round(figure / baseline, 3),
    }


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit("Usage: python bench/regions.py FOLDER")
    before = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = DATABASE
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        lines = [_load(Path(sys.argv[1])), _search()]
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)
    for line in lines:
        print(json.dumps(line))


if __name__ == "__main__":
    main()
