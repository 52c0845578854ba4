"""Money coming in: a proof is checked, then booked once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction

from perisai.audit import services as audit
from perisai.contributions import credit, rules, selectors
from perisai.contributions.models import OWN_CREDIT, Payment, PaymentCode
from perisai.contributions.services._booking import CheckedPayment, once, zone_of
from perisai.kernel import clock, names
from perisai.kernel.actor import Actor
from perisai.kernel.errors import Code, Refused
from perisai.organisation import selectors as organisation
from perisai.organisation.policy import Permission


@transaction.atomic
def record_payment(
    *, actor: Actor, code: str, amount_idr: int, channel: str, channel_reference: str, paid_at: datetime
) -> Payment:
    """A bank's proof of exactly what the code asks turns into months of protection; recorded twice, it is one payment.

    The first full payment completes the registration. ``paid_at`` is the channel's instant: a notice that arrives late
    still counts by it (domain 9). Raises Refused(CODE_… | AMOUNT_WRONG | CHANNEL_… | PAID_… | MONTH_ALREADY_PAID).
    """
    checked = check_payment(
        actor=actor,
        code=code,
        amount_idr=amount_idr,
        channel=channel,
        channel_reference=channel_reference,
        paid_at=paid_at,
    )
    return checked.already or once(actor, checked)


@transaction.atomic
def take_money(
    *, actor: Actor, code: str, amount_idr: int, channel: str, channel_reference: str, paid_at: datetime
) -> Payment:
    """Money that a bank holds for a code, whatever was asked: it pays all the months or none, the rest is credit.

    Too little waits for the rest; a code that cannot be paid any more leaves all of it as credit, to be used by the next code
    or refunded. No month is covered by a part (docs/algorithms/payment.md). Taken twice, it is one payment.
    Raises Refused(CODE_UNKNOWN | CHANNEL_… | PAID_… | AMOUNT_NOT_POSITIVE | MONTH_ALREADY_PAID).
    """
    proof = _proof(actor, code, amount_idr, channel, channel_reference, paid_at)
    return proof.already or once(actor, proof)


@transaction.atomic
def check_payment(
    *, actor: Actor, code: str, amount_idr: int, channel: str, channel_reference: str, paid_at: datetime
) -> CheckedPayment:
    """Everything ``record_payment`` asks before it writes, for a last look at whom the money is for. Raises as it does."""
    proof = _proof(actor, code, amount_idr, channel, channel_reference, paid_at)
    if proof.already is None:
        _refuse_unpayable(proof)
    return proof


def note_refused_payment(*, actor: Actor, code: str, refusal: Refused) -> None:
    """Money that could not be booked leaves a trace of its own; called by doors after the refused transaction ended."""
    row = PaymentCode.objects.filter(code=code.strip()).first()
    if row is not None:
        audit.record(actor, "contributions.payment.refused", row, note=refusal.sentence())


def _proof(
    actor: Actor, code: str, amount_idr: int, channel: str, channel_reference: str, paid_at: datetime
) -> CheckedPayment:
    channel, channel_reference = names.tidy(channel)[:20].lower(), names.tidy(channel_reference)[:40]
    if not channel or not channel_reference:
        raise Refused(Code.CHANNEL_MISSING, field="channel_reference")
    if channel in rules.AGENTS_HANDS or channel == OWN_CREDIT:
        raise Refused(Code.CHANNEL_NOT_A_BANK, field="channel", channel=channel)
    if amount_idr <= 0:
        raise Refused(Code.AMOUNT_NOT_POSITIVE, field="amount_idr")
    row = next(iter(selectors.lock_code(code.strip())), None)
    if row is None or not organisation.scope_of(actor, Permission.RECORD_PAYMENT).covers_office(row.branch.path):
        raise Refused(Code.CODE_UNKNOWN, field="code")
    proof = CheckedPayment(row, amount_idr, channel, channel_reference, paid_at, None)
    same = next(iter(selectors.payments_of_reference(channel, channel_reference)), None)
    if same is not None:
        if (same.code_id, same.amount_idr) == (row.id, amount_idr):
            return replace(proof, already=same)
        raise Refused(Code.CHANNEL_REFERENCE_USED, field="channel_reference")
    _refuse_impossible(proof)
    return proof


def _refuse_impossible(proof: CheckedPayment) -> None:
    """Money cannot come from the future, nor before its code was there."""
    if proof.paid_at > clock.now() + timedelta(minutes=5):
        raise Refused(Code.PAID_IN_FUTURE, field="paid_at")
    if proof.paid_on < proof.code.issued_at.astimezone(zone_of(proof.code.branch)).date():
        raise Refused(Code.PAID_BEFORE_CODE, field="paid_at")


def _refuse_unpayable(proof: CheckedPayment) -> None:
    code = proof.code
    if code.state == PaymentCode.State.PAID:
        paid = Payment.objects.filter(code=code).latest("recorded_at")
        raise Refused(Code.CODE_ALREADY_PAID, field="code", receipt=paid.receipt_number)
    if code.state == PaymentCode.State.CANCELLED:
        raise Refused(Code.CODE_CANCELLED, field="code")
    if proof.paid_at > code.expires_at:
        raise Refused(Code.CODE_EXPIRED, field="code", expired=code.expires_at.astimezone(zone_of(code.branch)).date())
    wanted = rules.due(asked_idr=code.amount_idr, credit_idr=credit.balance(credit.Payer.of(code)))
    if proof.amount_idr != wanted:
        raise Refused(Code.AMOUNT_WRONG, field="amount_idr", wanted=wanted, given=proof.amount_idr)
