"""The accrual of one month as one set-based statement.

This is the one place that reads the tables of lower rooms in bulk: the month's contribution lines with their payments,
the registrations that those payments completed, agents and their Surat Tugas. ``rules.py`` is its oracle: the tests hold
both to the same answer. Members with an employer have no agent (a constraint of membership), so every fact here is one of
a worker without an employer.
"""

from collections.abc import Callable, Mapping
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

Bookings = Mapping[int, Period]
"""Office id of a branch to the month in which it books what it finds out about another one, mostly the same."""

_FACTS: Final = """
WITH booking AS (
    -- where each branch books what it finds out about the month: there, or in a later month once that one is approved
    SELECT * FROM unnest(%(branches)s::bigint[], %(booked_in)s::date[]) AS booking (branch_id, period)
), received AS (
    SELECT line.id, line.payment_id, line.member_id, line.agent_id, line.month, line.total_idr, line.managed_month,
        line.received_on
    FROM contributions_contributionline line JOIN agents_agent agent ON agent.id = line.agent_id
    WHERE line.received_on >= %(first)s AND line.received_on < %(next)s AND agent.branch_id = ANY(%(branches)s)
        AND line.turn %% 2 = 0
), reversed AS (
    SELECT line.id, line.payment_id, line.member_id, line.agent_id, line.month, line.total_idr,
        line.reason = 'taken_back' AS never_paid, original.id::text AS original_id, original.received_on AS original_on
    FROM contributions_contributionline line
    JOIN agents_agent agent ON agent.id = line.agent_id
    JOIN contributions_contributionline original
        ON (original.member_id, original.month, original.turn) = (line.member_id, line.month, line.turn - 1)
    WHERE line.received_on >= %(first)s AND line.received_on < %(next)s AND agent.branch_id = ANY(%(branches)s)
        AND line.turn %% 2 = 1
), acquired AS (
    -- a worker is acquired when the payment that completed the registration was received
    SELECT DISTINCT registration.id, received.agent_id, received.member_id, registration.programmes,
        member.joined_on = received.received_on AS first_time,
        received.payment_id IN (SELECT payment_id FROM reversed WHERE never_paid) AS taken_back
    FROM received
    JOIN contributions_payment payment ON payment.id = received.payment_id
    JOIN contributions_paymentcode code ON code.id = payment.code_id
    JOIN membership_registration registration ON registration.id = code.registration_id
    JOIN membership_member member ON member.id = received.member_id
), earner AS (
    -- the Wadah of the latest Surat Tugas in the month; without one, the Wadah that the agent belongs to
    SELECT agent.id AS agent_id, agent.branch_id, booking.period, COALESCE((
            SELECT letter.wadah_id FROM agents_surattugas letter
            WHERE letter.agent_id = agent.id AND letter.during && daterange(%(first)s, %(next)s)
            ORDER BY letter.during DESC LIMIT 1
        ), agent.wadah_id) AS wadah_id
    FROM agents_agent agent JOIN booking USING (branch_id)
    WHERE agent.id IN (SELECT agent_id FROM received UNION SELECT agent_id FROM reversed)
), """

_REGIME_2017: Final = """
reached AS (
    SELECT earner.agent_id, count(acquired.id) FILTER (WHERE NOT taken_back) >= %(threshold)s AS yes
    FROM earner LEFT JOIN acquired USING (agent_id) GROUP BY earner.agent_id
), line (agent_id, kind, source, subject, member_id, month, received_idr, rate, amount_idr, counted, reason) AS (
    SELECT agent_id, 'acquisition', 'registration', id::text, member_id, NULL::date, 0::bigint, NULL::numeric, 0::bigint,
        NOT taken_back, CASE WHEN taken_back THEN 'taken_back' ELSE 'counted' END
    FROM acquired
    UNION ALL
    SELECT agent_id, 'acquisition', 'month', '', NULL, NULL, 0, NULL, CASE WHEN yes THEN %(flat_idr)s ELSE 0 END, yes,
        CASE WHEN yes THEN 'threshold_reached' ELSE 'below_threshold' END
    FROM reached
    UNION ALL
    SELECT agent_id, 'contribution', 'contribution', id::text, member_id, month, total_idr, %(rate)s,
        floor(total_idr * %(rate)s)::bigint, true, 'counted'
    FROM received
), earned AS (
    SELECT line.*, amount_idr - floor(amount_idr * %(wadah_share)s)::bigint AS agent_idr,
        floor(amount_idr * %(wadah_share)s)::bigint AS wadah_idr
    FROM line
), """

_REGIME_2022: Final = """
judged AS (
    SELECT acquired.*, CASE
            WHEN taken_back THEN 'taken_back'
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
), line (agent_id, kind, source, subject, member_id, month, received_idr, rate, amount_idr, counted, reason) AS (
    SELECT agent_id, 'acquisition', 'registration', id::text, member_id, NULL::date, 0::bigint, NULL::numeric,
        CASE
            WHEN reason <> 'counted' OR NOT yes THEN 0
            WHEN 'jht' = ANY(programmes) THEN %(with_jht_idr)s ELSE %(without_jht_idr)s
        END::bigint,
        reason = 'counted', CASE WHEN reason = 'counted' AND NOT yes THEN 'below_threshold' ELSE reason END
    FROM judged JOIN reached USING (agent_id)
    UNION ALL
    SELECT agent_id, 'contribution', 'contribution', id::text, member_id, month, total_idr, NULLIF(rate, 0),
        floor(total_idr * rate)::bigint, rate > 0, CASE WHEN rate > 0 THEN 'counted' ELSE 'back_to_branch' END
    FROM received JOIN bracket ON managed_month >= from_month AND managed_month < until_month
), earned AS (
    SELECT line.*, amount_idr AS agent_idr, floor(amount_idr * %(wadah_rate)s)::bigint AS wadah_idr FROM line
), """

# What is taken back is exactly what is explained: by this very run where the money came this month, else by the ledger.
_TAKEN_BACK: Final = """
unmade AS (
    -- new members of earlier months whose first payment turned out never to have come
    SELECT DISTINCT registration.id::text AS subject, reversed.agent_id, reversed.member_id,
        date_trunc('month', original_on)::date AS about
    FROM reversed
    JOIN contributions_payment payment ON payment.id = reversed.payment_id
    JOIN contributions_paymentcode code ON code.id = payment.code_id
    JOIN membership_registration registration ON registration.id = code.registration_id
    WHERE never_paid AND original_on < %(first)s
), wanted AS (
    SELECT agent_id, kind, source, subject, member_id, month, received_idr, rate, amount_idr, agent_idr, wadah_idr, counted,
        reason
    FROM earned
    UNION ALL
    SELECT reversed.agent_id, 'contribution', 'reversal', reversed.id::text, reversed.member_id, reversed.month,
        reversed.total_idr, NULL, -COALESCE(earned.amount_idr, booked.amount_idr, 0),
        -COALESCE(earned.agent_idr, booked.agent_idr, 0), -COALESCE(earned.wadah_idr, booked.wadah_idr, 0), false,
        'taken_back'
    FROM reversed
    LEFT JOIN earned ON earned.kind = 'contribution' AND earned.agent_id = reversed.agent_id
        AND earned.subject = reversed.original_id
    LEFT JOIN LATERAL (
        SELECT sum(amount_idr)::bigint AS amount_idr, sum(agent_idr)::bigint AS agent_idr,
            sum(wadah_idr)::bigint AS wadah_idr
        FROM incentives_incentiveline line
        WHERE line.agent_id = reversed.agent_id AND line.about_period = date_trunc('month', original_on)::date
            AND line.kind = 'contribution' AND line.subject = reversed.original_id
    ) booked ON true
    UNION ALL
    SELECT unmade.agent_id, 'acquisition', 'reversal', unmade.subject, unmade.member_id, NULL, 0, NULL,
        -COALESCE(booked.amount_idr, 0), -COALESCE(booked.agent_idr, 0), -COALESCE(booked.wadah_idr, 0), false, 'taken_back'
    FROM unmade
    LEFT JOIN LATERAL (
        SELECT sum(amount_idr)::bigint AS amount_idr, sum(agent_idr)::bigint AS agent_idr,
            sum(wadah_idr)::bigint AS wadah_idr
        FROM incentives_incentiveline line
        WHERE line.agent_id = unmade.agent_id AND line.about_period = unmade.about
            AND line.kind = 'acquisition' AND line.subject = unmade.subject
    ) booked ON true
), """

# Facts are append-only, so a subject once posted stays wanted: a difference has a wanted side always.
_DIFFERENCE: Final = """
posted AS (
    SELECT agent_id, kind, subject, sum(amount_idr)::bigint AS amount_idr, sum(agent_idr)::bigint AS agent_idr,
        sum(wadah_idr)::bigint AS wadah_idr, (array_agg(reason ORDER BY period DESC, turn DESC))[1] AS reason,
        max(turn) AS turn
    FROM incentives_incentiveline
    WHERE about_period = %(first)s AND period >= %(first)s AND agent_id IN (SELECT agent_id FROM earner)
    GROUP BY agent_id, kind, subject
), difference AS (
    SELECT wanted.agent_id, earner.wadah_id, earner.branch_id, earner.period, wanted.kind, wanted.source, wanted.subject,
        COALESCE(posted.turn + 1, 0) AS turn, wanted.member_id, wanted.month, wanted.received_idr, wanted.rate,
        wanted.amount_idr - COALESCE(posted.amount_idr, 0) AS amount_idr,
        wanted.agent_idr - COALESCE(posted.agent_idr, 0) AS agent_idr,
        wanted.wadah_idr - COALESCE(posted.wadah_idr, 0) AS wadah_idr, wanted.counted, wanted.reason
    FROM wanted
    JOIN earner ON earner.agent_id = wanted.agent_id
    LEFT JOIN posted
        ON (posted.agent_id, posted.kind, posted.subject) = (wanted.agent_id, wanted.kind, wanted.subject)
    WHERE (wanted.amount_idr, wanted.agent_idr, wanted.wadah_idr, wanted.reason)
        IS DISTINCT FROM (posted.amount_idr, posted.agent_idr, posted.wadah_idr, posted.reason::text)
)"""

# The run stands in the same statement as its lines, so that the trigger of the ledger finds it.
_POST: Final = """, booked AS (
    INSERT INTO incentives_incentiveline (accrual_id, branch_id, period, about_period, agent_id, wadah_id, kind, source,
        subject, turn, member_id, month, received_idr, rate, amount_idr, agent_idr, wadah_idr, counted, reason, regime,
        rulebook_hash, posted_at)
    SELECT %(accrual)s, branch_id, period, %(first)s, agent_id, wadah_id, kind, source, subject, turn, member_id, month,
        received_idr, rate, amount_idr, agent_idr, wadah_idr, counted, reason, %(regime)s, %(rulebook_hash)s, %(now)s
    FROM difference
    ORDER BY agent_id, kind, subject
    RETURNING 1
)
INSERT INTO incentives_accrual (id, period, regime, lines, rulebook_hash, at, by_id)
SELECT %(accrual)s, %(first)s, %(regime)s, count(*), %(rulebook_hash)s, %(now)s, %(by)s FROM booked
RETURNING lines
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


_PREVIEW: Final = """
INSERT INTO incentives_preview (month_id, agent_id, wadah_id, kind, reason, lines, agent_idr, wadah_idr)
SELECT %(month)s, agent_id, wadah_id, kind, reason, count(*), sum(agent_idr), sum(wadah_idr)
FROM difference GROUP BY agent_id, wadah_id, kind, reason
"""


def write_preview(period: Period, bookings: Bookings, month_id: UUID) -> None:
    """What ``post_difference`` would book now, summed, as rows of the preview. Raises Refused(MONTH_BEFORE_LAW)."""
    formula, given = _given(period, bookings)
    with connection.cursor() as cursor:
        cursor.execute(_FACTS + formula.sql + _TAKEN_BACK + _DIFFERENCE + _PREVIEW, given | {"month": month_id})


def post_difference(period: Period, bookings: Bookings, accrual_id: UUID, by: UUID | None, now: datetime) -> int:
    """Book what the month's facts of those branches' agents earn beyond what is posted, and the run; how many lines.

    The caller holds the lock of the period and those of the months booked in. Raises Refused(MONTH_BEFORE_LAW).
    """
    formula, given = _given(period, bookings)
    with connection.cursor() as cursor:
        for month in set(bookings.values()):
            cursor.execute("SELECT perisai_open_incentive_month(%s)", [month.first_day])
        cursor.execute(
            _FACTS + formula.sql + _TAKEN_BACK + _DIFFERENCE + _POST,
            given | {"accrual": accrual_id, "by": by, "now": now},
        )
        return int(cursor.fetchone()[0])


def _given(period: Period, bookings: Bookings) -> tuple[_Formula, dict[str, Any]]:
    """The regime of the month, and what its statement needs."""
    formula, law = _FORMULAS[rules.regime_for(period)], rulebook.on(period.first_day)
    return formula, {
        "first": period.first_day,
        "next": period.next.first_day,
        "branches": list(bookings),
        "booked_in": [month.first_day for month in bookings.values()],
        "regime": formula.name,
        "rulebook_hash": law.hash,
    } | formula.law(law)


def lock(period: Period) -> None:
    """Two accruals of one month take turns; the lock ends with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext('incentives.accrue'), %s)", [period.year * 100 + period.month]
        )
