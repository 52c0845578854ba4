"""Whatever the line does to a day's commands, the office ends where it would have ended had each come once, in order."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.sync.phone import Phone
from tests.sync.test_receive import rows

from perisai.site.cast import FAMILY_NOW, Cast, Worker
from perisai.sync import services
from perisai.sync.models import CommandOutcome
from perisai.sync.selectors import find_device_of_token


class Cut(Exception):
    """The power fails, or the line, between two steps."""


def worker(number: int) -> Worker:
    return Worker(f"Pekerja {'ABCDEFGHIJ'[number]}", f"13060812058701{number:02d}", date(1987, 5, 12), "m")


def day_of(phone: Phone) -> list[dict[str, Any]]:
    """Three referrals, one of them wrong and mended, and a second one of the same NIK that must wait for review."""
    wrong = phone.refers(worker(0), nik="12")
    mended = phone.refers(worker(0)) | {"entity": wrong["entity"], "seq": 2}
    return [wrong, mended, phone.refers(worker(1)), phone.refers(FAMILY_NOW["joni"])]


def state() -> list[tuple[Any, ...]]:
    """What the office holds, without what chance gave (references, instants)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, state, name, doubts FROM membership_registration ORDER BY id")
        found = list(cursor.fetchall())
        cursor.execute(
            "SELECT c.id, o.outcome, o.code FROM sync_receivedcommand c JOIN sync_commandoutcome o ON o.command_id = c.id "
            "ORDER BY c.id"
        )
        return found + list(cursor.fetchall())


@contextmanager
def forgotten() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def cut_before(step: str) -> Iterator[None]:
    """The server dies before the outcome is written: the transaction takes everything with it."""

    def die(**_: object) -> None:
        raise Cut

    with pytest.MonkeyPatch.context() as patch:
        if step == "outcome":
            patch.setattr(CommandOutcome.objects, "create", die)
        yield


def carried(device: Any, actor: Any, commands: list[dict[str, Any]], cut: str) -> None:
    """One attempt: it may die before the outcome is written (nothing is kept), or after (the answer is lost)."""
    for command in commands:
        with cut_before(cut):
            try:
                services.receive(actor=actor, device=device, command=command)
            except Cut:
                return


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_order_any_doubling_any_cut_ends_as_if_sent_once(cast: Cast, data: st.DataObject) -> None:
    cache.clear()
    phone = Phone("rina")
    device, actor = find_device_of_token(phone.token), cast.rina
    assert device is not None
    commands = day_of(phone)
    with forgotten():
        for command in commands:
            services.receive(actor=actor, device=device, command=command)
        once = state()
    with forgotten():
        for _ in range(data.draw(st.integers(0, 6), label="attempts")):
            some = data.draw(st.lists(st.sampled_from(commands), max_size=6), label="sent")
            carried(device, actor, some, data.draw(st.sampled_from(["none", "outcome"]), label="cut"))
        for _ in commands:  # held commands come again after the ones before them
            carried(device, actor, commands, "none")
        assert state() == once


def test_ten_thousand_replays_make_no_second_row(cast: Cast) -> None:
    phone = Phone("rina")
    commands = [phone.refers(worker(number)) for number in range(5)]
    first = phone.sends(*commands)
    before = state()
    for _ in range(50):
        assert phone.sends(*commands * 40) == first * 40
    assert state() == before
    assert rows("sync_receivedcommand") == rows("sync_commandoutcome") == rows("membership_registration") == 5


def test_one_command_at_the_same_instant_from_eight_lines_is_one_referral(open_stage: Cast) -> None:
    phone = Phone("rina")
    command = phone.refers(FAMILY_NOW["wati"])

    def send(_: int) -> dict[str, Any]:
        try:
            return phone.sends(command)[0]
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as lines:
        outcomes = list(lines.map(send, range(8)))
    assert all(outcome == outcomes[0] for outcome in outcomes) and outcomes[0]["outcome"] == "accepted"
    assert rows("membership_registration") == rows("sync_receivedcommand") == 1
