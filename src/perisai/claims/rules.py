"""What is paid when a worker dies, and for the schooling of the children left behind.

Every figure comes from the rulebook (benefits.yaml); docs/algorithms/benefits.md holds the worked tables. Whether the
member was protected that day is the caller's question.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from perisai.contributions.rules import CitedRule, Reading, check_amount
from perisai.kernel.money import ZERO, Rupiah, share
from perisai.kernel.period import Period

SCHOOLS: Final = ("kindergarten_primary", "junior_secondary", "senior_secondary", "higher")


class Cause(StrEnum):
    WORK_ACCIDENT = "work_accident"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class DeathBenefit:
    """What the heirs are paid. ``waiting``: the member without an employer died before the waiting time was over."""

    lump_idr: Rupiah
    periodic_idr: Rupiah
    funeral_idr: Rupiah
    total_idr: Rupiah
    waiting: bool
    rules: tuple[CitedRule, ...]


@dataclass(frozen=True, slots=True)
class Scholarship:
    """The most that is paid for the schooling of the children: ``children`` of them, never more than the law counts."""

    children: int
    child_idr: Rupiah
    total_idr: Rupiah
    rules: tuple[CitedRule, ...]


def death_benefit(*, died_on: date, member_since: date, without_employer: bool) -> DeathBenefit:
    """Death of another cause than work (JKM; domain 3.1, 3.2). Raises Refused(MONTH_BEFORE_LAW)."""
    law = Reading.on(died_on)
    if without_employer and _waits(law, member_since, died_on):
        funeral = law.whole("benefits.bpu_waiting_sum")
        law.word("benefits.bpu_waiting_means")
        return DeathBenefit(ZERO, ZERO, funeral, funeral, True, law.cited)
    return _benefit(law.whole("benefits.jkm_lump"), law)


def accident_death_benefit(*, died_on: date, base_idr: int) -> DeathBenefit:
    """Death by work accident (JKK; domain 3.3): 60 % of 80 months of wage, at least a sum of JKM; no waiting.

    ``base_idr`` is the wage, or the base of the bracket without an employer. Raises Refused(AMOUNT_OUT_OF_RANGE,
    MONTH_BEFORE_LAW).
    """
    check_amount(base_idr, "base_idr")
    law = Reading.on(died_on)
    months, rate = law.whole("benefits.jkk_death_months"), law.rate("benefits.jkk_death_rate")
    floor = law.whole(f"benefits.{law.word('benefits.jkk_death_floor')}")
    return _benefit(max(share(Rupiah(base_idr * months), rate), floor), law)


def scholarship(*, died_on: date, children: int) -> Scholarship:
    """The most for children at the start of kindergarten (domain 3.1). Raises Refused(MONTH_BEFORE_LAW)."""
    law = Reading.on(died_on)
    counted = min(max(children, 0), law.whole("benefits.scholarship.children"))
    child = law.whole("benefits.scholarship.once") if law.knows("benefits.scholarship.once") else _schooling(law)
    return Scholarship(counted, child, Rupiah(counted * child), law.cited)


def waiting_over_on(member_since: date, months: int) -> date:
    """The same day of the month that many months later, or its last day (how months count is not sourced)."""
    month = Period.of(member_since).plus(months)
    return date(month.year, month.month, min(member_since.day, monthrange(month.year, month.month)[1]))


def _waits(law: Reading, member_since: date, died_on: date) -> bool:
    if not law.knows("benefits.bpu_waiting_months"):
        return False
    return died_on < waiting_over_on(member_since, law.whole("benefits.bpu_waiting_months"))


def _benefit(lump: Rupiah, law: Reading) -> DeathBenefit:
    """The sum at once, with the periodic sum that is paid at once too, and the funeral."""
    periodic = Rupiah(law.whole("benefits.jkm_periodic_month") * law.whole("benefits.jkm_periodic_months"))
    funeral = law.whole("benefits.funeral")
    return DeathBenefit(lump, periodic, funeral, Rupiah(lump + periodic + funeral), False, law.cited)


def _schooling(law: Reading) -> Rupiah:
    years = (
        law.whole(f"benefits.scholarship.{school}_year") * law.whole(f"benefits.scholarship.{school}_years")
        for school in SCHOOLS
    )
    return Rupiah(sum(years))
