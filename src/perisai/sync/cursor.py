"""The cursor of the changes feed: a watermark of transaction numbers, and a place in the page that is being handed out.

Opaque to phones, and checked: what is not ours, another agent's, or another cluster's is unknown, and the phone begins anew.
"""

import base64
import hmac
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from perisai.vault import blind_index

_CONTEXT: Final = "sync.cursor"
_CHECK_BYTES: Final = 9
NEVER: Final = 2**63 - 1
"""A transaction number that no cluster reaches."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """Everything below ``since`` is on the phone. While pages are left, the window is ``since <= changed_in < until``.

    ``beyond`` is, in a first sync, the first number that this cluster has not used: rows above it were restored from
    another one and are old. ``kind``, ``changed_in`` and ``row`` say which row was handed out last.
    """

    cluster: int
    since: int = 0
    until: int = 0
    beyond: int = NEVER
    kind: int = 0
    changed_in: int = -1
    row: str = ""

    @property
    def in_page(self) -> bool:
        return self.until > 0

    def at(self, kind: int, changed_in: int = -1, row: str = "") -> "Cursor":
        return replace(self, kind=kind, changed_in=changed_in, row=row)

    @property
    def after(self) -> "Cursor":
        """The whole window is on the phone."""
        return Cursor(self.cluster, since=self.until)


def written(cursor: Cursor, agent_id: UUID) -> str:
    """The cursor as one word of ASCII."""
    text = " ".join(
        str(part)
        for part in (
            cursor.cluster, cursor.since, cursor.until, cursor.beyond, cursor.kind, cursor.changed_in, cursor.row,
        )
    )  # fmt: skip
    return base64.urlsafe_b64encode(_check(text, agent_id) + text.encode()).rstrip(b"=").decode()


def read(word: str, agent_id: UUID) -> Cursor | None:
    """None for a word that we did not write for this agent."""
    try:
        raw = base64.b64decode(word + "=" * (-len(word) % 4), altchars=b"-_", validate=True)
        check, text = raw[:_CHECK_BYTES], raw[_CHECK_BYTES:].decode("ascii")
    except ValueError:
        return None
    if not hmac.compare_digest(check, _check(text, agent_id)):
        return None
    *numbers, row = text.split(" ")
    cluster, since, until, beyond, kind, changed_in = (int(number) for number in numbers)
    return Cursor(cluster, since, until, beyond, kind, changed_in, row)


def _check(text: str, agent_id: UUID) -> bytes:
    return blind_index(f"{agent_id} {text}", context=_CONTEXT)[:_CHECK_BYTES]
