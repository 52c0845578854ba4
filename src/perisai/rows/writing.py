"""Rows inserted or changed by a statement that is put together once a model."""

from functools import cache
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections, models
from django.db.models.fields import NOT_PROVIDED


def insert(*rows: models.Model) -> None:
    """What ``bulk_create`` does with rows of one model; what the database fills in (keys, sums) is not read back."""
    head, places, fields = _inserting(type(rows[0]))
    here = connections[DEFAULT_DB_ALIAS]
    values = [field.get_db_prep_save(field.pre_save(row, True), here) for row in rows for field in fields]
    with here.cursor() as cursor:
        cursor.execute(head + ", ".join([places] * len(rows)), values)
    for row in rows:
        row._state.adding = False
        row._state.db = here.alias


def update(row: models.Model, *columns: str) -> None:
    """What ``row.save(update_fields=columns)`` does. Raises DatabaseError when there is no such row any more."""
    statement, fields = _updating(type(row), columns)
    here = connections[DEFAULT_DB_ALIAS]
    values = [field.get_db_prep_save(field.pre_save(row, False), here) for field in fields]
    with here.cursor() as cursor:
        cursor.execute(statement, [*values, row.pk])
        if cursor.rowcount != 1:
            raise DatabaseError(f"no row of {type(row).__name__} to update")


@cache
def _inserting(model: type[models.Model]) -> tuple[str, str, list[Any]]:
    fields = [field for field in model._meta.local_concrete_fields if not _filled_in_by_database(field)]
    columns = ", ".join(_quoted(field.column) for field in fields)
    places = ", ".join(_place(field) for field in fields)
    head = f"INSERT INTO {_quoted(model._meta.db_table)} ({columns}) VALUES "  # noqa: S608 our own names
    return head, f"({places})", fields


@cache
def _updating(model: type[models.Model], names: tuple[str, ...]) -> tuple[str, list[Any]]:
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    changes = ", ".join(f"{_quoted(field.column)} = {_place(field)}" for field in fields)
    key = _quoted(model._meta.pk.column)
    return f"UPDATE {_quoted(model._meta.db_table)} SET {changes} WHERE {key} = %s", fields  # noqa: S608 our own names


def _filled_in_by_database(field: Any) -> bool:
    return field.generated or field.db_default is not NOT_PROVIDED or isinstance(field, models.AutoField)


def _place(field: Any) -> str:
    return f"%s::{field.db_type(connection)}" if isinstance(field, ArrayField) else "%s"


def _quoted(name: str | None) -> str:
    assert name is not None  # every field here has a column
    return connection.ops.quote_name(name)
