"""Loading an edition of the national codes: the only writer of regions."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from datetime import date
from importlib import resources
from operator import attrgetter
from pathlib import Path

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from perisai.audit import services as audit
from perisai.kernel.actor import Actor
from perisai.kernel.errors import Code, Refused
from perisai.regions import files, rules
from perisai.regions.files import SuccessionRow
from perisai.regions.models import Edition
from perisai.regions.rules import Level, Row

Report = Callable[[str, int, int], None]
"""Called as ``report(step, done, total)``; ``step`` is one of STEPS."""

STEPS = ("read", "copy", "store", "index")
_A_CUT_FILE = 10
_CHUNK = 4096


@dataclass(frozen=True, slots=True)
class Loaded:
    """What the edition holds (first four) and what the load changed (last three)."""

    provinces: int
    regencies: int
    districts: int
    villages: int
    added: int
    renamed: int
    ended: int


@transaction.atomic
def load_regions(*, actor: Actor, folder: Path, effective_from: date, report: Report | None = None) -> Loaded:
    """Make the register of regions say what the edition in ``folder`` says from ``effective_from`` on.

    A new code is a new region, a changed name a new version, a code that is gone an ended region whose row stays; the
    same edition again changes nothing. Versions of the very first load run from ``rules.FLOOR``, so that older dates
    resolve too; a region with a succession into it starts on the day of that succession.
    ``folder`` may hold a ``successions.csv``; those that ship with us are always added where both codes are known.
    Raises Refused(REGIONS_…, SUCCESSION_…) and then changes nothing.
    """
    say = report or _silent
    say("read", 0, 1)
    read = files.read_regions(folder)
    told = files.read_successions(folder / files.SUCCESSIONS, until=effective_from)
    say("read", 1, 1)
    with connection.cursor() as cursor:
        # One load at a time; readers go on. New index entries wait in the pending list and are merged once, in _index:
        # five times quicker than one by one.
        cursor.execute("LOCK TABLE regions_edition IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute("SET LOCAL gin_pending_list_limit = '256MB'")
        previous = _previous_edition(effective_from)
        _copy([row for rows in read.values() for row in rows], cursor, say)
        _refuse_cut_files(cursor)
        say("store", 0, 4)
        added = _add_new(cursor)
        say("store", 1, 4)
        _add_successions(cursor, told, effective_from)
        _start_new(cursor, effective_from if previous else rules.FLOOR)
        say("store", 2, 4)
        renamed = _rename(cursor, effective_from)
        say("store", 3, 4)
        ended = _end_vanished(cursor, effective_from, previous)
        edition, _ = Edition.objects.get_or_create(effective_from=effective_from)
        if added or renamed or ended:
            audit.record(actor, "regions.loaded", edition, added=added, renamed=renamed, ended=ended)
        cursor.execute("DROP TABLE regions_incoming")
        say("store", 4, 4)
        say("index", 0, 1)
        _index(cursor)
        say("index", 1, 1)
    provinces, regencies, districts, villages = (len(read[level]) for level in Level)
    return Loaded(provinces, regencies, districts, villages, added, renamed, ended)


def _silent(step: str, done: int, total: int) -> None:
    """Nobody is watching."""


def _previous_edition(effective_from: date) -> date | None:
    latest = Edition.objects.order_by("-effective_from").values_list("effective_from", flat=True).first()
    if latest and latest > effective_from:
        raise Refused(Code.REGIONS_DATE_OLD, effective_from=effective_from, loaded=latest)
    return latest


def _copy(rows: list[Row], cursor: CursorWrapper, say: Report) -> None:
    cursor.execute(
        """
        CREATE TEMPORARY TABLE regions_incoming (
            code text, level text, kind text, parent_code text, name text, path_names text, name_key text, words text[]
        ) ON COMMIT DROP
        """
    )
    cells = attrgetter(*(field.name for field in fields(Row)))
    with cursor.copy("COPY regions_incoming FROM STDIN") as copy:
        for start in range(0, len(rows), _CHUNK):
            for row in rows[start : start + _CHUNK]:
                *texts, words = cells(row)
                copy.write_row((*texts, f"{{{','.join(words)}}}"))
            say("copy", min(start + _CHUNK, len(rows)), len(rows))
    cursor.execute("CREATE UNIQUE INDEX ON regions_incoming (code)")
    cursor.execute("ANALYZE regions_incoming")


def _refuse_cut_files(cursor: CursorWrapper) -> None:
    """No decree ends a tenth of the country's regions; a file cut short would."""
    cursor.execute(
        """
        SELECT count(*) FILTER (WHERE NOT EXISTS (SELECT FROM regions_incoming i WHERE i.code = r.code)), count(*)
        FROM regions_region r WHERE r.is_current
        """
    )
    gone, current = cursor.fetchone()
    if gone * _A_CUT_FILE > current:
        raise Refused(Code.REGIONS_TOO_MANY_GONE, gone=gone, current=current)


def _add_new(cursor: CursorWrapper) -> int:
    added = 0
    for level in Level:  # from the top, so that every parent stands before its children
        cursor.execute(
            """
            INSERT INTO regions_region (level, code, name, kind, parent_id, path_names, name_key, words)
            SELECT i.level, i.code, i.name, i.kind, p.id, i.path_names, i.name_key, i.words
            FROM regions_incoming i LEFT JOIN regions_region p ON p.code = i.parent_code
            WHERE i.level = %s AND NOT EXISTS (SELECT FROM regions_region r WHERE r.code = i.code)
            ORDER BY i.code
            """,
            [level],
        )
        added += cursor.rowcount
    return added


def _add_successions(cursor: CursorWrapper, told: Iterable[SuccessionRow], until: date) -> None:
    with resources.as_file(resources.files("perisai.regions") / "data" / files.SUCCESSIONS) as shipped:
        ours = files.read_successions(shipped, until=max(until, rules.SHIPPED_FROM))
    for succession in ours:
        _add_succession(cursor, succession)
    for succession in told:
        if not _add_succession(cursor, succession):
            raise Refused(
                Code.SUCCESSION_UNKNOWN,
                file=succession.file,
                line=succession.line,
                from_code=succession.from_code,
                to_code=succession.to_code,
            )


def _add_succession(cursor: CursorWrapper, row: SuccessionRow) -> bool:
    """Whether both regions are known; one already on record stays as it is."""
    cursor.execute(
        """
        WITH pair AS (
            SELECT f.id AS from_id, t.id AS to_id FROM regions_region f, regions_region t
            WHERE f.code = %s AND t.code = %s AND f.id <> t.id
        ), added AS (
            INSERT INTO regions_succession (from_region_id, to_region_id, effective_on, reference)
            SELECT from_id, to_id, %s, %s FROM pair ON CONFLICT DO NOTHING
        )
        SELECT count(*) FROM pair
        """,
        [row.from_code, row.to_code, row.effective_on, row.reference],
    )
    return bool(cursor.fetchone()[0])


def _start_new(cursor: CursorWrapper, otherwise: date) -> None:
    cursor.execute(
        """
        INSERT INTO regions_regionversion (region_id, effective_from, code, name)
        SELECT r.id, coalesce((SELECT min(s.effective_on) FROM regions_succession s WHERE s.to_region_id = r.id), %s),
               r.code, r.name
        FROM regions_region r
        WHERE NOT EXISTS (SELECT FROM regions_regionversion v WHERE v.region_id = r.id)
        """,
        [otherwise],
    )


def _rename(cursor: CursorWrapper, effective_from: date) -> int:
    """New versions for new names and for codes that came back; paths follow without a version of their own."""
    cursor.execute(
        """
        INSERT INTO regions_regionversion (region_id, effective_from, code, name)
        SELECT r.id, %s, r.code, i.name
        FROM regions_region r JOIN regions_incoming i ON i.code = r.code
        WHERE r.name <> i.name OR NOT r.is_current
        ON CONFLICT (region_id, effective_from) DO UPDATE SET name = excluded.name, ended = false
        """,
        [effective_from],
    )
    renamed: int = cursor.rowcount
    cursor.execute(
        """
        UPDATE regions_region r
        SET name = i.name, path_names = i.path_names, name_key = i.name_key, words = i.words, is_current = true
        FROM regions_incoming i
        WHERE i.code = r.code AND (r.name, r.path_names, r.words, r.is_current)
            IS DISTINCT FROM (i.name, i.path_names, i.words, true)
        """
    )
    return renamed


def _end_vanished(cursor: CursorWrapper, effective_from: date, previous: date | None) -> int:
    """A vanished code ends on the day of its succession if that lies after the previous edition, else with this one."""
    cursor.execute(
        """
        INSERT INTO regions_regionversion (region_id, effective_from, code, name, ended)
        SELECT r.id, coalesce((
                   SELECT max(s.effective_on) FROM regions_succession s
                   WHERE s.from_region_id = r.id AND s.effective_on > %s
               ), %s), r.code, r.name, true
        FROM regions_region r
        WHERE r.is_current AND NOT EXISTS (SELECT FROM regions_incoming i WHERE i.code = r.code)
        ON CONFLICT (region_id, effective_from) DO UPDATE SET ended = true
        """,
        [previous, effective_from],
    )
    cursor.execute(
        """
        UPDATE regions_region r SET is_current = false
        WHERE r.is_current AND NOT EXISTS (SELECT FROM regions_incoming i WHERE i.code = r.code)
        """
    )
    ended: int = cursor.rowcount
    return ended


def _index(cursor: CursorWrapper) -> None:
    """The words that searches are held against, indexes without pending entries, and fresh statistics."""
    cursor.execute(
        """
        WITH fresh AS (
            SELECT word, count(*) AS uses FROM regions_region, unnest(words) AS word
            WHERE is_current AND word NOT LIKE %s GROUP BY word
        ), gone AS (
            DELETE FROM regions_word w WHERE NOT EXISTS (SELECT FROM fresh f WHERE f.word = w.word)
        )
        INSERT INTO regions_word (word, uses) SELECT word, uses FROM fresh
        ON CONFLICT (word) DO UPDATE SET uses = excluded.uses WHERE regions_word.uses <> excluded.uses
        """,
        [f"{rules.NAME_MARK}%"],
    )
    for index in ("regions_region_name_trgm", "regions_region_words", "regions_word_trgm"):
        cursor.execute("SELECT gin_clean_pending_list(%s::regclass)", [index])
    cursor.execute("ANALYZE regions_region, regions_regionversion, regions_word")
