"""The database drops the connection of an accrual at random points: nothing is half booked, nothing doubled, nothing lost."""

import random
import time
from datetime import date
from threading import Event, Thread

from django.db import connection
from django.db.models import Count, Sum
from django.db.utils import DatabaseError
from tests.incentives.people import Worker, enter

from perisai.incentives import services
from perisai.incentives.models import Accrual, IncentiveLine
from perisai.kernel.actor import Actor
from perisai.kernel.period import Period
from perisai.site.cast import Cast

JOB = Actor.job("test")
OCTOBER = Period(2017, 10)
CUTS = 10


def accrue_until_cut(backend: list[int], begun: Event, told: list[int]) -> None:
    """One accrual on a connection of its own; what it was acknowledged is told."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend.append(cursor.fetchone()[0])
    begun.set()
    try:
        told.append(services.accrue(actor=JOB, period=OCTOBER).lines)
    except DatabaseError:
        pass  # cut off: the caller does not know whether it was booked
    finally:
        connection.close()


def test_cut_off_ten_times_the_ledger_is_what_it_should_be(open_stage: Cast) -> None:
    chance, workers = random.Random(20171030), 0
    acknowledged: list[int] = []
    for _ in range(CUTS):
        enter(open_stage, [Worker(open_stage.agent_ids["rina"], date(2017, 10, 30))] * 3)
        workers += 3
        backend: list[int] = []
        begun = Event()
        run = Thread(target=accrue_until_cut, args=(backend, begun, acknowledged))
        run.start()
        assert begun.wait(20)
        time.sleep(chance.uniform(0, 0.06))
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [backend[0]])
        run.join(30)
        booked = IncentiveLine.objects.count()
        assert (Accrual.objects.aggregate(lines=Sum("lines"))["lines"] or 0) == booked
        assert booked >= sum(acknowledged)
    services.accrue(actor=JOB, period=OCTOBER)
    lines = IncentiveLine.objects.filter(period=OCTOBER.first_day)
    assert lines.count() == 2 * workers + 1
    assert not lines.values("kind", "subject").annotate(times=Count("turn")).filter(times__gt=1).exists()
    assert lines.aggregate(Sum("amount_idr"))["amount_idr__sum"] == workers * 1_260
