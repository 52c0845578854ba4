"""Once only, in order, by whose clock: what the porter decides without a database."""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any, Final

from perisai.kernel.errors import Code, Refused

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


# --- pictures ----------------------------------------------------------------------------------------------------

MOST_PICTURE_BYTES: Final = 400 * 1024
PICTURES: Final = {"image/jpeg": b"\xff\xd8\xff", "image/png": b"\x89PNG\r\n\x1a\n"}
"""Media types, and how a content of that type begins."""
_RANGE: Final = re.compile(r"bytes (\d{1,9})-(\d{1,9})/(\d{1,9})")


@dataclass(frozen=True, slots=True)
class Span:
    """``Content-Range``: the piece holds the bytes ``first`` to ``last`` of ``total``."""

    first: int
    last: int
    total: int


def span_of(header: str, length: int) -> Span:
    """Raises Refused(BLOB_PIECE_WRONG | BLOB_TOO_LARGE) for a span that is none, or that the piece does not fill."""
    match = _RANGE.fullmatch(header.strip())
    span = Span(*(int(part) for part in match.groups())) if match else None
    if span is None or not span.first <= span.last < span.total or span.last - span.first + 1 != length:
        raise Refused(Code.BLOB_PIECE_WRONG, field="Content-Range")
    if span.total > MOST_PICTURE_BYTES:
        raise Refused(Code.BLOB_TOO_LARGE, kilobytes=MOST_PICTURE_BYTES // 1024)
    return span


def wrong_with(content: bytes, name: str, media_type: str) -> Code | None:
    """What keeps a whole content from being the picture that it is said to be."""
    if hashlib.sha256(content).hexdigest() != name:
        return Code.BLOB_DAMAGED
    return None if content.startswith(PICTURES[media_type]) else Code.BLOB_NOT_PICTURE
