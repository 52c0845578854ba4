"""A contribution month."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

_WRITTEN = re.compile(r"([0-9]{4})-([0-9]{2})")


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """One calendar month; ordered, hashable, with month arithmetic."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not (1900 <= self.year <= 2999 and 1 <= self.month <= 12):
            raise ValueError(f"not a month: {self.year}-{self.month}")

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> Self:
        """``2026-04``. Raises ValueError for anything else."""
        match = _WRITTEN.fullmatch(text)
        if match is None:
            raise ValueError(f"a month is written YYYY-MM, not {text!r}")
        return cls(int(match[1]), int(match[2]))

    def plus(self, months: int) -> "Period":
        years, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return Period(years, month + 1)

    @property
    def next(self) -> "Period":
        return self.plus(1)

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        return self.next.first_day - timedelta(days=1)

    def months_until(self, other: "Period") -> int:
        """How many months ``other`` lies after this one; negative when before."""
        return (other.year - self.year) * 12 + other.month - self.month

    def run(self, months: int) -> Iterator["Period"]:
        """This month and the ones after it, ``months`` in all."""
        return (self.plus(step) for step in range(months))

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"
