"""``perisai open-codes``: payment codes that wait, for the bank simulator."""

import click


@click.command("open-codes")
@click.option("--as", "username", default="laras", show_default=True, help="The officer whose offices are looked at.")
@click.option("--issue", type=click.IntRange(0, 100_000), default=0, help="Issue so many new ones first, a month each.")
def command(username: str, issue: int) -> None:
    """Print the codes that wait for money, a line each: CODE AMOUNT.

    With --issue, members of the officer's offices who have none get a code for their next month, as if the officer had
    given them one by one. For demo and measurement.
    """
    from perisai.accounts.selectors import find_user
    from perisai.contributions import selectors
    from perisai.organisation.selectors import actor_for

    user = find_user(username)
    if user is None:
        raise click.ClickException(f"Nobody signs in as {username}. Name an officer of a branch with --as.")
    actor = actor_for(user.id)
    if issue:
        from perisai.site.bank import bills

        bills.issue(actor, issue)
    for code in selectors.open_codes(actor).iterator():
        click.echo(f"{code.code} {code.amount_idr}")
