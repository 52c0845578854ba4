"""Credit going back to its payer: proposed, decided by another, paid out."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from perisai.audit import services as audit
from perisai.contributions import credit, rules, selectors
from perisai.contributions.models import Refund
from perisai.kernel import clock, names
from perisai.kernel.actor import Actor
from perisai.kernel.errors import Code, Refused
from perisai.membership import selectors as membership
from perisai.membership.rules import MemberState
from perisai.notices import services as notices
from perisai.organisation.policy import Permission


@transaction.atomic
def propose_refund(
    *,
    actor: Actor,
    refund_id: UUID,
    payment_id: UUID,
    amount_idr: int,
    payee: str,
    payee_name: str,
    bank: str,
    account: str,
    reason: str,
) -> Refund:
    """Some of the credit that the payment's payer has is to go back; it leaves the credit now. Proposed twice, it is one.

    ``payee`` is a ``rules.Payee``: the member, the heir of a member who died, or whoever paid; an agent never.
    Raises NotFound, Refused(CHOICE_UNKNOWN | PAYEE_MISSING | REASON_MISSING | HEIR_ONLY | CREDIT_TOO_SMALL).
    """
    payment = selectors.payment_for(actor, payment_id, Permission.CORRECT_PAYMENT)
    there = Refund.objects.filter(pk=refund_id, branch_id=payment.branch_id).first()
    if there is not None:
        return there
    typed = {"payee_name": names.tidy(payee_name), "bank": names.tidy(bank), "account": names.tidy(account)}
    _refuse_payee(payee, typed, reason)
    payer = credit.Payer.of(payment.code)
    if payer.member_id is not None:
        died = membership.lock_member(payer.member_id).state == MemberState.DECEASED
    else:
        assert payer.registration_id is not None  # one of the two
        membership.lock_registration(payer.registration_id)
        died = False
    if died and payee == rules.Payee.MEMBER:
        raise Refused(Code.HEIR_ONLY, field="payee")
    balance = credit.balance(payer)
    if not 0 < amount_idr <= balance:
        raise Refused(Code.CREDIT_TOO_SMALL, field="amount_idr", balance=max(balance, 0))
    refund = Refund.objects.create(
        id=refund_id,
        member_id=payer.member_id,
        registration_id=payer.registration_id,
        branch_id=payment.branch_id,
        amount_idr=amount_idr,
        payee=payee,
        reason=names.tidy(reason)[:200],
        proposed_by_id=actor.person_id,
        **typed,
    )
    credit.post(payer, -amount_idr, rules.CreditReason.REFUND, refund)
    audit.record(actor, "contributions.refund.proposed", refund, note=refund.reason, amount_idr=amount_idr)
    return refund


@transaction.atomic
def approve_refund(*, actor: Actor, refund_id: UUID) -> Refund:
    """A second person says yes. Raises NotFound, Refused(WRONG_ORDER | OWN_CASE)."""
    refund = selectors.refund_for(actor, refund_id, Permission.APPROVE_REFUND, lock=True)
    _decide(refund, actor, rules.RefundAction.APPROVE, "")
    audit.record(actor, "contributions.refund.approved", refund)
    return refund


@transaction.atomic
def reject_refund(*, actor: Actor, refund_id: UUID, reason: str) -> Refund:
    """A second person says no: the money is credit again. Raises NotFound, Refused(WRONG_ORDER | OWN_CASE | REASON_MISSING)."""
    refund = selectors.refund_for(actor, refund_id, Permission.APPROVE_REFUND, lock=True)
    if not names.tidy(reason):
        raise Refused(Code.REASON_MISSING, field="reason")
    _decide(refund, actor, rules.RefundAction.REJECT, names.tidy(reason)[:200])
    payer = credit.Payer(member_id=refund.member_id, registration_id=refund.registration_id)
    credit.post(payer, refund.amount_idr, rules.CreditReason.REFUND_REJECTED, refund)
    audit.record(actor, "contributions.refund.rejected", refund, note=refund.decision_note)
    return refund


@transaction.atomic
def confirm_refund(*, actor: Actor, refund_id: UUID, sent_on: date, bank_reference: str) -> Refund:
    """The bank has sent it; the payer is told. Said twice, it is one refund.

    Raises NotFound, Refused(WRONG_ORDER | CHANNEL_MISSING | TAKEN_BACK_WHEN | CHANNEL_REFERENCE_USED).
    """
    refund = selectors.refund_for(actor, refund_id, Permission.CORRECT_PAYMENT, lock=True)
    bank_reference = names.tidy(bank_reference)[:40]
    if refund.state == rules.RefundState.PAID and refund.bank_reference == bank_reference:
        return refund
    state = rules.next_refund_state(rules.RefundState(refund.state), rules.RefundAction.PAY)
    if not bank_reference:
        raise Refused(Code.CHANNEL_MISSING, field="bank_reference")
    if not refund.proposed_at.astimezone(clock.WIB).date() <= sent_on <= clock.today():
        raise Refused(Code.SENT_WHEN, field="sent_on")
    if Refund.objects.filter(bank=refund.bank, bank_reference=bank_reference, state=rules.RefundState.PAID).exists():
        raise Refused(Code.CHANNEL_REFERENCE_USED, field="bank_reference")
    refund.state, refund.sent_on, refund.bank_reference = state, sent_on, bank_reference
    refund.save(update_fields=["state", "sent_on", "bank_reference"])
    audit.record(actor, "contributions.refund.paid", refund, amount_idr=refund.amount_idr)
    notices.enqueue(
        "refund_sent",
        about=refund.id,
        office_path=refund.branch.path,
        phone=selectors.phone_for(refund),
        amount_idr=refund.amount_idr,
        reference=bank_reference,
    )
    return refund


def _refuse_payee(payee: str, typed: dict[str, str], reason: str) -> None:
    if payee not in tuple(rules.Payee):
        raise Refused(Code.CHOICE_UNKNOWN, field="payee")
    for name, longest in (("payee_name", 100), ("bank", 30), ("account", 40)):
        if not typed[name] or len(typed[name]) > longest:
            raise Refused(Code.PAYEE_MISSING, field=name)
    if not names.tidy(reason):
        raise Refused(Code.REASON_MISSING, field="reason")


def _decide(refund: Refund, actor: Actor, action: rules.RefundAction, note: str) -> None:
    state = rules.next_refund_state(rules.RefundState(refund.state), action)
    if refund.proposed_by_id == actor.user_id:
        raise Refused(Code.OWN_CASE)
    refund.state, refund.decision_note = state, note
    refund.decided_at, refund.decided_by_id = clock.now(), actor.person_id
    refund.save(update_fields=["state", "decision_note", "decided_at", "decided_by"])
