"""The one place that reads the time.

The demo story lives once in October 2017 and once today, so everything asks here and the story turns the hands.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

WIB = ZoneInfo("Asia/Jakarta")
_turned: ContextVar[timedelta] = ContextVar("perisai_clock_turned", default=timedelta(0))


def now() -> datetime:
    """This instant, in UTC."""
    return datetime.now(UTC) + _turned.get()


def today(zone: ZoneInfo = WIB) -> date:
    """The business date in the office's zone: Asia/Jakarta, Asia/Makassar or Asia/Jayapura."""
    return now().astimezone(zone).date()


@contextmanager
def turned_to(instant: datetime) -> Iterator[None]:
    """Inside, the clock shows ``instant`` (aware) and runs on from there."""
    token = _turned.set(instant - datetime.now(UTC))
    try:
        yield
    finally:
        _turned.reset(token)
