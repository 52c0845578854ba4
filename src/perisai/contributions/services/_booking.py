"""Booking money inside a verb's transaction: all the months of a code, or credit (docs/adr/0017)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from django.db import IntegrityError

from perisai.audit import services as audit
from perisai.contributions import credit, ledger, own_check, rules
from perisai.contributions.models import OWN_CREDIT, Payment, PaymentCode
from perisai.kernel import clock, ids
from perisai.kernel.actor import Actor
from perisai.kernel.errors import Code, Refused
from perisai.kernel.money import Rupiah
from perisai.kernel.period import Period
from perisai.membership import selectors as membership
from perisai.membership import services as members
from perisai.membership.rules import MemberState
from perisai.notices import services as notices
from perisai.rows import insert, update

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from perisai.membership.models import Death, Member
    from perisai.organisation.models import Office


def zone_of(branch: Office) -> ZoneInfo:
    """The zone in which the branch's days begin."""
    return ZoneInfo(branch.timezone)


@dataclass(frozen=True, slots=True)
class CheckedPayment:
    """A proof that can be booked now. ``already`` is the payment that this very proof made before."""

    code: PaymentCode
    amount_idr: int
    channel: str
    channel_reference: str
    paid_at: datetime
    already: Payment | None

    @property
    def paid_on(self) -> date:
        """The day at the branch."""
        return self.paid_at.astimezone(zone_of(self.code.branch)).date()


def pay_from_credit(actor: Actor, code: PaymentCode) -> None:
    """A code that the payer's credit covers is paid at once, without a bank; any other stays open."""
    if credit.balance(credit.Payer.of(code)) < code.amount_idr:
        return
    reference = f"{code.code}-{ids.unguessable(6)}"
    _book(actor, CheckedPayment(code, 0, OWN_CREDIT, reference, clock.now(), None))


def once(actor: Actor, proof: CheckedPayment) -> Payment:
    """Book the proof; two at the same instant meet in a constraint. Raises Refused."""
    try:
        return _book(actor, proof)
    except IntegrityError as clash:
        raise _refusal_of(clash) from clash


def _book(actor: Actor, proof: CheckedPayment) -> Payment:
    """Months where money and credit cover the code, else credit; in the caller's transaction, with the code locked."""
    code, payer = proof.code, credit.Payer.of(proof.code)
    death = _lock(payer)
    if death is not None and proof.paid_on > death.died_on:
        return _keep(actor, proof, rules.CreditReason.AFTER_DEATH, 0)
    payable = code.state == PaymentCode.State.OPEN and proof.paid_at <= code.expires_at
    before = credit.balance(payer)
    outcome = rules.settle(asked_idr=code.amount_idr, credit_idr=before, paid_idr=proof.amount_idr)
    if payable and outcome.covers:
        payment = _pay_months(actor, proof, before, outcome.credit_idr)
        if death is not None and payment.member is not None:
            free_after_death(actor, payment.member, death.died_on)
        return payment
    return _keep(actor, proof, rules.CreditReason.SHORT if payable else rules.CreditReason.STRAY, outcome.missing_idr)


def free_after_death(actor: Actor, member: Member, died_on: date) -> Rupiah:
    """Months after the month of death, and months paid after the day of death, protect nobody: their money is credit.

    Returns what stands on the credit. ``member`` is locked.
    """
    standing = ledger.standing_of_member(member.id)
    late = set(rules.months_after_death([line.month for line in standing], died_on))
    freed = [line for line in standing if line.month in late or line.received_on > died_on]
    ledger.take_back(freed, received_on=clock.today(), reason=rules.LineReason.AFTER_DEATH)
    payer = credit.Payer(member_id=member.id)
    for line in freed:
        credit.post(payer, line.total_idr, rules.CreditReason.AFTER_DEATH, line.payment)
    shrink(actor, member, clock.today())
    return credit.balance(payer)


def _lock(payer: credit.Payer) -> Death | None:
    """Whoever spends or fills this credit takes turns. A member's death is told."""
    if payer.registration_id is not None:
        membership.lock_registration(payer.registration_id)
        return None
    assert payer.member_id is not None  # one of the two
    member = membership.lock_member(payer.member_id)
    return membership.death_of(member.person_id) if member.state == MemberState.DECEASED else None


def _pay_months(actor: Actor, proof: CheckedPayment, before_idr: int, after_idr: int) -> Payment:
    """Member, payment, ledger lines, credit, code, audit and notice."""
    code = proof.code
    paid_until = Period.of(code.first_month).plus(code.months - 1).last_day
    member = _member_paying(actor, code, proof.paid_on, paid_until)
    payment = _new_payment(actor, proof, member.id)
    acquired = code.registration_id is not None or member.agent_id is None
    managed = 0 if acquired else ledger.months_managed(member)
    ledger.write_paid(payment, member, code.prices, proof.paid_on, managed_before=managed)
    if code.registration_id is not None:  # what was kept for the registration is the member's from now on
        waiting = credit.Payer(registration_id=code.registration_id)
        credit.post(waiting, -before_idr, rules.CreditReason.USED, payment)
        before_idr = 0
    because = rules.CreditReason.SURPLUS if after_idr > before_idr else rules.CreditReason.USED
    credit.post(credit.Payer(member_id=member.id), after_idr - before_idr, because, payment)
    code.state = PaymentCode.State.PAID
    update(code, "state")
    audit.record(actor, "contributions.payment.recorded", payment, amount_idr=proof.amount_idr, channel=payment.channel)
    phone = member.person.phone
    notices.enqueue(
        "payment_surplus" if after_idr > before_idr else "payment_received",
        about=payment.id,
        office_path=code.branch.path,
        phone=phone,
        amount_idr=code.amount_idr,
        receipt=payment.receipt_number,
        credit_idr=after_idr,
        check=own_check.short_code(member.id, phone) if phone else "",
    )
    return payment


def _keep(actor: Actor, proof: CheckedPayment, because: rules.CreditReason, missing_idr: int) -> Payment:
    """Money without months: it stands on the payer's credit, and the payer is told what is missing."""
    code, payer = proof.code, credit.Payer.of(proof.code)
    payment = _new_payment(actor, proof, payer.member_id)
    credit.post(payer, proof.amount_idr, because, payment)
    audit.record(actor, f"contributions.payment.{because.value}", payment, amount_idr=proof.amount_idr)
    notices.enqueue(
        f"payment_{because.value}",
        about=payment.id,
        office_path=code.branch.path,
        phone=_phone_of(code),
        amount_idr=proof.amount_idr,
        receipt=payment.receipt_number,
        missing_idr=missing_idr,
        code=code.code,
    )
    return payment


def _phone_of(code: PaymentCode) -> str | None:
    if code.registration is not None:
        return str(code.registration.phone)
    return code.member.person.phone if code.member else None


def _new_payment(actor: Actor, proof: CheckedPayment, member_id: UUID | None) -> Payment:
    payment = Payment(
        code=proof.code,
        member_id=member_id,
        branch=proof.code.branch,
        amount_idr=proof.amount_idr,
        channel=proof.channel,
        channel_reference=proof.channel_reference,
        paid_at=proof.paid_at,
        receipt_number=ids.unguessable(14),
        recorded_by_id=actor.user_id,
    )
    insert(payment)
    return payment


def _member_paying(actor: Actor, row: PaymentCode, paid_on: date, paid_until: date) -> Member:
    if row.registration_id is not None:
        registration = membership.lock_registration(row.registration_id)
        return members.complete_registration(
            actor=actor, registration=registration, paid_on=paid_on, paid_until=paid_until
        )
    assert row.member_id is not None  # a constraint of the table: one of the two is set
    member = membership.lock_member(row.member_id)
    return members.extend_protection(actor=actor, member=member, paid_on=paid_on, paid_until=paid_until)


def _refusal_of(clash: IntegrityError) -> Exception:
    """Two banks at the same instant meet in a constraint; any other broken constraint is a bug and stays one."""
    constraint = getattr(getattr(clash.__cause__, "diag", None), "constraint_name", None) or ""
    if constraint == "contributions_payment_channel_reference":
        return Refused(Code.CHANNEL_REFERENCE_USED)
    if _LEDGER_KEY.fullmatch(constraint):
        return Refused(Code.MONTH_ALREADY_PAID, month="")
    return clash


_LEDGER_KEY: Final = re.compile(r"contributions_line_\w+_pkey")
"""Each partition's part of the ledger's primary key: member, month, turn."""


def shrink(actor: Actor, member: Member, on: date) -> None:
    """Protection reaches as far as the latest month that still is paid."""
    last = ledger.last_standing(member.id)
    members.shrink_protection(actor=actor, member=member, paid_until=Period.of(last).last_day if last else None, on=on)


def fresh_code() -> str:
    """Eleven digits that cannot be guessed from another code; the last one checks the others (domain 9)."""
    return ids.with_check_digit("9" + ids.random_digits(9))
