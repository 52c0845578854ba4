"""The ledger of months: a partition a month, a month stands once, nothing is ever changed."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from tests.contributions.money import JOB, approved, pay

from perisai.contributions import ledger, selectors, services
from perisai.contributions.models import ContributionLine, Payment
from perisai.contributions.rules import LineReason
from perisai.kernel import clock
from perisai.kernel.errors import Code, NotFound, Refused
from perisai.kernel.period import Period
from perisai.membership import selectors as membership
from perisai.site.cast import Cast

pytestmark = pytest.mark.usefixtures("in_2017")


def partition_of(line: ContributionLine) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tableoid::regclass::text FROM contributions_contributionline WHERE id = %s", [line.id])
        return str(cursor.fetchone()[0])


def line_of(cast: Cast) -> ContributionLine:
    (line,) = selectors.months_of_payment(pay(cast, approved(cast)))
    return line


def test_a_month_lies_in_its_own_partition(cast: Cast) -> None:
    assert partition_of(line_of(cast)) == "contributions_line_2017_10"


def test_a_code_opens_the_months_that_it_reaches(cast: Cast) -> None:
    member_id = pay(cast, approved(cast, months=12)).member_id
    assert member_id is not None
    pay(cast, services.issue_member_code(actor=cast.laras, member_id=member_id, months=12))
    assert [partition_of(line) for line in ContributionLine.objects.order_by("month")] == [
        f"contributions_line_{month.year}_{month.month:02d}" for month in Period(2017, 10).run(24)
    ]


def test_months_are_opened_once(cast: Cast) -> None:
    span = {"first": Period(2031, 1), "last": Period(2031, 3)}
    assert services.open_ledger(actor=JOB, **span) == 3
    assert services.open_ledger(actor=JOB, **span) == 0
    with pytest.raises(NotFound):
        services.open_ledger(actor=cast.nofri, **span)


def test_a_month_without_a_partition_is_kept_all_the_same(cast: Cast) -> None:
    line = line_of(cast)
    ContributionLine.objects.create(
        member_id=line.member_id, payment_id=line.payment_id, month=date(2035, 5, 1), jkk_idr=10_000, jkm_idr=6_800,
        received_on=line.received_on, rulebook_hash="x",
    )  # fmt: skip
    (stray,) = ContributionLine.objects.filter(month=date(2035, 5, 1))
    assert partition_of(stray) == "contributions_line_elsewhen"
    assert services.open_ledger(actor=JOB, first=Period(2035, 5), last=Period(2035, 6)) == 1


@pytest.mark.parametrize("table", ["contributions_line_2017_10", "contributions_line_elsewhen"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET turn = turn", "DELETE FROM {}", "TRUNCATE {}"])
def test_a_partition_refuses_changes_by_itself(cast: Cast, table: str, statement: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))


def test_a_month_taken_back_can_be_paid_again_and_stands_once(cast: Cast) -> None:
    line = line_of(cast)
    payment, member = Payment.objects.get(), membership.lock_member(line.member_id)
    today = clock.today()
    assert ledger.take_back([line], received_on=today, reason=LineReason.TAKEN_BACK) == 1
    ledger.write_paid(payment, member, payment.code.prices, today, managed_before=0)
    lines = ContributionLine.objects.order_by("turn")
    assert [(each.turn, each.total_idr, each.managed_month) for each in lines] == [
        (0, 16_800, 1),
        (1, -16_800, 1),
        (2, 16_800, 1),
    ]
    with pytest.raises(Refused) as refusal:
        ledger.write_paid(payment, member, payment.code.prices, today, managed_before=0)
    assert refusal.value.code == Code.MONTH_ALREADY_PAID


@pytest.mark.parametrize(
    ("turn", "jkk_idr", "reason"),
    [
        (0, 10_000, "paid"),
        (1, 10_000, "taken_back"),
        (2, -10_000, "paid"),
        (1, -10_000, "paid"),
        (2, 10_000, "refunded"),
    ],
)
def test_the_database_refuses_a_line_that_does_not_fit_its_turn(
    cast: Cast, turn: int, jkk_idr: int, reason: str
) -> None:
    line = line_of(cast)
    with pytest.raises(DatabaseError, match=r"_pkey|fits_turn"), transaction.atomic():
        ContributionLine.objects.create(
            member_id=line.member_id, payment_id=line.payment_id, month=line.month, turn=turn, jkk_idr=jkk_idr,
            jkm_idr=0, received_on=line.received_on, reason=reason, rulebook_hash="x",
        )  # fmt: skip
