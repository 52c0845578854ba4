"""``perisai seed``: the synthetic register of the report."""

import time

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TaskID, TextColumn, TimeRemainingColumn
from rich.text import Text

from perisai.kernel.actor import Actor

_WORDS = {
    "plan": "Sharing out people",
    "copy": "Copying people",
    "index": "Building indexes",
    "analyse": "Counting for the planner",
    "tally": "Targets and tally",
}


class _Speed(ProgressColumn):
    """People a second, for the step where that says something."""

    def render(self, task: Task) -> Text:
        if task.fields.get("step") != "copy" or not task.speed:
            return Text("")
        return Text(f"{task.speed:,.0f}/s")


@click.command("seed")
@click.option(
    "--scale",
    type=click.Choice(["report", "small"]),
    default="report",
    show_default=True,
    help="report: 783,178 wage earners and 64,809 others; small: one five-hundredth.",
)
@click.option(
    "--seed", type=click.IntRange(0), default=2017, show_default=True, help="The same number, the same people."
)
def command(scale: str, seed: int) -> None:
    """Write the synthetic register of the report of 30 September 2017.

    Invented people, firms and Perisai over the real villages of Sumatera Barat, Riau and Kepulauan Riau, all marked
    synthetic, and the report's targets. The regions must be loaded. One transaction: broken off, it leaves nothing
    behind. A second run finds the register and changes nothing.
    """
    from django.db import OperationalError

    from perisai.site.register import load
    from perisai.vault import KeysUnavailable

    started = time.monotonic()
    columns = (TextColumn("{task.description}"), BarColumn(), _Speed(), TimeRemainingColumn(elapsed_when_finished=True))
    with Progress(*columns, console=Console(stderr=True)) as progress:
        bars: dict[str, TaskID] = {}

        def report(step: str, done: int, total: int) -> None:
            if step not in bars:
                bars[step] = progress.add_task(_WORDS[step], total=total, step=step)
            progress.update(bars[step], completed=done)

        try:
            loaded = load.seed_report(actor=Actor.job("seed"), scale=scale, seed=seed, report=report)
        except load.NoVillages:
            raise click.ClickException(
                "There are no villages to put people in. Load the regions first: perisai load-regions FOLDER"
            ) from None
        except KeysUnavailable as trouble:
            raise click.ClickException(str(trouble)) from trouble
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", None) != "55P03":
                raise
            raise click.ClickException(
                "The members' tables are in use. Stop the server and its workers, or try again when nobody works."
            ) from error
    _tell(loaded, scale, seed, time.monotonic() - started)


def _tell(loaded: object, scale: str, seed: int, seconds: float) -> None:
    from perisai.site.register.load import Loaded

    assert isinstance(loaded, Loaded)
    held = (
        f"{loaded.pu:,} wage earners in {loaded.firms:,} firms and {loaded.bpu:,} others with {loaded.agents:,} Perisai"
    )
    if loaded.rows:
        click.echo(f"{held}: {loaded.rows:,} rows in {seconds:.1f} s.")
    elif (loaded.scale, loaded.seed) == (scale, seed):
        click.echo(f"The register is there: {held}. Nothing was changed.")
    else:
        raise click.ClickException(
            f"Another register is there (scale {loaded.scale}, seed {loaded.seed}: {held}). Nothing was changed; "
            "make demo-reset starts with an empty database."
        )
