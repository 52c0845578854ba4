"""What an agent's phone carries, kind by kind, in the order in which a phone needs it (docs/sync.md).

This is the one place that reads tables of lower rooms for the phones: a statement a kind, each of one agent's rows in one
window of transactions, in the order of their change. Everything here is of the viewer's own agent; there is no other door.
"""

import hmac
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.db import connection

from perisai.certification import selectors as certification
from perisai.contributions import selectors as contributions
from perisai.incentives import standing as incentives
from perisai.kernel.nik import mask
from perisai.kernel.period import Period
from perisai.membership import tokens
from perisai.notices import kinds as notices
from perisai.sync.cursor import Cursor
from perisai.vault import unseal

if TYPE_CHECKING:
    from perisai.sync.models import Device

GONE: Final = "gone"
_TAG_CHARACTERS: Final = 24
_NIL: Final = "00000000-0000-0000-0000-000000000000"

Carried = list[tuple[int, str, dict[str, Any]]]
"""Rows as (transaction, row id, item), in that order: where the next page goes on."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """The phone, the day, and the reader's language."""

    device: "Device"
    today: date
    language: str

    @property
    def a_year_ago(self) -> date:
        """Months, lines, referrals and messages from before are history that stays in the office."""
        return Period.of(self.today).plus(-11).first_day

    def tag(self, nik: str) -> str:
        """How this phone, and no other, recognises a NIK that is typed in full."""
        return hmac.digest(bytes(self.device.salt), nik.encode(), "sha256").hex()[:_TAG_CHARACTERS]


Kind = Callable[[Viewer, Cursor, int], Carried]
"""At most so many rows of the cursor's window after its place."""


def _rows(statement: str, viewer: Viewer, window: Cursor, most: int, start: str = _NIL) -> list[tuple[Any, ...]]:
    """``{window:column}`` becomes the test that a row was written in the window."""
    whole = window.since == 0
    test = "({0} < %(until)s OR {0} >= %(beyond)s)" if whole else "({0} >= %(since)s AND {0} < %(until)s)"
    given = {
        "agent": viewer.device.agent_id,
        "user": viewer.device.agent.user_id,
        "branch": viewer.device.agent.branch_id,
        "today": viewer.today,
        "year": viewer.a_year_ago,
        "whole": whole,
        "since": window.since,
        "until": window.until,
        "beyond": window.beyond,
        "changed_in": window.changed_in,
        "row": window.row or start,
        "most": most,
    }
    for column in _COLUMNS_TESTED:
        statement = statement.replace(f"{{in_window {column}}}", test.format(column))
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return list(cursor.fetchall())


_COLUMNS_TESTED: Final = ("m.changed_in", "c.changed_in", "l.changed_in", "h.changed_in", "n.changed_in", "place")


# --- the agent and the territory ---------------------------------------------------------------------------------


def _agent(viewer: Viewer, window: Cursor, most: int) -> Carried:
    """Always: it changes with the day."""
    if window.changed_in >= 0:
        return []
    agent, period = viewer.device.agent, Period.of(viewer.today)
    papers = certification.papers_of_agents([agent.id], viewer.today)[agent.id]
    received = contributions.totals_of_agents([agent.id], period.first_day, period.next.first_day).get(agent.id)
    counted, threshold = incentives.month_so_far(agent.id, period)
    item = {
        "kind": "agent",
        "id": str(agent.id),
        "number": agent.number,
        "name": agent.name,
        "branch_code": agent.branch.code,
        "branch_name": agent.branch.name,
        "wadah_name": agent.wadah.name,
        "village_code": agent.village.code,
        "state": agent.state,
        "certificate_until": _day(papers.certificate_until),
        "letter_until": _day(papers.letter_until),
        "pks_until": _day(papers.pks_until),
        "may_act": papers.standing.may_act,
        "lacks": [each.value for each in papers.standing.lacks],
        "new_members": counted,
        "threshold": threshold,
        "received_idr": received.total_idr if received else 0,
    }
    return [(0, "", item)]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


# The villages are walked only when a region or the territory changed: the longest code decides who serves one.
_VILLAGES: Final = """
SELECT place, id, code, name, path_names FROM (
    SELECT GREATEST(v.changed_in, t.changed_in) AS place, v.id, v.code, v.name, v.path_names
    FROM organisation_territory t
    JOIN regions_region top ON top.id = t.region_id
    JOIN regions_region v ON v.level = 'village' AND v.is_current
        AND (v.code = top.code OR (v.code ~>=~ (top.code || '.') AND v.code ~<~ (top.code || '/')))
    WHERE t.office_id = %(branch)s AND t.during @> %(today)s::date
        AND (%(whole)s OR EXISTS (SELECT FROM regions_region m WHERE {in_window m.changed_in})
            OR EXISTS (SELECT FROM organisation_territory m WHERE {in_window m.changed_in}))
        AND NOT EXISTS (
            SELECT FROM organisation_territory nearer JOIN regions_region low ON low.id = nearer.region_id
            WHERE nearer.during @> %(today)s::date AND nearer.office_id <> t.office_id
                AND low.code LIKE top.code || '.%%' AND (v.code = low.code OR v.code LIKE low.code || '.%%')
        )
) village
WHERE {in_window place} AND (place, id) > (%(changed_in)s, %(row)s::bigint)
ORDER BY place, id LIMIT %(most)s
"""


def _villages(viewer: Viewer, window: Cursor, most: int) -> Carried:
    return [
        (place, str(row), {"kind": "village", "id": code, "code": code, "name": name, "path": path})
        for place, row, code, name, path in _rows(_VILLAGES, viewer, window, most, "0")
    ]


# --- members -----------------------------------------------------------------------------------------------------

_GONE: Final = """
SELECT h.changed_in, h.id::text, h.member_id::text
FROM membership_handover h JOIN membership_member m ON m.id = h.member_id
WHERE h.from_agent_id = %(agent)s AND m.agent_id IS DISTINCT FROM %(agent)s AND NOT %(whole)s
    AND {in_window h.changed_in} AND (h.changed_in, h.id) > (%(changed_in)s, %(row)s::uuid)
ORDER BY h.changed_in, h.id LIMIT %(most)s
"""


def _gone(viewer: Viewer, window: Cursor, most: int) -> Carried:
    """Members who passed to somebody else; a phone that begins anew has nobody to forget."""
    rows = _rows(_GONE, viewer, window, most)
    return [(place, row, {"kind": GONE, "id": member}) for place, row, member in rows]


_MEMBERS: Final = """
SELECT m.changed_in, m.id::text, m.number, p.name, p.name_key, p.nik, p.phone, p.address, v.code, v.name, p.occupation,
    m.income_idr, m.programmes, m.state, m.joined_on::text, m.protected_from::text, m.paid_until::text,
    COALESCE((
        SELECT CASE WHEN l.agent_id = m.agent_id AND l.received_on >= m.managed_since THEN l.managed_month END
        FROM contributions_contributionline l
        WHERE l.member_id = m.id AND l.month = date_trunc('month', m.paid_until)::date ORDER BY l.turn DESC LIMIT 1
    ), 0), p.version
FROM membership_member m
JOIN membership_person p ON p.id = m.person_id
JOIN regions_region v ON v.id = p.village_id
WHERE m.agent_id = %(agent)s AND {in_window m.changed_in} AND (m.changed_in, m.id) > (%(changed_in)s, %(row)s::uuid)
ORDER BY m.changed_in, m.id LIMIT %(most)s
"""
_MEMBER_FIELDS: Final = (
    "number", "name", "name_key", "nik", "phone", "address", "village_code", "village_name", "occupation", "income_idr",
    "programmes", "state", "joined_on", "protected_from", "paid_until", "managed_months", "version",
)  # fmt: skip


def _members(viewer: Viewer, window: Cursor, most: int) -> Carried:
    found: Carried = []
    for place, row, *facts in _rows(_MEMBERS, viewer, window, most):
        item = dict(zip(_MEMBER_FIELDS, facts, strict=True))
        nik, phone = item.pop("nik"), item["phone"]
        plain = unseal(bytes(nik), context="membership.person.nik")
        item["phone"] = unseal(bytes(phone), context="membership.person.phone") if phone else ""
        item |= {"kind": "member", "id": row, "nik_masked": mask(plain), "nik_tag": viewer.tag(plain)}
        found.append((place, row, item))
    return found


# A phone that begins anew needs the open codes only; later it hears what became of them. A member who is handed over
# brings the open code along.
_CODES: Final = """
SELECT place, id::text, member_id::text, code, amount_idr, months, first_month::text, state, expires_at FROM (
    SELECT c.changed_in AS place, c.* FROM contributions_paymentcode c JOIN membership_member m ON m.id = c.member_id
    WHERE m.agent_id = %(agent)s AND {in_window c.changed_in} AND (c.state = 'open' OR NOT %(whole)s)
    UNION ALL
    SELECT h.changed_in, c.* FROM membership_handover h
    JOIN membership_member m ON m.id = h.member_id AND m.agent_id = h.to_agent_id
    JOIN contributions_paymentcode c ON c.member_id = m.id AND c.state = 'open'
    WHERE h.to_agent_id = %(agent)s AND {in_window h.changed_in} AND NOT %(whole)s
) code
WHERE (place, id) > (%(changed_in)s, %(row)s::uuid)
ORDER BY place, id LIMIT %(most)s
"""


def _codes(viewer: Viewer, window: Cursor, most: int) -> Carried:
    return [
        (
            place,
            row,
            {
                "kind": "code",
                "id": row,
                "member_id": member,
                "code": code,
                "amount_idr": amount_idr,
                "months": months,
                "first_month": first_month,
                "state": state,
                "expires_at": expires_at.isoformat(),
            },
        )
        for place, row, member, code, amount_idr, months, first_month, state, expires_at in _rows(
            _CODES, viewer, window, most
        )
    ]


_MONTHS: Final = """
SELECT place, line.id::text, line.member_id::text, line.month::text, line.total_idr, line.received_on::text,
    payment.receipt_number
FROM (
    SELECT l.changed_in AS place, l.* FROM membership_member m JOIN contributions_contributionline l ON l.member_id = m.id
    WHERE m.agent_id = %(agent)s AND {in_window l.changed_in} AND l.month >= %(year)s
        AND (%(whole)s OR l.agent_id = %(agent)s)
    UNION ALL
    SELECT h.changed_in, l.* FROM membership_handover h
    JOIN membership_member m ON m.id = h.member_id AND m.agent_id = h.to_agent_id
    JOIN contributions_contributionline l ON l.member_id = m.id AND l.month >= %(year)s
    WHERE h.to_agent_id = %(agent)s AND {in_window h.changed_in} AND NOT %(whole)s
) line
LEFT JOIN contributions_payment payment ON payment.id = line.payment_id
WHERE (place, line.id) > (%(changed_in)s, %(row)s::bigint)
ORDER BY place, line.id LIMIT %(most)s
"""


def _months(viewer: Viewer, window: Cursor, most: int) -> Carried:
    return [
        (
            place,
            row,
            {
                "kind": "month",
                "id": row,
                "member_id": member,
                "month": month,
                "total_idr": total_idr,
                "received_on": received_on,
                "receipt_number": receipt_number,
            },
        )
        for place, row, member, month, total_idr, received_on, receipt_number in _rows(
            _MONTHS, viewer, window, most, "0"
        )
    ]


# --- referrals ---------------------------------------------------------------------------------------------------

# A new code for an approved referral changes the code alone, so both rows decide when it is told.
_REGISTRATIONS: Final = """
SELECT place, id::text, reference, state, name, nik, born_on::text, village_code, occurred_on::text, submitted_at,
    decided_at, decision_note, doubts, member_id::text, code, amount_idr, expires_at
FROM (
    SELECT GREATEST(m.changed_in, c.changed_in) AS place, m.*, v.code AS village_code, c.code, c.amount_idr, c.expires_at
    FROM membership_registration m
    JOIN regions_region v ON v.id = m.village_id
    LEFT JOIN LATERAL (
        SELECT changed_in, code, amount_idr, expires_at FROM contributions_paymentcode
        WHERE registration_id = m.id ORDER BY issued_at DESC LIMIT 1
    ) c ON true
    WHERE m.agent_id = %(agent)s AND m.submitted_at >= %(year)s
) registration
WHERE {in_window place} AND (place, id) > (%(changed_in)s, %(row)s::uuid)
ORDER BY place, id LIMIT %(most)s
"""
_REGISTRATION_FIELDS: Final = (
    "reference", "state", "name", "nik", "born_on", "village_code", "occurred_on", "submitted_at", "decided_at",
    "decision_note", "doubts", "member_id", "code", "amount_idr", "code_expires_at",
)  # fmt: skip


def _registrations(viewer: Viewer, window: Cursor, most: int) -> Carried:
    found: Carried = []
    for place, row, *facts in _rows(_REGISTRATIONS, viewer, window, most):
        item = dict(zip(_REGISTRATION_FIELDS, facts, strict=True))
        nik = unseal(bytes(item.pop("nik")), context="membership.registration.nik")
        item["slip_token"] = tokens.slip_of(item["reference"], item["occurred_on"])
        for instant in ("submitted_at", "decided_at", "code_expires_at"):
            item[instant] = item[instant] and item[instant].isoformat()
        item |= {"kind": "registration", "id": row, "nik_masked": mask(nik), "nik_tag": viewer.tag(nik)}
        found.append((place, row, item))
    return found


# --- messages and pay --------------------------------------------------------------------------------------------

_MESSAGES: Final = """
SELECT n.changed_in, n.id::text, n.kind, n.facts, n.queued_at FROM notices_notice n
WHERE n.user_id = %(user)s AND n.queued_at >= %(year)s
    AND {in_window n.changed_in} AND (n.changed_in, n.id) > (%(changed_in)s, %(row)s::uuid)
ORDER BY n.changed_in, n.id LIMIT %(most)s
"""


def _messages(viewer: Viewer, window: Cursor, most: int) -> Carried:
    return [
        (
            place,
            row,
            {
                "kind": "message",
                "id": row,
                "text": notices.text(kind, json.loads(facts), viewer.language),
                "sent_at": queued_at.isoformat(),
            },
        )
        for place, row, kind, facts, queued_at in _rows(_MESSAGES, viewer, window, most)
    ]


_LINES: Final = """
SELECT l.changed_in, l.id::text, l.period, l.kind, l.subject, l.member_id::text, l.month::text, l.received_idr, l.rate,
    l.agent_idr, l.counted, l.reason, l.posted_at, l.rulebook_hash
FROM incentives_incentiveline l
WHERE l.agent_id = %(agent)s AND l.period >= %(year)s
    AND {in_window l.changed_in} AND (l.changed_in, l.id) > (%(changed_in)s, %(row)s::bigint)
ORDER BY l.changed_in, l.id LIMIT %(most)s
"""
_LINE_FIELDS: Final = (
    "period", "line_kind", "subject", "member_id", "month", "received_idr", "rate", "agent_idr", "counted", "reason",
    "posted_at", "rulebook_hash",
)  # fmt: skip


def _lines(viewer: Viewer, window: Cursor, most: int) -> Carried:
    rows = _rows(_LINES, viewer, window, most, "0")
    why = incentives.sentences(viewer.device.agent_id, {Period.of(row[2]) for row in rows}, viewer.language)
    found: Carried = []
    for place, row, *facts in rows:
        item = dict(zip(_LINE_FIELDS, facts, strict=True))
        period = Period.of(item["period"])
        item["why"] = why(period, item["line_kind"], item["reason"], item["rate"])
        item |= {"kind": "line", "id": row, "period": str(period), "posted_at": item["posted_at"].isoformat()}
        item["rate"] = None if item["rate"] is None else f"{item['rate'].normalize():f}"
        found.append((place, row, item))
    return found


KINDS: Final[Sequence[Kind]] = (
    _agent, _villages, _gone, _members, _codes, _registrations, _messages, _months, _lines,
)  # fmt: skip
"""First what a phone cannot work without."""
