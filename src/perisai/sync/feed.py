"""What changed since, for one agent: pages of a window of transactions that have all ended.

A transaction's number tells what a clock or a sequence cannot: below the oldest one still running, nothing is in flight.
So a window ends there, and what commits later falls into the next one; a row may come twice, and none is missed. In a
first sync the window begins at nothing.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import connection

from perisai.kernel import clock
from perisai.sync import carried
from perisai.sync.cursor import Cursor, read, written

if TYPE_CHECKING:
    from perisai.sync.models import Device

PAGE: Final = 2_000
"""Items a page: about 200 kB on the wire."""


@dataclass(frozen=True, slots=True)
class Page:
    """``reset``: the phone forgets its copy first. ``more``: it asks again at once."""

    cursor: str
    more: bool
    reset: bool
    items: list[dict[str, Any]]
    removed: list[dict[str, str]]


def page(device: "Device", word: str, language: str) -> Page:
    """The next page for the phone's agent after the cursor ``word``; everything, from the start, without one."""
    horizon, ahead, cluster = _instant()
    cursor = read(word, device.agent_id) if word else None
    reset = cursor is None or cursor.cluster != cluster or max(cursor.since, cursor.until) > ahead
    if cursor is None or reset:
        cursor = Cursor(cluster, until=horizon, beyond=ahead)
    elif not cursor.in_page:
        cursor = Cursor(cluster, since=cursor.since, until=horizon)
    viewer = carried.Viewer(device, clock.today(), language)
    items: list[dict[str, Any]] = []
    for number, kind in enumerate(carried.KINDS[cursor.kind :], start=cursor.kind):
        window = cursor if number == cursor.kind else cursor.at(number)
        rows = kind(viewer, window, PAGE - len(items))
        items += [item for _, _, item in rows]
        if len(items) >= PAGE:
            changed_in, row, _ = rows[-1]
            return _page(written(window.at(number, changed_in, row), device.agent_id), True, reset, items)
    return _page(written(cursor.after, device.agent_id), False, reset, items)


def _page(cursor: str, more: bool, reset: bool, items: list[dict[str, Any]]) -> Page:
    gone = [{"kind": "member", "id": item["id"]} for item in items if item["kind"] == carried.GONE]
    return Page(cursor, more, reset, [item for item in items if item["kind"] != carried.GONE], gone)


_INSTANT: Final = """
SELECT pg_snapshot_xmin(now_in_flight)::text::bigint, pg_snapshot_xmax(now_in_flight)::text::bigint, system_identifier
FROM pg_current_snapshot() AS now_in_flight, pg_control_system()
"""


def _instant() -> tuple[int, int, int]:
    """Read before the rows: under READ COMMITTED the next statement sees everything that had committed by then."""
    with connection.cursor() as cursor:
        cursor.execute(_INSTANT)
        horizon, ahead, cluster = cursor.fetchone()
    return int(horizon), int(ahead), int(cluster)
