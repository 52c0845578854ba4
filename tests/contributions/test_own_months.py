"""Siti sees her own months without the agent, and hears herself when one is missing: the money may have stayed with him."""

from collections.abc import Iterator
from datetime import date, datetime

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from tests.algorithms import Row, number, worked
from tests.contributions.money import approved, pay

from perisai.contributions import own_check, rules, services
from perisai.kernel import clock
from perisai.kernel.actor import Actor
from perisai.kernel.errors import NotFound
from perisai.kernel.period import Period
from perisai.membership.models import Member, Person
from perisai.notices.kinds import text
from perisai.notices.models import Notice
from perisai.site.cast import FAMILY_2017, Cast

JOB = Actor.job("remind")
pytestmark = pytest.mark.usefixtures("in_2017", "quiet_door")


@pytest.fixture
def quiet_door() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=clock.WIB)


def siti(cast: Cast) -> tuple[Member, str]:
    """Siti, who has paid October, and the code that the message to her phone told her."""
    payment = pay(cast, approved(cast))
    notice = Notice.objects.get(kind="payment_received", about=str(payment.id))
    return Member.objects.get(), str(notice.facts["check"])


def test_the_message_after_a_payment_tells_the_code_that_opens_her_months(cast: Cast) -> None:
    member, code = siti(cast)
    seen = own_check.months_of(member.number, code.lower())
    assert (seen.masked_name, seen.state, seen.paid, seen.missing) == (
        "S*** A*****", "active", (date(2017, 10, 1),), (),
    )  # fmt: skip
    assert seen.ends_on == date(2018, 2, 1)
    assert code in text("payment_received", Notice.objects.get(kind="payment_received").facts)


def test_money_that_an_agent_kept_shows_as_missing_months(cast: Cast) -> None:
    member, code = siti(cast)
    with clock.turned_to(at(date(2017, 12, 20))):
        assert own_check.months_of(member.number, code).missing == (date(2017, 11, 1), date(2017, 12, 1))


@pytest.mark.parametrize("row", worked("lapse", "Months that are unpaid"), ids=str)
def test_a_running_month_is_unpaid_once_its_due_day_has_passed(row: Row) -> None:
    unpaid = rules.unpaid_months(Period.parse(row["Last paid"]), date.fromisoformat(row["Today"]))
    assert len(unpaid) == number(row["Unpaid"])


@pytest.mark.parametrize(
    ("told", "code"),
    [("10000000000", None), (None, "AAAAAAAA"), (None, ""), ("", None), (None, "-" * 8), (None, "é" * 8)],
)
def test_unknown_number_and_wrong_code_are_alike(cast: Cast, told: str | None, code: str | None) -> None:
    member, right = siti(cast)
    with pytest.raises(NotFound):
        own_check.months_of(member.number if told is None else told, right if code is None else code)


def test_another_phone_has_another_code(cast: Cast) -> None:
    member, code = siti(cast)
    Person.objects.update(phone="+6281299999999")
    with pytest.raises(NotFound):
        own_check.months_of(member.number, code)
    assert own_check.short_code(member.id, "+6281299999999") != code


def test_the_page_shows_them_and_neither_number_nor_code_stands_in_an_address(cast: Cast) -> None:
    member, code = siti(cast)
    client = Client()
    assert client.get("/iuran-saya").status_code == 200
    page = client.post("/iuran-saya", {"number": f" {member.number[:4]} {member.number[4:]}", "code": code})
    words = page.content.decode().replace("\u00a0", " ")
    assert "Semua bulan sampai sekarang sudah diterima" in words and "S*** A*****" in words and "Okt 2017" in words
    assert "Siti" not in words
    assert "no-store" in page["Cache-Control"]


def test_the_page_says_the_same_of_a_wrong_code_and_an_unknown_number_and_stops_who_guesses(cast: Cast) -> None:
    member, _ = siti(cast)
    client = Client()
    answers = [
        client.post("/iuran-saya", {"number": told, "code": "AAAAAAAA"}) for told in [member.number, "10000000000"] * 6
    ]
    said = [
        page.content.decode().replace(told, "")
        for page, told in zip(answers, [member.number, "10000000000"] * 6, strict=True)
    ]
    assert [page.status_code for page in answers] == [200] * 10 + [429] * 2
    assert all("tidak cocok" in each for each in said[:10])


# --- told by the agency, not by the agent --------------------------------------------------------------------------------


def reminders() -> list[Notice]:
    return list(Notice.objects.filter(kind="member_month_missing").order_by("queued_at"))


def test_she_is_told_once_a_month_after_the_due_day_and_before_she_falls_asleep(cast: Cast) -> None:
    member, code = siti(cast)
    told = []
    for day in (date(2017, 10, 31), date(2017, 11, 15), date(2017, 11, 16), date(2017, 11, 17), date(2017, 12, 16)):
        with clock.turned_to(at(day)):
            told.append(services.remind_unpaid(actor=JOB))
    assert told == [0, 0, 1, 0, 1]
    first, second = reminders()
    assert first.facts == {"number": member.number, "months": 1, "ends_on": "01-02-2018", "check": code}
    assert (second.facts["months"], first.phone) == (2, FAMILY_2017["siti"].facts().phone.replace("08", "+628", 1))
    assert code in text(first.kind, first.facts) and code in text(first.kind, first.facts, "en")
    with clock.turned_to(at(date(2018, 2, 20))):
        services.lapse_unpaid(actor=JOB)
        assert services.remind_unpaid(actor=JOB) == 0, "who has fallen asleep was told so"


def test_who_has_paid_or_has_no_phone_is_not_told(cast: Cast) -> None:
    member, _ = siti(cast)
    with clock.turned_to(at(date(2017, 11, 10))):
        pay(cast, services.issue_member_code(actor=cast.laras, member_id=member.id, months=1))
    with clock.turned_to(at(date(2017, 11, 20))):
        assert services.remind_unpaid(actor=JOB) == 0
    Person.objects.update(phone=None)
    with clock.turned_to(at(date(2017, 12, 20))):
        assert services.remind_unpaid(actor=JOB) == 0


def test_many_cost_as_many_statements_as_one(cast: Cast) -> None:
    """The job is set-based: one read of the members, one look for what was said, one insert for a batch."""
    for name in ("siti", "bakri", "nurdin", "upik"):
        pay(cast, approved(cast, FAMILY_2017[name]))
    count = 0

    def counting(execute, *arguments):  # type: ignore[no-untyped-def]
        nonlocal count
        count += 1
        return execute(*arguments)

    with clock.turned_to(at(date(2017, 11, 20))), connection.execute_wrapper(counting):
        assert services.remind_unpaid(actor=JOB) == 4
    assert count <= 7


@pytest.mark.parametrize("who", ["rina", "laras", "nofri", "maharani"])
def test_only_the_job_reminds(cast: Cast, who: str) -> None:
    with pytest.raises(NotFound):
        services.remind_unpaid(actor=cast.actors[who])
