"""Banks' notices over SNAP - token, HMAC, one transaction each - against the same rows by bare SQL.

    python -m bench.snap [--workers 2] [--seconds 10] [--lines 8]

Works on a copy of this installation's database, with members made on the spot: one of the cast, copied. Server, database and
the bank share the machine. First the bank pays as fast as its lines carry, then a hundred times a second for the delay of
each answer, counted from the instant the payment was due to be sent. Afterwards every code must have exactly one payment and
one month. The baseline writes the very rows of such a payment with psycopg, one transaction each, on as many connections. The
last line is JSON: accepted payments a second.
"""

import argparse
import os
import secrets
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psutil
import psycopg
from bench.common import line, served, stage
from psycopg import sql
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

RATE = 100
MOST_A_SECOND = 600
TABLES = {
    "contributions_payment": "insert",
    "contributions_contributionline": "insert",
    "audit_entry": "insert",
    "notices_notice": "insert",
    "banks_banknotice": "insert",
    "contributions_paymentcode": "update",
    "membership_member": "update",
}
FILLED_IN = {"contributions_contributionline": ("id", "total_idr")}
CHANGED = {"contributions_paymentcode": ("state",), "membership_member": ("paid_until", "state")}
UNIQUE = ("id", "receipt_number", "channel_reference", "external_id")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--lines", type=int, default=8)
    asked = parser.parse_args()
    with stage(), tempfile.TemporaryDirectory(prefix="perisai-bench-bank-") as folder:
        measure(asked.workers, asked.seconds, asked.lines, Path(folder))


def measure(workers: int, seconds: int, lines_open: int, folder: Path) -> None:
    """Prints the figures. Exits where a payment was lost or doubled."""
    from perisai.site.bank import papers
    from perisai.site.bank.journal import Journal
    from perisai.site.bank.line import Line, Token
    from perisai.site.bank.storm import storm
    from perisai.site.commands.bank_simulator import introduce

    papers.home = lambda: folder
    introduce()
    bills = make_bills(200 + MOST_A_SECOND * seconds + RATE * seconds)
    own, key, token, journal = papers.papers(), papers.private_key(), Token(), Journal(folder)
    with served(workers) as port:
        open_lines = [Line(f"http://127.0.0.1:{port}", own, key, token) for _ in range(lines_open)]
        storm(open_lines, bills[:200], None, journal)
        before = processor_seconds()
        fast = storm(open_lines, bills[200:], None, journal, until=time.perf_counter() + seconds)
        spent = [(after - then) * 1000 / fast.accepted for after, then in zip(processor_seconds(), before, strict=True)]
        paid = 200 + sum(fast.answers.values())
        steady = storm(open_lines, bills[paid : paid + RATE * seconds], RATE, journal)
    paid += sum(steady.answers.values())
    check_each_once(bills[:paid], fast.accepted + steady.accepted + 200)
    bare = bare_rate(bills[:paid], bills[paid:], lines_open, seconds / 2)
    rate, told = fast.accepted / fast.seconds, sorted(steady.milliseconds)
    p50, p99 = told[len(told) // 2], told[int(len(told) * 0.99)]
    print(f"{workers} serving processes, {lines_open} lines of the bank: {rate:.1f} accepted/s; bare SQL {bare:.1f}/s")
    print("processor time a payment: server {:.2f} ms, database {:.2f} ms, the bank itself {:.2f} ms".format(*spent))
    print(
        f"at {RATE}/s: {steady.accepted} accepted, p50 {p50:.1f} ms, p99 {p99:.1f} ms; answers {dict(steady.answers)}"
    )
    line(
        "SNAP payments accepted a second with one effect each, baseline the same rows by bare SQL",
        rate,
        bare,
        p50_ms_at_100=round(p50, 2),
        p99_ms_at_100=round(p99, 2),
        server_ms=round(spent[0], 2),
        database_ms=round(spent[1], 2),
        bank_ms=round(spent[2], 2),
        payments=paid,
    )


def processor_seconds() -> tuple[float, float, float]:
    """Spent so far by the serving processes, by the database server, and by this process, which is the bank."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SHOW data_directory")
        folder = Path(cursor.fetchone()[0])
    server = psutil.Process(int((folder / "postmaster.pid").read_text().split()[0]))
    database = [server, *server.children(recursive=True)]
    known = {each.pid for each in database}
    serving = [each for each in psutil.Process().children(recursive=True) if each.pid not in known]
    return _spent(serving), _spent(database), time.process_time()


def _spent(processes: list[psutil.Process]) -> float:
    total = 0.0
    for each in processes:
        with suppress(psutil.NoSuchProcess):
            times = each.cpu_times()
            total += times.user + times.system
    return total


def make_bills(wanted: int) -> list[tuple[str, int]]:
    """So many members, copies of one of the cast, each with a code for one month, given by the verb."""
    from django.db import connection

    from perisai.accounts.selectors import find_user
    from perisai.contributions import services as contributions
    from perisai.kernel import clock, ids
    from perisai.membership import services as membership
    from perisai.organisation.selectors import actor_for
    from perisai.site.cast import FAMILY_NOW

    rina, laras, nofri = (actor_for(user.id) for name in ("rina", "laras", "nofri") if (user := find_user(name)))
    registration = membership.refer_member(
        actor=rina, registration_id=ids.new_id(), applicant=FAMILY_NOW["wati"].facts(nik="99" + ids.random_digits(14)),
        occurred_on=clock.today(),
    )  # fmt: skip
    code = contributions.approve_with_code(actor=laras, registration_id=registration.id)
    paid = contributions.record_payment(
        actor=nofri, code=code.code, amount_idr=code.amount_idr, channel="bench", channel_reference=secrets.token_hex(8),
        paid_at=clock.now(),
    )  # fmt: skip
    assert paid.member_id is not None  # the first payment makes the member
    members = copy_member(connection, paid.member_id, wanted)
    given = [contributions.issue_member_code(actor=laras, member_id=each, months=1) for each in members]
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return [(each.code, each.amount_idr) for each in given]


def copy_member(connection: Any, member_id: UUID, wanted: int) -> list[UUID]:
    """Rows of a person and a member under new keys; the rest of them stays as it is."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE twin AS SELECT gen_random_uuid() AS person, gen_random_uuid() AS member, "
                       "lpad((9000000000 + n)::text, 11, '0') AS number, sha256(gen_random_uuid()::text::bytea) AS nik "
                       "FROM generate_series(1, %s) n", [wanted])  # fmt: skip
        for table, new in (
            ("membership_person", {"id": "twin.person", "nik_index": "twin.nik"}),
            ("membership_member", {"id": "twin.member", "number": "twin.number", "person_id": "twin.person"}),
        ):
            cursor.execute(
                "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND is_generated = 'NEVER' "
                "ORDER BY ordinal_position", [table],
            )  # fmt: skip
            columns = [row[0] for row in cursor.fetchall()]
            taken = ", ".join(new.get(each, f'old."{each}"') for each in columns)
            named = ", ".join(f'"{each}"' for each in columns)
            key = (
                "old.id = (SELECT person_id FROM membership_member WHERE id = %s)"
                if "person" in table
                else "old.id = %s"
            )
            cursor.execute(
                f"INSERT INTO {table} ({named}) SELECT {taken} FROM {table} old, twin WHERE {key}", [member_id]
            )
        cursor.execute("SELECT member FROM twin")
        return [row[0] for row in cursor.fetchall()]


def check_each_once(bills: list[tuple[str, int]], accepted: int) -> None:
    """Exits unless every code that was sent has one payment and one month, and the bank was told so of each."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(DISTINCT payment.code_id), count(DISTINCT payment.id), count(line.payment_id) "
            "FROM contributions_payment payment JOIN contributions_paymentcode code ON code.id = payment.code_id "
            "JOIN contributions_contributionline line ON line.payment_id = payment.id WHERE code.code = ANY(%s)",
            [[code for code, _ in bills]],
        )
        found = cursor.fetchone()
    if found != (len(bills), len(bills), len(bills)) or accepted != len(bills):
        raise SystemExit(f"{len(bills)} sent, {accepted} accepted; codes, payments, months: {found}")


Row = dict[str, Any]


def bare_rate(done: list[tuple[str, int]], waiting: list[tuple[str, int]], connections: int, seconds: float) -> float:
    """Payments a second when nothing but their rows is written."""
    url = os.environ["DATABASE_URL"]
    with psycopg.connect(url, row_factory=dict_row) as reading:
        sample = rows_of(reading, done[-1][0])
        codes = reading.execute(
            "SELECT id, member_id FROM contributions_paymentcode WHERE code = ANY(%s)", [[code for code, _ in waiting]]
        ).fetchall()
    left, guard, counted = iter(codes), threading.Lock(), [0] * connections
    begun = time.perf_counter()

    def work(place: int) -> None:
        with psycopg.connect(url, autocommit=True) as connection:
            while time.perf_counter() < begun + seconds:
                with guard:
                    code = next(left, None)
                if code is None:
                    return
                write(connection, sample, code)
                counted[place] += 1

    threads = [threading.Thread(target=work, args=(place,)) for place in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counted) / (time.perf_counter() - begun)


def rows_of(reading: psycopg.Connection[Row], code: str) -> list[tuple[str, Row]]:
    """Every row that the payment of this code wrote: they carry the number of its transaction."""
    (payment,) = reading.execute(
        "SELECT payment.xmin::text AS made FROM contributions_payment payment "
        "JOIN contributions_paymentcode code ON code.id = payment.code_id WHERE code.code = %s", [code],
    ).fetchall()  # fmt: skip
    return [
        (table, row)
        for table in TABLES
        for row in reading.execute(
            sql.SQL("SELECT * FROM {} WHERE xmin::text = %s").format(sql.Identifier(table)), [payment["made"]]
        ).fetchall()
    ]


def write(connection: psycopg.Connection[Any], sample: list[tuple[str, Row]], code: Row) -> None:
    """One transaction: the sample's rows for another code and its member."""
    new: dict[Any, Any] = {}
    for table, row in sample:
        if table == "contributions_paymentcode":
            new |= {row["id"]: code["id"], row["member_id"]: code["member_id"]}
    for _, row in sample:
        for name in UNIQUE:
            if name in row and row[name] not in new:
                new[row[name]] = uuid4() if isinstance(row[name], UUID) else secrets.token_hex(7)
    new |= {str(old): str(fresh) for old, fresh in list(new.items()) if isinstance(old, UUID)}
    with connection.transaction(), connection.cursor() as cursor:
        for table, row in sample:
            if TABLES[table] == "insert":
                kept = {name: value for name, value in row.items() if name not in FILLED_IN.get(table, ())}
                cursor.execute(
                    sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
                        sql.Identifier(table),
                        sql.SQL(", ").join(map(sql.Identifier, kept)),
                        sql.SQL(", ").join(sql.Placeholder() for _ in kept),
                    ),
                    [_ready(value, new) for value in kept.values()],
                )
            else:
                cursor.execute(
                    sql.SQL("UPDATE {} SET {} WHERE id = %s").format(
                        sql.Identifier(table),
                        sql.SQL(", ").join(sql.SQL("{} = %s").format(sql.Identifier(each)) for each in CHANGED[table]),
                    ),
                    [*(row[each] for each in CHANGED[table]), new[row["id"]]],
                )


def _ready(value: Any, new: dict[Any, Any]) -> Any:
    if isinstance(value, dict | list):
        return Jsonb(value)
    return new.get(value, value) if isinstance(value, str | UUID) else value


if __name__ == "__main__":
    main()
