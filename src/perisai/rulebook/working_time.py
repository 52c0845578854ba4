"""Working days and working hours of the offices (docs/algorithms/clocks.md).

Days off come from the library ``holidays``; the days of the week and the hours from ``calendar.yaml``.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

from perisai.kernel.errors import Sentence
from perisai.rulebook import book

_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ONE_DAY = timedelta(days=1)
MOST_STEPS = 3660
"""Ten years: a clock that runs longer than that is a mistake of the caller."""


@dataclass(frozen=True, slots=True)
class DayOff:
    """A public holiday, or a day of joint leave. ``estimated``: no decree of its year is known yet."""

    on: date
    name: Sentence
    joint_leave: bool
    estimated: bool


def days_off(year: int) -> tuple[DayOff, ...]:
    """The days off of a year by their names, weekends among them, in order."""
    kinds = book.on(date(year, 12, 31)).words("calendar.days_off")
    leave = {} if "government" not in kinds.value else _named(year, "government", "id")
    english = {**_named(year, "government", "en_US"), **_named(year, "public", "en_US")}
    indonesian = {**leave, **_named(year, "public", "id")}
    return tuple(
        DayOff(
            on,
            Sentence(name, english[on]),
            name == leave.get(on),
            book.on(max(on, book.BEGINS)).words("calendar.days_off").confidence is book.Confidence.LOW,
        )
        for on, name in sorted(indonesian.items())
    )


def _named(year: int, kind: str, language: str) -> dict[date, str]:
    return dict(holidays.country_holidays("ID", years=year, categories=(kind,), language=language))


def is_working_day(day: date) -> bool:
    """Whether offices are open; holidays of years without a decree yet are the library's estimates."""
    law = book.on(day)
    return _WEEK[day.weekday()] in law.words("calendar.workdays").value and day not in _days_off(
        day.year, law.words("calendar.days_off").value
    )


def add_working_days(day: date, n: int) -> date:
    """The ``n``-th working day after ``day`` (n = 0: ``day`` itself, or the next working day). ``n`` at most 2,000."""
    if not 0 <= n <= 2000:
        raise ValueError(f"{n} working days")
    while n or not is_working_day(day):
        day += _ONE_DAY
        if is_working_day(day) and n:
            n -= 1
    return day


def working_days_between(start: date, end: date) -> int:
    """Working days after ``start`` up to and including ``end``; 0 when ``end`` is not later."""
    days = (end - start).days
    if days > MOST_STEPS:
        raise ValueError(f"{days} days is more than ten years")
    return sum(is_working_day(start + timedelta(days=step)) for step in range(1, days + 1))


def working_hours_between(start: datetime, end: datetime, zone: ZoneInfo) -> timedelta:
    """Office time that passed between two instants (aware), in the office's ``zone``; zero when ``end`` is earlier."""
    start, end = start.astimezone(zone), end.astimezone(zone)
    days = (end.date() - start.date()).days
    if days > MOST_STEPS:
        raise ValueError(f"{days} days is more than ten years")
    passed = timedelta(0)
    for step in range(days + 1):
        opens, closes = _office_hours(start.date() + timedelta(days=step), zone)
        passed += max(min(closes, end) - max(opens, start), timedelta(0))
    return passed


def due_after_working_hours(start: datetime, hours: int, zone: ZoneInfo) -> datetime:
    """The instant (in ``zone``) at which ``hours`` of office time have passed since ``start``; never outside hours."""
    if not 0 <= hours <= 1000:
        raise ValueError(f"{hours} working hours")
    left = timedelta(hours=hours)
    moment = start.astimezone(zone)
    for step in range(MOST_STEPS):
        opens, closes = _office_hours(moment.date() + timedelta(days=step), zone)
        begins = max(opens, moment)
        if begins < closes and begins + left <= closes:
            return begins + left
        left -= max(closes - begins, timedelta(0))
    raise ValueError(f"no end of {hours} working hours within ten years")


def _office_hours(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Opening and closing instant; on a day off both are the same."""
    law = book.on(day)
    opens = datetime.combine(day, law.value("calendar.opens", time).value, zone)
    if not is_working_day(day):
        return opens, opens
    return opens, datetime.combine(day, law.value("calendar.closes", time).value, zone)


@cache
def _days_off(year: int, kinds: tuple[str, ...]) -> frozenset[date]:
    return frozenset(holidays.country_holidays("ID", years=year, categories=kinds))
