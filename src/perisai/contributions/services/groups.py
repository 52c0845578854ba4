"""One code for many members: made from a list, paid at once by all or nothing, a receipt for each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from perisai.audit import services as audit
from perisai.contributions import groups, rules, selectors
from perisai.contributions.models import GroupCode, Payment, PaymentCode
from perisai.contributions.services._booking import fresh_code
from perisai.contributions.services.codes import cancel_code, issue_member_code
from perisai.contributions.services.payments import record_payment
from perisai.kernel import names
from perisai.kernel.actor import Actor
from perisai.kernel.errors import Code, Refused
from perisai.organisation.policy import Permission


@transaction.atomic
def issue_group_code(
    *, actor: Actor, group_id: UUID, kind: str, title: str, numbers: Sequence[str], months: int
) -> GroupCode:
    """A code for all the members of a list, each for the months after their last one; issued twice, it is one code.

    ``kind`` is a ``rules.GroupKind``. Raises Refused(CHOICE_UNKNOWN | NAME_MISSING | GROUP_EMPTY | GROUP_TOO_LARGE |
    GROUP_HAS_PROBLEMS | MONTHS_OUT_OF_RANGE).
    """
    there = GroupCode.objects.filter(pk=group_id).first()
    if there is not None:
        return groups.group_for(actor, group_id, Permission.ISSUE_PAYMENT_CODE)
    title = names.tidy(title)[:80]
    if kind not in tuple(rules.GroupKind):
        raise Refused(Code.CHOICE_UNKNOWN, field="kind")
    if not title:
        raise Refused(Code.NAME_MISSING, field="title")
    if len(numbers) > rules.MOST_MEMBERS:
        raise Refused(Code.GROUP_TOO_LARGE, field="numbers", most=rules.MOST_MEMBERS)
    would = groups.dry_run(actor, numbers, months)
    if would.problems:
        raise Refused(Code.GROUP_HAS_PROBLEMS, field="numbers", many=len(would.problems))
    if not would.ready:
        raise Refused(Code.GROUP_EMPTY, field="numbers")
    codes = [issue_member_code(actor=actor, member_id=each.member.id, months=months) for each in would.ready]
    group = GroupCode.objects.create(
        id=group_id,
        code=fresh_code(),
        kind=kind,
        title=title,
        branch_id=codes[0].branch_id,
        months=months,
        issued_by_id=actor.user_id,
        expires_at=codes[0].expires_at,
    )
    PaymentCode.objects.filter(pk__in=[code.pk for code in codes]).update(group=group)
    _settle(group)
    audit.record(actor, "contributions.group.issued", group, members=len(codes), months=months)
    return group


@transaction.atomic
def record_group_payment(
    *, actor: Actor, group_id: UUID, amount_idr: int, channel: str, channel_reference: str, paid_at: datetime
) -> list[Payment]:
    """One proof of exactly what the group still owes pays every member's code; a receipt and a message for each.

    All or nothing; told twice, it is paid once. Raises NotFound, Refused(AMOUNT_WRONG | CODE_CANCELLED |
    CODE_ALREADY_PAID | what ``record_payment`` raises).
    """
    group = groups.group_for(actor, group_id, Permission.RECORD_PAYMENT, lock=True)
    reference = names.tidy(channel_reference)[:34]
    before = Payment.objects.filter(
        channel=names.tidy(channel).lower(), channel_reference__startswith=f"{reference}/", code__group=group
    )
    if before.exists():
        if sum(each.amount_idr for each in before) != amount_idr:
            raise Refused(Code.CHANNEL_REFERENCE_USED, field="channel_reference")
        return list(before)
    if group.state == GroupCode.State.CANCELLED:
        raise Refused(Code.CODE_CANCELLED, field="code")
    if group.state == GroupCode.State.PAID:
        raise Refused(Code.CODE_ALREADY_PAID, field="code", receipt=group.code)
    wanted = groups.due_of(group.id)
    if amount_idr != wanted:
        raise Refused(Code.AMOUNT_WRONG, field="amount_idr", wanted=wanted, given=amount_idr)
    payments = [
        record_payment(
            actor=actor,
            code=code.code,
            amount_idr=selectors.due_of(code),
            channel=channel,
            channel_reference=f"{reference}/{place:03d}",
            paid_at=paid_at,
        )
        for place, code in enumerate(groups.codes_of(group.id, state="open"), start=1)
    ]
    _settle(group)
    audit.record(actor, "contributions.group.paid", group, members=len(payments), amount_idr=amount_idr)
    return payments


@transaction.atomic
def cancel_group_code(*, actor: Actor, group_id: UUID, reason: str) -> GroupCode:
    """The group code and its members' codes cannot be paid any more. Raises NotFound, Refused(REASON_MISSING | WRONG_ORDER)."""
    group = groups.group_for(actor, group_id, Permission.ISSUE_PAYMENT_CODE, lock=True)
    if group.state != GroupCode.State.OPEN:
        raise Refused(Code.WRONG_ORDER, state=group.state, action="cancel")
    for code in groups.codes_of(group.id, state="open"):
        cancel_code(actor=actor, code=code.code, reason=reason)
    group.state = GroupCode.State.CANCELLED
    group.save(update_fields=["state"])
    audit.record(actor, "contributions.group.cancelled", group, note=names.tidy(reason)[:200])
    return group


def _settle(group: GroupCode) -> None:
    """A group without an open code is paid: by this payment, by its members themselves, or by their credit."""
    if not groups.codes_of(group.id, state="open"):
        group.state = GroupCode.State.PAID
        group.save(update_fields=["state"])
