"""``perisai quote``: what a month costs by law, for one case on the command line or a stream of JSON lines."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from typing import Any, BinaryIO, Final, NoReturn, TypeVar

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
from perisai.kernel.errors import Code, Refused
from perisai.kernel.money import format_idr
from perisai.kernel.period import Period

LONGEST_LINE: Final = 64 * 1024
"""Bytes. A case is a few hundred; what is longer is not a case, and is passed over without being held in memory."""

Word = TypeVar("Word", bound=StrEnum)
Answer = dict[str, Any]


# --- lines in, lines out ---------------------------------------------------------------------------------------------


def answer_stream(source: BinaryIO, sink: BinaryIO, language: str) -> None:
    """One answer for every line that is not blank, each sent at once, so that a program can ask and wait."""
    for line in _lines(source):
        sink.write(_WRITER.encode(answer_line(line, language)).encode("utf-8", "replace") + b"\n")
        sink.flush()


def answer_line(line: bytes | None, language: str = "id") -> Answer:
    """The answer to one line (None: too long), or ``{"error": {"code", "message"}}`` in ``id`` or ``en``."""
    try:
        return _quoted(_parsed(line))
    except Refused as refused:
        return {"error": {"code": refused.code.value, "message": refused.sentence(language)}}


def _lines(source: BinaryIO) -> Iterator[bytes | None]:
    """Lines without blank ones; None for one that is too long. A byte order mark at the very start is dropped."""
    line = source.readline(LONGEST_LINE + 1).removeprefix(b"\xef\xbb\xbf")
    while line:
        too_long = len(line) > LONGEST_LINE
        if too_long:
            while line and not line.endswith(b"\n"):
                line = source.readline(LONGEST_LINE)
            yield None
        elif line.strip():
            yield line
        line = source.readline(LONGEST_LINE + 1)


def _parsed(line: bytes | None) -> Mapping[str, Any]:
    if line is None:
        raise Refused(Code.LINE_TOO_LONG, most=LONGEST_LINE)
    try:
        case = _READER.decode(line.decode("utf-8"))
    except UnicodeDecodeError:
        raise Refused(Code.LINE_NOT_UTF8) from None
    except (ValueError, RecursionError):
        raise Refused(Code.LINE_NOT_JSON) from None
    if not isinstance(case, dict):
        raise Refused(Code.LINE_NOT_OBJECT)
    return case


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise Refused(Code.FIELD_TWICE, field=name, name=_shown(name))
        found[name] = value
    return found


def _no_constant(word: str) -> NoReturn:
    raise ValueError(f"{word} is not JSON")


_READER: Final = json.JSONDecoder(object_pairs_hook=_once_each, parse_constant=_no_constant)
_WRITER: Final = json.JSONEncoder(ensure_ascii=False)


# --- one case --------------------------------------------------------------------------------------------------------


def _quoted(case: Mapping[str, Any]) -> Answer:
    fields, quote = _SEGMENTS[_one_of(tuple(_SEGMENTS))("segment", _field(case, "segment"))]
    for name in case:
        if name not in fields:
            raise Refused(Code.FIELD_UNKNOWN, field=name, name=_shown(name))
    return quote(
        {
            name: read(name, _field(case, name))
            for name, (read, needed) in fields.items()
            if name != "segment" and (needed or name in case)
        }
    )


def _field(case: Mapping[str, Any], name: str) -> Any:
    if name not in case:
        raise Refused(Code.FIELD_MISSING, field=name, name=name)
    return case[name]


def _quote_bpu(case: Mapping[str, Any]) -> Answer:
    price = bpu_contribution(**case)
    return {
        "jkk_idr": price.jkk_idr,
        "jkm_idr": price.jkm_idr,
        "jht_idr": price.jht_idr,
        "total_idr": price.total_idr,
        "rules": _rules(price.rules),
    }


def _quote_pu(case: Mapping[str, Any]) -> Answer:
    price = pu_contribution(**case)
    employer, worker = price.employer, price.worker
    return {
        "employer": {
            "jkk_idr": employer.jkk_idr,
            "jkm_idr": employer.jkm_idr,
            "jht_idr": employer.jht_idr,
            "jp_idr": employer.jp_idr,
        },
        "worker": {"jht_idr": worker.jht_idr, "jp_idr": worker.jp_idr},
        "total_idr": price.total_idr,
        "rules": _rules(price.rules),
    }


def _rules(cited: tuple[CitedRule, ...]) -> list[Answer]:
    return [
        {
            "rule": rule.rule,
            "value": rule.value,
            "since": rule.since.isoformat(),
            "reference": rule.reference,
            "confidence": rule.confidence,
        }
        for rule in cited
    ]


# --- one field -------------------------------------------------------------------------------------------------------


def _whole(name: str, value: object) -> int:
    """A JSON number without point or exponent; never a string, a truth value or a float that happens to be whole."""
    if type(value) is not int:
        raise Refused(Code.FIELD_NOT_WHOLE, field=name, name=name)
    return value


def _month(name: str, value: object) -> Period:
    try:
        if isinstance(value, str):
            return Period.parse(value)
    except ValueError:
        pass
    raise Refused(Code.FIELD_NOT_MONTH, field=name, name=name)


def _one_of(words: tuple[str, ...]) -> Callable[[str, object], str]:
    def read(name: str, value: object) -> str:
        if not isinstance(value, str) or value not in words:
            raise Refused(Code.FIELD_WRONG, field=name, name=name, expected=", ".join(f'"{word}"' for word in words))
        return value

    return read


def _word_of(words: type[Word]) -> Callable[[str, object], Word]:
    known = _one_of(tuple(words))
    return lambda name, value: words(known(name, value))


_programme: Final = _word_of(Programme)


def _programmes(name: str, value: object) -> tuple[Programme, ...]:
    if not isinstance(value, list):
        raise Refused(Code.FIELD_WRONG, field=name, name=name, expected='["jkk", "jkm"]')
    chosen = tuple(_programme(name, word) for word in value)
    for place, programme in enumerate(chosen):
        if programme in chosen[:place]:
            raise Refused(Code.FIELD_TWICE, field=name, name=programme)
    return chosen


def _shown(name: str) -> str:
    """A stranger's word, short and printable."""
    return ascii(name[:40])[1:-1] + ("…" if len(name) > 40 else "")


_Fields = Mapping[str, tuple[Callable[[str, object], Any], bool]]
_SEGMENTS: Final[Mapping[str, tuple[_Fields, Callable[[Mapping[str, Any]], Answer]]]] = {
    "bpu": (
        {
            "segment": (_one_of(("bpu",)), True),
            "income_idr": (_whole, True),
            "programmes": (_programmes, True),
            "month": (_month, True),
            "sector": (_word_of(Sector), False),
            "funded_by": (_word_of(Funding), False),
            "paid_through": (_month, False),
        },
        _quote_bpu,
    ),
    "pu": (
        {
            "segment": (_one_of(("pu",)), True),
            "wage_idr": (_whole, True),
            "risk_class": (_whole, True),
            "programmes": (_programmes, True),
            "month": (_month, True),
            "paid_through": (_month, False),
        },
        _quote_pu,
    ),
}


# --- for people ------------------------------------------------------------------------------------------------------

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
    return _programmes("programmes", [word.strip().lower() for word in written.split(",")])


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
    {"segment":"bpu","income_idr":1000000,"programmes":["jkk","jkm"],"month":"2026-04",
     "sector":"transport|other","funded_by":"self|apbn|apbd|csr","paid_through":"2020-07"}
    {"segment":"pu","wage_idr":5000000,"risk_class":1,"programmes":["jkk","jkm","jht","jp"],"month":"2026-04"}

    The last three of bpu are optional, and paid_through may also stand in pu. A line that cannot be answered gets
    {"error":{"code":…,"message":…}} and the rest go on; the exit code is 0 when the stream was read.
    """
    if as_json:
        answer_stream(sys.stdin.buffer, sys.stdout.buffer, lang)
        return
    if (income_idr is None) == (wage_idr is None):
        raise click.UsageError("give --income or --wage, or --json with cases on standard input")
    try:
        price: BpuContribution | PuContribution
        in_month = _month("month", month) if month else Period.of(clock.today())
        paid = _month("paid_through", paid_through) if paid_through else None
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
