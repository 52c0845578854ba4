"""How likely an office makes its target: endings of the year drawn from its own last months.

A director can follow it with a deck of cards. Each of the last months is a card with what was won or lost in it; for every
month that is left one card is drawn and put back. That gives one ending of the year. A thousand are drawn, always the same
thousand, and those that reach the target are counted. docs/algorithms/target.md tells how well that would have done.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from perisai.kernel.period import Period
from perisai.rulebook.working_time import working_days_between

DRAWN: Final = 1_000
LEAST_MONTHS: Final = 6
"""Fewer months say too little to draw from."""
_SEED: Final = 1968


@dataclass(frozen=True, slots=True)
class Span:
    """Members at the end of ``on``: a tenth of the endings lie below ``low``, half below ``middle``, a tenth above ``high``."""

    on: date
    low: int
    middle: int
    high: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """``reached`` of ``drawn`` endings of the year make the target; ``path`` holds the month ends ahead, 31 December last."""

    months: int
    drawn: int
    reached: int
    path: tuple[Span, ...]

    @property
    def percent(self) -> int:
        """Whole per cent, half up; 0 and 100 only where no or every ending makes it."""
        rounded = (200 * self.reached + self.drawn) // (2 * self.drawn)
        if 0 < self.reached < self.drawn:
            return min(max(rounded, 1), 99)
        return rounded


@dataclass(frozen=True, slots=True)
class AgentYield:
    """What the agents of an office won lately: ``agents`` who won anybody, ``kept`` members of theirs still protected."""

    agents: int
    kept: int
    months: int

    def of(self, more_agents: int, months: Fraction) -> int:
        """Members that so many more agents like these would win and keep in ``months``, rounded down; 0 without any."""
        if not self.agents:
            return 0
        return int(Fraction(self.kept * more_agents, self.agents * self.months) * months)


def months_ahead(today: date) -> tuple[tuple[date, Fraction], ...]:
    """The month ends after ``today`` in its year, each with the share of its month that is left, in working days."""
    this = Period.of(today)
    ahead = [(Period(today.year, month).last_day, Fraction(1)) for month in range(today.month + 1, 13)]
    days = working_days_between(this.plus(-1).last_day, this.last_day)
    left = Fraction(working_days_between(today, this.last_day), days) if days else Fraction(0)
    return ((this.last_day, left), *ahead) if left else tuple(ahead)


def outlook(
    gains: Sequence[int],
    members: int,
    target: int,
    today: date,
    *,
    more_agents: int = 0,
    lately: AgentYield | None = None,
) -> Outlook | None:
    """Draw the rest of ``today``'s year from ``gains``, the members won (or lost) in each of the last whole months.

    ``more_agents`` who win as ``lately`` says join tomorrow. None with fewer than six months to draw from, or when nothing
    of the year is left.
    """
    ahead = months_ahead(today)
    if len(gains) < LEAST_MONTHS or not ahead:
        return None
    deck = random.Random(_SEED)  # noqa: S311 - a draw that anybody can repeat, not a secret
    endings, months, path = [members] * DRAWN, Fraction(0), []
    for month_end, share in ahead:
        cards = _shares(gains, share)
        endings = [won + card for won, card in zip(endings, deck.choices(cards, k=DRAWN), strict=True)]
        months += share
        helped = lately.of(more_agents, months) if lately else 0
        path.append(_span(month_end, sorted(max(won + helped, 0) for won in endings)))
    return Outlook(len(gains), DRAWN, sum(won + helped >= target for won in endings), tuple(path))


def _shares(gains: Sequence[int], share: Fraction) -> Sequence[int]:
    """A month that has partly gone takes its share of a card, rounded down."""
    return gains if share == 1 else [int(gain * share // 1) for gain in gains]


def _span(on: date, endings: Sequence[int]) -> Span:
    tenth = len(endings) // 10
    return Span(on, endings[tenth], endings[len(endings) // 2], endings[-1 - tenth])
