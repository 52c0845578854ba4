"""Loading the register in one transaction: a load that breaks leaves nothing behind, and changes no row of anybody else."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from perisai.audit import services as audit
from perisai.contributions import services as contributions
from perisai.kernel.actor import Actor
from perisai.kernel.period import Period
from perisai.membership.search import refresh_name_words
from perisai.organisation import selectors as organisation
from perisai.organisation import services as offices
from perisai.site.register import bulk, figures, rows, staff
from perisai.site.register.plan import Plan, Village, draw_up
from perisai.site.register.rows import Keys
from perisai.site.register.workers import write_all
from perisai.targets import services as targets

Report = Callable[[str, int, int], None]
"""Called as ``report(step, done, total)``; ``step`` is one of STEPS."""
STEPS: Final = ("plan", "copy", "index", "analyse", "tally")
SUBJECT: Final = "register"
_ONE_AT_A_TIME: Final = 20170930


class NoVillages(Exception):
    """The villages of the three provinces are not loaded."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A register in the database. ``rows`` is what this run wrote, 0 where it found the register there."""

    scale: str
    seed: int
    pu: int
    bpu: int
    firms: int
    agents: int
    rows: int


@dataclass(frozen=True, slots=True)
class _Subject:
    pk: str


class Register(_Subject):
    """What the audit entry is about."""


def seed_report(*, actor: Actor, scale: str, seed: int, report: Report | None = None) -> Loaded:
    """The register, the report's targets and figures, and the tally of members over them; again, it adds what is missing.

    Raises what ``load_register`` raises.
    """
    say = report or _silent
    loaded = load_register(actor=actor, scale=scale, seed=seed, report=report)
    say("tally", 0, 1)
    targets.load_report_figures(actor=actor)
    targets.refresh_tally(actor=actor)  # rolls up only what is committed
    say("tally", 1, 1)
    return loaded


@transaction.atomic
def load_register(*, actor: Actor, scale: str, seed: int, report: Report | None = None) -> Loaded:
    """Write the register of that scale (a key of ``figures.SCALES``), once; a register that is there already stays as it is.

    The agency is set up on the way. While rows are copied the tables of members and contributions are locked; what
    checks them is built again before anybody sees them. The same seed writes the same rows, but for the seals.
    Raises NoVillages, NotFound, KeysUnavailable, OperationalError (tables in use for 15 s).
    """
    say = report or _silent
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
        there = find_register(cursor)
        if there is not None:
            return there
        say("plan", 0, 1)
        villages = _current_villages(cursor)
        offices.set_up_agency(actor=actor)
        plan = draw_up(_served(villages), figures.SCALES[scale], seed)
        contributions.open_ledger(
            actor=actor, first=Period.of(figures.FIRST_MONTH), last=Period.of(figures.REPORTED_ON)
        )
        say("plan", 1, 1)
        cursor.execute("SET LOCAL lock_timeout = '15s'")
        kept = bulk.set_aside(cursor, rows.COLUMNS)
        keys = Keys(seed)
        written = _copy_all(cursor, staff.COLUMNS, staff.write_staff(plan, keys))
        written += _copy_people(cursor, plan, keys, say)
        bulk.restore(cursor, kept, lambda done, total: say("index", done, total))
        refresh_name_words()
        _analyse(cursor, say)
        loaded = Loaded(
            scale, seed, figures.SCALES[scale].pu, figures.SCALES[scale].bpu, len(plan.firms), len(plan.agents), written
        )
        audit.record(
            actor,
            "membership.register.seeded",
            Register(SUBJECT),
            scale=scale,
            seed=seed,
            pu=loaded.pu,
            bpu=loaded.bpu,
            firms=loaded.firms,
            agents=loaded.agents,
        )
    return loaded


def find_register(cursor: CursorWrapper) -> Loaded | None:
    """The register that was loaded before, as its audit entry tells."""
    cursor.execute(
        "SELECT facts->>'scale', (facts->>'seed')::bigint, (facts->>'pu')::int, (facts->>'bpu')::int, "
        "(facts->>'firms')::int, (facts->>'agents')::int FROM audit_entry WHERE subject_id = %s AND action = %s",
        [SUBJECT, "membership.register.seeded"],
    )
    row = cursor.fetchone()
    if row is None:
        return None
    scale, seed, pu, bpu, firms, agents = row
    return Loaded(scale, seed, pu, bpu, firms, agents, rows=0)


def _current_villages(cursor: CursorWrapper) -> list[tuple[int, str]]:
    """(id, code) of what is a village of the three provinces now."""
    cursor.execute(
        "SELECT id, code FROM regions_region WHERE level = 'village' AND is_current AND left(code, 2) = ANY(%s) "
        "ORDER BY code",
        [list(figures.PROVINCES)],
    )
    found: list[tuple[int, str]] = cursor.fetchall()
    if not found:
        raise NoVillages
    return found


def _served(villages: list[tuple[int, str]]) -> list[Village]:
    """The villages with the branch that serves each on the report's day: the longest territory decides."""
    territories = {
        territory.region.code: branch
        for branch in organisation.offices_of_kind("branch", under=figures.REGION_PATH)
        for territory in organisation.territories_of(branch.id, figures.REPORTED_ON)
    }
    served = []
    for region_id, code in villages:
        branch = next(territories[part] for part in (code, code[:8], code[:5], code[:2]) if part in territories)
        served.append(Village(region_id, code, branch.id, branch.code))
    return served


# --- copying -----------------------------------------------------------------------------------------------------


def _copy_people(cursor: CursorWrapper, plan: Plan, keys: Keys, say: Report) -> int:
    total = sum(chunk.people for chunk in plan.chunks)
    say("copy", 0, total)
    done = written = 0
    for chunk, tables in zip(plan.chunks, write_all(plan.chunks, keys), strict=True):
        written += _copy_all(cursor, rows.COLUMNS, tables)
        done += chunk.people
        say("copy", done, total)
    return written


def _copy_all(cursor: CursorWrapper, columns: dict[str, str], tables: dict[str, bytes]) -> int:
    """Copies the rows and returns how many they were."""
    written = 0
    for table, named in columns.items():
        if tables.get(table):
            with cursor.copy(f"COPY {table} ({named}) FROM STDIN") as copy:
                copy.write(tables[table])
            written += cursor.rowcount
    return written


def _analyse(cursor: CursorWrapper, say: Report) -> None:
    tables = [*staff.COLUMNS, *rows.COLUMNS]
    for done, table in enumerate(tables):
        say("analyse", done, len(tables))
        cursor.execute(f"ANALYZE {table}")
    say("analyse", len(tables), len(tables))


def _silent(step: str, done: int, total: int) -> None:
    pass
