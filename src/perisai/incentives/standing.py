"""Where an agent stands in a month, for a phone: new members so far, and why each ledger line counts or does not."""

from collections import Counter
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db import connection

from perisai import rulebook
from perisai.contributions.rules import BPU_MINIMUM
from perisai.incentives import accrual, wording
from perisai.incentives.models import IncentiveLine
from perisai.incentives.rules import Kind, Reason
from perisai.kernel.period import Period

# Who would count if the month were accrued now by the rules of 2022: the first membership of a NIK, with both programmes.
_ACQUIRED: Final = """
SELECT count(*) FROM membership_registration registration
JOIN membership_member member ON member.id = registration.member_id
WHERE registration.agent_id = %(agent)s AND registration.state = 'completed'
    AND member.joined_on >= %(first)s AND member.joined_on < %(next)s
    AND registration.programmes::text[] @> %(least)s::text[]
"""


def month_so_far(agent_id: UUID, period: Period) -> tuple[int, int]:
    """New members that would count if the month were accrued now, and the threshold. Raises Refused(MONTH_BEFORE_LAW)."""
    given: dict[str, Any] = {
        "agent": agent_id,
        "first": period.first_day,
        "next": period.next.first_day,
        "least": sorted(BPU_MINIMUM),
    }
    with connection.cursor() as cursor:
        cursor.execute(_ACQUIRED, given)
        (counted,) = cursor.fetchone()
    return int(counted), _threshold(period)


def sentences(
    agent_id: UUID, periods: Iterable[Period], language: str
) -> Callable[[Period, str, str, Decimal | None], str]:
    """For many ledger lines of one agent: from period, kind, reason and rate to the sentence that says why.

    Each month's standing is read once. The caller shows the agent's own lines only.
    """
    rows = (
        IncentiveLine.objects.filter(
            agent_id=agent_id, period__in=[each.first_day for each in periods], kind=Kind.ACQUISITION
        )
        .exclude(subject="")
        .order_by("id")
        .values_list("period", "subject", "counted")
    )
    last = {(period, subject): counted for period, subject, counted in rows}
    counted = Counter(period for (period, _), counts in last.items() if counts)

    def why(period: Period, kind: str, reason: str, rate: Decimal | None) -> str:
        return wording.said(
            wording.WHY[Kind(kind), Reason(reason)],
            language,
            counted=counted[period.first_day],
            threshold=_threshold(period),
            rate=wording.percent(rate, language) if rate else "",
        )

    return why


def _threshold(period: Period) -> int:
    return rulebook.on(period.first_day).whole(f"incentive.{accrual.regime_name(period)}.threshold").value
