"""The papers of membership: the card, a sheet of cards, the referral slip that is not a card."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from perisai.paper import qr_svg, render

_HERE = Path(__file__).parent
Language = Literal["id", "en"]


@dataclass(frozen=True, slots=True)
class CardFacts:
    """What stands on a card; no NIK. ``programmes`` are short names in the law's order: ``("JKK", "JKM")``."""

    name: str
    number: str
    programmes: tuple[str, ...]
    issued_on: date
    branch_name: str
    check_url: str
    qr_text: str
    fictional: bool = False


@dataclass(frozen=True, slots=True)
class SlipFacts:
    """What stands on a referral slip. ``still_to_come`` are sentences in the reader's language."""

    name: str
    village_path: str
    agent_name: str
    branch_name: str
    still_to_come: tuple[str, ...]
    amount_idr: int
    payment_code: str | None
    qr_text: str
    created_on: date
    fictional: bool = False


def card_pdf(facts: CardFacts, language: Language = "id") -> bytes:
    """One card, 85.6 × 54 mm (ISO/IEC 7810 ID-1)."""
    return render(_HERE / "card.typ", _cards([facts], language))


def card_png(facts: CardFacts, language: Language = "id") -> bytes:
    """One card as a picture for a page."""
    return render(_HERE / "card.typ", _cards([facts], language), as_png=True)


def card_sheet_pdf(cards: Sequence[CardFacts], language: Language = "id") -> bytes:
    """Cards on A4 in their order, ten a page, with cut marks. Raises ValueError for no cards."""
    if not cards:
        raise ValueError("a sheet needs a card")
    return render(_HERE / "card_sheet.typ", _cards(cards, language))


def slip_pdf(facts: SlipFacts, language: Language = "id") -> bytes:
    """The referral slip, A6."""
    return render(_HERE / "slip.typ", _slip(facts, language))


def slip_png(facts: SlipFacts, language: Language = "id") -> bytes:
    """The referral slip as a picture that an agent can send."""
    return render(_HERE / "slip.typ", _slip(facts, language), as_png=True)


def _cards(cards: Sequence[CardFacts], language: Language) -> dict[str, object]:
    return {
        "language": language,
        "cards": [
            {
                "name": card.name,
                "number": " ".join((card.number[:4], card.number[4:8], card.number[8:])),
                "programmes": card.programmes,
                "issued_on": card.issued_on.isoformat(),
                "branch_name": card.branch_name,
                "check_url": card.check_url,
                "qr": qr_svg(card.qr_text),
                "fictional": card.fictional,
            }
            for card in cards
        ],
    }


def _slip(facts: SlipFacts, language: Language) -> dict[str, object]:
    return {
        "language": language,
        "name": facts.name,
        "village_path": facts.village_path,
        "agent_name": facts.agent_name,
        "branch_name": facts.branch_name,
        "still_to_come": facts.still_to_come,
        "amount_idr": facts.amount_idr,
        "payment_code": facts.payment_code,
        "qr": qr_svg(facts.qr_text),
        "created_on": facts.created_on.isoformat(),
        "fictional": facts.fictional,
    }
