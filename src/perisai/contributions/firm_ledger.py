"""What firms owe and have paid, set-based: the dues of a report, the balance of bills, arrears by age.

``rules.pu_contribution`` is the oracle of the first statement: the tests hold both to the same sums. This file reads the
wages of the room below in bulk, as the accrual of incentives reads contribution lines.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db import connection

from perisai.contributions.rules import Collectability, PuRates, collectability, months_late, pu_fine
from perisai.kernel import clock
from perisai.kernel.money import Rupiah
from perisai.kernel.period import Period

SUMS: Final = """
    SELECT sum(round(wage_idr * %(jkk)s))::bigint AS jkk_idr,
        sum(round(wage_idr * %(jkm)s))::bigint AS jkm_idr,
        sum(round(wage_idr * %(jht_employer)s))::bigint AS jht_employer_idr,
        sum(round(wage_idr * %(jht_worker)s))::bigint AS jht_worker_idr,
        sum(round(least(wage_idr, %(ceiling)s) * %(jp_employer)s))::bigint AS jp_employer_idr,
        sum(round(least(wage_idr, %(ceiling)s) * %(jp_worker)s))::bigint AS jp_worker_idr
    FROM {wages}
"""
"""What the workers in ``wages`` come to, each part of each of them rounded by itself."""

_POST: Final = f"""
WITH wanted AS ({SUMS.format(wages="employers_reportedwage WHERE report_id = %(report)s")}), posted AS (
    SELECT coalesce(sum(jkk_idr), 0) AS jkk_idr, coalesce(sum(jkm_idr), 0) AS jkm_idr,
        coalesce(sum(jht_employer_idr), 0) AS jht_employer_idr, coalesce(sum(jht_worker_idr), 0) AS jht_worker_idr,
        coalesce(sum(jp_employer_idr), 0) AS jp_employer_idr, coalesce(sum(jp_worker_idr), 0) AS jp_worker_idr
    FROM contributions_firmdue WHERE bill_id = %(bill)s
), lacking AS (
    SELECT wanted.jkk_idr - posted.jkk_idr AS jkk_idr, wanted.jkm_idr - posted.jkm_idr AS jkm_idr,
        wanted.jht_employer_idr - posted.jht_employer_idr AS jht_employer_idr,
        wanted.jht_worker_idr - posted.jht_worker_idr AS jht_worker_idr,
        wanted.jp_employer_idr - posted.jp_employer_idr AS jp_employer_idr,
        wanted.jp_worker_idr - posted.jp_worker_idr AS jp_worker_idr
    FROM wanted, posted
)
INSERT INTO contributions_firmdue (bill_id, report_id, jkk_idr, jkm_idr, jht_employer_idr, jht_worker_idr,
    jp_employer_idr, jp_worker_idr, fine_idr, rulebook_hash, posted_at, posted_by_id)
SELECT %(bill)s, %(report)s, jkk_idr, jkm_idr, jht_employer_idr, jht_worker_idr, jp_employer_idr, jp_worker_idr, 0,
    %(hash)s, %(now)s, %(who)s
FROM lacking
WHERE (jkk_idr, jkm_idr, jht_employer_idr, jht_worker_idr, jp_employer_idr, jp_worker_idr) <> (0, 0, 0, 0, 0, 0)
"""  # noqa: S608 our own text

_BALANCES: Final = """
SELECT bill.id, bill.firm_id, bill.month, bill.code, bill.due_on, bill.relieved,
    due.jkk_idr, due.jkm_idr, due.jht_employer_idr + due.jht_worker_idr, due.jp_employer_idr + due.jp_worker_idr,
    due.contribution_idr, due.fine_idr, coalesce(paid.contribution_idr, 0), coalesce(paid.fine_idr, 0)
FROM contributions_firmbill bill
JOIN LATERAL (
    SELECT sum(jkk_idr)::bigint AS jkk_idr, sum(jkm_idr)::bigint AS jkm_idr,
        sum(jht_employer_idr)::bigint AS jht_employer_idr, sum(jht_worker_idr)::bigint AS jht_worker_idr,
        sum(jp_employer_idr)::bigint AS jp_employer_idr, sum(jp_worker_idr)::bigint AS jp_worker_idr,
        sum(contribution_idr)::bigint AS contribution_idr, sum(fine_idr)::bigint AS fine_idr
    FROM contributions_firmdue WHERE bill_id = bill.id HAVING count(*) > 0
) due ON true
LEFT JOIN LATERAL (
    SELECT sum(contribution_idr)::bigint AS contribution_idr, sum(fine_idr)::bigint AS fine_idr
    FROM contributions_firmpayment WHERE bill_id = bill.id
) paid ON true
"""


@dataclass(frozen=True, slots=True)
class Balance:
    """A firm's month: what it owes by programme, what is paid, and how late the rest is on the day asked.

    ``running_fine_idr`` is the fine if the rest were paid that day; ``posted_fine_idr`` the fines of what was paid late.
    """

    bill_id: UUID
    firm_id: UUID
    month: Period
    code: str
    due_on: date
    relieved: bool
    jkk_idr: int
    jkm_idr: int
    jht_idr: int
    jp_idr: int
    contribution_idr: int
    posted_fine_idr: int
    paid_contribution_idr: int
    paid_fine_idr: int
    months_late: int
    running_fine_idr: int

    @property
    def rest_idr(self) -> int:
        """Contribution still owed."""
        return self.contribution_idr - self.paid_contribution_idr

    @property
    def rest_fine_idr(self) -> int:
        """Fine still owed, with the one that runs."""
        return self.posted_fine_idr + self.running_fine_idr - self.paid_fine_idr

    @property
    def is_paid(self) -> bool:
        return self.rest_idr == 0 and self.rest_fine_idr == 0

    @property
    def in_arrears(self) -> bool:
        return self.rest_idr > 0 and self.months_late > 0


@dataclass(frozen=True, slots=True)
class Arrears:
    """A firm's unpaid months past their due day, classed by the oldest of them."""

    firm_id: UUID
    months: int
    oldest: Period
    months_late: int
    collectability: Collectability
    rest_idr: int
    fine_idr: int


def post_dues(bill_id: UUID, report_id: UUID, rates: PuRates, by: UUID | None) -> bool:
    """Posts what the ledger lacks of the report's sums, in one statement; False when it lacked nothing."""
    facts: dict[str, Any] = {
        "bill": bill_id,
        "report": report_id,
        "ceiling": rates.jp_ceiling_idr,
        "hash": rates.rulebook_hash,
        "now": clock.now(),
        "who": by,
    }
    names = ("jkk", "jkm", "jht_employer", "jht_worker", "jp_employer", "jp_worker")
    with connection.cursor() as cursor:
        cursor.execute(_POST, facts | {name: getattr(rates, name) for name in names})
        return bool(cursor.rowcount)


def balances_of_firm(firm_id: UUID, on: date) -> list[Balance]:
    """Every month of the firm, newest first. The caller has passed the firm's door."""
    return _balances("WHERE bill.firm_id = %s ORDER BY bill.month DESC", [firm_id], on)


def balance_of_bill(bill_id: UUID, on: date) -> Balance:
    """The caller has passed the bill's door; a bill has dues from its first day."""
    return _balances("WHERE bill.id = %s", [bill_id], on)[0]


def arrears_under(branch_ids: Sequence[int] | None, on: date) -> list[Arrears]:
    """Firms in arrears on that day, the oldest first; ``branch_ids`` None: everywhere. The caller has passed its door."""
    late = _balances(
        "WHERE bill.due_on < %s AND (%s::bigint[] IS NULL OR bill.branch_id = ANY(%s)) "
        "AND due.contribution_idr > coalesce(paid.contribution_idr, 0) ORDER BY bill.firm_id, bill.month",
        [on, branch_ids, branch_ids],
        on,
    )
    firms: dict[UUID, list[Balance]] = {}
    for balance in late:
        firms.setdefault(balance.firm_id, []).append(balance)
    return sorted((_arrears(each, on) for each in firms.values()), key=lambda each: (each.oldest, -each.rest_idr))


def paid_through(firm_id: UUID, before: Period) -> Period | None:
    """The last month before that one up to which the firm owes no contribution; None when nothing is known of it."""
    known = [each for each in balances_of_firm(firm_id, clock.today()) if each.month < before]
    owing = [each.month for each in known if each.rest_idr > 0]
    if owing:
        return min(owing).plus(-1)
    return known[0].month if known else None


def _arrears(months: Sequence[Balance], on: date) -> Arrears:
    late = max(each.months_late for each in months)
    return Arrears(
        months[0].firm_id,
        len(months),
        months[0].month,
        late,
        collectability(late, on),
        sum(each.rest_idr for each in months),
        sum(each.rest_fine_idr for each in months),
    )


def _balances(which: str, values: Sequence[Any], on: date) -> list[Balance]:
    with connection.cursor() as cursor:
        cursor.execute(_BALANCES + which, values)
        return [_balance(row, on) for row in cursor.fetchall()]


def _balance(row: Sequence[Any], on: date) -> Balance:
    (bill, firm, first_day, code, due_on, relieved, jkk, jkm, jht, jp, contribution, posted_fine, paid, paid_fine) = row
    month, rest = Period.of(first_day), contribution - paid
    running = 0
    if rest > 0 and on > due_on:
        running = int(pu_fine(contribution_idr=rest, month=month, paid_on=on, relieved=relieved).fine_idr)
    return Balance(
        bill_id=bill,
        firm_id=firm,
        month=month,
        code=code,
        due_on=due_on,
        relieved=relieved,
        jkk_idr=jkk,
        jkm_idr=jkm,
        jht_idr=jht,
        jp_idr=jp,
        contribution_idr=contribution,
        posted_fine_idr=posted_fine,
        paid_contribution_idr=paid,
        paid_fine_idr=paid_fine,
        months_late=months_late(due_on, on),
        running_fine_idr=running,
    )


def total_of(rows: Sequence[Arrears]) -> tuple[Rupiah, Rupiah]:
    """Contribution and fine of them all."""
    return Rupiah(sum(each.rest_idr for each in rows)), Rupiah(sum(each.fine_idr for each in rows))
