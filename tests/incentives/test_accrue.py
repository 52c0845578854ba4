"""The month is accrued: the statement in SQL and the pure rule give one answer, and posting twice posts once."""

from collections.abc import Iterator, Sequence
from datetime import date
from threading import Barrier, Thread
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from tests.incentives.people import Worker, check_deferred, enter

from perisai.contributions.rules import Programme
from perisai.incentives import rules, services
from perisai.incentives.models import Accrual, IncentiveLine
from perisai.kernel.actor import Actor
from perisai.kernel.errors import Code, NotFound, Refused
from perisai.kernel.money import Rupiah
from perisai.kernel.period import Period
from perisai.site.cast import Cast

JOB = Actor.job("test")
OCTOBER = Period(2017, 10)
APRIL = Period(2026, 4)
THREE = ("jkk", "jkm", "jht")
OTHER_DAYS = {OCTOBER: (date(2017, 9, 30), date(2017, 11, 1)), APRIL: (date(2026, 3, 31), date(2026, 5, 1))}


def oracle(workers: Sequence[Worker], agent_id: UUID, period: Period) -> rules.Incentive:
    """What the pure rule says about an agent's workers; what they brought in an earlier month, it says about that month."""
    mine = [(place, each) for place, each in enumerate(workers) if each.agent_id == agent_id]
    theirs = [(place, each) for place, each in mine if Period.of(each.paid_on) == period]
    month = rules.regime_for(period)(
        period,
        [
            rules.NewMember(
                f"new-{place}",
                frozenset(map(Programme, each.programmes)),
                each.first_time,
                taken_back=_gone(each, period),
            )
            for place, each in theirs
            if each.joins
        ],
        [
            rules.PaidMonth(f"paid-{place}-{step}", Rupiah(each.each_idr), each.first_managed_month + step)
            for place, each in theirs
            for step in range(each.months)
        ],
    )
    return rules.take_back(month, [gone for place, each in mine for gone in _taken_back(workers, place, each, period)])


def _gone(worker: Worker, period: Period) -> bool:
    return worker.gone_on is not None and Period.of(worker.gone_on) == period


def _taken_back(workers: Sequence[Worker], place: int, worker: Worker, period: Period) -> Iterator[rules.TakenBack]:
    """The months of a worker whose money went in the period, and the registration, if an earlier month knows it."""
    if not _gone(worker, period):
        return
    came = Period.of(worker.paid_on)
    earlier = {line.subject_id: line for line in oracle(workers, worker.agent_id, came).lines} if came < period else {}

    def booked(subject: str) -> rules.Booked | None:
        line = earlier.get(subject)
        return rules.Booked(line.amount_idr, line.agent_idr, line.wadah_idr) if line else None

    for step in range(worker.months):
        of = f"paid-{place}-{step}"
        yield rules.TakenBack(f"gone-{of}", rules.Kind.CONTRIBUTION, of, Rupiah(-worker.each_idr), booked(of))
    if worker.joins and came < period:
        yield rules.TakenBack(f"gone-{place}", rules.Kind.ACQUISITION, f"new-{place}", booked=booked(f"new-{place}"))


def shapes(month: rules.Incentive) -> list[tuple[object, ...]]:
    return sorted(
        (line.kind.value, line.subject_id is None, line.amount_idr, line.agent_idr, line.wadah_idr, line.counted,
         line.reason.value, line.received_idr, str(line.rate and line.rate.normalize()))
        for line in month.lines
    )  # fmt: skip


def posted(agent_id: UUID, period: Period) -> list[tuple[object, ...]]:
    return sorted(
        (line.kind, line.subject == "", line.amount_idr, line.agent_idr, line.wadah_idr, line.counted, line.reason,
         line.received_idr, str(line.rate and line.rate.normalize()))
        for line in IncentiveLine.objects.filter(agent_id=agent_id, period=period.first_day)
    )  # fmt: skip


def _group(period: Period, count: int, **changed: object) -> dict[str, object]:
    """Like workers of Rina; 36,799 is chosen because every rate leaves a broken rupiah."""
    return {
        "who": "rina",
        "count": count,
        "paid_on": period.last_day,
        "programmes": THREE,
        "each_idr": 36_799,
    } | changed


@st.composite
def populations(draw: st.DrawFn) -> tuple[Period, tuple[dict[str, object], ...]]:
    """A month, and groups of like workers around the thresholds of 25 and 50."""
    period = draw(st.sampled_from([OCTOBER, APRIL]))
    group = st.fixed_dictionaries(
        {
            "who": st.sampled_from(["rina", "mira"]),
            "count": st.sampled_from([1, 2, 12, 24, 25, 49, 50]),
            "paid_on": st.sampled_from([period.first_day, period.last_day, period.last_day, *OTHER_DAYS[period]]),
            "programmes": st.sampled_from([("jkk", "jkm"), THREE]),
            "each_idr": st.sampled_from([33, 8_407, 36_799]),
            "months": st.sampled_from([1, 3]),
            "first_managed_month": st.sampled_from([1, 23, 24, 25, 59, 60, 61]),
            "joins": st.booleans(),
            "first_time": st.booleans(),
            "gone_on": st.sampled_from([None, None, period.last_day]),
        }
    )
    return period, tuple(draw(st.lists(group, min_size=1, max_size=3)))


@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],  # an example is hundreds of rows: making it smaller would take minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(populations())
@example((APRIL, (_group(APRIL, 25), _group(APRIL, 1, first_time=False, first_managed_month=24, months=3))))
@example((APRIL, (_group(APRIL, 24), _group(APRIL, 2, joins=False, first_managed_month=59, months=3))))
@example((OCTOBER, (_group(OCTOBER, 49, first_time=False), _group(OCTOBER, 1))))
@example((APRIL, (_group(APRIL, 24), _group(APRIL, 1, gone_on=APRIL.last_day, months=3))))
@example((OCTOBER, (_group(OCTOBER, 50, paid_on=date(2017, 9, 30), gone_on=OCTOBER.last_day),)))
@example(
    (
        APRIL,
        (
            _group(APRIL, 25, paid_on=date(2026, 3, 31)),
            _group(APRIL, 1, paid_on=date(2026, 3, 31), gone_on=APRIL.last_day, months=3),
        ),
    )
)
def test_the_statement_in_sql_is_the_pure_rule(
    cast: Cast, population: tuple[Period, tuple[dict[str, object], ...]]
) -> None:
    period, groups = population
    workers = []
    for group in groups:
        facts = dict(group)
        if str(facts["paid_on"]) > str(facts.get("gone_on")):
            facts["gone_on"] = None  # money does not go before it came
        agent_id, count = cast.agent_ids[str(facts.pop("who"))], facts.pop("count")
        workers += [Worker(agent_id=agent_id, **facts)] * int(str(count))  # type: ignore[arg-type]
    with transaction.atomic():
        enter(cast, workers)
        services.accrue(actor=JOB, period=period.plus(-1))
        services.accrue(actor=JOB, period=period)
        for who in ("rina", "mira"):
            agent_id = cast.agent_ids[who]
            paying = [each for each in workers if each.agent_id == agent_id]
            known = any(Period.of(each.paid_on) == period or _gone(each, period) for each in paying)
            assert posted(agent_id, period) == (shapes(oracle(paying, agent_id, period)) if known else [])
        check_deferred()
        transaction.set_rollback(True)


@pytest.mark.parametrize("period", [OCTOBER, APRIL])
def test_accrued_twice_it_is_posted_once(cast: Cast, period: Period) -> None:
    enter(cast, [Worker(cast.agent_ids["rina"], period.last_day, THREE, 36_800)] * 3)
    first = services.accrue(actor=cast.nofri, period=period)
    assert first.lines == len(posted(cast.agent_ids["rina"], period)) > 0
    again = services.accrue(actor=JOB, period=period)
    assert again.lines == 0
    assert len(posted(cast.agent_ids["rina"], period)) == first.lines
    assert [run.lines for run in Accrual.objects.order_by("-at")] == [0, first.lines]


def test_the_twenty_fifth_member_wakes_the_fees_of_the_other_twenty_four(cast: Cast) -> None:
    rina = cast.agent_ids["rina"]
    workers = [Worker(rina, date(2026, 4, 20), THREE, 36_800)] * 25
    enter(cast, workers[:24])
    services.accrue(actor=JOB, period=APRIL)
    assert sum(line.agent_idr for line in IncentiveLine.objects.all()) == 132_480
    enter(cast, workers[24:])
    services.accrue(actor=JOB, period=APRIL)
    lines = IncentiveLine.objects.all()
    assert (sum(line.agent_idr for line in lines), sum(line.wadah_idr for line in lines)) == (513_000, 51_300)
    assert services.accrue(actor=JOB, period=APRIL).lines == 0


def test_two_accruals_at_the_same_instant_post_once(open_stage: Cast) -> None:
    enter(open_stage, [Worker(open_stage.agent_ids["rina"], date(2017, 10, 30))] * 20)
    start, errors = Barrier(2), []

    def run(actor: Actor) -> None:
        try:
            start.wait(5)
            services.accrue(actor=actor, period=OCTOBER)
        except Exception as error:  # noqa: BLE001 - told to the main thread
            errors.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(actor,)) for actor in (open_stage.nofri, JOB)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert not errors
    assert sorted(run.lines for run in Accrual.objects.all()) == [0, 41]
    assert IncentiveLine.objects.count() == 41


@pytest.mark.parametrize("who", ["rina", "buyung", "laras", "hendri", "irwansyah", "sudirman", "admin"])
def test_only_finance_and_the_job_accrue(cast: Cast, who: str) -> None:
    with pytest.raises(NotFound):
        services.accrue(actor=cast.actors[who], period=OCTOBER)


def test_a_month_before_the_scheme_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused) as refusal:
        services.accrue(actor=JOB, period=Period(2016, 12))
    assert refusal.value.code == Code.MONTH_BEFORE_LAW


def test_the_ledger_takes_no_change(cast: Cast) -> None:
    enter(cast, [Worker(cast.agent_ids["rina"], date(2017, 10, 30))])
    services.accrue(actor=JOB, period=OCTOBER)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        IncentiveLine.objects.update(agent_idr=1)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Accrual.objects.update(lines=0)
