"""``perisai rulebook``: the law of a day, and what changed between two days."""

import json
import sys
from datetime import date, datetime
from typing import Any

import click

from perisai import rulebook
from perisai.rulebook import telling
from perisai.rulebook.book import Value

USES_DJANGO = False
_DAY = click.DateTime(formats=["%Y-%m-%d"])
_LANGUAGE = click.option("--lang", type=click.Choice(["id", "en"]), default="id", show_default=True)
_NOTHING = {"id": "Tidak ada.", "en": "Nothing."}


@click.group("rulebook", short_help="The law of a day, and what changed.")
def command() -> None:
    """Read the dated law: every figure with its regulation and how sure we are of it."""


@command.command("on")
@click.argument("day", type=_DAY, metavar="DATE")
@click.option("--search", default="", help="Words of the rule, its name or its regulation.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object with every figure in force.")
@_LANGUAGE
def on(day: datetime, search: str, as_json: bool, lang: str) -> None:
    """Show what is in force on DATE (YYYY-MM-DD)."""
    asked = day.date()
    if as_json:
        _print_json({"on": asked.isoformat(), "rules": _in_force(asked, search, lang)})
        return
    group = ""
    for article in telling.articles(asked, lang, search):
        if article.group != group:
            group = article.group
            click.secho(f"\n{telling.group_name(group, lang)}", bold=True)
        _print_article(article)
    if not group:
        click.echo(_NOTHING[lang])


@command.command("diff")
@click.argument("after", type=_DAY, metavar="DATE")
@click.argument("until", type=_DAY, metavar="DATE")
@click.option("--json", "as_json", is_flag=True, help="One JSON object with every change.")
@_LANGUAGE
def diff(after: datetime, until: datetime, as_json: bool, lang: str) -> None:
    """Show what changed after the first DATE, up to and including the second."""
    begins, ends = after.date(), until.date()
    if ends < begins:
        raise click.UsageError("the second date comes before the first")
    if as_json:
        _print_json({"after": begins.isoformat(), "until": ends.isoformat(), "changes": _changed(begins, ends)})
        return
    found = telling.told_changes(begins, ends, lang)
    for change in found:
        click.echo(f"\n{change.after.since}  {change.described}")
        was = change.before.shown if change.before else "—"
        click.echo(f"  {was} → " + click.style(change.after.shown, bold=True) + f"  {_source(change.after)}")
        _print_name(change.name, change.note if change.after.in_doubt else "")
    if not found:
        click.echo(_NOTHING[lang])


def _print_article(article: telling.Article) -> None:
    click.echo(article.described)
    for figure in article.figures:
        lower = f"≥ {figure.lower}: " if figure.lower else ""
        click.echo(f"  {lower}" + click.style(figure.shown, bold=True) + f"  {figure.since}  {_source(figure)}")
    _print_name(article.name, article.note if article.in_doubt else "")


def _source(figure: telling.Figure) -> str:
    return f"{figure.reference} · {figure.confidence}"


def _print_name(name: str, note: str) -> None:
    """A figure in doubt says why."""
    click.secho(f"  {name}" + (f"\n  {note}" if note else ""), dim=True)


def _in_force(day: date, search: str, lang: str) -> list[dict[str, Any]]:
    names = {article.name for article in telling.articles(day, lang, search)}
    return [
        {"rule": parameter.name, "unit": parameter.unit, "note": parameter.note.en} | _plain(value)
        for parameter in rulebook.parameters()
        if parameter.name.split("[")[0] in names and (value := parameter.value_on(day)) is not None
    ]


def _changed(after: date, until: date) -> list[dict[str, Any]]:
    return [
        {
            "rule": change.name,
            "before": None if change.before is None else _plain(change.before),
            "after": _plain(change.after),
        }
        for change in rulebook.changes(after, until)
    ]


def _plain(value: Value[Any]) -> dict[str, Any]:
    return {
        "value": telling.plain(value.value),
        "since": value.since.isoformat(),
        "reference": value.reference,
        "confidence": value.confidence.value,
    }


def _print_json(found: dict[str, Any]) -> None:
    json.dump(found, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")
