"""The credit of a payer: money that came and pays no month yet. A ledger; its sum is the balance (docs/adr/0017).

Called by the room's verbs inside their transactions, with the payer locked; nothing else writes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet, Sum

from perisai.audit.inserting import insert
from perisai.contributions.models import CreditEntry, Payment, PaymentCode
from perisai.contributions.rules import CreditReason
from perisai.kernel.money import Rupiah


@dataclass(frozen=True, slots=True)
class Payer:
    """Whose credit it is: a member, or a registration while there is no member yet."""

    member_id: UUID | None = None
    registration_id: UUID | None = None

    @classmethod
    def of(cls, code: PaymentCode) -> Payer:
        if code.registration is None:
            return cls(member_id=code.member_id)
        if code.registration.member_id is not None:
            return cls(member_id=code.registration.member_id)
        return cls(registration_id=code.registration_id)


def balance(payer: Payer) -> Rupiah:
    """Whole rupiah; below zero when a bank took back what had been spent already."""
    return Rupiah(_entries(payer).aggregate(sum=Sum("amount_idr"))["sum"] or 0)


def post(payer: Payer, amount_idr: int, because: CreditReason, payment: Payment) -> None:
    """Add to the payer's credit, or take from it. Nothing is written for nought."""
    if amount_idr:
        insert(
            CreditEntry(
                member_id=payer.member_id,
                registration_id=payer.registration_id,
                amount_idr=amount_idr,
                because=because,
                payment=payment,
            )
        )


def posted_for(payment: Payment) -> Rupiah:
    """What the payment has put on anybody's credit, less what it took from there."""
    return Rupiah(CreditEntry.objects.filter(payment=payment).aggregate(sum=Sum("amount_idr"))["sum"] or 0)


def _entries(payer: Payer) -> QuerySet[CreditEntry]:
    if payer.member_id is not None:
        return CreditEntry.objects.filter(member_id=payer.member_id)
    assert payer.registration_id is not None
    return CreditEntry.objects.filter(registration_id=payer.registration_id)
