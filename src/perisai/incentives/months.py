"""The months of branches, and the one in which a finding is booked."""

from collections.abc import Iterable

from perisai.incentives.accrual import Bookings
from perisai.incentives.models import Month
from perisai.incentives.rules.month import State
from perisai.kernel import clock
from perisai.kernel.period import Period


def bookings(period: Period, branch_ids: Iterable[int]) -> Bookings:
    """Where each branch books what it finds out about ``period``; a branch whose month waits for approval is missing.

    Months that did not stand yet are opened; those that will be booked in are locked, in one order.
    """
    branch_ids = list(branch_ids)
    open_months(period, branch_ids)
    of_month = Month.objects.filter(branch_id__in=branch_ids, period=period.first_day).order_by("period", "branch_id")
    states = dict(of_month.select_for_update().values_list("branch_id", "state"))
    there = {branch_id: period for branch_id, state in states.items() if state == State.OPEN}
    settled = [branch_id for branch_id, state in states.items() if state in (State.APPROVED, State.CLOSED)]
    return there | _next_open(period, settled)


def open_months(period: Period, branch_ids: Iterable[int]) -> None:
    """A month a branch; one that stands already stays as it is."""
    Month.objects.bulk_create(
        [Month(branch_id=branch_id, period=period.first_day) for branch_id in branch_ids], ignore_conflicts=True
    )


def _next_open(period: Period, branch_ids: list[int]) -> dict[int, Period]:
    """The earliest month after ``period`` that is open, or else a new one: the running month, or the one after the last."""
    if not branch_ids:
        return {}
    found: dict[int, Period] = {}
    last = dict.fromkeys(branch_ids, period)
    later = Month.objects.filter(branch_id__in=branch_ids, period__gt=period.first_day).order_by("period", "branch_id")
    for branch_id, first_day, state in later.select_for_update().values_list("branch_id", "period", "state"):
        last[branch_id] = Period.of(first_day)
        if state == State.OPEN:
            found.setdefault(branch_id, Period.of(first_day))
    for branch_id in set(branch_ids) - set(found):
        found[branch_id] = max(last[branch_id].next, Period.of(clock.today()))
        open_months(found[branch_id], [branch_id])
    return found
