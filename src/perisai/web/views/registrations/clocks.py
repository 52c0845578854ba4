"""The branch's promises as clocks: how much working time is left."""

import math
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from perisai import rulebook
from perisai.kernel import clock
from perisai.membership.rules import WAITS_FOR_OFFICE
from perisai.rulebook import working_time

_COUNTED: Final = timedelta(days=45)
"""Longer ago than this hours say nothing any more, and the day it was due is told instead."""


@dataclass(frozen=True, slots=True)
class Verification:
    """``left`` whole working hours (negative when late); None with ``due_on`` when that was long ago."""

    total: int
    left: int | None
    due_on: date | None = None

    @property
    def late(self) -> bool:
        return self.left is None or self.left < 0


def verification(registration: Any) -> Verification | None:
    """The clock of a registration that waits for the office; None for any other."""
    if registration.state not in WAITS_FOR_OFFICE:
        return None
    zone = ZoneInfo(registration.branch.timezone)
    return verification_since(registration.submitted_at, zone)


def verification_since(submitted_at: datetime, zone: ZoneInfo) -> Verification:
    """Working hours from the referral to the decision (rulebook: service.verification_working_hours)."""
    now = clock.now()
    total = rulebook.on(now.astimezone(zone).date()).whole("service.verification_working_hours").value
    if now - submitted_at > _COUNTED:
        return Verification(total, None, working_time.due_after_working_hours(submitted_at, total, zone).date())
    left = total - working_time.working_hours_between(submitted_at, now, zone) / timedelta(hours=1)
    return Verification(total, math.ceil(left) if left > 0 else math.floor(left))


def card_days(joined_on: date, today: date) -> tuple[int, int]:
    """Working days left until the card must be out, and how many there were (rulebook: service.card_working_days)."""
    total = rulebook.on(today).whole("service.card_working_days").value
    counted_from = max(joined_on, today - timedelta(days=365))
    return total - working_time.working_days_between(counted_from, today), total
