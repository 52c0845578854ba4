"""How long a row of wrong passwords keeps an account shut."""

from datetime import timedelta
from typing import Final

FAILURES_BEFORE_LOCK: Final = 5
FIRST_LOCK: Final = timedelta(minutes=15)
LONGEST_LOCK: Final = timedelta(hours=8)


def lock_for(failures: int) -> timedelta:
    """Nothing for the first four failures in a row, then 15 minutes, doubling with each further one up to 8 hours."""
    if failures < FAILURES_BEFORE_LOCK:
        return timedelta(0)
    doublings = min(failures - FAILURES_BEFORE_LOCK, 10)
    wait: timedelta = FIRST_LOCK * 2**doublings
    return min(wait, LONGEST_LOCK)
