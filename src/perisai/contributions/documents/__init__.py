"""The receipt of a payment: the worker can check it without the agent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from perisai.kernel.money import Rupiah
from perisai.kernel.period import Period
from perisai.paper import qr_svg, render

_RECEIPT = Path(__file__).parent / "receipt.typ"


@dataclass(frozen=True, slots=True)
class ReceiptFacts:
    """What stands on a receipt. ``amounts_idr`` is by programme, in the law's order, over all the months together.

    ``paid_idr`` is what came from the bank where it differs: more or less is on the payer's credit.
    """

    number: str
    name_masked: str
    member_number: str
    months: tuple[Period, ...]
    amounts_idr: Mapping[str, Rupiah]
    channel: str
    paid_on: date
    check_url: str
    qr_text: str
    fictional: bool = False
    paid_idr: Rupiah | None = None
    taken_back: bool = False


def receipt_pdf(facts: ReceiptFacts, language: Literal["id", "en"] = "id") -> bytes:
    """The receipt on A5; its total is the sum of the programmes."""
    return render(_RECEIPT, _printed(facts, language))


def _printed(facts: ReceiptFacts, language: str) -> dict[str, object]:
    return {
        "language": language,
        "number": facts.number,
        "name": facts.name_masked,
        "member_number": facts.member_number,
        "months": [str(month) for month in facts.months],
        "amounts": list(facts.amounts_idr.items()),
        "paid": sum(facts.amounts_idr.values()) if facts.paid_idr is None else facts.paid_idr,
        "taken_back": facts.taken_back,
        "channel": facts.channel,
        "paid_on": facts.paid_on.isoformat(),
        "check_url": facts.check_url,
        "qr": qr_svg(facts.qr_text),
        "fictional": facts.fictional,
    }
