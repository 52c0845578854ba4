"""Payment codes: approve with a code, issue one, take one back."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.db import transaction

from perisai import rulebook
from perisai.audit import services as audit
from perisai.contributions import ledger, rules, selectors
from perisai.contributions.models import PaymentCode
from perisai.contributions.services._booking import fresh_code, pay_from_credit, zone_of
from perisai.kernel import clock
from perisai.kernel.actor import Actor
from perisai.kernel.errors import Code, NotFound, Refused
from perisai.kernel.period import Period
from perisai.membership import selectors as membership
from perisai.membership import services as members
from perisai.membership.rules import OCCUPATIONS, MemberState, Segment, State
from perisai.notices import services as notices
from perisai.organisation import selectors as organisation
from perisai.organisation.policy import Permission
from perisai.rows import insert

if TYPE_CHECKING:
    from perisai.membership.models import Registration
    from perisai.organisation.models import Office

CODE_DAYS: Final = 7
"""A code lives a week, and never past the month it is priced for: protection is not dated back."""


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
        amount_idr=selectors.due_of(code),
        code=code.code,
        expires_on=code.expires_at.astimezone(zone_of(registration.branch)).strftime("%d-%m-%Y"),
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

    Credit goes first: where it covers the code, the code is paid at once. Raises NotFound,
    Refused(CODE_STILL_OPEN | MONTHS_OUT_OF_RANGE | MEMBER_DIED).
    """
    member = membership.member_for(actor, member_id, Permission.ISSUE_PAYMENT_CODE, lock=True)
    if member.segment != Segment.BPU:
        raise NotFound("member")
    if member.state == MemberState.DECEASED:
        raise Refused(Code.MEMBER_DIED)
    _retire_expired(actor, PaymentCode.objects.filter(member=member, state=PaymentCode.State.OPEN).first())
    code = _new_code(actor, member.branch, selectors.price_of_next(member, months), member_id=member.id)
    pay_from_credit(actor, code)
    return code


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
    first = Period.of(clock.today(zone_of(registration.branch)))
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
    now, zone = clock.now(), zone_of(branch)
    month_ends = datetime.combine(Period.of(now.astimezone(zone).date()).last_day, time.max, tzinfo=zone)
    code = PaymentCode(
        code=fresh_code(),
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


def _retire_expired(actor: Actor, code: PaymentCode | None) -> None:
    """Raises Refused(CODE_STILL_OPEN) while the code can be paid."""
    if code is None:
        return
    if code.expires_at > clock.now():
        raise Refused(Code.CODE_STILL_OPEN, code=code.code)
    code.state = PaymentCode.State.CANCELLED
    code.save(update_fields=["state"])
    audit.record(actor, "contributions.code.cancelled", code, note="expired")
