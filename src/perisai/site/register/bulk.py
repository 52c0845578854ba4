"""Setting secondary indexes, unique constraints and foreign keys aside while many rows are copied.

Everything happens in the caller's transaction: nobody else ever sees a table without them, and a crash brings them back.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from django.db.backends.utils import CursorWrapper

_CONSTRAINTS: Final = """
SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),
    format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname, pg_get_constraintdef(oid)),
    contype = 'f'
FROM pg_constraint WHERE conrelid = ANY(%s::regclass[]) AND contype IN ('f', 'u')
ORDER BY contype = 'u', conrelid::regclass::text, conname
"""
_INDEXES: Final = """
SELECT format('DROP INDEX %%s', indexrelid::regclass),
    replace(pg_get_indexdef(indexrelid), ' ON ONLY ', ' ON '), -- of a partitioned table: with its partitions
    false
FROM pg_index WHERE indrelid = ANY(%s::regclass[]) AND NOT indisprimary
    AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND conrelid = indrelid)
ORDER BY indrelid::regclass::text, indexrelid::regclass::text
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """What brings one index or constraint back."""

    restore: str
    is_foreign_key: bool


def set_aside(cursor: CursorWrapper, tables: Iterable[str]) -> list[Kept]:
    """Drop what slows a copy down; primary keys and checks stay. Foreign keys of other tables need only those."""
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no table may have checks waiting when it is altered
    kept = []
    for query in (_CONSTRAINTS, _INDEXES):
        cursor.execute(query, [list(tables)])
        for drop, restore, is_foreign_key in cursor.fetchall():
            cursor.execute(drop)
            kept.append(Kept(restore, is_foreign_key))
    return kept


def restore(cursor: CursorWrapper, kept: list[Kept], report: Callable[[int, int], None]) -> None:
    """Build them again over all rows: every row is checked, those that were there before too."""
    cursor.execute("SET LOCAL max_parallel_maintenance_workers = 2")
    cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
    ordered = sorted(kept, key=lambda each: each.is_foreign_key)
    report(0, len(ordered))
    for done, each in enumerate(ordered, start=1):
        cursor.execute(each.restore)
        report(done, len(ordered))
