"""Counting members by office, regency and day: rolled up so far, plus what was written since.

This is the one place outside membership that reads ``membership_protectionentry`` in bulk. Every entry carries the id of
the transaction that wrote it. The mark is a transaction id below which every transaction had ended when the tally was
last rolled up; entries at or above it are counted from the table itself. So no entry is missed or counted twice, however
late its transaction commits.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from typing import Any, Final

from django.db import connection

from perisai.kernel.period import Period

# A month's sum stands at its first day, which is exact for every day asked that does not lie inside the month; the months
# in which one does ("open") are read day by day.
_READ: Final = """
SELECT branch_id, regency_code, segment, width_bucket("on", %(after)s::date[]) AS span, sum(change)::bigint
FROM (
    SELECT branch_id, regency_code, segment, month AS "on", change
    FROM targets_monthtally
    WHERE branch_id = ANY(%(branches)s) AND month <= %(last)s AND month <> ALL(%(open)s::date[])
    UNION ALL
    SELECT branch_id, regency_code, segment, "on", change
    FROM unnest(%(open)s::date[]) AS open (month)
    JOIN targets_tally ON "on" >= open.month AND "on" < open.month + interval '1 month'
    WHERE branch_id = ANY(%(branches)s) AND "on" <= %(last)s
    UNION ALL
    SELECT entry.branch_id, left(village.code, 5), entry.segment, entry."on", entry.change
    FROM membership_protectionentry entry JOIN regions_region village ON village.id = entry.village_id
    WHERE entry.recorded_in >= COALESCE((SELECT rolled_below FROM targets_tallymark), 0)
        AND entry.branch_id = ANY(%(branches)s) AND entry."on" <= %(last)s
) step
GROUP BY branch_id, regency_code, segment, span
"""

_ROLL: Final = """
WITH fresh AS (
    SELECT entry.branch_id, left(village.code, 5) AS regency_code, entry.segment, entry."on", sum(entry.change) AS change
    FROM membership_protectionentry entry JOIN regions_region village ON village.id = entry.village_id
    WHERE entry.recorded_in >= %(mark)s AND entry.recorded_in < %(horizon)s
    GROUP BY 1, 2, 3, 4
), months AS (
    INSERT INTO targets_monthtally (branch_id, regency_code, segment, month, change)
    SELECT branch_id, regency_code, segment, date_trunc('month', "on")::date, sum(change) FROM fresh GROUP BY 1, 2, 3, 4
    ON CONFLICT (month, branch_id, segment, regency_code)
        DO UPDATE SET change = targets_monthtally.change + excluded.change
)
INSERT INTO targets_tally (branch_id, regency_code, segment, "on", change)
SELECT branch_id, regency_code, segment, "on", change FROM fresh
ON CONFLICT ("on", branch_id, segment, regency_code) DO UPDATE SET change = targets_tally.change + excluded.change
"""


@dataclass(frozen=True, slots=True)
class Counts:
    """Members protected at the end of each of ``days`` (ascending), by (branch, regency, segment)."""

    days: tuple[date, ...]
    by_place: dict[tuple[int, str, str], tuple[int, ...]]

    def on(self, day: date, segment: str, branch_ids: Iterable[int]) -> int:
        """``day`` is one of ``days``."""
        place, branches = bisect_left(self.days, day), set(branch_ids)
        return sum(
            members[place]
            for (branch, _, which), members in self.by_place.items()
            if which == segment and branch in branches
        )

    def has_entries(self, segment: str, branch_ids: Iterable[int]) -> bool:
        """Whether anybody was ever protected there up to the last of ``days``."""
        branches = set(branch_ids)
        return any(which == segment and branch in branches for branch, _, which in self.by_place)

    def by_regency(self, branch_ids: Iterable[int]) -> dict[tuple[str, str], int]:
        """Members on the last of ``days`` by (regency, segment)."""
        found: dict[tuple[str, str], int] = {}
        branches = set(branch_ids)
        for (branch, regency, segment), members in self.by_place.items():
            if branch in branches:
                found[regency, segment] = found.get((regency, segment), 0) + members[-1]
        return found


def counts(branch_ids: Sequence[int], days: Iterable[date]) -> Counts:
    """One statement, so that tally, mark and tail are of one instant."""
    ends = tuple(sorted(set(days)))
    given: dict[str, Any] = {
        "branches": list(branch_ids),
        "after": [end + timedelta(days=1) for end in ends],
        "last": ends[-1],
        "open": sorted({end.replace(day=1) for end in ends if end != Period.of(end).last_day}),
    }
    changes: dict[tuple[int, str, str], list[int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_READ, given)
        for branch, regency, segment, span, change in cursor.fetchall():
            changes.setdefault((branch, regency, segment), [0] * len(ends))[span] = int(change)
    return Counts(ends, {place: tuple(accumulate(steps)) for place, steps in changes.items()})


def roll_up() -> int:
    """Add what ended transactions wrote since the last time; how many places and days that touched.

    Runs in the caller's transaction, which holds the mark. The horizon is read before the entries: under READ COMMITTED
    the next statement sees everything that had committed by then.
    """
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO targets_tallymark (id, rolled_below) VALUES (1, 0) ON CONFLICT DO NOTHING")
        cursor.execute("SELECT rolled_below FROM targets_tallymark FOR UPDATE")
        (mark,) = cursor.fetchone()
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        (horizon,) = cursor.fetchone()
        if mark > horizon:
            # The database came from another cluster, whose transactions had other numbers: count everything anew. What
            # was written under higher numbers stays in the tail until this cluster has passed them: slower, never wrong.
            cursor.execute("DELETE FROM targets_tally")
            cursor.execute("DELETE FROM targets_monthtally")
            mark = 0
        cursor.execute(_ROLL, {"mark": mark, "horizon": horizon})
        touched = int(cursor.rowcount)
        cursor.execute("UPDATE targets_tallymark SET rolled_below = %s", [horizon])
    return touched
