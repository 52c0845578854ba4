"""``perisai rotate-keys``: personal data under a new key, while the system runs."""

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from perisai.site.trouble import Trouble
from perisai.vault import KeysUnavailable, keys


@click.command()
@click.option("--new-key", is_flag=True, help="First add a new sealing key and make it the current one.")
@click.option("--new-signing-key", is_flag=True, help="Sign cards with a new key; the old ones stay checkable.")
@click.option("--new-parcel-key", is_flag=True, help="Phones seal parcels for a new key; the old ones still open.")
def command(new_key: bool, new_signing_key: bool, new_parcel_key: bool) -> None:
    """Seal again, under the current key, all that is sealed under an older one.

    Safe while people work. Stopped half-way it goes on where it stopped when called again. Old keys are kept in the
    keyring, because backups are still sealed with them.
    """
    from django.db import ProgrammingError

    from perisai.vault import services

    try:
        if new_key:
            click.echo(f"New sealing key: {keys.add_sealing_key()}.")
        if new_signing_key:
            click.echo(f"New signing key: {keys.add_signing_key()}.")
        if new_parcel_key:
            click.echo(f"New parcel key: {keys.add_parcel_key()}.")
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=Console(stderr=True)) as bars:
            tasks: dict[str, TaskID] = {}

            def report(column: str, done: int, total: int) -> None:
                if column not in tasks:
                    tasks[column] = bars.add_task(column, total=total)
                bars.update(tasks[column], completed=done, total=total)

            outcome = services.rotate(progress=report)
    except KeysUnavailable as problem:
        raise Trouble(problem.sentence, problem.advice) from None
    except ProgrammingError:
        raise Trouble("The database has not all tables of this program.", "Run: perisai migrate") from None
    click.echo(f"{outcome.resealed:,} values sealed again.")
    if outcome.overtaken:
        click.echo(f"{outcome.overtaken:,} were written by somebody else meanwhile; call rotate-keys once more.")
    if outcome.damaged:
        for row in outcome.damaged:
            click.echo(f"does not open: {row}", err=True)
        raise Trouble(
            f"{len(outcome.damaged):,} values do not open with any key of the keyring; they were left as they are.",
            "Restore these rows from a backup, or the missing key into the keyring, and call rotate-keys again.",
        )
