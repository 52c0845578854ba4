"""``perisai take-statement``: a bank's statement taken in from a file, as on the page, of any size."""

from datetime import datetime
from typing import IO

import click

from perisai.kernel import clock


@click.command("take-statement")
@click.argument("bank")
@click.argument("day", type=click.DateTime(["%Y-%m-%d"]))
@click.argument("file", type=click.File("rb"))
@click.option("--as", "username", required=True, help="The finance officer of the head office who takes it in.")
def command(bank: str, day: datetime, file: IO[bytes], username: str) -> None:
    """Take in the statement FILE (CSV or MT940, "-" for standard input) of BANK for DAY, and match it.

    BANK is the short name of a partner. The same file again changes nothing. Exit code 1 where it is refused.
    """
    from perisai.accounts.selectors import find_user
    from perisai.banks import selectors
    from perisai.banks.services import statements
    from perisai.kernel.errors import NotFound, Refused
    from perisai.organisation.selectors import actor_for

    user, partner = find_user(username), selectors.find_partner(bank)
    if partner is None:
        raise click.ClickException(f"There is no bank {bank!r}. The page Bank lists their short names.")
    try:
        if user is None:
            raise NotFound("user")
        taken = statements.take_in_statement(
            actor=actor_for(user.id),
            partner_id=partner.id,
            on=day.replace(tzinfo=clock.WIB).date(),
            content=file.read(),
        )
    except NotFound:
        raise click.ClickException(
            f"{username} does not reconcile banks. Name a finance officer of the head office."
        ) from None
    except Refused as refusal:
        raise click.ClickException(refusal.sentence("en")) from None
    balance = selectors.balance_of(taken)
    click.echo(f"bank {balance.bank_idr:,}  ours {balance.ours_idr:,}  between {balance.difference_idr:,}")
    click.echo(f"{taken.matched:,} matched, {balance.open_items:,} open")
