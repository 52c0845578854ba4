"""The cast's stage with the small register on it, loaded once for the tests that only read."""

from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker
from tests.stage.fixtures import _inside

from perisai.kernel.actor import Actor
from perisai.site.cast import Cast
from perisai.site.register.load import Loaded, load_register

SEED = 2017


def seed(number: int = SEED) -> Loaded:
    return load_register(actor=Actor.job("test"), scale="small", seed=number)


@pytest.fixture(scope="module")
def register(_stage: tuple[str, Cast], django_db_blocker: DjangoDbBlocker) -> Iterator[Loaded]:
    name, _ = _stage
    with django_db_blocker.unblock(), _inside(name), transaction.atomic():
        yield seed()
        transaction.set_rollback(True)


def ask(query: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())
