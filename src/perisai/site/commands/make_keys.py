"""``perisai make-keys``: the keys that seal personal data and sign cards."""

from pathlib import Path

import click

from perisai.site.trouble import Trouble
from perisai.vault import KeysUnavailable, keys

USES_DJANGO = False


@click.command()
@click.option("--file", "path", type=click.Path(path_type=Path), help="Where to write them; default: PERISAI_KEY_FILE.")
def command(path: Path | None) -> None:
    """Make a new keyring in a file that only you can read. Refuses where there is one already."""
    try:
        made = keys.make_keys(path)
    except KeysUnavailable as problem:
        raise Trouble(problem.sentence, problem.advice) from None
    click.echo(f"The keys are in {made}.")
    click.echo("Keep a copy in a safe place away from the database: without the keys its personal data cannot be read.")
