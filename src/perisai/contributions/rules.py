"""What a month of protection costs, when it is due, and when protection lapses.

Every figure comes from the rulebook; docs/algorithms/contribution.md and lapse.md explain the arithmetic and hold the
worked tables. Amounts are whole rupiah; half a rupiah goes up.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final, TypeVar

from perisai import rulebook
from perisai.kernel.errors import Code, Refused
from perisai.kernel.money import MOST_IDR, ZERO, Rupiah, share
from perisai.kernel.period import Period
from perisai.rulebook.working_time import is_working_day

T = TypeVar("T")
FIRST_MONTH: Final = Period.of(rulebook.BEGINS)
RISK_CLASSES: Final = range(1, 6)


class Programme(StrEnum):
    JKK = "jkk"
    JKM = "jkm"
    JHT = "jht"
    JP = "jp"


class Sector(StrEnum):
    TRANSPORT = "transport"
    OTHER = "other"


class Funding(StrEnum):
    SELF = "self"
    APBN = "apbn"
    APBD = "apbd"
    CSR = "csr"


BPU_MINIMUM: Final = (Programme.JKK, Programme.JKM)
BPU_OFFER: Final = frozenset({*BPU_MINIMUM, Programme.JHT})


@dataclass(frozen=True, slots=True)
class CitedRule:
    """One figure of the rulebook that went into an amount. ``value``: whole number, or a fraction written out."""

    rule: str
    value: int | str
    since: date
    reference: str
    confidence: str


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
class EmployerShare:
    jkk_idr: Rupiah
    jkm_idr: Rupiah
    jht_idr: Rupiah
    jp_idr: Rupiah


@dataclass(frozen=True, slots=True)
class WorkerShare:
    jht_idr: Rupiah
    jp_idr: Rupiah


@dataclass(frozen=True, slots=True)
class PuContribution:
    """One month of one worker with a wage. ``jp_base_idr`` is the wage up to the ceiling (0 without JP)."""

    employer: EmployerShare
    worker: WorkerShare
    total_idr: Rupiah
    jp_base_idr: Rupiah
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
    _check_amount(income_idr, "income_idr")
    for programme in programmes:
        if programme not in BPU_OFFER:
            raise Refused(Code.PROGRAMME_NOT_OFFERED, field="programmes", programme=programme.upper())
    missing = [programme.upper() for programme in BPU_MINIMUM if programme not in programmes]
    if missing:
        raise Refused(Code.PROGRAMMES_INCOMPLETE, field="programmes", missing=", ".join(missing))
    law = _Reading(month)
    base = law.base(income_idr)
    jkk_rate, jkm = law.rate("bpu.jkk_rate"), law.whole("bpu.jkm")
    jht_idr = share(base, law.rate("bpu.jht_rate")) if Programme.JHT in programmes else ZERO
    keeps = law.kept_after_pandemic_relief(paid_through) * law.kept_after_relief_of_2026(sector, funded_by)
    jkk_idr, jkm_idr = share(base, jkk_rate * keeps), share(jkm, keeps)
    return BpuContribution(jkk_idr, jkm_idr, jht_idr, Rupiah(jkk_idr + jkm_idr + jht_idr), base, law.cited)


def pu_contribution(
    *,
    wage_idr: int,
    risk_class: int,
    programmes: Collection[Programme],
    month: Period,
    paid_through: Period | None = None,
) -> PuContribution:
    """The contribution for a worker with a wage (PP 44, 45 and 46/2015; domain 2.2 to 2.4, 2.6).

    Any programmes are computed: which ones a firm owes follows from its scale, and some firms registered too few.
    ``wage_idr`` is basic pay and fixed allowances of a month. Raises Refused: INCOME_OUT_OF_RANGE, MONTH_BEFORE_LAW,
    PROGRAMMES_NONE, RISK_CLASS_UNKNOWN.
    """
    _check_amount(wage_idr, "wage_idr")
    if risk_class not in RISK_CLASSES:
        raise Refused(Code.RISK_CLASS_UNKNOWN, field="risk_class", risk_class=risk_class)
    if not programmes:
        raise Refused(Code.PROGRAMMES_NONE, field="programmes")
    wage, law = Rupiah(wage_idr), _Reading(month)
    jkk = jkm = jht_employer = jht_worker = jp_employer = jp_worker = jp_base = ZERO
    if Programme.JKK in programmes or Programme.JKM in programmes:
        keeps = law.kept_after_pandemic_relief(paid_through)
        if Programme.JKK in programmes:
            jkk = share(wage, law.rate(f"pu.jkk_rate_class_{risk_class}") * keeps)
        if Programme.JKM in programmes:
            jkm = share(wage, law.rate("pu.jkm_rate") * keeps)
    if Programme.JHT in programmes:
        jht_employer = share(wage, law.rate("pu.jht_employer_rate"))
        jht_worker = share(wage, law.rate("pu.jht_worker_rate"))
    if Programme.JP in programmes:
        jp_base = min(wage, law.whole("pu.jp_wage_ceiling"))
        jp_employer = share(jp_base, law.rate("pu.jp_employer_rate"))
        jp_worker = share(jp_base, law.rate("pu.jp_worker_rate"))
    return PuContribution(
        EmployerShare(jkk, jkm, jht_employer, jp_employer),
        WorkerShare(jht_worker, jp_worker),
        Rupiah(jkk + jkm + jht_employer + jp_employer + jht_worker + jp_worker),
        jp_base,
        law.cited,
    )


def months_covered(first: Period, months: int) -> tuple[Period, ...]:
    """The consecutive months a payment code covers. Raises Refused(MONTHS_OUT_OF_RANGE, MONTH_BEFORE_LAW)."""
    most = _law_of(first).whole("service.most_months_at_once").value
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
    return month.first_day.replace(day=_law_of(month).whole("service.bpu_due_day").value)


def pu_due_on(month: Period) -> date:
    """The 15th of the following month, or the next working day (domain 2.10).

    While PP 49/2020 held: the 30th (or the month's last day), or the working day before.
    """
    law = _law_of(month.next)
    due = min(month.next.first_day + timedelta(days=law.whole("service.pu_due_day").value - 1), month.next.last_day)
    step = timedelta(days=1 if law.value("service.pu_due_day_off_moves", str).value == "later" else -1)
    while not is_working_day(due):
        due += step
    return due


def lapse_starts(last_paid: Period) -> Period:
    """The first month without protection: three consecutive months unpaid after ``last_paid`` (domain 2.10)."""
    return last_paid.plus(_law_of(last_paid).whole("service.months_to_lapse").value + 1)


def missed_months(last_paid: Period, today: date) -> tuple[Period, ...]:
    """Whole months that went by unpaid after ``last_paid``, up to the month before ``today``'s; oldest first."""
    return tuple(last_paid.next.run(max(last_paid.months_until(Period.of(today)) - 1, 0)))


def is_lapsed(last_paid: Period, today: date) -> bool:
    return Period.of(today) >= lapse_starts(last_paid)


def _check_amount(amount: int, field: str) -> None:
    if not 0 < amount <= MOST_IDR:
        raise Refused(Code.INCOME_OUT_OF_RANGE, field=field)


def _law_of(month: Period) -> rulebook.Rulebook:
    """A contribution month follows the law of its first day."""
    if month < FIRST_MONTH:
        raise Refused(Code.MONTH_BEFORE_LAW, field="month", month=str(month), first=str(FIRST_MONTH))
    return rulebook.on(month.first_day)


class _Reading:
    """Reads figures for one month and keeps a note of each that was used."""

    def __init__(self, month: Period) -> None:
        self._book = _law_of(month)
        self._noted: list[CitedRule] = []

    @property
    def cited(self) -> tuple[CitedRule, ...]:
        return tuple(self._noted)

    def rate(self, name: str) -> Decimal:
        return self._note(name, self._book.rate(name)).value

    def whole(self, name: str) -> Rupiah:
        return Rupiah(self._note(name, self._book.whole(name)).value)

    def base(self, income_idr: int) -> Rupiah:
        """The base of the bracket that holds the income; bracket and base are cited apart, for confidence differs."""
        bracket = self._book.bracket("bpu.base", income_idr)
        self._note("bpu.base.income_from", bracket.threshold)
        return Rupiah(self._note("bpu.base", bracket.amount).value)

    def kept_after_pandemic_relief(self, paid_through: Period | None) -> Decimal:
        """PP 49/2020: nearly nothing of JKK and JKM is paid by who had paid up to July 2020."""
        keeps = self._book.rate("discounts.pp_49_2020.keeps")
        if keeps.value == 1 or paid_through is None:
            return Decimal(1)
        if paid_through < self._book.value("discounts.pp_49_2020.paid_through", Period).value:
            return Decimal(1)
        return self._note("discounts.pp_49_2020.keeps", keeps).value

    def kept_after_relief_of_2026(self, sector: Sector, funded_by: Funding) -> Decimal:
        """PP 50/2025: half of JKK and JKM, unless the state's or the region's budget pays."""
        name = f"discounts.pp_50_2025.{sector}"
        keeps = self._book.rate(name)
        if keeps.value == 1 or funded_by in self._book.words("discounts.pp_50_2025.not_funded_by").value:
            return Decimal(1)
        return self._note(name, keeps).value

    def _note(self, name: str, value: rulebook.Value[T]) -> rulebook.Value[T]:
        shown = value.value if isinstance(value.value, int) else str(value.value)
        self._noted.append(CitedRule(name, shown, value.since, value.reference, value.confidence.value))
        return value
