"""``perisai migrate``: bring the tables up to date."""

import click


@click.command()
@click.option("-v", "--verbose", is_flag=True, help="Name every migration that is applied.")
def command(verbose: bool) -> None:
    """Create or update the tables of the database. Safe to repeat."""
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=1 if verbose else 0)
    click.echo("The tables are up to date.")
