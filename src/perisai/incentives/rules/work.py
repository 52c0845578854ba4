"""Idle agents and members who change hands: what the months of an agent's work lead to (domain 1.6, 1.8)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from perisai import rulebook
from perisai.incentives.rules import PaidMonth, regime_for
from perisai.kernel.money import ZERO, Rupiah
from perisai.kernel.period import Period


@dataclass(frozen=True, slots=True)
class MonthOfWork:
    """What an agent brought in one month."""

    period: Period
    acquired: int
    received_idr: Rupiah


def months_to_judge(running: Period) -> tuple[Period, ...]:
    """The whole months before the running one that must all be idle for an agent's work to end."""
    months = rulebook.on(running.first_day).whole("incentive.work.idle_months").value
    return tuple(running.plus(-back) for back in range(months, 0, -1))


def contributions_keep(period: Period) -> bool:
    """Whether in that month a contribution received was work enough; since 2022 only a new member is."""
    means = rulebook.on(period.first_day).value("incentive.work.idle_means", str).value
    return means == "no_acquisition_and_no_contribution"


def is_idle(month: MonthOfWork) -> bool:
    """By the law of that month."""
    return not month.acquired and not (contributions_keep(month.period) and month.received_idr > 0)


def must_end(months: Iterable[MonthOfWork]) -> bool:
    """Whether an agent with these months, all of ``months_to_judge``, is terminated by the system."""
    return all(is_idle(month) for month in months)


@dataclass(frozen=True, slots=True)
class Managed:
    """A member as a handover sees them: what a month brings, and how many months the giver has had them."""

    month_idr: Rupiah
    managed_months: int


@dataclass(frozen=True, slots=True)
class Effect:
    """What the share of contributions is in a month like the last one, for who gives and for who takes."""

    giver_idr: Rupiah
    taker_idr: Rupiah


def effect_of_handover(period: Period, members: Sequence[Managed], to_branch: bool) -> Effect:
    """The giver loses what the next month would bring; the taker counts from month 1. A branch earns nothing."""
    if not members:
        return Effect(ZERO, ZERO)
    share = regime_for(period)
    loses = [PaidMonth(str(n), each.month_idr, each.managed_months + 1) for n, each in enumerate(members)]
    gains = [PaidMonth(str(n), each.month_idr, 1) for n, each in enumerate(members)]
    return Effect(
        Rupiah(sum(line.agent_idr for line in share(period, [], loses).lines)),
        ZERO if to_branch else Rupiah(sum(line.agent_idr for line in share(period, [], gains).lines)),
    )
