"""Once only, in order, by whose clock: what the porter decides without a database."""

import hashlib
import json
from datetime import timedelta
from enum import StrEnum
from typing import Any, Final

MOST_COMMANDS: Final = 200
MOST_BYTES: Final = 1024 * 1024
MOST_OPEN_BYTES: Final = 8 * 1024 * 1024
CLOCK_MAY_DIFFER: Final = timedelta(minutes=10)
"""A phone's clock that is further off is recorded with the device and shown on both sides."""
FURTHEST_SECONDS: Final = 2_000_000_000
"""A clock that is further off is off by so much: what the column holds."""
CONTACT_STEP: Final = timedelta(minutes=1)
"""A device's last contact is written at most so often."""


class Outcome(StrEnum):
    """What became of a command (docs/sync.md); ``held`` alone is not kept, the phone sends it again."""

    ACCEPTED = "accepted"
    IN_REVIEW = "in_review"
    REFUSED = "refused"
    HELD = "held"
    MISUSE = "misuse"


KEPT: Final = (Outcome.ACCEPTED, Outcome.IN_REVIEW, Outcome.REFUSED, Outcome.MISUSE)


def digest(command: dict[str, Any]) -> bytes:
    """32 bytes that are equal for commands that say the same, in whatever order their fields were written."""
    canonical = json.dumps(command, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).digest()


def clock_is_off(skew_seconds: int | None) -> bool:
    """Whether a phone's clock, so many seconds ahead (or behind, negative), is too far off to be left unsaid."""
    return skew_seconds is not None and abs(skew_seconds) > CLOCK_MAY_DIFFER.total_seconds()
