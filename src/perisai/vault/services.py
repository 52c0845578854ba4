"""Bring every sealed row under the current key while the system runs."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.apps.registry import Apps
from django.db import connection

from perisai.vault.fields import SealedTextField
from perisai.vault.sealing import HEADER_BYTES, SealBroken, current_header, seal_many, unseal

BATCH = 2_000
Progress = Callable[[str, int, int], None]
"""Called with the column's context, how many of its seals are done, how many there are to do."""


@dataclass(frozen=True, slots=True)
class Rotation:
    """``overtaken`` rows were written by somebody else meanwhile; run again to see them under the current key.

    ``damaged`` names rows that do not open, as ``context primary-key``; they were left as they are.
    """

    resealed: int
    overtaken: int
    damaged: tuple[str, ...]


def rotate(*, progress: Progress, registry: Apps = apps, batch: int = BATCH) -> Rotation:
    """Re-seal what is not under the current key: batch by batch, each its own statement.

    It can be stopped at any time and started again, for the seals themselves say what is left. A row changes only if it
    still holds the bytes that were read, so a concurrent write is never lost. Raises KeysUnavailable.
    """
    resealed = overtaken = 0
    damaged: list[str] = []
    for field in sealed_fields(registry):
        total = _left(field)
        done = 0
        for rows in _batches(field, batch):
            opened, broken = _opened(field, rows)
            changed = _swap(field, opened)
            resealed += changed
            overtaken += len(opened) - changed
            damaged += broken
            done += len(rows)
            progress(field.context, done, max(total, done))
    return Rotation(resealed, overtaken, tuple(damaged))


def sealed_fields(registry: Apps = apps) -> Iterator[SealedTextField]:
    """Every sealed column of every table, each once."""
    for model in registry.get_models():
        if not model._meta.proxy:
            yield from (field for field in model._meta.local_concrete_fields if isinstance(field, SealedTextField))


def _names(field: SealedTextField) -> dict[str, str]:
    pk = field.model._meta.pk
    quote = connection.ops.quote_name
    return {
        "table": quote(field.model._meta.db_table),
        "pk": quote(pk.column or ""),
        "pk_type": pk.rel_db_type(connection) or "",
        "column": quote(field.column or ""),
    }


def _stale(field: SealedTextField) -> str:
    return "{column} IS NOT NULL AND substring({column} FROM 1 FOR {head}) <> %s".format(
        head=HEADER_BYTES, **_names(field)
    )


def _left(field: SealedTextField) -> int:
    with connection.cursor() as cursor:
        query = "SELECT count(*) FROM {table} WHERE ".format(**_names(field)) + _stale(field)  # noqa: S608 our own names
        cursor.execute(query, [current_header()])
        return int(cursor.fetchone()[0])


def _batches(field: SealedTextField, batch: int) -> Iterator[list[tuple[Any, bytes]]]:
    """(primary key, seal) of stale rows, walked in the order of the key so that a damaged row is met only once."""
    query = "SELECT {pk}, {column} FROM {table} WHERE {stale} {after} ORDER BY {pk} LIMIT %s"
    after = ""
    last: list[Any] = []
    while True:
        with connection.cursor() as cursor:
            statement = query.format(after=after, stale=_stale(field), **_names(field))
            cursor.execute(statement, [current_header(), *last, batch])
            rows = [(pk, bytes(blob)) for pk, blob in cursor.fetchall()]
        if not rows:
            return
        yield rows
        after, last = "AND {pk} > %s".format(**_names(field)), [rows[-1][0]]


def _opened(field: SealedTextField, rows: list[tuple[Any, bytes]]) -> tuple[list[tuple[Any, bytes, str]], list[str]]:
    opened, broken = [], []
    for pk, blob in rows:
        try:
            opened.append((pk, blob, unseal(blob, context=field.context)))
        except SealBroken:
            broken.append(f"{field.context} {pk}")
    return opened, broken


def _swap(field: SealedTextField, opened: list[tuple[Any, bytes, str]]) -> int:
    """Compare and swap in one statement; returns how many rows still held what was read."""
    if not opened:
        return 0
    query = (
        "UPDATE {table} SET {column} = swap.fresh "
        "FROM unnest(%s::{pk_type}[], %s::bytea[], %s::bytea[]) AS swap (pk, stale, fresh) "
        "WHERE {table}.{pk} = swap.pk AND {table}.{column} = swap.stale"
    )
    pks, stale, texts = (list(part) for part in zip(*opened, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(query.format(**_names(field)), [pks, stale, seal_many(texts, context=field.context)])
        return int(cursor.rowcount)
