"""A month is prepared by Nofri and approved by Hendri; then it takes no more lines, and what comes late goes to a later one."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from tests.incentives.people import Worker, enter

from perisai.incentives import selectors, services
from perisai.incentives.models import IncentiveLine, Month, Preview
from perisai.incentives.rules.month import State
from perisai.kernel import clock
from perisai.kernel.actor import Actor, Grant, Role
from perisai.kernel.errors import Code, NotFound, Refused
from perisai.kernel.period import Period
from perisai.organisation.selectors import get_office
from perisai.site.cast import Cast

JOB = Actor.job("test")
MARCH, APRIL = Period(2026, 3), Period(2026, 4)
NOW = Period.of(clock.today())
THREE = ("jkk", "jkm", "jht")


def won(cast: Cast, count: int = 1, **changed: object) -> None:
    """Rina wins members in April, 36,800 each."""
    worker = Worker(cast.agent_ids["rina"], date(2026, 4, 20), THREE, 36_800)
    enter(cast, [replace(worker, **changed)] * count)  # type: ignore[arg-type]


def prepared(cast: Cast, period: Period = APRIL) -> Month:
    return services.prepare_month(actor=cast.nofri, branch_id=get_office("BKT").id, period=period)


def approved(cast: Cast, period: Period = APRIL) -> Month:
    return services.approve_month(actor=cast.hendri, month_id=prepared(cast, period).id)


def booked(period: Period) -> list[tuple[str, int, date]]:
    rows = IncentiveLine.objects.filter(period=period.first_day).order_by("about_period", "kind", "turn")
    return [(line.kind, line.agent_idr, line.about_period) for line in rows]


def refused(code: Code, **call: object) -> None:
    verb = call.pop("verb")
    with pytest.raises(Refused) as refusal:
        verb(**call)  # type: ignore[operator]
    assert refusal.value.code is code


def test_prepared_nothing_is_booked_yet_but_the_sums_are_shown(cast: Cast) -> None:
    won(cast, 25)
    month = prepared(cast)
    assert (month.state, month.prepared_by_id) == (State.PREVIEWED, cast.nofri.user_id)
    assert not IncentiveLine.objects.exists()
    sums = {each.kind: (each.reason, each.lines, each.agent_idr, each.wadah_idr) for each in Preview.objects.all()}
    assert sums == {
        "acquisition": ("counted", 25, 375_000, 37_500),
        "contribution": ("counted", 25, 138_000, 13_800),
    }


def test_approved_it_is_booked_and_takes_no_more_lines(cast: Cast) -> None:
    won(cast)
    month = approved(cast)
    assert (month.state, month.approved_by_id) == (State.APPROVED, cast.hendri.user_id)
    assert booked(APRIL) == [("acquisition", 0, APRIL.first_day), ("contribution", 5_520, APRIL.first_day)]
    won(cast)
    assert services.accrue(actor=cast.nofri, period=APRIL).lines == 2
    assert len(booked(APRIL)) == 2


def test_what_comes_late_goes_to_the_next_open_month_and_points_back(cast: Cast) -> None:
    won(cast, 24)
    approved(cast)
    won(cast, paid_on=date(2026, 4, 30))
    assert services.accrue(actor=cast.nofri, period=APRIL).lines == 26
    assert {line[2] for line in booked(NOW)} == {APRIL.first_day}
    assert sum(line[1] for line in booked(NOW)) == 25 * 15_000 + 5_520
    [*late] = selectors.statement(cast.rina, cast.agent_ids["rina"], NOW).lines
    assert {line.settles for line in late} == {APRIL}
    assert late[0].why("id").startswith("Susulan untuk Apr")
    assert services.accrue(actor=JOB, period=APRIL).lines == 0


def test_a_payment_taken_back_later_takes_its_own_and_leaves_the_others(cast: Cast) -> None:
    """25 members reached the threshold in April; one of them was never paid for: the other 24 keep their fee."""
    won(cast, 24)
    won(cast, gone_on=date(2026, 5, 4))
    approved(cast)
    services.accrue(actor=cast.nofri, period=Period(2026, 5))
    assert [line[:2] for line in booked(Period(2026, 5))] == [("acquisition", -15_000), ("contribution", -5_520)]


def test_a_month_that_waits_for_approval_books_nothing(cast: Cast) -> None:
    won(cast)
    prepared(cast)
    assert services.accrue(actor=JOB, period=APRIL).lines == 0


def test_whoever_prepared_a_month_does_not_approve_it(cast: Cast) -> None:
    won(cast)
    both = replace(cast.nofri, grants=(*cast.nofri.grants, Grant(Role.BRANCH_HEAD, office_path="KP/03/BKT")))
    month = prepared(cast)
    refused(Code.OWN_MONTH, verb=services.approve_month, actor=both, month_id=month.id)
    with pytest.raises(DatabaseError, match="four_eyes"), transaction.atomic():
        Month.objects.update(state=State.APPROVED, approved_at=clock.now(), approved_by_id=cast.nofri.user_id)


def test_what_changed_since_is_prepared_again_before_it_is_approved(cast: Cast) -> None:
    won(cast)
    month = prepared(cast)
    won(cast)
    with transaction.atomic():
        refused(Code.MONTH_CHANGED, verb=services.approve_month, actor=cast.hendri, month_id=month.id)
        transaction.set_rollback(True)
    assert approved(cast).state == State.APPROVED


def test_sent_back_it_is_open_again(cast: Cast) -> None:
    won(cast)
    month = services.send_back_month(actor=cast.hendri, month_id=prepared(cast).id, reason="Mira belum lengkap")
    assert (month.state, month.prepared_by_id) == (State.OPEN, None)
    assert not Preview.objects.exists()
    refused(
        Code.REASON_MISSING, verb=services.send_back_month, actor=cast.hendri, month_id=prepared(cast).id, reason=" "
    )


def test_a_closed_month_stays_closed(cast: Cast) -> None:
    month = services.close_month(actor=cast.hendri, month_id=approved(cast).id)
    assert month.state == State.CLOSED
    refused(Code.WRONG_ORDER, verb=services.approve_month, actor=cast.hendri, month_id=month.id)
    refused(Code.WRONG_ORDER, verb=prepared, cast=cast)


def test_a_month_is_prepared_when_it_is_over_and_in_its_turn(cast: Cast) -> None:
    won(cast)
    won(cast, paid_on=date(2026, 3, 20))
    services.accrue(actor=JOB, period=MARCH)
    refused(Code.MONTH_NOT_OVER, verb=prepared, cast=cast, period=NOW)
    refused(Code.EARLIER_MONTH_OPEN, verb=prepared, cast=cast)
    approved(cast, MARCH)
    assert prepared(cast).state == State.PREVIEWED


@pytest.mark.parametrize("who", ["rina", "buyung", "laras", "nofri", "irwansyah", "sudirman", "admin", "gustina"])
def test_only_the_head_of_the_branch_approves(cast: Cast, who: str) -> None:
    month = prepared(cast)
    for verb, more in (
        (services.approve_month, {}),
        (services.send_back_month, {"reason": "Belum"}),
        (services.close_month, {}),
    ):
        with pytest.raises(NotFound):
            verb(actor=cast.actors[who], month_id=month.id, **more)


@pytest.mark.parametrize("who", ["rina", "buyung", "laras", "hendri", "irwansyah", "sudirman", "admin", "gustina"])
def test_only_finance_of_the_branch_prepares(cast: Cast, who: str) -> None:
    with pytest.raises(NotFound):
        services.prepare_month(actor=cast.actors[who], branch_id=get_office("BKT").id, period=APRIL)


@pytest.mark.parametrize("table", ["incentives_incentiveline", "incentives_line_2026_04"])
def test_the_database_itself_refuses_a_line_for_an_approved_month(cast: Cast, table: str) -> None:
    won(cast)
    approved(cast)
    again = f"""
        INSERT INTO {table} (accrual_id, agent_id, wadah_id, member_id, branch_id, posted_at, received_idr, amount_idr,
            agent_idr, wadah_idr, period, about_period, month, turn, counted, kind, subject, source, reason, regime,
            rulebook_hash)
        SELECT accrual_id, agent_id, wadah_id, member_id, branch_id, posted_at, received_idr, amount_idr, agent_idr, wadah_idr,
            period, about_period, month, turn + 1, counted, kind, subject, source, reason, regime, rulebook_hash
        FROM incentives_incentiveline
    """
    with pytest.raises(DatabaseError, match="takes no more lines"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(again)
    stranger = again.replace("SELECT accrual_id, agent_id", "SELECT accrual_id, gen_random_uuid()")
    with pytest.raises(DatabaseError, match="does not exist"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(stranger)
