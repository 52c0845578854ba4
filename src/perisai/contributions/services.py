"""The verbs of money coming in: approve with a code, issue a code, record a payment, let lapse what is unpaid."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from perisai import rulebook
from perisai.audit import services as audit
from perisai.audit.inserting import insert
from perisai.contributions import ledger, rules, selectors
from perisai.contributions.models import Payment, PaymentCode
from perisai.kernel import clock, ids, names
from perisai.kernel.actor import Actor
from perisai.kernel.errors import Code, NotFound, Refused
from perisai.kernel.period import Period
from perisai.membership import selectors as membership
from perisai.membership import services as members
from perisai.membership.rules import OCCUPATIONS, State
from perisai.notices import services as notices
from perisai.organisation import selectors as organisation
from perisai.organisation.policy import Permission

if TYPE_CHECKING:
    from datetime import date

    from perisai.membership.models import Member, Registration
    from perisai.organisation.models import Office

CODE_DAYS: Final = 7
"""A code lives a week, and never past the month it is priced for: protection is not dated back."""


# --- payment codes -----------------------------------------------------------------------------------------------


@transaction.atomic
def approve_with_code(*, actor: Actor, registration_id: UUID, note: str = "") -> PaymentCode:
    """The office accepts a referral and the worker gets the code to pay, by message; one transaction.

    Raises what ``membership.approve_registration`` raises.
    """
    registration = members.approve_registration(actor=actor, registration_id=registration_id, note=note)
    code = _code_for_registration(actor, registration, registration.months)
    notices.enqueue(
        "registration_approved",
        about=registration.id,
        office_path=registration.branch.path,
        phone=registration.phone,
        amount_idr=code.amount_idr,
        code=code.code,
        expires_on=code.expires_at.astimezone(_zone(registration.branch)).strftime("%d-%m-%Y"),
    )
    return code


@transaction.atomic
def issue_registration_code(*, actor: Actor, registration_id: UUID, months: int) -> PaymentCode:
    """A new first code after the old one expired. Raises NotFound, Refused(NOTHING_TO_PAY | CODE_STILL_OPEN | …)."""
    registration = membership.registration_for(actor, registration_id, Permission.ISSUE_PAYMENT_CODE, lock=True)
    if registration.state != State.APPROVED:
        raise Refused(Code.NOTHING_TO_PAY)
    _retire_expired(actor, PaymentCode.objects.filter(registration=registration, state=PaymentCode.State.OPEN).first())
    return _code_for_registration(actor, registration, months)


@transaction.atomic
def issue_member_code(*, actor: Actor, member_id: UUID, months: int) -> PaymentCode:
    """A code for the months after the last one paid; for a sleeping member, from this month on (domain 11.8).

    Raises NotFound, Refused(CODE_STILL_OPEN | MONTHS_OUT_OF_RANGE).
    """
    member = membership.member_for(actor, member_id, Permission.ISSUE_PAYMENT_CODE, lock=True)
    if member.paid_until is None:
        raise NotFound("member")
    _retire_expired(actor, PaymentCode.objects.filter(member=member, state=PaymentCode.State.OPEN).first())
    return _new_code(actor, member.branch, selectors.price_of_next(member, months), member_id=member.id)


@transaction.atomic
def cancel_code(*, actor: Actor, code: str, reason: str) -> PaymentCode:
    """An open code is not to be paid any more. Raises Refused(CODE_UNKNOWN | REASON_MISSING | WRONG_ORDER)."""
    row = PaymentCode.objects.select_for_update(of=("self",)).select_related("branch").filter(code=code).first()
    if row is None or not organisation.scope_of(actor, Permission.ISSUE_PAYMENT_CODE).covers_office(row.branch.path):
        raise Refused(Code.CODE_UNKNOWN, field="code")
    if not reason.strip():
        raise Refused(Code.REASON_MISSING, field="reason")
    if row.state != PaymentCode.State.OPEN:
        raise Refused(Code.WRONG_ORDER, state=row.state, action="cancel")
    row.state = PaymentCode.State.CANCELLED
    row.save(update_fields=["state"])
    audit.record(actor, "contributions.code.cancelled", row, note=reason)
    return row


def _code_for_registration(actor: Actor, registration: Registration, months: int) -> PaymentCode:
    first = Period.of(clock.today(_zone(registration.branch)))
    price = rules.payment_code_amount(
        first=first,
        months=months,
        income_idr=registration.income_idr,
        programmes=[rules.Programme(each) for each in registration.programmes],
        sector=rules.Sector(OCCUPATIONS[registration.occupation]),
    )
    return _new_code(actor, registration.branch, price, registration_id=registration.id)


def _new_code(
    actor: Actor,
    branch: Office,
    price: rules.CodeAmount,
    *,
    registration_id: UUID | None = None,
    member_id: UUID | None = None,
) -> PaymentCode:
    first = price.months[0].month.first_day
    now, zone = clock.now(), _zone(branch)
    month_ends = datetime.combine(Period.of(now.astimezone(zone).date()).last_day, time.max, tzinfo=zone)
    code = PaymentCode(
        code=_fresh_code(),
        registration_id=registration_id,
        member_id=member_id,
        branch=branch,
        first_month=first,
        months=len(price.months),
        amount_idr=price.total_idr,
        prices=[
            {
                "month": str(each.month),
                "jkk_idr": each.contribution.jkk_idr,
                "jkm_idr": each.contribution.jkm_idr,
                "jht_idr": each.contribution.jht_idr,
            }
            for each in price.months
        ],
        rulebook_hash=rulebook.on(first).hash,
        issued_by_id=actor.user_id,
        expires_at=min(now + timedelta(days=CODE_DAYS), month_ends),
    )
    ledger.open_months(price.months[0].month, price.months[-1].month)
    insert(code)
    audit.record(actor, "contributions.code.issued", code, months=code.months, amount_idr=code.amount_idr)
    return code


def _fresh_code() -> str:
    """Eleven digits that cannot be guessed from another code; the last one checks the others (domain 9)."""
    return ids.with_check_digit("9" + ids.random_digits(9))


def _retire_expired(actor: Actor, code: PaymentCode | None) -> None:
    """Raises Refused(CODE_STILL_OPEN) while the code can be paid."""
    if code is None:
        return
    if code.expires_at > clock.now():
        raise Refused(Code.CODE_STILL_OPEN, code=code.code)
    code.state = PaymentCode.State.CANCELLED
    code.save(update_fields=["state"])
    audit.record(actor, "contributions.code.cancelled", code, note="expired")


def _zone(branch: Office) -> ZoneInfo:
    return ZoneInfo(branch.timezone)


# --- payments ----------------------------------------------------------------------------------------------------


@transaction.atomic
def record_payment(
    *, actor: Actor, code: str, amount_idr: int, channel: str, channel_reference: str, paid_at: datetime
) -> Payment:
    """A bank's proof turns into months of protection; recorded twice, it is one payment.

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
    if checked.already is not None:
        return checked.already
    try:
        return _settle(actor, checked.code, checked.channel, checked.channel_reference, paid_at)
    except IntegrityError as clash:
        raise _refusal_of(clash) from clash


@dataclass(frozen=True, slots=True)
class CheckedPayment:
    """A proof that can be booked now. ``already`` is the payment that this very proof made before."""

    code: PaymentCode
    channel: str
    channel_reference: str
    already: Payment | None


@transaction.atomic
def check_payment(
    *, actor: Actor, code: str, amount_idr: int, channel: str, channel_reference: str, paid_at: datetime
) -> CheckedPayment:
    """Everything ``record_payment`` asks before it writes, for a last look at whom the money is for. Raises as it does."""
    channel, channel_reference = names.tidy(channel)[:20].lower(), names.tidy(channel_reference)[:40]
    if not channel or not channel_reference:
        raise Refused(Code.CHANNEL_MISSING, field="channel_reference")
    row = PaymentCode.objects.select_for_update(of=("self",)).select_related("branch").filter(code=code.strip()).first()
    if row is None or not organisation.scope_of(actor, Permission.RECORD_PAYMENT).covers_office(row.branch.path):
        raise Refused(Code.CODE_UNKNOWN, field="code")
    if row.state == PaymentCode.State.PAID:
        paid = Payment.objects.get(code=row)
        if (paid.channel, paid.channel_reference, paid.amount_idr) == (channel, channel_reference, amount_idr):
            return CheckedPayment(row, channel, channel_reference, paid)
        raise Refused(Code.CODE_ALREADY_PAID, field="code", receipt=paid.receipt_number)
    _refuse_unpayable(row, amount_idr, paid_at)
    if Payment.objects.filter(channel=channel, channel_reference=channel_reference).exists():
        raise Refused(Code.CHANNEL_REFERENCE_USED, field="channel_reference")
    return CheckedPayment(row, channel, channel_reference, None)


def note_refused_payment(*, actor: Actor, code: str, refusal: Refused) -> None:
    """Money that could not be booked leaves a trace of its own; called by doors after the refused transaction ended."""
    row = PaymentCode.objects.filter(code=code.strip()).first()
    if row is not None:
        audit.record(actor, "contributions.payment.refused", row, note=refusal.sentence())


def _refuse_unpayable(row: PaymentCode, amount_idr: int, paid_at: datetime) -> None:
    if row.state == PaymentCode.State.CANCELLED:
        raise Refused(Code.CODE_CANCELLED, field="code")
    if paid_at > clock.now() + timedelta(minutes=5):
        raise Refused(Code.PAID_IN_FUTURE, field="paid_at")
    zone = _zone(row.branch)
    if paid_at.astimezone(zone).date() < row.issued_at.astimezone(zone).date():
        raise Refused(Code.PAID_BEFORE_CODE, field="paid_at")
    if paid_at > row.expires_at:
        raise Refused(Code.CODE_EXPIRED, field="code", expired=row.expires_at.astimezone(zone).date())
    if amount_idr != row.amount_idr:
        raise Refused(Code.AMOUNT_WRONG, field="amount_idr", wanted=row.amount_idr, given=amount_idr)


def _settle(actor: Actor, row: PaymentCode, channel: str, channel_reference: str, paid_at: datetime) -> Payment:
    """Member, payment, ledger lines, code, audit and notice, in the caller's transaction."""
    paid_on = paid_at.astimezone(_zone(row.branch)).date()
    first = Period.of(row.first_month)
    paid_until = first.plus(row.months - 1).last_day
    member = _member_paying(actor, row, paid_on, paid_until)
    payment = Payment(
        code=row,
        member=member,
        branch_id=row.branch_id,
        amount_idr=row.amount_idr,
        channel=channel,
        channel_reference=channel_reference,
        paid_at=paid_at,
        receipt_number=ids.unguessable(14),
        recorded_by_id=actor.user_id,
    )
    insert(payment)
    acquired = row.registration_id is not None or member.agent_id is None
    managed = 0 if acquired else ledger.months_managed(member)
    ledger.write_paid(payment, member, row.prices, paid_on, managed_before=managed)
    row.state = PaymentCode.State.PAID
    row.save(update_fields=["state"])
    audit.record(actor, "contributions.payment.recorded", payment, amount_idr=row.amount_idr, channel=channel)
    notices.enqueue(
        "payment_received",
        about=payment.id,
        office_path=row.branch.path,
        phone=member.person.phone,
        amount_idr=row.amount_idr,
        receipt=payment.receipt_number,
    )
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


# --- the ledger --------------------------------------------------------------------------------------------------


@transaction.atomic
def open_ledger(*, actor: Actor, first: Period, last: Period) -> int:
    """Make the ledger's partitions for those months; how many were missing. Run again it makes none. Raises NotFound."""
    if organisation.scope_of(actor, Permission.OPEN_LEDGER).nowhere:
        raise NotFound("page")
    return ledger.open_months(first, last)


@transaction.atomic
def open_ledger_ahead(*, actor: Actor) -> int:
    """The same for every month that a code of today or of the next month may reach. Raises NotFound."""
    this_month = Period.of(clock.today())
    most = rulebook.on(this_month.first_day).whole("service.most_months_at_once").value
    return open_ledger(actor=actor, first=this_month, last=this_month.plus(most + 1))


# --- lapse -------------------------------------------------------------------------------------------------------


@transaction.atomic
def lapse_unpaid(*, actor: Actor) -> int:
    """BPU members with three whole unpaid months behind them become inactive (domain 2.10); they are told themselves.

    Run again it finds nobody. Returns how many fell asleep. Raises NotFound.
    """
    today = clock.today()
    unpaid_months = rulebook.on(today).whole("service.months_to_lapse").value
    asleep = members.lapse_members(actor=actor, unpaid_months=unpaid_months, on=today)
    for each in asleep:
        notices.enqueue(
            "membership_lapsed",
            about=each.member_id,
            office_path=each.office_path,
            phone=each.phone,
            number=each.number,
        )
    return len(asleep)
