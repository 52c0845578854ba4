"""The accrual of one month as one set-based statement.

This is the one place that reads the tables of lower rooms in bulk: the month's contribution lines with their payments,
the registrations that those payments completed, agents and their Surat Tugas. ``rules.py`` is its oracle: the tests hold
both to the same answer. Members with an employer have no agent (a constraint of membership), so every fact here is one of
a worker without an employer.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any, Final
from uuid import UUID

from django.db import connection

from perisai import rulebook
from perisai.contributions.rules import BPU_MINIMUM
from perisai.incentives import rules
from perisai.kernel.period import Period

_ENDLESS: Final = 2**31 - 1

_FACTS: Final = """
WITH received AS (
    SELECT line.id, line.payment_id, line.member_id, line.agent_id, line.month, line.total_idr, line.managed_month,
        line.received_on
    FROM contributions_contributionline line JOIN agents_agent agent ON agent.id = line.agent_id
    WHERE line.received_on >= %(first)s AND line.received_on < %(next)s AND agent.branch_id = ANY(%(branches)s)
        AND line.turn %% 2 = 0
), acquired AS (
    -- a worker is acquired when the payment that completed the registration was received
    SELECT DISTINCT registration.id, received.agent_id, received.member_id, registration.programmes,
        member.joined_on = received.received_on AS first_time
    FROM received
    JOIN contributions_payment payment ON payment.id = received.payment_id
    JOIN contributions_paymentcode code ON code.id = payment.code_id
    JOIN membership_registration registration ON registration.id = code.registration_id
    JOIN membership_member member ON member.id = received.member_id
), earner AS (
    -- the Wadah of the latest Surat Tugas in the month; without one, the Wadah that the agent belongs to
    SELECT agent.id AS agent_id, COALESCE((
            SELECT letter.wadah_id FROM agents_surattugas letter
            WHERE letter.agent_id = agent.id AND letter.during && daterange(%(first)s, %(next)s)
            ORDER BY letter.during DESC LIMIT 1
        ), agent.wadah_id) AS wadah_id
    FROM agents_agent agent WHERE agent.id IN (SELECT agent_id FROM received)
), """

_REGIME_2017: Final = """
reached AS (
    SELECT earner.agent_id, count(acquired.id) >= %(threshold)s AS yes
    FROM earner LEFT JOIN acquired USING (agent_id) GROUP BY earner.agent_id
), line (agent_id, kind, subject, member_id, month, received_idr, rate, amount_idr, counted, reason) AS (
    SELECT agent_id, 'acquisition', id::text, member_id, NULL::date, 0::bigint, NULL::numeric, 0::bigint, true, 'counted'
    FROM acquired
    UNION ALL
    SELECT agent_id, 'acquisition', '', NULL, NULL, 0, NULL, CASE WHEN yes THEN %(flat_idr)s ELSE 0 END, yes,
        CASE WHEN yes THEN 'threshold_reached' ELSE 'below_threshold' END
    FROM reached
    UNION ALL
    SELECT agent_id, 'contribution', id::text, member_id, month, total_idr, %(rate)s,
        floor(total_idr * %(rate)s)::bigint, true, 'counted'
    FROM received
), shared AS (
    SELECT line.*, floor(amount_idr * %(wadah_share)s)::bigint AS wadah_idr FROM line
), wanted AS (
    SELECT shared.*, amount_idr - wadah_idr AS agent_idr FROM shared
), """

_REGIME_2022: Final = """
judged AS (
    SELECT acquired.*, CASE
            WHEN NOT programmes::text[] @> %(least)s::text[] THEN 'programmes_not_covered'
            WHEN NOT first_time THEN 'nik_known_before'
            ELSE 'counted'
        END AS reason
    FROM acquired
), reached AS (
    SELECT agent_id, count(*) FILTER (WHERE reason = 'counted') >= %(threshold)s AS yes FROM judged GROUP BY agent_id
), bracket AS (
    SELECT * FROM unnest(%(from_months)s::int[], %(until_months)s::int[], %(rates)s::numeric[])
        AS bracket (from_month, until_month, rate)
), line (agent_id, kind, subject, member_id, month, received_idr, rate, amount_idr, counted, reason) AS (
    SELECT agent_id, 'acquisition', id::text, member_id, NULL::date, 0::bigint, NULL::numeric,
        CASE
            WHEN reason <> 'counted' OR NOT yes THEN 0
            WHEN 'jht' = ANY(programmes) THEN %(with_jht_idr)s ELSE %(without_jht_idr)s
        END::bigint,
        reason = 'counted', CASE WHEN reason = 'counted' AND NOT yes THEN 'below_threshold' ELSE reason END
    FROM judged JOIN reached USING (agent_id)
    UNION ALL
    SELECT agent_id, 'contribution', id::text, member_id, month, total_idr, NULLIF(rate, 0),
        floor(total_idr * rate)::bigint, rate > 0, CASE WHEN rate > 0 THEN 'counted' ELSE 'back_to_branch' END
    FROM received JOIN bracket ON managed_month >= from_month AND managed_month < until_month
), wanted AS (
    SELECT line.*, amount_idr AS agent_idr, floor(amount_idr * %(wadah_rate)s)::bigint AS wadah_idr FROM line
), """

# Facts are append-only, so a subject once posted stays wanted: a difference has a wanted side always.
_POST_DIFFERENCE: Final = """
posted AS (
    SELECT agent_id, kind, subject, sum(amount_idr)::bigint AS amount_idr, sum(agent_idr)::bigint AS agent_idr,
        sum(wadah_idr)::bigint AS wadah_idr, (array_agg(reason ORDER BY id DESC))[1] AS reason
    FROM incentives_incentiveline
    WHERE period = %(first)s AND agent_id IN (SELECT agent_id FROM earner)
    GROUP BY agent_id, kind, subject
)
INSERT INTO incentives_incentiveline (accrual_id, period, agent_id, wadah_id, kind, subject, member_id, month,
    received_idr, rate, amount_idr, agent_idr, wadah_idr, counted, reason, regime, rulebook_hash, posted_at)
SELECT %(accrual)s, %(first)s, wanted.agent_id, earner.wadah_id, wanted.kind, wanted.subject, wanted.member_id,
    wanted.month, wanted.received_idr, wanted.rate, wanted.amount_idr - COALESCE(posted.amount_idr, 0),
    wanted.agent_idr - COALESCE(posted.agent_idr, 0), wanted.wadah_idr - COALESCE(posted.wadah_idr, 0),
    wanted.counted, wanted.reason, %(regime)s, %(rulebook_hash)s, %(now)s
FROM wanted
JOIN earner ON earner.agent_id = wanted.agent_id
LEFT JOIN posted
    ON (posted.agent_id, posted.kind, posted.subject) = (wanted.agent_id, wanted.kind, wanted.subject)
WHERE (wanted.amount_idr, wanted.agent_idr, wanted.wadah_idr, wanted.reason)
    IS DISTINCT FROM (posted.amount_idr, posted.agent_idr, posted.wadah_idr, posted.reason::text)
ORDER BY wanted.agent_id, wanted.kind, wanted.subject
"""


def _law_2017(law: rulebook.Rulebook) -> dict[str, Any]:
    return {
        "threshold": law.whole("incentive.regime_2017.threshold").value,
        "flat_idr": law.whole("incentive.regime_2017.acquisition").value,
        "rate": law.rate("incentive.regime_2017.contribution_rate").value,
        "wadah_share": law.rate("incentive.regime_2017.wadah_share").value,
    }


def _law_2022(law: rulebook.Rulebook) -> dict[str, Any]:
    brackets = law.scale("incentive.regime_2022.contribution_rate")
    starts = [bracket.threshold.value for bracket in brackets]
    return {
        "threshold": law.whole("incentive.regime_2022.threshold").value,
        "with_jht_idr": law.whole("incentive.regime_2022.acquisition_with_jht").value,
        "without_jht_idr": law.whole("incentive.regime_2022.acquisition_without_jht").value,
        "wadah_rate": law.rate("incentive.regime_2022.wadah_rate").value,
        "least": sorted(BPU_MINIMUM),
        "from_months": starts,
        "until_months": [upper for _, upper in pairwise([*starts, _ENDLESS])],
        "rates": [bracket.amount.value for bracket in brackets],
    }


@dataclass(frozen=True, slots=True)
class _Formula:
    """A regime of the rules in SQL, and the figures of the law that it needs."""

    name: str
    sql: str
    law: Callable[[rulebook.Rulebook], dict[str, Any]]


_FORMULAS: Final[dict[rules.Regime, _Formula]] = {
    rules.regime_2017: _Formula("regime_2017", _REGIME_2017, _law_2017),
    rules.regime_2022: _Formula("regime_2022", _REGIME_2022, _law_2022),
}


def regime_name(period: Period) -> str:
    """Raises Refused(MONTH_BEFORE_LAW)."""
    return _FORMULAS[rules.regime_for(period)].name


def post_difference(period: Period, branch_ids: Sequence[int], accrual_id: UUID, now: datetime) -> int:
    """Write what the month's facts of those branches' agents earn beyond what is posted; how many lines that took.

    The caller holds the lock of the period. Raises Refused(MONTH_BEFORE_LAW).
    """
    formula, law = _FORMULAS[rules.regime_for(period)], rulebook.on(period.first_day)
    given: dict[str, Any] = {
        "first": period.first_day,
        "next": period.next.first_day,
        "branches": list(branch_ids),
        "accrual": accrual_id,
        "regime": formula.name,
        "rulebook_hash": law.hash,
        "now": now,
    } | formula.law(law)
    with connection.cursor() as cursor:
        cursor.execute(_FACTS + formula.sql + _POST_DIFFERENCE, given)
        return int(cursor.rowcount)


def lock(period: Period) -> None:
    """Two accruals of one month take turns; the lock ends with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext('incentives.accrue'), %s)", [period.year * 100 + period.month]
        )
