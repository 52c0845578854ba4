"""What a worker with a wage costs in a month, what a firm owes by its size, when it is due, and the fine for delay."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from perisai import rulebook
from perisai.contributions.rules.law import (
    RISK_CLASSES,
    CitedRule,
    Programme,
    Reading,
    check_amount,
    law_of,
)
from perisai.employers.rules import FirmSize, Industry
from perisai.kernel.errors import Code, Refused
from perisai.kernel.money import ZERO, Rupiah, share
from perisai.kernel.period import Period
from perisai.rulebook.working_time import is_working_day

WITH_JKP = frozenset({Programme.JKK, Programme.JKM, Programme.JHT})
"""Who is in these is in JKP too, from when there is one."""


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
class Jkp:
    """Where the money for loss of a job comes from: no part of it is paid on top of the contribution."""

    base_idr: Rupiah
    state_idr: Rupiah
    from_jkk_idr: Rupiah
    from_jkm_idr: Rupiah


@dataclass(frozen=True, slots=True)
class PuContribution:
    """One month of one worker with a wage. ``jp_base_idr`` is the wage up to the ceiling (0 without JP).

    ``jp_deferrable_idr`` is the part of JP that the firm might pay later, on application (PP 49/2020).
    """

    employer: EmployerShare
    worker: WorkerShare
    total_idr: Rupiah
    jp_base_idr: Rupiah
    jp_deferrable_idr: Rupiah
    jkp: Jkp | None
    rules: tuple[CitedRule, ...]


@dataclass(frozen=True, slots=True)
class PuRates:
    """Shares of the wage, and of the wage up to ``jp_ceiling_idr`` for JP; 0 where the firm does not take part.

    ``relieved``: by PP 7/2025, whose fine for delay is another one.
    """

    jkk: Decimal
    jkm: Decimal
    jht_employer: Decimal
    jht_worker: Decimal
    jp_employer: Decimal
    jp_worker: Decimal
    jp_ceiling_idr: Rupiah
    relieved: bool
    rulebook_hash: str


class Collectability(StrEnum):
    """How old a firm's arrears are, by the oldest unpaid month (domain 7.4)."""

    CURRENT = "current"
    SUBSTANDARD = "substandard"
    DOUBTFUL = "doubtful"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Fine:
    """What a firm pays for delay; ``months_late`` 0 and nothing when it paid by ``due_on``."""

    due_on: date
    months_late: int
    fine_idr: Rupiah
    rules: tuple[CitedRule, ...]


def pu_contribution(
    *,
    wage_idr: int,
    risk_class: int,
    programmes: Collection[Programme],
    month: Period,
    paid_through: Period | None = None,
    industry: Industry | None = None,
    workers: int = 0,
) -> PuContribution:
    """The contribution for a worker with a wage (PP 44, 45 and 46/2015; domain 2.2 to 2.4, 2.6, 2.9).

    Any programmes are computed: which ones a firm owes follows from its scale, and some firms registered too few.
    ``wage_idr`` is basic pay and fixed allowances of a month; ``paid_through`` the last month the firm paid without
    gap; ``industry`` and ``workers`` (active ones of the firm) decide on the relief of PP 7/2025. Raises Refused:
    INCOME_OUT_OF_RANGE, MONTH_BEFORE_LAW, PROGRAMMES_NONE, RISK_CLASS_UNKNOWN.
    """
    check_amount(wage_idr, "wage_idr")
    wage, law = Rupiah(wage_idr), Reading(month)
    rates = _rates(law, risk_class, programmes, paid_through, industry, workers)
    jp_base = min(wage, rates.jp_ceiling_idr) if Programme.JP in programmes else ZERO
    employer = EmployerShare(
        share(wage, rates.jkk),
        share(wage, rates.jkm),
        share(wage, rates.jht_employer),
        share(jp_base, rates.jp_employer),
    )
    worker = WorkerShare(share(wage, rates.jht_worker), share(jp_base, rates.jp_worker))
    deferrable = law.deferrable(Rupiah(employer.jp_idr + worker.jp_idr))
    jkp = _jkp(wage, law) if WITH_JKP.issubset(programmes) else None
    total = employer.jkk_idr + employer.jkm_idr + employer.jht_idr + employer.jp_idr + worker.jht_idr + worker.jp_idr
    return PuContribution(employer, worker, Rupiah(total), jp_base, deferrable, jkp, law.cited)


def pu_rates(
    *,
    risk_class: int,
    programmes: Collection[Programme],
    month: Period,
    paid_through: Period | None = None,
    industry: Industry | None = None,
    workers: int = 0,
) -> PuRates:
    """What ``pu_contribution`` multiplies wages by, for a set-based query over a firm's workers; raises as it does."""
    return _rates(Reading(month), risk_class, programmes, paid_through, industry, workers)


def _rates(
    law: Reading,
    risk_class: int,
    programmes: Collection[Programme],
    paid_through: Period | None,
    industry: Industry | None,
    workers: int,
) -> PuRates:
    if risk_class not in RISK_CLASSES:
        raise Refused(Code.RISK_CLASS_UNKNOWN, field="risk_class", risk_class=risk_class)
    if not programmes:
        raise Refused(Code.PROGRAMMES_NONE, field="programmes")
    jkk = jkm = jht_employer = jht_worker = jp_employer = jp_worker = keeps_jkk = Decimal(0)
    jp_ceiling = ZERO
    if Programme.JKK in programmes or Programme.JKM in programmes:
        keeps = law.kept_after_pandemic_relief(paid_through)
        if Programme.JKK in programmes:
            keeps_jkk = law.kept_by_labour_intensive(industry, workers, paid_through)
            jkk = law.rate(f"pu.jkk_rate_class_{risk_class}") * keeps * keeps_jkk
        if Programme.JKM in programmes:
            jkm = law.rate("pu.jkm_rate") * keeps
    if Programme.JHT in programmes:
        jht_employer, jht_worker = law.rate("pu.jht_employer_rate"), law.rate("pu.jht_worker_rate")
    if Programme.JP in programmes:
        jp_ceiling = law.whole("pu.jp_wage_ceiling")
        jp_employer, jp_worker = law.rate("pu.jp_employer_rate"), law.rate("pu.jp_worker_rate")
    relieved = 0 < keeps_jkk < 1
    return PuRates(jkk, jkm, jht_employer, jht_worker, jp_employer, jp_worker, jp_ceiling, relieved, law.hash)


def _jkp(wage: Rupiah, law: Reading) -> Jkp | None:
    """None before there was one."""
    if not law.knows("jkp.state_rate"):
        return None
    base = min(wage, law.whole("jkp.wage_ceiling"))
    parts = [share(base, law.rate(f"jkp.{name}")) for name in ("state_rate", "from_jkk_rate", "from_jkm_rate")]
    return Jkp(base, *parts)


def owed_programmes(size: FirmSize, month: Period) -> tuple[Programme, ...]:
    """What a firm of that size must take part in (Perpres 109/2013 Pasal 6; domain 2.3), in the order of the law."""
    return tuple(Programme(word) for word in law_of(month).words(f"pu.owed_by_{size}").value)


def pu_due_on(month: Period) -> date:
    """The 15th of the following month, or the next working day (domain 2.10).

    While PP 49/2020 held: the 30th (or the month's last day), or the working day before.
    """
    law = law_of(month.next)
    due = min(month.next.first_day + timedelta(days=law.whole("service.pu_due_day").value - 1), month.next.last_day)
    step = timedelta(days=1 if law.value("service.pu_due_day_off_moves", str).value == "later" else -1)
    while not is_working_day(due):
        due += step
    return due


def months_late(due_on: date, paid_on: date) -> int:
    """Months of delay, a begun one counted whole (how a part counts is not sourced); 0 by the due day itself."""
    if paid_on <= due_on:
        return 0
    return Period.of(due_on).months_until(Period.of(paid_on)) + (paid_on.day > due_on.day)


def pu_fine(*, contribution_idr: int, month: Period, paid_on: date, relieved: bool = False) -> Fine:
    """The employer's fine for a contribution of ``month`` paid on that day (PP 44/2015; domain 2.10, 2.6).

    ``relieved``: the contribution had the relief of PP 7/2025, whose lower fine goes by the day of payment. Raises
    Refused(INCOME_OUT_OF_RANGE, MONTH_BEFORE_LAW).
    """
    check_amount(contribution_idr, "contribution_idr")
    due_on, law = pu_due_on(month), Reading(month)
    late = months_late(due_on, paid_on)
    if not late:
        return Fine(due_on, 0, ZERO, ())
    rate = _fine_rate(law, paid_on, relieved=relieved)
    law.word("pu.fine_part_month")
    return Fine(due_on, late, share(Rupiah(contribution_idr), rate * late), law.cited)


def collectability(months: int, on: date) -> Collectability:
    """The class of arrears whose oldest month is that many months late (practice of one branch: medium)."""
    law = rulebook.on(on)
    if months >= law.whole("pu.arrears_bad_from").value:
        return Collectability.BAD
    if months >= law.whole("pu.arrears_doubtful_from").value:
        return Collectability.DOUBTFUL
    if months >= law.whole("pu.arrears_substandard_from").value:
        return Collectability.SUBSTANDARD
    return Collectability.CURRENT


def _fine_rate(law: Reading, paid_on: date, *, relieved: bool) -> Decimal:
    if not relieved:
        return law.rate("pu.fine_rate")
    return law.rate("discounts.pp_7_2025.fine_rate", rulebook.on(paid_on))
