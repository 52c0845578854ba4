"""A query that is put together at its first use and from then on only filled in.

Putting a query together from objects costs Django several times what it costs the database to answer it. Only the text is
kept, never an answer.
"""

from collections.abc import Callable
from functools import cache, wraps
from inspect import signature
from typing import Any, ParamSpec, TypeVar, cast

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression, Model, QuerySet
from django.db.models.query import get_related_populators

P = ParamSpec("P")
M = TypeVar("M", bound=Model)


def once(build: Callable[P, "QuerySet[M]"]) -> Callable[P, list[M]]:
    """Turns a function that builds a query into one that asks it; call it with positional values only.

    ``build`` may use its parameters as values to compare with, and must not look at them: it is called a single time.
    Rows come as instances, with what ``select_related`` names; annotations and ``only()`` are not for here.
    """
    plan = cache(lambda: _Plan(build(*(_Slot(place) for place in range(len(signature(build).parameters))))))  # type: ignore[arg-type, call-arg]

    @wraps(build)
    def ask(*given: Any) -> list[M]:
        return cast(list[M], plan().ask(given))

    return cast(Callable[P, list[M]], ask)


class _Slot(Expression):
    """Stands in a query for a value that comes later."""

    def __init__(self, place: int) -> None:
        super().__init__()
        self.place = place

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self]


class _Plan:
    """The text of a query, and how its rows become instances: what Django's ModelIterable works out every time."""

    def __init__(self, queryset: "QuerySet[Any]") -> None:
        compiler = queryset.query.get_compiler(queryset.db)
        self.statement, self.values = compiler.as_sql()
        about = compiler.klass_info
        first, last = about["select_fields"][0], about["select_fields"][-1] + 1
        self.model, self.own = about["model"], slice(first, last)
        self.names = [column.target.attname for column, *_ in compiler.select[self.own]]
        self.converters = list(compiler.get_converters([column for column, *_ in compiler.select]).items())
        self.related = get_related_populators(about, compiler.select, queryset.db)  # type: ignore[call-arg]  # stubs of 6.1

    def ask(self, given: tuple[Any, ...]) -> list[Model]:
        values = [given[value.place] if isinstance(value, _Slot) else value for value in self.values]
        here = connections[DEFAULT_DB_ALIAS]
        with here.cursor() as cursor:
            cursor.execute(self.statement, values)
            return [self._instance(here, list(row)) for row in cursor.fetchall()]

    def _instance(self, here: BaseDatabaseWrapper, row: list[Any]) -> Model:
        for place, (converters, column) in self.converters:
            for convert in converters:
                row[place] = convert(row[place], column, here)
        instance: Model = self.model.from_db(here.alias, self.names, row[self.own])
        for related in self.related:
            related.populate(row, instance)
        return instance
