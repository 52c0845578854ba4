"""What the QR codes of cards and referral slips carry: signed, checkable without us, and no more than a masked name."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from perisai.kernel import names
from perisai.vault import signing

if TYPE_CHECKING:
    from perisai.membership.models import Member, Registration

CARD: Final = "kartu"
SLIP: Final = "rujukan-bukan-kartu"


def card_token(serial: str, member: Member, issued_on: date) -> str:
    """Serial, member number, day of issue, branch, masked name."""
    return signing.sign(
        signing.pack(
            {
                "k": CARD,
                "s": serial,
                "n": member.number,
                "d": issued_on.isoformat(),
                "b": member.branch.code,
                "m": names.masked(member.person.name)[:40],
            }
        )
    )


def slip_token(registration: Registration) -> str:
    """Reference and day; the kind itself says that it is not a card."""
    return slip_of(registration.reference, registration.occurred_on.isoformat())


def slip_of(reference: str, day: str) -> str:
    """``slip_token`` of what a reader of many registrations has at hand."""
    return signing.sign(signing.pack({"k": SLIP, "r": reference, "d": day}))


def kind_of(token: str) -> str:
    """``CARD``, ``SLIP``, or empty for anything that we did not sign."""
    try:
        return signing.unpack(signing.verify(token)).get("k", "")
    except signing.BadSignature:
        return ""
