"""``perisai incentive``: what an agent and its Wadah earn in a month, for a stream of JSON lines."""

import sys
from typing import Final

import click

from perisai.site.cases import earnings
from perisai.site.cases.lines import answer_stream

USES_DJANGO = False
LONGEST_LINE: Final = 4 * 1024 * 1024
"""Bytes: a case names every member of an agent's month."""


@click.command("incentive", short_help="What an agent and its Wadah earn in a month.")
@click.option("--json", "as_json", is_flag=True, help="Read one JSON case a line from standard input.")
@click.option("--lang", type=click.Choice(["id", "en"]), default="id", show_default=True, help="Language of reasons.")
def command(as_json: bool, lang: str) -> None:
    """Work out an agent's month by the formula of that month, with a reason for every line.

    With --json, every line of standard input is one case and gets one line as its answer:

    \b
    {"month":"2023-05","new_members":[{"programmes":["jkk","jkm"],"first_time_bpu":true}],"contributions":[{"amount_idr":16800,"managed_month":1}]}

    \b
    May stand beside these:
    new_members    "segment":"bpu|pu_micro|pu_small|pu_larger"
    contributions  "segment" as above; for pu_micro and pu_small also "firm_month_idr", what the whole firm pays

    The answer holds acquisition_idr, contribution_idr, agent_idr, wadah_idr and the lines, each with its reason in words
    and the rules that decided. A line that cannot be answered gets {"error":{"code":…,"message":…}} and the rest go
    on; the exit code is 0 when the stream was read.
    """
    if not as_json:
        raise click.UsageError("give --json, with cases on standard input")
    answer_stream(earnings.answer, sys.stdin.buffer, sys.stdout.buffer, lang, LONGEST_LINE)
