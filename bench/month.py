"""A whole nation's month - who lapses, what agents earn, their statements - against the bare SQL aggregate of the same rows.

    python -m bench.month [--members 1000000] [--agents 20000]        (make bench-national: 24 million members)

Makes its data on the spot, in a database server of its own that is deleted afterwards: a member, a payment and a month paid
each; one in twelve is new, some agents reach the threshold, one in fifty has not paid for three months. The verbs run as the
jobs run them, once, over all branches. The baseline reads the very same rows with the same joins and sums them by agent, writes
nothing and explains nothing; beside it, what bare INSERT of the lines costs without keys and checks. The last line is JSON.
"""

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from bench.common import line

from perisai.site import boot, places, postgres

BYTES_A_MEMBER = 3_000
"""Roughly what the data and the month take on the disk, with what the server keeps beside it for safety."""
_FEW_VILLAGES = places.PROJECT / "tests" / "stage" / "regions"

# Foreign keys and triggers are set aside while the data are made: it is made right, and it is not what is measured.
DATA = """
SET session_replication_role = replica;
INSERT INTO agents_wadah (id, code, name, branch_id, registered_on, is_synthetic)
SELECT md5('w' || n)::uuid, 'W' || n, 'Wadah ' || n, (SELECT ids[1 + n %% array_length(ids, 1)] FROM branch), '%(joined)s', true
FROM generate_series(0, %(agents)s / 5) n, LATERAL (SELECT 1) one;
INSERT INTO agents_agent (id, number, name, wadah_id, branch_id, village_id, state, appointed_on, ended_because, ended_as,
    is_synthetic, created_at)
SELECT md5('a' || n)::uuid, 'P' || n, 'Perisai ' || n, wadah.id, wadah.branch_id, (SELECT min(id) FROM regions_region),
    'active', '%(joined)s', '', '', true, now()
FROM generate_series(0, %(agents)s - 1) n JOIN agents_wadah wadah ON wadah.id = md5('w' || n / 5)::uuid;
INSERT INTO agents_surattugas (id, agent_id, wadah_id, number, during)
SELECT gen_random_uuid(), id, wadah_id, number, daterange('2026-01-01', '2027-01-01') FROM agents_agent;
"""
MEMBERS = """
INSERT INTO membership_person (id, nik, nik_index, name, name_key, name_heard, born_on, sex, village_id, address, occupation,
    income_idr, is_synthetic, created_at)
SELECT md5('p' || n)::uuid, '%(nik)s', sha256(('p' || n)::bytea), 'Anonim', 'anonim', 'anonim', '1990-01-01', 'f',
    (SELECT min(id) FROM regions_region), '', 'farmer', 1000000, true, now()
FROM member WHERE lapses;
INSERT INTO membership_member (id, number, person_id, segment, state, branch_id, agent_id, programmes, income_idr, sector,
    joined_on, protected_from, paid_until, managed_since, is_synthetic)
SELECT id, lpad(n::text, 11, '0'), md5('p' || n)::uuid, 'bpu', 'active', branch_id, agent_id, '{jkk,jkm}', 1000000, 'other',
    CASE WHEN new THEN received_on ELSE '%(joined)s' END, '%(joined)s',
    CASE WHEN lapses THEN date '2026-07-31' ELSE date '2026-10-31' END, '%(joined)s', true
FROM member;
INSERT INTO membership_registration (id, reference, state, agent_id, branch_id, entered_by_id, nik, nik_index, name, born_on,
    sex, village_id, address, phone, mother_name, occupation, income_idr, programmes, months, consent_at,
    attested_work, occurred_on, submitted_at, doubts, decided_at, decided_by_id, decision_note, member_id, completed_at)
SELECT md5('r' || n)::uuid, lpad(n::text, 10, '0'), 'completed', agent_id, branch_id, gen_random_uuid(), '\\x00',
    sha256(('p' || n)::bytea), 'Anonim', '1990-01-01', 'f', (SELECT min(id) FROM regions_region),
    '-', '\\x00', '\\x00', 'farmer', 1000000, '{jkk,jkm}', 1,
    now(), '-', received_on, now(), '{}', now(), '%(user)s', '', id, now()
FROM member WHERE new;
INSERT INTO contributions_paymentcode (id, code, registration_id, member_id, branch_id, first_month, months, amount_idr, prices,
    rulebook_hash, state, issued_at, expires_at)
SELECT md5('c' || n)::uuid, lpad(n::text, 11, '0'), CASE WHEN new THEN md5('r' || n)::uuid END, CASE WHEN NOT new THEN id END,
    branch_id, '2026-10-01', 1, 16800, '[]', 'bench', 'paid', now(), now()
FROM member WHERE NOT lapses;
INSERT INTO contributions_payment (id, code_id, member_id, branch_id, amount_idr, channel, channel_reference, paid_at,
    receipt_number, recorded_at)
SELECT md5('t' || n)::uuid, md5('c' || n)::uuid, id, branch_id, 16800, 'bench', n::text, received_on, lpad(n::text, 14, '0'),
    now()
FROM member WHERE NOT lapses;
INSERT INTO contributions_contributionline (member_id, payment_id, agent_id, month, received_on, turn, managed_month, jkk_idr,
    jkm_idr, jht_idr, reason, rulebook_hash)
SELECT id, md5('t' || n)::uuid, agent_id, '2026-10-01', received_on, 0, CASE WHEN new THEN 1 ELSE 2 + n %% 70 END, 10000, 6800,
    0, 'paid', 'bench'
FROM member WHERE NOT lapses;
"""
MEMBER = """
CREATE TEMPORARY VIEW member AS
SELECT n, md5('m' || n)::uuid AS id, agent.id AS agent_id, agent.branch_id, date '2026-10-01' + (n %% 31)::int AS received_on,
    n %% 50 = 7 AS lapses, n %% 50 <> 7 AND (nth = 0 OR (n %% 20 = 0 AND nth < 30)) AS new
FROM (SELECT n, n / %(agents)s AS nth, md5('a' || n %% %(agents)s)::uuid AS agent_id
      FROM generate_series(%(first)s::bigint, %(last)s::bigint) n) each
JOIN agents_agent agent ON agent.id = each.agent_id
"""
BARE_READ = """
SELECT line.agent_id, count(*), sum(line.total_idr), count(registration.id), sum(floor(line.total_idr * 0.15)::bigint)
FROM contributions_contributionline line
JOIN agents_agent agent ON agent.id = line.agent_id
JOIN contributions_payment payment ON payment.id = line.payment_id
JOIN contributions_paymentcode code ON code.id = payment.code_id
LEFT JOIN membership_registration registration ON registration.id = code.registration_id
WHERE line.received_on >= '2026-10-01' AND line.received_on < '2026-11-01'
GROUP BY line.agent_id
"""
BATCH = 1_000_000


def own_server(closing: ExitStack, members: int) -> None:
    """A database server in a folder of its own, deleted at the end. Ends the program where the disk is too small."""
    import os

    places.home().mkdir(parents=True, exist_ok=True)
    home = Path(closing.enter_context(tempfile.TemporaryDirectory(prefix="bench-", dir=places.home())))
    free, needed = shutil.disk_usage(home).free, members * BYTES_A_MEMBER + 2**30
    if free < needed:
        sys.exit(f"{needed / 2**30:.0f} GiB of disk are needed, {free / 2**30:.0f} are free.")
    os.environ["PERISAI_HOME"] = str(home)
    from perisai.vault.keys import make_keys

    make_keys(home / "keys.json")
    closing.callback(postgres.erase, home)
    os.environ["DATABASE_URL"] = closing.enter_context(postgres.running(home))
    closing.callback(os.environ.pop, "DATABASE_URL")
    closing.enter_context(boot.django())


def make(members: int, agents: int) -> None:
    """Migrated, with the agency, and the data of one month."""
    from django.core.management import call_command
    from django.db import connection

    from perisai.contributions.ledger import open_months
    from perisai.kernel import clock
    from perisai.kernel.actor import Actor
    from perisai.kernel.period import Period
    from perisai.organisation import services as organisation
    from perisai.regions import services as regions
    from perisai.vault.sealing import seal

    call_command("migrate", verbosity=0)
    job = Actor.job("bench")
    regions.load_regions(actor=job, folder=_FEW_VILLAGES, effective_from=clock.today())
    organisation.set_up_agency(actor=job)
    open_months(Period(2026, 10), Period(2026, 11))
    given: dict[str, Any] = {
        "agents": agents,
        "joined": "2025-01-01",
        "user": "00000000-0000-0000-0000-000000000000",
        "nik": "\\x" + seal("0" * 15 + "1", context="membership.person.nik").hex(),
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE branch AS SELECT array_agg(id) AS ids FROM organisation_office WHERE kind = 'branch'"
        )
        _each(cursor, DATA, given)
        for first in range(0, members, BATCH):
            span = {"first": first, "last": min(first + BATCH, members) - 1}
            cursor.execute("DROP VIEW IF EXISTS member")
            cursor.execute(_written(MEMBER, given | span))
            _each(cursor, MEMBERS, given)
        cursor.execute("DROP VIEW member")
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")


def _each(cursor: Any, statements: str, given: dict[str, Any]) -> None:
    for statement in filter(str.strip, statements.split(";\n")):
        cursor.execute(_written(statement, given))


def _written(statement: str, given: dict[str, Any]) -> str:
    """With the figures in it: a view takes no parameters, and one statement at a time is prepared. They are all our own."""
    return statement % given


def timed(what: str, run: Callable[[], object]) -> float:
    """Seconds."""
    started = time.perf_counter()
    found = run()
    took = time.perf_counter() - started
    print(f"{what}: {took:.1f} s ({found})", flush=True)
    return took


def measure(members: int) -> None:
    from django.db import connection, transaction

    from perisai.contributions import services as contributions
    from perisai.incentives import services as incentives
    from perisai.incentives import settling
    from perisai.incentives.models import Month
    from perisai.kernel import clock
    from perisai.kernel.actor import Actor
    from perisai.kernel.period import Period

    period, job = Period(2026, 10), Actor.job("bench")

    def sql(statement: str) -> Any:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchone() if cursor.description else None

    @transaction.atomic
    def statements() -> int:
        months = list(Month.objects.filter(period=period.first_day).values_list("id", flat=True))
        return settling.write_statements(period, months, None, clock.now())

    read = timed("bare aggregate of the same rows", lambda: sql(f"SELECT count(*) FROM ({BARE_READ}) agent"))
    lapse = timed("lapse", lambda: contributions.lapse_unpaid(actor=job))
    accrual = timed("accrual", lambda: incentives.accrue(actor=job, period=period).lines)
    settled = timed("statements", statements)
    again = timed("accrual again", lambda: incentives.accrue(actor=job, period=period).lines)
    bare = timed(
        "bare insert of the lines",
        lambda: sql("CREATE TABLE bare AS SELECT * FROM incentives_line_2026_10"),
    )
    lines, size = sql(
        "SELECT count(*), pg_total_relation_size('incentives_line_2026_10') / count(*) FROM incentives_line_2026_10"
    )
    whole = lapse + accrual + settled
    line(
        f"month of {members:,} members in s, baseline bare aggregate of the same rows",
        whole,
        read,
        members=members,
        lines=lines,
        lapse_s=round(lapse, 1),
        accrual_s=round(accrual, 1),
        statements_s=round(settled, 1),
        accrual_again_s=round(again, 1),
        baseline_insert_s=round(bare, 1),
        ratio_to_read_and_insert=round(whole / (read + bare), 2),
        microseconds_a_member_month=round(whole / members * 1e6, 1),
        bytes_a_line=size,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--members", type=int, default=1_000_000)
    parser.add_argument("--agents", type=int, default=0, help="one for 50 members unless told")
    asked = parser.parse_args()
    with ExitStack() as closing:
        own_server(closing, asked.members)
        timed("data made", lambda: make(asked.members, asked.agents or max(asked.members // 50, 10)))
        measure(asked.members)


if __name__ == "__main__":
    main()
