"""What a month of a member without an employer costs, when it is due, and when protection lapses."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from perisai.contributions.rules.law import CitedRule, Funding, Programme, Reading, Sector, check_amount, law_of
from perisai.kernel.errors import Code, Refused
from perisai.kernel.money import ZERO, Rupiah, share
from perisai.kernel.period import Period

BPU_MINIMUM: Final = (Programme.JKK, Programme.JKM)
BPU_OFFER: Final = frozenset({*BPU_MINIMUM, Programme.JHT})


@dataclass(frozen=True, slots=True)
class BpuContribution:
    """One month of a member without an employer. ``base_idr`` is the bracket's base, not the income."""

    jkk_idr: Rupiah
    jkm_idr: Rupiah
    jht_idr: Rupiah
    total_idr: Rupiah
    base_idr: Rupiah
    rules: tuple[CitedRule, ...]


@dataclass(frozen=True, slots=True)
class MonthPrice:
    month: Period
    contribution: BpuContribution


@dataclass(frozen=True, slots=True)
class CodeAmount:
    """What one payment code asks: each month at its own month's law."""

    months: tuple[MonthPrice, ...]
    total_idr: Rupiah


def bpu_contribution(
    *,
    income_idr: int,
    programmes: Collection[Programme],
    month: Period,
    sector: Sector = Sector.OTHER,
    funded_by: Funding = Funding.SELF,
    paid_through: Period | None = None,
) -> BpuContribution:
    """The contribution of a member without an employer (PP 44/2015, PP 46/2015; domain 2.5, 2.6).

    ``income_idr`` is a month's income; ``paid_through`` the last month paid without gap, None when not known. Raises
    Refused: INCOME_OUT_OF_RANGE, MONTH_BEFORE_LAW, PROGRAMMES_INCOMPLETE, PROGRAMME_NOT_OFFERED.
    """
    check_amount(income_idr, "income_idr")
    for programme in programmes:
        if programme not in BPU_OFFER:
            raise Refused(Code.PROGRAMME_NOT_OFFERED, field="programmes", programme=programme.upper())
    missing = [programme.upper() for programme in BPU_MINIMUM if programme not in programmes]
    if missing:
        raise Refused(Code.PROGRAMMES_INCOMPLETE, field="programmes", missing=", ".join(missing))
    law = Reading(month)
    base = law.base(income_idr)
    jkk_rate, jkm = law.rate("bpu.jkk_rate"), law.whole("bpu.jkm")
    jht_idr = share(base, law.rate("bpu.jht_rate")) if Programme.JHT in programmes else ZERO
    keeps = law.kept_after_pandemic_relief(paid_through) * law.kept_after_relief_of_2026(sector, funded_by)
    jkk_idr, jkm_idr = share(base, jkk_rate * keeps), share(jkm, keeps)
    return BpuContribution(jkk_idr, jkm_idr, jht_idr, Rupiah(jkk_idr + jkm_idr + jht_idr), base, law.cited)


def months_covered(first: Period, months: int) -> tuple[Period, ...]:
    """The consecutive months a payment code covers. Raises Refused(MONTHS_OUT_OF_RANGE, MONTH_BEFORE_LAW)."""
    most = law_of(first).whole("service.most_months_at_once").value
    if not 1 <= months <= most:
        raise Refused(Code.MONTHS_OUT_OF_RANGE, field="months", months=months, most=most)
    return tuple(first.run(months))


def payment_code_amount(
    *,
    first: Period,
    months: int,
    income_idr: int,
    programmes: Collection[Programme],
    sector: Sector = Sector.OTHER,
    funded_by: Funding = Funding.SELF,
    paid_through: Period | None = None,
) -> CodeAmount:
    """The sum of ``months`` consecutive months from ``first``; a code across a change of law sums different prices.

    Raises what ``months_covered`` and ``bpu_contribution`` raise.
    """
    prices = tuple(
        MonthPrice(
            month,
            bpu_contribution(
                income_idr=income_idr,
                programmes=programmes,
                month=month,
                sector=sector,
                funded_by=funded_by,
                paid_through=paid_through,
            ),
        )
        for month in months_covered(first, months)
    )
    return CodeAmount(prices, Rupiah(sum(price.contribution.total_idr for price in prices)))


def bpu_due_on(month: Period) -> date:
    """The 15th of the month itself; no fine follows (domain 2.10)."""
    return month.first_day.replace(day=law_of(month).whole("service.bpu_due_day").value)


def lapse_starts(last_paid: Period) -> Period:
    """The first month without protection: three consecutive months unpaid after ``last_paid`` (domain 2.10)."""
    return last_paid.plus(law_of(last_paid).whole("service.months_to_lapse").value + 1)


def missed_months(last_paid: Period, today: date) -> tuple[Period, ...]:
    """Whole months that went by unpaid after ``last_paid``, up to the month before ``today``'s; oldest first."""
    return tuple(last_paid.next.run(max(last_paid.months_until(Period.of(today)) - 1, 0)))


def unpaid_months(last_paid: Period, today: date) -> tuple[Period, ...]:
    """``missed_months``, and the running month once its due day has passed (domain 2.10)."""
    running = Period.of(today)
    late = running > last_paid and today > bpu_due_on(running)
    return missed_months(last_paid, today) + ((running,) if late else ())


def is_lapsed(last_paid: Period, today: date) -> bool:
    return Period.of(today) >= lapse_starts(last_paid)


def first_month_offered(last_paid: Period | None, today: date) -> Period:
    """The month after the last one paid; once lapsed, or with nothing paid, the running month (domain 2.10, 11.8)."""
    if last_paid is None or is_lapsed(last_paid, today):
        return Period.of(today)
    return last_paid.next
