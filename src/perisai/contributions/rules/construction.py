"""What protection on a building site costs, and by when the site must be registered."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from perisai import rulebook
from perisai.contributions.rules.law import CitedRule, Reading, check_amount
from perisai.kernel.errors import Code
from perisai.kernel.money import Rupiah, round_half_up
from perisai.kernel.period import Period
from perisai.rulebook.working_time import add_working_days


@dataclass(frozen=True, slots=True)
class ConstructionContribution:
    jkk_idr: Rupiah
    jkm_idr: Rupiah
    total_idr: Rupiah
    rules: tuple[CitedRule, ...]


@dataclass(frozen=True, slots=True)
class SiteClocks:
    """What the branch promises after form and first contribution."""

    certificate_by: date
    proof_by: date


def contribution_by_contract(*, contract_idr: int, month: Period) -> ConstructionContribution:
    """The whole contribution of a site whose wages are not known, from the value of its contract (domain 2.7).

    Each slice of the value has its own rate, as in a tax scale. ``month`` is that of the work order. Raises
    Refused(AMOUNT_OUT_OF_RANGE, MONTH_BEFORE_LAW).
    """
    check_amount(contract_idr, "contract_idr", Code.AMOUNT_OUT_OF_RANGE)
    law = Reading(month)
    return _contribution(
        law.slices("construction.contract_jkk_rate", contract_idr),
        law.slices("construction.contract_jkm_rate", contract_idr),
        law,
    )


def contribution_by_wages(*, wages_idr: int, month: Period) -> ConstructionContribution:
    """One month of a site whose wages are known; ``wages_idr`` is their sum (domain 2.7). Raises as by contract."""
    check_amount(wages_idr, "wages_idr", Code.AMOUNT_OUT_OF_RANGE)
    law = Reading(month)
    return _contribution(
        wages_idr * law.rate("construction.wages_jkk_rate"), wages_idr * law.rate("construction.wages_jkm_rate"), law
    )


def site_register_by(work_order_on: date) -> date:
    """The last day to register a site after its work order (SPK)."""
    days = rulebook.on(work_order_on).whole("construction.register_working_days").value
    return add_working_days(work_order_on, days)


def site_clocks(paid_on: date) -> SiteClocks:
    """By when the branch owes certificate and proof, once form and first contribution are in."""
    law = rulebook.on(paid_on)
    return SiteClocks(
        add_working_days(paid_on, law.whole("construction.certificate_working_days").value),
        add_working_days(paid_on, law.whole("construction.proof_working_days").value),
    )


def _contribution(jkk: Decimal, jkm: Decimal, law: Reading) -> ConstructionContribution:
    jkk_idr, jkm_idr = round_half_up(jkk), round_half_up(jkm)
    return ConstructionContribution(jkk_idr, jkm_idr, Rupiah(jkk_idr + jkm_idr), law.cited)
