"""``perisai benefit``: what protection pays by law, for a stream of JSON lines."""

import sys

import click

from perisai.site.cases import benefits
from perisai.site.cases.lines import answer_stream

USES_DJANGO = False


@click.command("benefit", short_help="What protection pays by law.")
@click.option("--json", "as_json", is_flag=True, help="Read one JSON case a line from standard input.")
@click.option("--lang", type=click.Choice(["id", "en"]), default="id", show_default=True, help="Language of errors.")
def command(as_json: bool, lang: str) -> None:
    """Work out what heirs are paid by the law of the day, with the rules it rests on.

    With --json, every line of standard input is one case and gets one line as its answer:

    \b
    {"benefit":"death","died_on":"2026-06-05","member_since":"2026-03-01"}
    {"benefit":"accident_death","died_on":"2026-06-05","base_idr":1000000}
    {"benefit":"scholarship","died_on":"2026-06-05","children":2}

    A death counts as one without an employer unless it says "segment":"pu". Whether the member was protected that day
    is not asked. A line that cannot be answered gets {"error":{"code":…,"message":…}} and the rest go on; the exit code
    is 0 when the stream was read.
    """
    if not as_json:
        raise click.UsageError("give --json, with cases on standard input")
    answer_stream(benefits.answer, sys.stdin.buffer, sys.stdout.buffer, lang)
