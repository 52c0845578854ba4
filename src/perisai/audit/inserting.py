"""Insert one new row by a statement that is put together once a model: the verbs of the main chain write a dozen each."""

from functools import cache
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models.fields import NOT_PROVIDED


def insert(row: models.Model) -> None:
    """What ``row.save(force_insert=True)`` does for a row that brings its own key and has no generated columns."""
    statement, fields = _statement(type(row))
    with connection.cursor() as cursor:
        cursor.execute(statement, [field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields])
    row._state.adding = False
    row._state.db = connection.alias


@cache
def _statement(model: type[models.Model]) -> tuple[str, list[Any]]:
    fields: list[Any] = list(model._meta.local_concrete_fields)
    for field in fields:
        from_database = field.db_default is not NOT_PROVIDED and not field.has_default()
        if field.generated or from_database or isinstance(field, models.AutoField):
            raise TypeError(f"{field} is filled in by the database: use save()")
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    places = ", ".join(
        f"%s::{field.db_type(connection)}" if isinstance(field, ArrayField) else "%s" for field in fields
    )
    return f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})", fields  # noqa: S608 our own names
