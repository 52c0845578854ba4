"""``perisai bank-simulator``: a fictional bank beside Perisai, to pay with in the demo and in tests."""

import statistics
import sys
from collections.abc import Iterator
from datetime import date, datetime
from typing import IO

import click

from perisai.kernel import clock
from perisai.kernel.money import format_idr
from perisai.site import boot
from perisai.site.bank import counter, journal, papers, storm, teller
from perisai.site.bank.line import Line, Token
from perisai.site.commands import serve as serving

USES_DJANGO = False  # the bank knows Perisai by its address only
LINES = 16


@click.group("bank-simulator")
@click.option(
    "--url", default="http://127.0.0.1:8000", show_default=True, envvar="PERISAI_URL", help="Where Perisai is served."
)
@click.pass_context
def command(context: click.Context, url: str) -> None:
    """Bank Simulasi Nagari: pays codes over SNAP like a real bank, from a process of its own.

    In the demo it is registered already. Pay a code that waits (page Iuran, "Kode menunggu bayar"):

    \b
      perisai bank-simulator inquire 91234567895
      perisai bank-simulator pay 91234567895
      perisai bank-simulator statement today --format mt940
    """
    context.obj = url


@command.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8100, show_default=True)
@click.pass_obj
def run(url: str, port: int) -> None:
    """Open the bank's counter: a page on which a code is paid."""
    serving.require_free("127.0.0.1", port)
    own, key, token, books = papers.papers(), papers.private_key(), Token(), journal.Journal(papers.home())
    click.echo(f"Bank Simulasi Nagari is open on http://127.0.0.1:{port} - Ctrl-C closes it.")
    counter.serve(port, lambda: teller.Desk(Line(url, own, key, token), books), url)


@command.command()
@click.argument("code")
@click.pass_obj
def inquire(url: str, code: str) -> None:
    """Ask whose bill CODE is, and how much."""
    bill = _desk(url).inquire(code)
    if not bill.payable:
        raise click.ClickException(f"{bill.answer} {bill.words}".strip())
    click.echo(f"{bill.name}  {format_idr(bill.amount_idr)}")


@command.command()
@click.argument("code")
@click.option("--amount", "amount_idr", type=click.IntRange(1), help="Another amount than the bill's, in rupiah.")
@click.option("--silent", is_flag=True, help="Take the money and tell Perisai nothing, as when the line is cut.")
@click.pass_obj
def pay(url: str, code: str, amount_idr: int | None, silent: bool) -> None:
    """Pay CODE, and print the receipt."""
    desk = _desk(url)
    bill = desk.inquire(code)
    if not bill.payable and amount_idr is None:
        raise click.ClickException(f"{bill.answer} {bill.words}".strip())
    if silent:
        click.echo(f"{desk.take(code, amount_idr or bill.amount_idr)}: money taken, Perisai was not told.")
        return
    paid = desk.pay(code, amount_idr or bill.amount_idr)
    if not paid.receipt:
        raise click.ClickException(f"{paid.answer} {paid.words}".strip())
    click.echo(f"{paid.words}: {bill.name}  {format_idr(amount_idr or bill.amount_idr)}")
    click.echo(f"Kuitansi {paid.receipt}  {teller.receipt_address(url, paid.receipt)}")


@command.command("storm")
@click.option("--rate", type=click.FloatRange(min=0, min_open=True), default=100, show_default=True, help="A second.")
@click.option("--seconds", type=click.IntRange(1, 3600), default=10, show_default=True)
@click.option(
    "--codes", type=click.File("r"), default="-", help='Lines "CODE AMOUNT"; "-" (the default) is standard input.'
)
@click.pass_obj
def storm_command(url: str, rate: float, seconds: int, codes: IO[str]) -> None:
    """Pay many codes at a steady rate: perisai open-codes --issue 1000 | perisai bank-simulator storm --rate 100."""
    bills = list(_bills(codes))[: int(rate * seconds)]
    if not bills:
        raise click.ClickException('There is no code to pay. Make some: perisai open-codes --issue 1000 > codes; '
                                   'then storm --codes codes.')  # fmt: skip
    own, key, token, books = papers.papers(), papers.private_key(), Token(), journal.Journal(papers.home())
    weather = storm.storm([Line(url, own, key, token) for _ in range(LINES)], bills, rate, books)
    told = sorted(weather.milliseconds)
    click.echo(f"{weather.accepted} of {len(bills)} accepted, {weather.accepted / weather.seconds:.1f} a second")
    click.echo(f"p50 {statistics.median(told):.1f} ms, p99 {told[int(len(told) * 0.99)]:.1f} ms")
    for answer, times in sorted(weather.answers.items()):
        click.echo(f"  {answer}  {times}")


@command.command()
@click.argument("day")
@click.option("--format", "kind", type=click.Choice(["csv", "mt940"]), default="csv", show_default=True)
def statement(day: str, kind: str) -> None:
    """Print the bank's statement of DAY (YYYY-MM-DD, or today)."""
    on = _day(day)
    payments = journal.Journal(papers.home()).of_day(on)
    text = journal.as_csv(payments) if kind == "csv" else journal.as_mt940(payments, on, papers.SERVICE_ID)
    sys.stdout.write(text)


@command.command()
def register() -> None:
    """Register this bank with the Perisai of this machine (the demo does it by itself)."""
    with boot.django():
        introduce()
    click.echo(f"{papers.NAME} is registered; its papers are in {papers.home()}.")


def introduce() -> None:
    """The bank becomes a partner, once; its papers are kept. Inside Django."""
    from perisai.banks import selectors
    from perisai.banks.services import partners
    from perisai.kernel.actor import Actor

    job, known = Actor.job("demo"), selectors.find_partner(papers.CODE)
    if known is None:
        introduced = partners.register_partner(
            actor=job,
            code=papers.CODE,
            name=papers.NAME,
            partner_id=papers.PARTNER_ID,
            service_id=papers.SERVICE_ID,
            public_key=papers.public_pem(),
            payment_limit_idr=100_000_000,
        )
    else:
        partners.replace_key(actor=job, partner_id=known.id, public_key=papers.public_pem())
        introduced = partners.renew_secret(actor=job, partner_id=known.id)
    papers.Papers(introduced.partner.client_key, introduced.secret).save()


def _desk(url: str) -> teller.Desk:
    return teller.Desk(Line(url, papers.papers(), papers.private_key()), journal.Journal(papers.home()))


def _bills(codes: IO[str]) -> Iterator[tuple[str, int]]:
    """Raises click.ClickException for a line of another shape."""
    for line in codes:
        parts = line.split()
        if parts and (len(parts) != 2 or not all(part.isdigit() for part in parts)):
            raise click.ClickException('Every line must be "CODE AMOUNT".')
        if parts:
            yield parts[0], int(parts[1])


def _day(text: str) -> date:
    if text == "today":
        return clock.today()
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=clock.WIB).date()
    except ValueError:
        raise click.UsageError("DAY is written YYYY-MM-DD, or: today") from None
