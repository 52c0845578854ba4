"""The main chain over HTTP - refer, approve, record the first payment - against the same rows by bare SQL.

    python -m bench.chain [--workers 2] [--seconds 15]

Serves a copy of this installation's database on a port of its own: server, database and clients share the machine. First
one client takes the time of every chain, then four clients count chains. The baseline writes the very rows of such chains
(same columns, new keys) with psycopg, one transaction for each of the three steps, with one connection and with four. The
last line is JSON: p50 of one client in milliseconds, and chains a second with four.
"""

import argparse
import secrets
import threading
import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

import psycopg
from bench.common import Client, line, one_after_another, p50, p95, served, stage
from psycopg import sql
from psycopg.rows import dict_row

CHAINS_ONE = 200
CLIENTS = 4
PEOPLE = ("rina", "laras", "nofri")
STEP_OF = {
    "membership.registration.submitted": 0,
    "registration_received": 0,
    "membership.registration.approved": 1,
    "contributions.code.issued": 1,
    "registration_approved": 1,
    "membership.registration.completed": 2,
    "contributions.payment.recorded": 2,
    "member_number": 2,
    "payment_received": 2,
}
FIRST_NAMES = ("Siti", "Rahma", "Yuli", "Desi", "Joni", "Rahmat", "Bakri", "Upik", "Zainal", "Fitri", "Eka", "Rosna")
LAST_NAMES = ("Aminah", "Wati", "Putra", "Marajo", "Sutan", "Malin", "Rahim", "Chaniago", "Hasan", "Ilyas", "Yanti")


def chain(client: Client) -> str:
    """One worker from referral to member; returns the registration's id."""
    from perisai.kernel import clock, ids

    registration_id = str(ids.new_id())
    _ok(client.post("/api/v1/registrations", _referral(registration_id), "rina"), 201)
    approval = _ok(client.post(f"/api/v1/registrations/{registration_id}/approve", {}, "laras"), 200)
    code = approval["payment_code"]
    proof = {
        "code": code["code"],
        "amount_idr": code["amount_idr"],
        "channel": "bench",
        "channel_reference": secrets.token_hex(8),
        "paid_at": clock.now().isoformat(),
    }
    _ok(client.post("/api/v1/payments", proof, "nofri"), 201)
    return registration_id


def _ok(answer: tuple[int, Any], status: int) -> Any:
    if answer[0] != status:
        raise SystemExit(f"expected {status}, got {answer}")
    return answer[1]


def _referral(registration_id: str) -> dict[str, Any]:
    from perisai.kernel import clock, ids
    from perisai.site.cast import FAMILY_NOW

    facts = FAMILY_NOW["wati"].facts()
    return {name: getattr(facts, name) for name in facts.__dataclass_fields__} | {
        "id": registration_id,
        "nik": "99" + ids.random_digits(14),
        "name": f"{secrets.choice(FIRST_NAMES)} {secrets.choice(LAST_NAMES)}",
        "born_on": facts.born_on.isoformat(),
        "programmes": list(facts.programmes),
        "occurred_on": clock.today().isoformat(),
    }


def client_for(port: int) -> Client:
    client = Client(port)
    for person in PEOPLE:
        client.sign_in(person)
    return client


def at_once(runs: list[Callable[[], object]], seconds: float) -> float:
    """How many a second, all runners together."""
    counts = [0] * len(runs)
    ends = time.perf_counter() + seconds

    def go(place: int) -> None:
        while time.perf_counter() < ends:
            runs[place]()
            counts[place] += 1

    started = time.perf_counter()
    threads = [threading.Thread(target=go, args=(place,)) for place in range(len(runs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.perf_counter() - started)


Row = dict[str, Any]


class BareSql:
    """Writes the rows of a chain that the program wrote before, under new keys."""

    def __init__(self, url: str, registration_id: str) -> None:
        self.connection = psycopg.connect(url, autocommit=True, row_factory=dict_row)
        self.steps = self._rows(registration_id)
        self.fresh = self._to_renew()

    def chain(self) -> None:
        """Three transactions, as the program makes them."""
        renewed: dict[Any, Any] = {}
        for old in self.fresh:
            new = _another(old)
            renewed[old] = new
            renewed[str(old)] = str(new)
        for rows in self.steps:
            with self.connection.transaction(), self.connection.cursor() as cursor:
                for statement, values in rows:
                    cursor.execute(statement, [_renew(value, renewed) for value in values])

    def _one(self, table: str, column: str, key: Any) -> list[Row]:
        query = sql.SQL("SELECT * FROM {} WHERE {} = %s").format(sql.Identifier(table), sql.Identifier(column))
        return self.connection.execute(query, [key]).fetchall()

    def _rows(self, registration_id: str) -> list[list[tuple[sql.Composed, list[Any]]]]:
        """By step: statement and values. Also what a step changes in a row of an earlier one."""
        (registration,) = self._one("membership_registration", "id", registration_id)
        (code,) = self._one("contributions_paymentcode", "registration_id", registration_id)
        (payment,) = self._one("contributions_payment", "code_id", code["id"])
        (member,) = self._one("membership_member", "id", payment["member_id"])
        (person,) = self._one("membership_person", "id", member["person_id"])
        self.keys = [registration, code, payment, member, person]
        decided = {"state": "approved"} | {key: registration[key] for key in ("decided_at", "decided_by_id")}
        completed = {key: registration[key] for key in ("state", "member_id", "completed_at")}
        at_first = registration | {
            "state": "submitted", "decided_at": None, "decided_by_id": None, "member_id": None, "completed_at": None,
        }  # fmt: skip
        steps = [
            [_insert("membership_registration", at_first)],
            [
                _insert("membership_person", person),
                _insert("contributions_paymentcode", code | {"state": "open"}),
                _update("membership_registration", registration["id"], decided),
            ],
            [
                _insert("membership_member", member),
                *self._ledger("membership_protectionentry", "member_id", member["id"]),
                _insert("contributions_payment", payment),
                *self._ledger("contributions_contributionline", "member_id", member["id"]),
                _update("membership_registration", registration["id"], completed),
                _update("contributions_paymentcode", code["id"], {"state": "paid"}),
            ],
        ]
        subjects = [str(row["id"]) for row in self.keys]
        for table, column, kind in (("audit_entry", "subject_id", "action"), ("notices_notice", "about", "kind")):
            for row in (row for subject in subjects for row in self._one(table, column, subject)):
                self.keys.append(row)
                steps[STEP_OF[row[kind]]].append(_insert(table, row))
        return steps

    def _ledger(self, table: str, column: str, key: Any) -> list[tuple[sql.Composed, list[Any]]]:
        """Rows whose number, sum and transaction the database fills in."""
        left = ("id", "total_idr", "recorded_in")
        return [
            _insert(table, {name: value for name, value in row.items() if name not in left})
            for row in self._one(table, column, key)
        ]

    def _to_renew(self) -> list[Any]:
        unique = ("id", "nik_index", "reference", "code", "number", "receipt_number", "channel_reference")
        return [row[name] for row in self.keys for name in unique if row.get(name)]


def _insert(table: str, row: Row) -> tuple[sql.Composed, list[Any]]:
    columns = sql.SQL(", ").join(sql.Identifier(name) for name in row)
    places = sql.SQL(", ").join(sql.Placeholder() for _ in row)
    return sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(sql.Identifier(table), columns, places), _ready(row)


def _update(table: str, key: Any, changes: Row) -> tuple[sql.Composed, list[Any]]:
    pairs = sql.SQL(", ").join(sql.SQL("{} = %s").format(sql.Identifier(name)) for name in changes)
    return sql.SQL("UPDATE {} SET {} WHERE id = %s").format(sql.Identifier(table), pairs), [*_ready(changes), key]


def _ready(row: Row) -> list[Any]:
    from psycopg.types.json import Jsonb

    json_columns = ("facts", "prices")
    return [Jsonb(value) if name in json_columns else value for name, value in row.items()]


def _another(old: Any) -> Any:
    from perisai.kernel import ids

    if isinstance(old, UUID):
        return ids.new_id()
    if isinstance(old, bytes):
        return secrets.token_bytes(len(old))
    return ids.random_digits(len(old)) if old.isdigit() else ids.unguessable(len(old))


def _renew(value: Any, renewed: dict[Any, Any]) -> Any:
    return renewed.get(value, value) if isinstance(value, UUID | bytes | str) else value


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=15)
    asked = parser.parse_args()
    with stage():
        import os

        from perisai.membership.models import Member

        members = Member.objects.count()
        with served(asked.workers) as port:
            alone = client_for(port)
            sample = [chain(alone) for _ in range(20)][-1]
            took = one_after_another(lambda: chain(alone), CHAINS_ONE)
            clients = [client_for(port) for _ in range(CLIENTS)]
            rate = at_once([lambda client=client: chain(client) for client in clients], asked.seconds)  # type: ignore[misc]
        bare = [BareSql(os.environ["DATABASE_URL"], sample) for _ in range(CLIENTS)]
        one_after_another(bare[0].chain, 20)
        bare_took = one_after_another(bare[0].chain, CHAINS_ONE)
        bare_rate = at_once([each.chain for each in bare], asked.seconds / 2)
        for each in bare:
            each.connection.close()
    print(f"{members:,} members before the run; {asked.workers} serving processes")
    print(f"one client: p50 {p50(took):.1f} ms, p95 {p95(took):.1f} ms; bare SQL p50 {p50(bare_took):.1f} ms")
    print(f"{CLIENTS} clients: {rate:.1f} chains/s; bare SQL {bare_rate:.1f} chains/s")
    line(
        "chain refer, approve, first payment: p50 of one client in ms, baseline the same rows by bare SQL",
        p50(took),
        p50(bare_took),
        p95_ms=round(p95(took), 2),
        chains_per_second=round(rate, 1),
        baseline_chains_per_second=round(bare_rate, 1),
        members=members,
    )


if __name__ == "__main__":
    main()
