"""Phones and the office: a batch of 200 referrals, a first sync of 2,000 members, and a hundred agents syncing at once.

    python -m bench.sync

Against the served program, on a copy of this installation's database to which an agent with 2,000 members is added. The
baseline is a call that reads nothing but its token (an empty batch). The last line is JSON: seconds of the batch, the
others beside it.
"""

import base64
import gzip
import http.client
import json
import os
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from bench.common import line, p50, served, stage

MEMBERS = 2_000
AGENTS = 100
BATCH = 200


@dataclass(frozen=True, slots=True)
class Phone:
    token: str
    device_id: str


def main() -> None:
    with stage():
        sweep, crowd = _phones(AGENTS)
        with served() as port:
            empty = p50([_timed(port, sweep, "POST", "/commands", {"commands": []})[0] for _ in range(20)])
            commands = _referrals(sweep)
            batch, _, sent = _timed(port, sweep, "POST", "/commands", {"commands": commands})
            again, *_ = _timed(port, sweep, "POST", "/commands", {"commands": commands})
            alone, members, received = _first_sync(port, crowd[0])
            began = time.perf_counter()
            with ThreadPoolExecutor(AGENTS) as pool:
                each = list(pool.map(lambda phone: _first_sync(port, phone)[0], crowd))
            together = time.perf_counter() - began
            later = p50(
                [_timed(port, crowd[0], "GET", "/changes?cursor=" + _cursor(port, crowd[0]))[0] for _ in range(5)]
            )
    print(f"batch of {BATCH} referrals: {batch:.2f} s, sent again {again:.2f} s; {sent / BATCH:.0f} bytes each, packed")
    print(
        f"first sync of {members} members: {alone:.2f} s, {received / 1024:.0f} KiB packed; a later one {later:.3f} s"
    )
    print(f"{AGENTS} agents at once: median {p50(each):.2f} s, slowest {max(each):.2f} s, all within {together:.2f} s")
    print(f"baseline, an empty batch: {empty * 1000:.1f} ms")
    line(
        "sync", batch, empty, again=round(again, 2), bytes_each=round(sent / BATCH), first_sync=round(alone, 2),
        members=members, kib=round(received / 1024), crowd_median=round(p50(each), 2), crowd_slowest=round(max(each), 2),
        later=round(later, 3),
    )  # fmt: skip


def _phones(agents: int) -> tuple[Phone, list[Phone]]:
    """Rina's phone, which sends, and phones of agents who each have MEMBERS members: copies of one agent's, by SQL."""
    from cryptography.hazmat.primitives.asymmetric import ec
    from django.db import connection

    from perisai.accounts.selectors import find_user
    from perisai.kernel import ids
    from perisai.organisation.selectors import actor_for
    from perisai.sync import services
    from perisai.vault.parcels import point_of

    key = base64.urlsafe_b64encode(point_of(ec.generate_private_key(ec.SECP256R1()).public_key())).decode().rstrip("=")

    def enrol(user_id: UUID) -> Phone:
        made = services.enrol_device(actor=actor_for(user_id), device_id=ids.new_id(), label="bench", key=key)
        return Phone(made.token, str(made.device.id))

    rina = find_user("rina")
    assert rina is not None
    with connection.cursor() as cursor:
        cursor.execute(_CROWD, {"agents": agents})
        cursor.execute(_MEMBERS_OF_ALL, {"members": MEMBERS, "nik": _sealed("1306081205870005", "nik"),
                                         "phone": _sealed("+6281200000201", "phone")})  # fmt: skip
        cursor.execute("ANALYZE membership_member; ANALYZE membership_person")
        cursor.execute("SELECT id FROM accounts_user WHERE username LIKE 'bench-%%' ORDER BY username")
        users = [row[0] for row in cursor.fetchall()]
    return enrol(rina.id), [enrol(each) for each in users]


def _sealed(text: str, column: str) -> bytes:
    from perisai.vault import seal

    return seal(text, context=f"membership.person.{column}")


_CROWD = """
WITH fresh AS (
    INSERT INTO accounts_user (id, password, username, name, language, is_active, must_change_password, failed_sign_ins,
        created_at)
    SELECT gen_random_uuid(), '!', 'bench-' || n, 'Bench ' || n, 'id', true, false, 0, now()
    FROM generate_series(1, %(agents)s) n RETURNING id, username
), granted AS (
    INSERT INTO organisation_rolegrant (id, user_id, role, during)
    SELECT gen_random_uuid(), id, 'perisai', daterange('2020-01-01', NULL) FROM fresh
)
INSERT INTO agents_agent (id, number, user_id, name, wadah_id, branch_id, village_id, state, appointed_on, ended_because,
    ended_as, is_synthetic, created_at)
SELECT gen_random_uuid(), 'X-' || substr(fresh.username, 7), fresh.id, 'Bench', agent.wadah_id, agent.branch_id,
    agent.village_id, 'active', '2020-01-01', '', '', true, now()
FROM fresh, agents_agent agent JOIN accounts_user rina ON rina.id = agent.user_id AND rina.username = 'rina'
"""
_MEMBERS_OF_ALL = """
WITH person AS (
    INSERT INTO membership_person (id, nik, nik_index, name, name_key, name_heard, born_on, sex, village_id, address, phone,
        occupation, income_idr, is_synthetic, created_at)
    SELECT gen_random_uuid(), %(nik)s, sha256((agent.id || ' ' || n)::bytea), 'Bakri Malin ' || n, 'bakri malin', 'bakri malin',
        '1987-05-12', 'm', agent.village_id, 'Jorong Batu Taba', %(phone)s, 'farmer', 1000000, true, now()
    FROM agents_agent agent, generate_series(1, %(members)s) n WHERE agent.number LIKE 'X-%%'
    RETURNING id, nik_index
), owner AS (
    SELECT agent.id AS agent_id, agent.branch_id, sha256((agent.id || ' ' || n)::bytea) AS nik_index
    FROM agents_agent agent, generate_series(1, %(members)s) n WHERE agent.number LIKE 'X-%%'
)
INSERT INTO membership_member (id, number, person_id, segment, state, branch_id, agent_id, programmes, income_idr, sector,
    joined_on, protected_from, paid_until, managed_since, is_synthetic)
SELECT gen_random_uuid(), 'B' || lpad(row_number() OVER ()::text, 10, '0'), person.id, 'bpu', 'active', owner.branch_id,
    owner.agent_id, '{jkk,jkm}', 1000000, 'other', '2026-01-05', '2026-01-05', '2026-11-30', '2026-01-05', true
FROM person JOIN owner USING (nik_index)
"""


def _referrals(phone: Phone) -> list[dict[str, Any]]:
    from perisai.kernel import clock, ids
    from perisai.site.cast import FAMILY_NOW

    facts = FAMILY_NOW["joni"].facts()
    body = {name: getattr(facts, name) for name in facts.__dataclass_fields__}
    body |= {"born_on": facts.born_on.isoformat(), "programmes": list(facts.programmes)}
    return [
        {
            "id": str(ids.new_id()), "kind": "refer_member", "v": 1, "entity": str(ids.new_id()), "seq": 1,
            "device": phone.device_id, "recorded_at": clock.now().isoformat(), "occurred_on": clock.today().isoformat(),
            "body": body | {"nik": f"1306081711{int.from_bytes(os.urandom(3), 'big') % 1_000_000:06d}"},
        }
        for _ in range(BATCH)
    ]  # fmt: skip


def _timed(port: int, phone: Phone, method: str, path: str, body: Any = None) -> tuple[float, Any, int]:
    """Seconds, the answer, and bytes on the wire: sent for a POST, received for a GET."""
    content = gzip.compress(json.dumps(body).encode()) if body is not None else b""
    headers = {"Authorization": f"Bearer {phone.token}", "Accept-Encoding": "gzip", "Content-Type": "application/json"}
    headers |= {"Content-Encoding": "gzip"} if content else {}
    line_ = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    began = time.perf_counter()
    line_.request(method, f"/api/v1{path}", content, headers)
    response = line_.getresponse()
    raw = response.read()
    taken = time.perf_counter() - began
    line_.close()
    plain = gzip.decompress(raw) if response.headers.get("Content-Encoding") == "gzip" else raw
    assert response.status == 200, plain[:300]
    return taken, json.loads(plain), len(content) or len(raw)


def _first_sync(port: int, phone: Phone) -> tuple[float, int, int]:
    """Seconds until every member is on the phone, how many that are, and the bytes of all pages."""
    began, cursor, more, members, received = time.perf_counter(), "", True, 0, 0
    while more:
        _, page, size = _timed(port, phone, "GET", f"/changes?cursor={cursor}")
        cursor, more, received = page["cursor"], page["more"], received + size
        members += sum(each["kind"] == "member" for each in page["items"])
    return time.perf_counter() - began, members, received


def _cursor(port: int, phone: Phone) -> str:
    cursor, more = "", True
    while more:
        _, page, _ = _timed(port, phone, "GET", f"/changes?cursor={cursor}")
        cursor, more = page["cursor"], page["more"]
    return str(cursor)


if __name__ == "__main__":
    main()
