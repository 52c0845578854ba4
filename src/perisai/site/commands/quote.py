"""``perisai quote``: what a month costs by law, for one case on the command line or a stream of JSON lines."""

import sys
from collections.abc import Mapping
from typing import Final

import click
from rich.console import Console
from rich.table import Table

from perisai.contributions.rules import (
    BpuContribution,
    CitedRule,
    Funding,
    Programme,
    PuContribution,
    Sector,
    bpu_contribution,
    pu_contribution,
)
from perisai.kernel import clock
from perisai.kernel.errors import Refused
from perisai.kernel.money import format_idr
from perisai.kernel.period import Period
from perisai.site.cases import fields, quotes
from perisai.site.cases.lines import answer_stream

USES_DJANGO = False
_SURE: Final[Mapping[str, Mapping[str, str]]] = {
    "id": {"high": "tinggi", "medium": "sedang", "low": "rendah"},
    "en": {},
}
_HEADINGS: Final = {
    "id": ("Program", "Pemberi kerja", "Pekerja", "Iuran", "Jumlah", "Dasar hukum", "Nilai", "Sejak", "Keyakinan"),
    "en": ("Programme", "Employer", "Worker", "Contribution", "Total", "Rule", "Value", "Since", "Confidence"),
}


def _price_table(price: BpuContribution | PuContribution, language: str) -> Table:
    programme, employer, worker, contribution, total, *_ = _HEADINGS[language]
    if isinstance(price, BpuContribution):
        table = _table(programme, contribution)
        parts = (("JKK", price.jkk_idr), ("JKM", price.jkm_idr), ("JHT", price.jht_idr))
        for name, amount in parts:
            table.add_row(name, format_idr(amount, language))
        table.add_section()
        table.add_row(total, format_idr(price.total_idr, language))
        return table
    table = _table(programme, employer, worker, total)
    for name, firm, own in (
        ("JKK", price.employer.jkk_idr, 0),
        ("JKM", price.employer.jkm_idr, 0),
        ("JHT", price.employer.jht_idr, price.worker.jht_idr),
        ("JP", price.employer.jp_idr, price.worker.jp_idr),
    ):
        table.add_row(name, *(format_idr(amount, language) for amount in (firm, own, firm + own)))
    table.add_section()
    table.add_row(total, "", "", format_idr(price.total_idr, language))
    return table


def _table(first: str, *amounts: str) -> Table:
    table = Table(first)
    for heading in amounts:
        table.add_column(heading, justify="right")
    return table


def _rule_table(rules: tuple[CitedRule, ...], language: str) -> Table:
    *_, rule, value, since, confidence = _HEADINGS[language]
    table, sure = Table(rule, value, since, confidence), _SURE[language]
    for cited in rules:
        shown = format_idr(cited.value, language) if isinstance(cited.value, int) else cited.value
        table.add_row(
            f"{cited.reference}\n{cited.rule}",
            shown,
            cited.since.isoformat(),
            sure.get(cited.confidence, cited.confidence),
        )
    return table


def _chosen(written: str) -> tuple[Programme, ...]:
    return quotes.programmes("programmes", [word.strip().lower() for word in written.split(",")])


@click.command("quote", short_help="What a month costs by law.")
@click.option("--json", "as_json", is_flag=True, help="Read one JSON case a line from standard input.")
@click.option("--income", "income_idr", type=int, help="Monthly income of a member without an employer, rupiah.")
@click.option("--wage", "wage_idr", type=int, help="Monthly wage of a worker with an employer, rupiah.")
@click.option("--risk-class", type=int, default=1, show_default=True, help="Risk class of the employer, 1 to 5.")
@click.option("--programmes", default="jkk,jkm", show_default=True, help="Comma-separated: jkk, jkm, jht, jp.")
@click.option("--month", help="Contribution month, YYYY-MM; this month when left out.")
@click.option("--sector", type=click.Choice([*Sector]), default=Sector.OTHER, show_default=True)
@click.option("--funded-by", type=click.Choice([*Funding]), default=Funding.SELF, show_default=True)
@click.option("--paid-through", help="Last month paid without a gap, YYYY-MM.")
@click.option("--lang", type=click.Choice(["id", "en"]), default="id", show_default=True, help="Language of answers.")
def command(
    as_json: bool,
    income_idr: int | None,
    wage_idr: int | None,
    risk_class: int,
    programmes: str,
    month: str | None,
    sector: str,
    funded_by: str,
    paid_through: str | None,
    lang: str,
) -> None:
    """Work out a month's contribution by the law of that month, with the rules it rests on.

    With --json, every line of standard input is one case and gets one line as its answer:

    \b
    {"segment":"bpu","income_idr":1000000,"programmes":["jkk","jkm"],"month":"2026-04"}
    {"segment":"pu","wage_idr":5000000,"risk_class":1,"programmes":["jkk","jkm","jht","jp"],"month":"2026-04"}
    {"segment":"construction","contract_idr":750000000}
    {"segment":"migrant","months":24}

    \b
    May stand beside these:
    bpu           "sector":"transport|other", "funded_by":"self|apbn|apbd|csr", "paid_through":"2020-07"
    pu            "paid_through":"2025-01", "industry":"footwear", "workers":80 (the relief of PP 7/2025),
                  "size":"micro|small|medium|large" (what the firm owes), "paid_on":"2026-06-20" (the fine)
    construction  "month":"2026-04", "work_order_on":"2026-04-01"; "wages_idr" in place of "contract_idr"
    migrant       "month":"2026-04", "extension_months":3, "jht_month_idr":50000

    Without a month, construction and migrant mean the running one. A line that cannot be answered gets
    {"error":{"code":…,"message":…}} and the rest go on; the exit code is 0 when the stream was read.
    """
    if as_json:
        answer_stream(quotes.answer, sys.stdin.buffer, sys.stdout.buffer, lang)
        return
    if (income_idr is None) == (wage_idr is None):
        raise click.UsageError("give --income or --wage, or --json with cases on standard input")
    try:
        price: BpuContribution | PuContribution
        in_month = fields.month("month", month) if month else Period.of(clock.today())
        paid = fields.month("paid_through", paid_through) if paid_through else None
        if income_idr is not None:
            price = bpu_contribution(
                income_idr=income_idr,
                programmes=_chosen(programmes),
                month=in_month,
                sector=Sector(sector),
                funded_by=Funding(funded_by),
                paid_through=paid,
            )
        else:
            price = pu_contribution(
                wage_idr=wage_idr or 0,
                risk_class=risk_class,
                programmes=_chosen(programmes),
                month=in_month,
                paid_through=paid,
            )
    except Refused as refused:
        click.echo(refused.sentence(lang), err=True)
        sys.exit(1)
    console = Console()
    console.print(_price_table(price, lang), _rule_table(price.rules, lang))
