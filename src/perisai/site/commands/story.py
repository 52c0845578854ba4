"""``perisai story``: the cast plays the main chain and every fact is checked."""

import json
import logging
import os
import secrets
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.markup import escape

from perisai.site.commands import demo

if TYPE_CHECKING:
    from perisai.site.story import Fact


@click.command("story")
@click.option("--json", "as_json", is_flag=True, help="Print the facts as one JSON object instead of the account.")
@click.option("--keep", is_flag=True, help="Play in the program's own database and leave what was played (once only).")
def command(as_json: bool, keep: bool) -> None:
    """Play the cast's chain through the real doors, dated October 2017 and today, and check every fact.

    Without --keep it plays in a database of its own that is dropped afterwards. Exit code 1 when a fact is wrong.
    """
    from django.db import transaction

    from perisai.site.story import Account, tell

    logging.getLogger("django.request").setLevel(logging.ERROR)  # the story is refused on purpose, again and again
    account = Account() if as_json else Account(told=_teller())
    if keep:
        demo.ensure_keys(fresh=False)
        with transaction.atomic():  # a story that breaks off leaves nothing, and can be told again
            tell(account)
    else:
        with _scratch_stage():
            tell(account)
    if as_json:
        click.echo(json.dumps(account.as_json(), ensure_ascii=False, indent=1))
    else:
        wrong = sum(not fact.holds for fact in account.facts)
        click.echo(f"\n{len(account.facts)} facts, {wrong} wrong.")
    if not account.true:
        raise click.exceptions.Exit(1)


def _teller() -> "Callable[[Fact], None]":
    """Prints each fact under the heading of its scene; a wrong one with what was expected."""
    console, scenes = Console(highlight=False), [""]

    def tell(fact: "Fact") -> None:
        if fact.scene != scenes[-1]:
            scenes.append(fact.scene)
            console.print(f"\n[bold]{escape(fact.scene)}[/bold]")
        if fact.holds:
            console.print(f"  [green]✓[/green] {escape(fact.what)}")
        else:
            console.print(f"  [red]✗ {escape(fact.what)}: expected {fact.expected!r}, found {fact.found!r}[/red]")

    return tell


@contextmanager
def _scratch_stage() -> Iterator[None]:
    """A migrated database with geography and offices, dropped at the end whatever happened."""
    from django.core.management import call_command
    from django.db import connection

    from perisai.vault import keys

    os.environ["PERISAI_KEYS"] = keys.new_keyring().to_json()  # what is sealed here is dropped here
    settings = connection.settings_dict
    own, name = settings["NAME"], f"perisai_story_{secrets.token_hex(4)}"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    try:
        connection.close()
        settings["NAME"] = name
        with redirect_stdout(sys.stderr):  # what the steps say is not part of the story
            call_command("migrate", interactive=False, verbosity=0)
            demo.load_geography()
            demo.set_up_offices()
        yield
    finally:
        connection.close()
        settings["NAME"] = own
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
