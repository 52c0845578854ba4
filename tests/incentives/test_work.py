"""Three idle months end an agent's work, by the law of each month; handed over, a member counts from month one."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.algorithms import number, worked
from tests.incentives.people import Worker, enter

from perisai.agents.selectors import agents_by_id
from perisai.incentives import idle, services
from perisai.incentives.rules import work
from perisai.kernel import clock
from perisai.kernel.actor import Actor
from perisai.kernel.errors import NotFound
from perisai.kernel.money import Rupiah
from perisai.kernel.period import Period
from perisai.notices.models import Notice
from perisai.organisation.selectors import get_office
from perisai.site.cast import Cast

JOB = Actor.job("test")
IN_2018 = datetime(2018, 2, 1, 3, tzinfo=clock.WIB)
IN_2026 = datetime(2026, 8, 1, 3, tzinfo=clock.WIB)


def idle_now(cast: Cast) -> set[str]:
    found = idle.idle_agents(Period.of(clock.today()), [get_office("BKT").id])
    return {who for who, agent_id in cast.agent_ids.items() if agent_id in found}


@pytest.mark.parametrize("row", worked("incentive", "Idle months"))
def test_the_worked_table_of_idle_months(row: dict[str, str]) -> None:
    month = work.MonthOfWork(Period.parse(row["Month"]), number(row["New members"]), Rupiah(number(row["Received"])))
    assert work.is_idle(month) == (row["Idle"] == "yes")


@pytest.mark.parametrize("row", worked("incentive", "The end of an idle agent"))
def test_the_worked_table_of_the_end_of_an_idle_agent(row: dict[str, str]) -> None:
    months = work.months_to_judge(Period.parse(row["Running month"]))
    brought = zip(months, row["New members"].split(), row["Received"].split(), strict=True)
    assert (
        work.must_end(work.MonthOfWork(month, number(new), Rupiah(number(paid))) for month, new, paid in brought)
    ) == (row["Ends"] == "yes")


@pytest.mark.parametrize("row", worked("incentive", "Handover"))
def test_the_worked_table_of_a_handover(row: dict[str, str]) -> None:
    members = [work.Managed(Rupiah(number(row["A month"])), number(row["Months so far"]))]
    effect = work.effect_of_handover(Period.parse(row["Month"]), members, to_branch=row["To"] == "branch")
    assert (effect.giver_idr, effect.taker_idr) == (number(row["Giver loses"]), number(row["Taker gains"]))


def test_in_2018_contributions_keep_an_agent_and_in_2026_only_new_members_do(cast: Cast) -> None:
    rina, mira = cast.agent_ids["rina"], cast.agent_ids["mira"]
    enter(cast, [Worker(rina, date(2018, 1, 9), joins=False), Worker(rina, date(2026, 7, 9), joins=False)])
    enter(cast, [Worker(mira, date(2026, 5, 9))])
    with clock.turned_to(IN_2018):
        assert "rina" not in idle_now(cast)
        assert "mira" in idle_now(cast)
    with clock.turned_to(IN_2026):
        assert "rina" in idle_now(cast)
        assert "mira" not in idle_now(cast)


def test_ended_once_told_and_not_again(cast: Cast) -> None:
    enter(cast, [Worker(cast.agent_ids["mira"], date(2026, 5, 9))])
    with clock.turned_to(IN_2026):
        ended = services.end_idle_agents(actor=JOB)
        assert ended >= 1
        assert services.end_idle_agents(actor=JOB) == 0
    rina = agents_by_id([cast.agent_ids["rina"]])[cast.agent_ids["rina"]]
    assert (rina.state, rina.ended_as, rina.ended_on) == ("terminated", "idle", date(2026, 8, 1))
    assert rina.user_id
    [notice] = Notice.objects.filter(kind="agent_ended_idle", user_id=rina.user_id)
    assert notice.facts == {"months": 3}


def test_a_new_agent_is_not_judged_before_the_months_are_over(cast: Cast) -> None:
    with clock.turned_to(datetime(2017, 4, 3, 3, tzinfo=clock.WIB)):
        assert not idle_now(cast)


@pytest.mark.parametrize("who", ["rina", "buyung", "laras", "nofri", "irwansyah", "sudirman", "admin"])
def test_only_the_job_and_who_manages_agents_end_them(cast: Cast, who: str) -> None:
    with pytest.raises(NotFound):
        services.end_idle_agents(actor=cast.actors[who])


@given(st.lists(st.tuples(st.integers(0, 2), st.sampled_from([0, 16_800])), min_size=3, max_size=3))
def test_one_month_of_work_keeps_an_agent(brought: list[tuple[int, int]]) -> None:
    months = work.months_to_judge(Period(2026, 8))
    assert months == (Period(2026, 5), Period(2026, 6), Period(2026, 7))
    judged = [
        work.MonthOfWork(month, acquired, Rupiah(idr)) for month, (acquired, idr) in zip(months, brought, strict=True)
    ]
    assert work.must_end(judged) == (sum(acquired for acquired, _ in brought) == 0)
