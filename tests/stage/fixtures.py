"""The stage: a database with a small country, the agency and the cast, built once a run and handed out in two ways.

``cast`` gives it inside a transaction that is rolled back: for nearly every test. ``open_stage`` gives a copy of the whole
database in which commits are real: for threads, browsers and commands.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import connection, connections, transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from perisai.accounts import sessions
from perisai.accounts.selectors import find_user
from perisai.contributions import services as contributions
from perisai.kernel import clock
from perisai.kernel.actor import Actor
from perisai.kernel.period import Period
from perisai.organisation import services as organisation
from perisai.regions import services as regions
from perisai.site import cast as stage_cast
from perisai.site.cast import Cast

REGIONS = Path(__file__).parent / "regions"
DECREE = date(2025, 6, 23)
REPORT_DAY = datetime(2017, 10, 30, 3, tzinfo=UTC)
"""Ten in the morning in Koto Tinggi, on the day of the report."""


@contextmanager
def _inside(name: str) -> Iterator[None]:
    """The default connection shows database ``name``."""
    settings = connections["default"].settings_dict
    before = settings["NAME"]
    connection.close()
    settings["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        settings["NAME"] = before


def _copy(source: str, target: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')


def _drop(name: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _test_database() -> str:
    """The migrated, empty test database; where no test asked pytest-django for it, it is made here."""
    name: str = connection.settings_dict["NAME"]
    if name.startswith("test_"):
        return name
    return connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)


@pytest.fixture(scope="session")
def _stage(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[str, Cast]]:
    with django_db_blocker.unblock():
        empty = _test_database()
        name = f"{empty}_stage"
        connection.close()
        _copy(empty, name)
        today = clock.today()
        with _inside(name), clock.turned_to(datetime(2017, 2, 1, 3, tzinfo=UTC)):
            job = Actor.job("stage")
            regions.load_regions(actor=job, folder=REGIONS, effective_from=DECREE)
            organisation.set_up_agency(actor=job)
            contributions.open_ledger(actor=job, first=Period(2017, 10), last=Period(2019, 1))
            people = stage_cast.assemble(until=today)
        yield name, people
        _drop(name)


@pytest.fixture
def cast(_stage: tuple[str, Cast], django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    """The cast on a stage that forgets everything after the test."""
    name, people = _stage
    with django_db_blocker.unblock(), _inside(name), transaction.atomic():
        yield people
        transaction.set_rollback(True)


@pytest.fixture
def open_stage(_stage: tuple[str, Cast], django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    """The cast in a database of this test's own, where commits are real."""
    name, people = _stage
    with django_db_blocker.unblock():
        own = f"{name}_open"
        _copy(name, own)
        with _inside(own):
            yield people
        _drop(own)


@pytest.fixture
def in_2017() -> Iterator[None]:
    """The clock shows the morning of the report, 30 October 2017."""
    with clock.turned_to(REPORT_DAY):
        yield


def signed_in(username: str) -> Client:
    """A browser in which that member of the cast has signed in."""
    client = Client()
    user = find_user(username)
    assert user is not None
    client.force_login(user)
    session = client.session
    sessions.begin(session)
    session.save()
    return client
