"""The monthly statement of an agent or a Wadah: each line says why it counts or does not."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from perisai.kernel.money import Rupiah
from perisai.kernel.period import Period
from perisai.paper import render

_STATEMENT = Path(__file__).parent / "statement.typ"


@dataclass(frozen=True, slots=True)
class StatementLine:
    """``about`` names whom or what, ``why`` is a sentence in the reader's language.

    ``base_idr`` is None where no amount is shared. ``rate`` is written for the reader (``15 %``), empty where none applies.
    """

    about: str
    why: str
    counts: bool
    base_idr: Rupiah | None
    rate: str
    amount_idr: Rupiah


@dataclass(frozen=True, slots=True)
class StatementFacts:
    """``totals_idr`` are labelled sums in the reader's language, the last one is what is paid."""

    number: str
    period: Period
    agent: str
    wadah: str
    regime: str
    made_on: date
    lines: tuple[StatementLine, ...]
    totals_idr: Mapping[str, Rupiah]
    fictional: bool = False


def statement_pdf(facts: StatementFacts, language: Literal["id", "en"] = "id") -> bytes:
    """The statement on A4, as many pages as its lines need."""
    return render(_STATEMENT, _printed(facts, language))


def _printed(facts: StatementFacts, language: str) -> dict[str, object]:
    return {
        "language": language,
        "number": facts.number,
        "period": str(facts.period),
        "agent": facts.agent,
        "wadah": facts.wadah,
        "regime": facts.regime,
        "made_on": facts.made_on.isoformat(),
        "lines": [
            {
                "about": line.about,
                "why": line.why,
                "counts": line.counts,
                "base_idr": line.base_idr,
                "rate": line.rate,
                "amount_idr": line.amount_idr,
            }
            for line in facts.lines
        ],
        "totals": list(facts.totals_idr.items()),
        "fictional": facts.fictional,
    }
