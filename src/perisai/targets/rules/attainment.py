"""How far an office is from its yearly target, how fast it must go, and its place among offices of one kind.

Percentages are computed, never stored (domain 11.1): Decimal per cent, two places, half up. Counts are whole members.
docs/algorithms/target.md holds the worked tables.
"""

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Final, Generic, TypeVar

from perisai.kernel.period import Period
from perisai.rulebook.working_time import working_days_between

Id = TypeVar("Id", bound=Hashable)
HUNDREDTH: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Count:
    """Members counted at the end of a day."""

    on: date
    members: int


@dataclass(frozen=True, slots=True)
class PaceNeeded:
    """What remains, spread over what remains of the year; None where no month or working day is left."""

    per_month: int | None
    months_left: int
    per_working_day: int | None
    working_days_left: int


@dataclass(frozen=True, slots=True)
class Place(Generic[Id]):
    """``place`` of ``population`` ("2 of 11"); ``shared`` when others have the same attainment."""

    id: Id
    attainment: Decimal
    place: int
    population: int
    shared: bool


def attainment(actual: int, target: int) -> Decimal | None:
    """Per cent of the target, two places, half up; None without a target."""
    return _two_places(Fraction(actual * 100, target)) if target > 0 else None


def missing(actual: int, target: int) -> int:
    """Members still to win; 0 once the target is reached."""
    return max(target - actual, 0)


def pace_needed(actual: int, target: int, today: date) -> PaceNeeded:
    """Whole members a month and a working day, rounded up, from the day after ``today`` to the end of its year.

    The running month counts as left while a day of it is left.
    """
    gap, year_end = missing(actual, target), date(today.year, 12, 31)
    months = 12 - today.month + (today != Period.of(today).last_day)
    days = working_days_between(today, year_end)
    return PaceNeeded(-(-gap // months) if months else None, months, -(-gap // days) if days else None, days)


def pace_now(earlier: Count, later: Count) -> Decimal | None:
    """Members won a working day between two counts, two places; negative when members left; None without such a day."""
    pace = _pace(earlier, later)
    return None if pace is None else _two_places(pace)


def expected_at_year_end(earlier: Count, later: Count) -> int | None:
    """Members on 31 December of ``later``'s year if the pace goes on; half up, never below 0; None without a pace."""
    pace = _pace(earlier, later)
    if pace is None:
        return None
    days_left = working_days_between(later.on, date(later.on.year, 12, 31))
    return max(int((later.members + pace * days_left + Fraction(1, 2)) // 1), 0)


def rank(entries: Iterable[tuple[Id, Decimal | None]]) -> tuple[Place[Id], ...]:
    """Places by attainment, highest first; equal figures share a place and the next one is skipped (1, 2, 2, 4).

    Offices without a target (None) have no place and are not in the population. Equal ones keep the order given.
    """
    ranked = [(id_, figure) for id_, figure in entries if figure is not None]
    ranked.sort(key=lambda entry: entry[1], reverse=True)
    first_place: dict[Decimal, int] = {}
    for place, (_, figure) in enumerate(ranked, start=1):
        first_place.setdefault(figure, place)
    bearers = Counter(figure for _, figure in ranked)
    return tuple(Place(id_, figure, first_place[figure], len(ranked), bearers[figure] > 1) for id_, figure in ranked)


def _pace(earlier: Count, later: Count) -> Fraction | None:
    days = working_days_between(earlier.on, later.on)
    return Fraction(later.members - earlier.members, days) if days else None


def _two_places(exact: Fraction) -> Decimal:
    """Half up, away from zero; two divisions of whole numbers, so nothing is rounded twice."""
    hundredths = (abs(exact) * 100 + Fraction(1, 2)) // 1
    return (Decimal(int(hundredths)) * (-1 if exact < 0 else 1) / 100).quantize(HUNDREDTH, rounding=ROUND_HALF_UP)
