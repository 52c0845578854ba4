"""The database connection is cut at any instant of a payment, a hundred times: nothing told is lost, nothing is doubled."""

import random
import time
from threading import Event, Thread
from typing import Any

import pytest
from django.core.cache import cache
from django.db import Error, connection
from tests.banks.teller import Teller, code_of
from tests.contributions.money import approved

from perisai.banks.models import BankNotice
from perisai.contributions.models import ContributionLine, Payment
from perisai.membership.models import Member
from perisai.site.cast import FAMILY_NOW, Cast

KILLS = 100


class Cut:
    """Pays in a thread of its own; ``at`` seconds later the server ends that thread's connection."""

    def __init__(self, bank: Teller, notice: dict[str, Any], external_id: str) -> None:
        self.bank, self.notice, self.external_id = bank, notice, external_id
        self.begun, self.backend, self.answer = Event(), 0, ""

    def pay(self) -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                (self.backend,) = cursor.fetchone()
            self.begun.set()
            self.answer = code_of(
                self.bank.transact("transfer-va/payment", self.notice, X_EXTERNAL_ID=self.external_id)
            )
        except Error:
            self.answer = ""  # nothing is known
        finally:
            connection.close()

    def at(self, seconds: float) -> None:
        thread = Thread(target=self.pay)
        thread.start()
        assert self.begun.wait(10)
        Event().wait(seconds)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [self.backend])
        thread.join(30)


@pytest.mark.filterwarnings("ignore")
def test_a_hundred_cuts_lose_nothing_and_double_nothing(open_stage: Cast) -> None:
    cache.clear()
    chance, bank = random.Random(2017), Teller()
    assert bank.token
    begun = time.monotonic()
    first = approved(open_stage, FAMILY_NOW["joni"])
    assert code_of(bank.pay(first.code, first.amount_idr)) == "2002500"
    longest = time.monotonic() - begun  # more than a payment takes here: the cut falls before, into and after it
    answered = 0
    for number in range(KILLS):
        code = approved(open_stage, FAMILY_NOW["wati"], nik=f"13060849039{number:05d}")
        notice, external_id = bank.notice(code.code, code.amount_idr), f"{number + 1:06d}"
        cut = Cut(bank, notice, external_id)
        cut.at(chance.uniform(0, longest))
        booked = Payment.objects.filter(code=code).count()
        if cut.answer:
            answered += 1
            assert (cut.answer, booked) == ("2002500", 1), "what was told to the bank is there"
        again = code_of(bank.transact("transfer-va/payment", notice, X_EXTERNAL_ID=external_id))
        assert (again, Payment.objects.filter(code=code).count()) == ("2002500", 1)
    assert 0 < answered < KILLS, "some cuts came too late to matter, and some did not"
    assert Payment.objects.count() == Member.objects.count() == ContributionLine.objects.count() == KILLS + 1
    assert BankNotice.objects.filter(service="25", holds_id=True).count() == KILLS + 1
