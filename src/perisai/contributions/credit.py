"""The credit of a payer: money that came and pays no month yet. A ledger; its sum is the balance (docs/adr/0017).

Called by the room's verbs inside their transactions, with the payer locked; nothing else writes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import Sum

from perisai.contributions.models import CreditEntry, Payment, PaymentCode, Refund
from perisai.contributions.rules import CreditReason
from perisai.kernel.money import Rupiah
from perisai.rows import insert


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
    column, owner = ("member_id", payer.member_id) if payer.member_id else ("registration_id", payer.registration_id)
    with connection.cursor() as cursor:
        cursor.execute(_BALANCE.format(column=column), [owner])
        return Rupiah(int(cursor.fetchone()[0]))


# Asked by every code and payment; written out because putting it together from objects costs more than answering it.
_BALANCE: Final = "SELECT COALESCE(sum(amount_idr), 0) FROM contributions_creditentry WHERE {column} = %s"


def post(payer: Payer, amount_idr: int, because: CreditReason, source: Payment | Refund) -> None:
    """Add to the payer's credit, or take from it; ``source`` is the fact that does. Nothing is written for nought."""
    if amount_idr:
        insert(
            CreditEntry(
                member_id=payer.member_id,
                registration_id=payer.registration_id,
                amount_idr=amount_idr,
                because=because,
                payment=source if isinstance(source, Payment) else None,
                refund=source if isinstance(source, Refund) else None,
            )
        )


def posted_for(payment: Payment) -> Rupiah:
    """What the payment has put on anybody's credit, less what it took from there."""
    return Rupiah(CreditEntry.objects.filter(payment=payment).aggregate(sum=Sum("amount_idr"))["sum"] or 0)
