"""What a worker with a wage costs in a month, and when the firm must have paid."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from perisai.contributions.rules.law import RISK_CLASSES, CitedRule, Programme, Reading, check_amount, law_of
from perisai.kernel.errors import Code, Refused
from perisai.kernel.money import ZERO, Rupiah, share
from perisai.kernel.period import Period
from perisai.rulebook.working_time import is_working_day


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
    check_amount(wage_idr, "wage_idr")
    if risk_class not in RISK_CLASSES:
        raise Refused(Code.RISK_CLASS_UNKNOWN, field="risk_class", risk_class=risk_class)
    if not programmes:
        raise Refused(Code.PROGRAMMES_NONE, field="programmes")
    wage, law = Rupiah(wage_idr), Reading(month)
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
