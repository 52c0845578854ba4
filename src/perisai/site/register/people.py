"""Drawing people: names, births, numbers, work. The same generator gives the same people."""

from bisect import bisect
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import accumulate
from typing import Final, Generic, TypeVar

from perisai.kernel import names
from perisai.site.register import words
from perisai.site.register.figures import REPORTED_ON

T = TypeVar("T")
Draw = Callable[[], float]
"""``Random.random``: from 0 to below 1."""
Name = tuple[str, str, str]
"""As the card spells it, ``names.search_key`` of it, ``names.heard_as`` of it."""

SEXES: Final = ("m", "f")
FIRST_SERIAL: Final = 9001
"""No real NIK gets that far in one district and on one day: nobody's number is in the register."""


class Wheel(Generic[T]):
    """Draws values by weight."""

    def __init__(self, weighted: Sequence[tuple[T, float]]) -> None:
        self._values = [value for value, _ in weighted]
        self._bounds = list(accumulate(weight for _, weight in weighted))
        self._whole = self._bounds[-1]

    def draw(self, random: Draw) -> T:
        return self._values[bisect(self._bounds, random() * self._whole)]


def _spelt(word: str) -> Name:
    return word, names.search_key(word), names.heard_as(word)


_GIVEN: Final = {key: tuple(map(_spelt, said)) for key, said in words.GIVEN.items()}
_FAMILY: Final = {people: tuple(map(_spelt, said)) for people, said in words.FAMILY.items()}
PEOPLES: Final = {province: Wheel(shares) for province, shares in words.PEOPLES.items()}
OCCUPATIONS: Final = {place: Wheel(shares) for place, shares in words.OCCUPATIONS.items()}


def draw_name(random: Draw, people: str, sex: str) -> Name:
    """One or two given names and, as often as the people has it, a family's. Key and sound are made word by word."""
    given = _GIVEN[people, sex]
    first = given[int(random() * len(given))]
    shown, key, heard = first
    if random() < words.SECOND_SHARE[people]:
        second = given[int(random() * len(given))]
        if second is not first:
            shown, key, heard = f"{shown} {second[0]}", f"{key} {second[1]}", f"{heard} {second[2]}"
    if random() < words.FAMILY_SHARE[people]:
        family = _FAMILY[people]
        last = family[int(random() * len(family))]
        shown, key, heard = f"{shown} {last[0]}", f"{key} {last[1]}", f"{heard} {last[2]}"
    return shown, key, heard


# --- births and NIK ----------------------------------------------------------------------------------------------

_OLDEST: Final = date(1961, 1, 1)
_BIRTHS: Final = tuple(
    (day.isoformat(), {"m": f"{day:%d%m%y}", "f": f"{day.day + 40:02d}{day:%m%y}"})
    for day in (_OLDEST + timedelta(days=step) for step in range((date(1999, 9, 30) - _OLDEST).days + 1))
)
_ADULTS: Final = {year: (date(year - 18, 1, 1) - _OLDEST).days for year in range(2010, 2018)}


def draw_birth(random: Draw, sex: str, joined_year: int) -> tuple[str, str]:
    """ISO date and the six digits of the NIK of somebody between 18 and 56 in that year; the middle ages are many."""
    iso, digits = _BIRTHS[int((random() + random()) / 2 * _ADULTS[joined_year])]
    return iso, digits[sex]


class Niks:
    """NIK of one district after another, each once: place, birth (woman: day + 40), a serial from ``FIRST_SERIAL``."""

    def __init__(self) -> None:
        self._given: dict[str, int] = {}

    def next(self, district: str, born: str) -> str:
        begins = district + born
        serial = self._given[begins] = self._given.get(begins, FIRST_SERIAL - 1) + 1
        return f"{begins}{serial}"


# --- joining -----------------------------------------------------------------------------------------------------

_STOCK: Final = 0.55
_STOCK_FROM: Final = date(2010, 1, 1)
_GROWTH_FROM: Final = date(2015, 1, 1)


def _join_days() -> list[tuple[str, float]]:
    """Working days with weights: 55 % joined before 2015, the rest grows month by month, more at the end of a year."""
    old, new = [], []
    for step in range((REPORTED_ON - _STOCK_FROM).days + 1):
        day = _STOCK_FROM + timedelta(days=step)
        if day.weekday() > 4:
            continue
        if day < _GROWTH_FROM:
            old.append((day.isoformat(), 1.0))
        else:
            years = (day - _GROWTH_FROM).days / 365
            new.append((day.isoformat(), (1 + 0.25 * years) * (1.5 if day.month in (11, 12) else 1.0)))
    whole = sum(weight for _, weight in new)
    return [(day, _STOCK / len(old)) for day, _ in old] + [(day, (1 - _STOCK) * weight / whole) for day, weight in new]


_DAYS: Final = _join_days()
JOIN_DAYS: Final = tuple(day for day, _ in _DAYS)
_JOIN_BOUNDS: Final = list(accumulate(weight for _, weight in _DAYS))


def draw_join_day(random: Draw) -> int:
    """A place in ``JOIN_DAYS``."""
    return bisect(_JOIN_BOUNDS, random() * _JOIN_BOUNDS[-1], 0, len(_DAYS) - 1)
