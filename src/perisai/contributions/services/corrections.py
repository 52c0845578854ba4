"""Money without months after all: a bank takes a payment back, a member has died."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from perisai.audit import services as audit
from perisai.contributions import credit, ledger, rules, selectors
from perisai.contributions.models import Payment, PaymentCode, Reversal
from perisai.contributions.services._booking import free_after_death, shrink
from perisai.kernel import clock, names
from perisai.kernel.actor import Actor
from perisai.kernel.errors import Code, Refused
from perisai.membership import selectors as membership
from perisai.membership import services as members
from perisai.notices import services as notices
from perisai.organisation.policy import Permission

if TYPE_CHECKING:
    from perisai.membership.models import Death, Member


@transaction.atomic
def reverse_payment(*, actor: Actor, payment_id: UUID, taken_on: date, bank_reference: str, reason: str) -> Reversal:
    """A bank took a payment back: its months are unpaid again and protection shrinks to what still is paid.

    What other codes had used of it frees as many of the member's latest months. Told twice, it is one reversal.
    Raises NotFound, Refused(REASON_MISSING | CHANNEL_MISSING | TAKEN_BACK_WHEN | PAYMENT_NOT_OF_A_BANK |
    PAYMENT_TAKEN_BACK).
    """
    payment = selectors.payment_for(actor, payment_id, Permission.CORRECT_PAYMENT, lock=True)
    reason, bank_reference = names.tidy(reason)[:200], names.tidy(bank_reference)[:40]
    there = Reversal.objects.filter(payment=payment).first()
    if there is not None:
        if (there.taken_on, there.bank_reference) == (taken_on, bank_reference):
            return there
        raise Refused(Code.PAYMENT_TAKEN_BACK, receipt=payment.receipt_number, on=there.taken_on)
    _refuse_reversal(payment, taken_on, bank_reference, reason)
    payer = credit.Payer.of(payment.code)
    member = membership.lock_member(payer.member_id) if payer.member_id else None
    reversal = Reversal.objects.create(
        payment=payment,
        branch_id=payment.branch_id,
        taken_on=taken_on,
        bank_reference=bank_reference,
        reason=reason,
        recorded_by_id=actor.user_id,
    )
    ledger.take_back(ledger.standing_of(payment), received_on=taken_on, reason=rules.LineReason.TAKEN_BACK)
    credit.post(payer, -credit.posted_for(payment), rules.CreditReason.TAKEN_BACK, payment)
    if member is not None:
        _free_months(member, taken_on)
        shrink(actor, member, taken_on)
    audit.record(actor, "contributions.payment.taken_back", payment, note=reason, amount_idr=payment.amount_idr)
    _tell(payment, member)
    return reversal


@transaction.atomic
def record_death(*, actor: Actor, member_id: UUID, died_on: date, evidence: str, evidence_number: str) -> Death:
    """The office records a death: months after it are unpaid, their money is credit to be refunded, open codes end.

    ``evidence`` is a ``membership.rules.Evidence``. Raises NotFound, Refused(what ``members.end_by_death`` raises).
    """
    member = membership.member_for(actor, member_id, Permission.RECORD_DEATH, lock=True)
    death = members.end_by_death(
        actor=actor, member=member, died_on=died_on, evidence=evidence, evidence_number=evidence_number
    )
    for code in PaymentCode.objects.select_for_update().filter(member=member, state=PaymentCode.State.OPEN):
        code.state = PaymentCode.State.CANCELLED
        code.save(update_fields=["state"])
        audit.record(actor, "contributions.code.cancelled", code, note="died")
    freed_idr = free_after_death(actor, member, death.died_on)
    notices.enqueue(
        "member_died", about=member.id, office_path=member.branch.path, phone=member.person.phone, amount_idr=freed_idr
    )
    return death


def _refuse_reversal(payment: Payment, taken_on: date, bank_reference: str, reason: str) -> None:
    if not bank_reference:
        raise Refused(Code.CHANNEL_MISSING, field="bank_reference")
    if not reason:
        raise Refused(Code.REASON_MISSING, field="reason")
    if not payment.amount_idr:
        raise Refused(Code.PAYMENT_NOT_OF_A_BANK)
    if not payment.paid_at.astimezone(clock.WIB).date() <= taken_on <= clock.today():
        raise Refused(Code.TAKEN_BACK_WHEN, field="taken_on")


def _free_months(member: Member, on: date) -> None:
    """Credit that was spent already is made up for by the latest months: no month is covered by a part."""
    payer = credit.Payer(member_id=member.id)
    standing = {line.month: line for line in ledger.standing_of_member(member.id)}
    short = -credit.balance(payer)
    freed = [
        standing[month]
        for month in rules.months_to_free(((line.month, line.total_idr) for line in standing.values()), short)
    ]
    ledger.take_back(freed, received_on=on, reason=rules.LineReason.TAKEN_BACK)
    for line in freed:
        credit.post(payer, line.total_idr, rules.CreditReason.TAKEN_BACK, line.payment)


def _tell(payment: Payment, member: Member | None) -> None:
    """The member is told, not only the agent."""
    registration = payment.code.registration
    phone = member.person.phone if member else registration.phone if registration else None
    notices.enqueue(
        "payment_taken_back",
        about=payment.id,
        office_path=payment.branch.path,
        phone=phone,
        amount_idr=payment.amount_idr,
        receipt=payment.receipt_number,
    )
