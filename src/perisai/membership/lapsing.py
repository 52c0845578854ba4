"""Members who fell behind: who they are, and how they are put to sleep, each in one statement."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db import connection

from perisai.kernel import clock
from perisai.membership.models import Member


@dataclass(frozen=True, slots=True)
class Lapsed:
    """A member that a run put to sleep."""

    member_id: UUID
    number: str
    phone: str | None
    office_path: str


def put_to_sleep(unpaid_months: int, on: date) -> list[Lapsed]:
    """In the caller's transaction, after its own door."""
    with connection.cursor() as cursor:
        cursor.execute(_LAPSE, {"months": unpaid_months, "this_month": on.replace(day=1), "now": clock.now()})
        member_ids = [row[0] for row in cursor.fetchall()]
    rows = Member.objects.filter(pk__in=member_ids).select_related("person", "branch")
    return [Lapsed(each.id, each.number, each.person.phone, each.branch.path) for each in rows]


_LAPSE: Final = """
WITH asleep AS (
    UPDATE membership_member SET state = 'inactive'
    WHERE segment = 'bpu' AND state = 'active' AND paid_until < %(this_month)s - make_interval(months => %(months)s)
    RETURNING id, person_id, branch_id, segment, paid_until
), written AS (
    INSERT INTO membership_protectionentry (member_id, branch_id, village_id, segment, "on", change, because, recorded_at)
    SELECT asleep.id, asleep.branch_id, person.village_id, asleep.segment,
        date_trunc('month', asleep.paid_until) + make_interval(months => %(months)s + 1), -1, 'lapsed', %(now)s
    FROM asleep JOIN membership_person person ON person.id = asleep.person_id
)
SELECT id FROM asleep
"""


@dataclass(frozen=True, slots=True)
class Behind:
    """A protected member without an employer whose running month is not paid, and who can be told."""

    member_id: UUID
    number: str
    phone: str
    office_path: str
    paid_until: date


def behind(on: date) -> Iterator[Behind]:
    """One read of all of them, in the order of their numbers."""
    rows = Member.objects.filter(
        segment="bpu", state="active", paid_until__lt=on.replace(day=1), person__phone__isnull=False
    ).order_by("number")
    told = rows.values_list("id", "number", "person__phone", "branch__path", "paid_until")
    for member_id, number, phone, office_path, paid_until in told.iterator(5_000):
        assert phone is not None and paid_until is not None  # asked for above
        yield Behind(member_id, number, phone, office_path, paid_until)
