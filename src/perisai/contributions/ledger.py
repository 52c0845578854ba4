"""The ledger of months: partitions opened ahead, months paid, months taken back (docs/adr/0011).

Called by the room's verbs inside their transactions, with the member locked; nothing else writes the ledger.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import Case, F, IntegerField, QuerySet, Sum, Value, When
from django.db.models.lookups import Exact

from perisai.contributions.models import ContributionLine, Payment
from perisai.contributions.rules import LineReason
from perisai.kernel.errors import Code, Refused
from perisai.kernel.period import Period
from perisai.rows import insert

if TYPE_CHECKING:
    from perisai.membership.models import Member

ARREARS: Final = 12
"""A month is paid at the most so many months after it was due; older lines cannot have been received since a given day."""


def open_months(first: Period, last: Period) -> int:
    """Make the partitions of those months that are missing; how many that were. Cheap when there are none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT perisai_open_ledger_months(%s, %s)", [first.first_day, last.first_day])
        return int(cursor.fetchone()[0])


def write_paid(
    payment: Payment, member: Member, prices: Sequence[Mapping[str, Any]], received_on: date, *, managed_before: int
) -> None:
    """One line a month at the promised ``prices``; a month that was taken back is paid again as the next turn.

    Raises Refused(MONTH_ALREADY_PAID); two payments at the same instant meet in the primary key.
    """
    months = [Period.parse(price["month"]).first_day for price in prices]
    turns = _lines_so_far(member.id, months)
    for month in months:
        if turns.get(month, 0) % 2:
            raise Refused(Code.MONTH_ALREADY_PAID, month=str(Period.of(month)))
    insert(
        *(
            ContributionLine(
                member=member,
                payment=payment,
                agent_id=member.agent_id,
                month=month,
                turn=turns.get(month, 0),
                jkk_idr=price["jkk_idr"],
                jkm_idr=price["jkm_idr"],
                jht_idr=price["jht_idr"],
                managed_month=managed_before + step if member.agent_id else None,
                received_on=received_on,
                rulebook_hash=payment.code.rulebook_hash,
            )
            for step, (month, price) in enumerate(zip(months, prices, strict=True), start=1)
        )
    )


def take_back(lines: Iterable[ContributionLine], *, received_on: date, reason: LineReason) -> int:
    """Answer paid lines by their negatives in the next turn; returns how many."""
    return len(
        ContributionLine.objects.bulk_create(
            ContributionLine(
                member_id=line.member_id,
                payment_id=line.payment_id,
                agent_id=line.agent_id,
                month=line.month,
                turn=line.turn + 1,
                jkk_idr=-line.jkk_idr,
                jkm_idr=-line.jkm_idr,
                jht_idr=-line.jht_idr,
                managed_month=line.managed_month,
                received_on=received_on,
                reason=reason,
                rulebook_hash=line.rulebook_hash,
            )
            for line in lines
        )
    )


def standing_of(payment: Payment) -> list[ContributionLine]:
    """The lines of a payment that nothing has taken back, oldest month first."""
    lines = ContributionLine.objects.filter(payment=payment).select_related("payment").order_by("month", "turn")
    return _standing(_bounded(lines, payment))


def lines_of(payment: Payment) -> list[ContributionLine]:
    """Every line that names the payment, by month and turn."""
    return list(_bounded(ContributionLine.objects.filter(payment=payment).order_by("month", "turn"), payment))


def paid_by(payment: Payment) -> list[ContributionLine]:
    """The lines by which a payment paid months, oldest month first, also those taken back since."""
    return [line for line in lines_of(payment) if line.pays]


def standing_of_member(member_id: UUID) -> list[ContributionLine]:
    """The paid months of a member, oldest first."""
    lines = ContributionLine.objects.filter(member_id=member_id).select_related("payment").order_by("month", "turn")
    return _standing(lines)


def last_standing(member_id: UUID) -> date | None:
    """The first day of the latest paid month; None when nothing is paid any more."""
    return max((line.month for line in standing_of_member(member_id)), default=None)


def _standing(lines: Iterable[ContributionLine]) -> list[ContributionLine]:
    """Of lines in the order of their turns, those that pay and are not taken back."""
    found: dict[tuple[UUID, date], ContributionLine] = {}
    for line in lines:
        if line.pays:
            found[line.member_id, line.month] = line
        else:
            del found[line.member_id, line.month]
    return list(found.values())


def _bounded(lines: QuerySet[ContributionLine], payment: Payment) -> QuerySet[ContributionLine]:
    """Only the partitions and the member that the payment's code reaches."""
    last = Period.of(payment.code.first_month).plus(payment.code.months - 1).last_day
    if payment.member_id is None:
        return lines.none()
    return lines.filter(member_id=payment.member_id, month__gte=payment.code.first_month, month__lte=last)


def months_managed(member: Member) -> int:
    """Months that stand under this agent since the member was acquired, or acquired again (domain 1.6)."""
    assert member.agent_id and member.managed_since and member.paid_until  # an agent manages members that paid
    found = ContributionLine.objects.filter(
        member=member,
        agent_id=member.agent_id,
        month__gte=Period.of(member.managed_since).plus(-ARREARS).first_day,
        month__lte=member.paid_until,
        received_on__gte=member.managed_since,
    ).aggregate(standing=Sum(SIGN))["standing"]
    return int(found or 0)


SIGN: Final = Case(When(Exact(F("turn") % 2, 0), then=Value(1)), default=Value(-1), output_field=IntegerField())
"""+1 for a line that pays, -1 for one that takes back: summed it counts the months that stand."""


def _lines_so_far(member_id: UUID, months: Sequence[date]) -> dict[date, int]:
    with connection.cursor() as cursor:
        cursor.execute(_LINES_SO_FAR, [member_id, list(months)])
        return dict(cursor.fetchall())


# Asked by every payment; written out because putting it together from objects costs more than answering it.
_LINES_SO_FAR: Final = """
    SELECT month, count(*) FROM contributions_contributionline
    WHERE member_id = %s AND month = ANY(%s) GROUP BY month
"""
