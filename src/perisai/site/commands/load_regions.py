"""``perisai load-regions FOLDER``: the national codes from a folder of CSV files."""

import time
from datetime import datetime
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from perisai.kernel.actor import Actor
from perisai.kernel.errors import Refused
from perisai.regions import rules

_WORDS = {
    "read": "Reading and checking the files",
    "copy": "Copying the rows",
    "store": "Storing what is new",
    "index": "Preparing the search",
}


@click.command("load-regions")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--effective-from",
    type=click.DateTime(["%Y-%m-%d"]),
    default=rules.SHIPPED_FROM.isoformat(),
    show_default=True,
    help="The day from which this edition of the codes holds; the default is the decree behind idn-area-data 3.1.2.",
)
def command(folder: Path, effective_from: datetime) -> None:
    """Load provinces, regencies, districts and villages from FOLDER.

    FOLDER holds provinces.csv, regencies.csv, districts.csv and villages.csv as in the npm package idn-area-data
    (its folder "data"), and successions.csv where splits and mergers are known. Loading newer data later adds versions;
    loading the same data again changes nothing.
    """
    from perisai.regions import services

    started = time.monotonic()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        bars: dict[str, TaskID] = {}

        def report(step: str, done: int, total: int) -> None:
            if step not in bars:
                bars[step] = progress.add_task(_WORDS[step], total=total)
            progress.update(bars[step], completed=done)

        try:
            loaded = services.load_regions(
                actor=Actor.job("load-regions"), folder=folder, effective_from=effective_from.date(), report=report
            )
        except Refused as refusal:
            raise click.ClickException(refusal.sentence("en")) from refusal
    click.echo(
        f"{loaded.provinces:,} provinces, {loaded.regencies:,} regencies and cities, {loaded.districts:,} districts, "
        f"{loaded.villages:,} villages; {loaded.added:,} new, {loaded.renamed:,} renamed, {loaded.ended:,} ended; "
        f"{time.monotonic() - started:.1f} s."
    )
