"""``perisai check``: is this installation ready to serve?"""

import click

from perisai.site import places


@click.command()
def command() -> None:
    """Say whether settings, database, tables, keys and geography are in order; exit code 1 when one is not."""
    checks = {
        "settings": settings_fault,
        "tables": tables_fault,
        "keys": keys_fault,
        "geography": geography_fault,
        "frontend": frontend_fault,
    }
    click.echo("ok      database")  # or this command had not been reached
    failed = False
    for name, find_fault in checks.items():
        fault = find_fault()
        failed = failed or bool(fault)
        click.echo(f"FAILED  {name}: {fault}" if fault else f"ok      {name}")
    if failed:
        raise click.exceptions.Exit(1)


def settings_fault() -> str:
    from django.core.management import call_command
    from django.core.management.base import SystemCheckError

    try:
        call_command("check", fail_level="ERROR")
    except SystemCheckError as error:
        return str(error)
    return ""


def tables_fault() -> str:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(waiting)} migrations are not applied. Run: perisai migrate" if waiting else ""


def keys_fault() -> str:
    from perisai.vault import KeysUnavailable, keys

    try:
        keys.keyring()
    except KeysUnavailable as problem:
        return f"{problem.sentence} {problem.advice}"
    return ""


def geography_fault() -> str:
    from django.db import ProgrammingError

    from perisai.regions import selectors

    try:
        loaded = selectors.provinces().exists()
    except ProgrammingError:
        loaded = False
    return "" if loaded else "no regions are loaded. Run: perisai load-regions FOLDER"


def frontend_fault() -> str:
    built = places.PACKAGE / "web" / "static" / "built" / "manifest.json"
    return "" if built.exists() else "scripts and styles are not built. Run: python3 scripts/setup.py"
