"""Years that never were, told in advance: how often what was given so many per cent came true.

Five kinds of office, invented, each with its own law of winning members; nobody who forecasts knows it. For every year of
every kind the outlook is asked at the ends of June and September against a target drawn around what the kind wins in a
usual year, and then the year is played to its end.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from perisai.targets.rules import Count, expected_at_year_end, outlook

KINDS: Final = ("steady", "uneven", "harvest", "growing", "fading")
YEARS: Final = 60
BUCKETS: Final = (0, 10, 30, 50, 70, 90, 101)
YEAR: Final = 2019
_HARVEST: Final = (6, 8, 10, 16, 14, 8, 6, 6, 10, 16, 12, 8)


@dataclass(frozen=True, slots=True)
class Told:
    percent: int
    pace_says_yes: bool
    made: bool


def tell_all() -> list[Told]:
    deck = random.Random(20171030)
    return [told for kind in KINDS for _ in range(YEARS) for told in _year(kind, deck)]


def buckets(told: list[Told]) -> Iterator[tuple[str, int, int, int]]:
    """Name, how many were told so, their mean per cent, and how many per cent of them came true."""
    for low, high in pairwise(BUCKETS):
        inside = [each for each in told if low <= each.percent < high]
        if inside:
            said = round(sum(each.percent for each in inside) / len(inside))
            made = round(100 * sum(each.made for each in inside) / len(inside))
            yield f"{low} to {high - 1}", len(inside), said, made


def brier(told: list[Told]) -> tuple[float, float]:
    """The mean squared error of the outlook, and of saying 100 when the pace of 90 days reaches the target, else 0."""
    ours = sum((each.percent / 100 - each.made) ** 2 for each in told) / len(told)
    pace = sum((each.pace_says_yes - each.made) ** 2 for each in told) / len(told)
    return ours, pace


def _year(kind: str, deck: random.Random) -> Iterator[Told]:
    won = [_won(kind, month, deck) for month in range(24)]
    usual = sum(_mean(kind, month) for month in range(12, 24))
    target = 1000 + int(usual * deck.uniform(0.85, 1.15))
    ending = 1000 + sum(won[12:])
    for month, day in ((6, date(YEAR, 6, 30)), (9, date(YEAR, 9, 30))):
        members = 1000 + sum(won[12 : 12 + month])
        seen = outlook(won[month : 12 + month], members, target, day)
        assert seen is not None
        quarter = Count(date(YEAR, month - 3, 28), members - sum(won[9 + month : 12 + month]))
        expected = expected_at_year_end(quarter, Count(day, members))
        assert expected is not None
        yield Told(seen.percent, expected >= target, ending >= target)


def _mean(kind: str, month: int) -> float:
    return {
        "steady": 100.0,
        "uneven": 100.0,
        "harvest": 10.0 * _HARVEST[month % 12],
        "growing": 80.0 * 1.02**month,
        "fading": 130.0 * 0.98**month,
    }[kind]


def _won(kind: str, month: int, deck: random.Random) -> int:
    if kind == "uneven":
        return 400 if deck.random() < 0.2 else deck.randint(0, 50)
    return max(round(deck.gauss(_mean(kind, month), 25)), -20)
