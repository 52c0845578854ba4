"""A day's statement against our books as one set-based statement; ``rules.reconciling.judge`` is its oracle.

This is the one place of the room that reads the tables of ``contributions`` in bulk: payments and codes.
"""

from datetime import datetime, time, timedelta
from typing import Any, Final

from django.db import connection

from perisai.banks.models import BankDay
from perisai.kernel import clock

_MATCH: Final = """
WITH line AS (
    SELECT line.id, line.reference, line.code, line.amount_idr,
        row_number() OVER (PARTITION BY line.reference ORDER BY line.number) AS nth,
        EXISTS (
            SELECT FROM banks_statementline earlier JOIN banks_bankday day ON day.statement_id = earlier.statement_id
            WHERE earlier.reference = line.reference AND day.partner_id = %(partner)s AND day."on" < %(on)s
        ) AS told_before
    FROM banks_statementline line WHERE line.statement_id = %(statement)s
), booked AS (
    SELECT payment.id, payment.channel_reference AS reference, payment.amount_idr
    FROM contributions_payment payment
    WHERE payment.channel = %(channel)s AND payment.channel_reference IN (SELECT reference FROM line)
), silent AS (
    -- of the day; also of a day that was closed before the money was booked here
    SELECT payment.id, payment.channel_reference AS reference, payment.amount_idr, code.code
    FROM contributions_payment payment JOIN contributions_paymentcode code ON code.id = payment.code_id
    WHERE payment.channel = %(channel)s AND (
            (payment.paid_at >= %(begins)s AND payment.paid_at < %(ends)s)
            OR (payment.paid_at >= %(reach)s AND payment.paid_at < %(begins)s AND EXISTS (
                SELECT FROM banks_bankday shut WHERE shut.partner_id = %(partner)s AND shut.closed_at < payment.recorded_at
                    AND shut."on" = (payment.paid_at AT TIME ZONE 'Asia/Jakarta')::date
            ))
        ) AND NOT EXISTS (
            SELECT FROM banks_statementline told JOIN banks_bankday day ON day.statement_id = told.statement_id
            WHERE told.reference = payment.channel_reference AND day.partner_id = %(partner)s
        )
), judged AS (
    SELECT line.id AS line_id, booked.id AS payment_id, line.reference, line.code, line.nth,
        line.amount_idr AS bank_idr, COALESCE(booked.amount_idr, 0) AS ours_idr,
        CASE
            WHEN line.nth > 1 OR line.told_before THEN 'double'
            WHEN booked.id IS NOT NULL AND booked.amount_idr = line.amount_idr THEN NULL
            WHEN booked.id IS NOT NULL THEN 'amount_differs'
            WHEN EXISTS (SELECT FROM contributions_paymentcode code WHERE code.code = line.code) THEN 'missing_here'
            ELSE 'unknown'
        END AS difference
    FROM line LEFT JOIN booked ON booked.reference = line.reference AND line.nth = 1 AND NOT line.told_before
    UNION ALL
    SELECT NULL, id, reference, code, 1, 0, amount_idr, 'missing_at_bank' FROM silent
), wanted AS (
    SELECT judged.*, difference || ':' || reference || ':' || nth AS key FROM judged WHERE difference IS NOT NULL
), posted AS (
    -- new, or back again: what was decided about other amounts, or about something that had gone, is to be decided anew
    INSERT INTO banks_openitem (id, day_id, key, difference, reference, code, line_id, payment_id, bank_idr, ours_idr,
        stands, state, action, reason)
    SELECT gen_random_uuid(), %(day)s, key, difference, reference, code, line_id, payment_id, bank_idr, ours_idr,
        true, 'open', '', ''
    FROM wanted
    ON CONFLICT (day_id, key) DO UPDATE SET bank_idr = excluded.bank_idr, ours_idr = excluded.ours_idr,
        line_id = excluded.line_id, payment_id = excluded.payment_id, stands = true,
        state = 'open', action = '', reason = '', settled_at = NULL, settled_by_id = NULL
    WHERE NOT banks_openitem.stands
        OR (banks_openitem.bank_idr, banks_openitem.ours_idr) <> (excluded.bank_idr, excluded.ours_idr)
), cleared AS (
    UPDATE banks_openitem SET stands = false, state = 'settled',
        action = CASE WHEN state = 'open' THEN 'seen_later' ELSE action END,
        settled_at = COALESCE(settled_at, %(now)s)
    WHERE day_id = %(day)s AND stands AND key NOT IN (SELECT key FROM wanted)
)
UPDATE banks_bankday SET
    bank_idr = (SELECT COALESCE(sum(bank_idr), 0) FROM judged),
    ours_idr = (SELECT COALESCE(sum(ours_idr), 0) FROM judged),
    matched = (SELECT count(*) FROM judged WHERE difference IS NULL)
WHERE id = %(day)s
"""

REACH: Final = timedelta(days=60)
"""So far back we look for money that was booked after its own day had been closed."""


def match(day: BankDay) -> None:
    """Post the differences of an open day that are not there yet, clear those that are gone, add up both sides."""
    begins = datetime.combine(day.on, time(), clock.WIB)
    facts: dict[str, Any] = {
        "day": day.id,
        "partner": day.partner_id,
        "channel": day.partner.code,
        "statement": day.statement_id,
        "on": day.on,
        "begins": begins,
        "ends": begins + timedelta(days=1),
        "reach": begins - REACH,
        "now": clock.now(),
    }
    with connection.cursor() as cursor:
        cursor.execute(_MATCH, facts)
