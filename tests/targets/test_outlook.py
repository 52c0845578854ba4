"""Will the office make it: drawn from its own months, the same for everybody who looks."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.algorithms import Row, number, worked
from tests.stage.fixtures import signed_in
from tests.targets import backtest
from tests.targets.people import member, protect

from perisai.kernel.period import Period
from perisai.site.cast import Cast
from perisai.targets import selectors, services
from perisai.targets.rules import AgentYield, months_ahead, outlook

GAINS = st.lists(st.integers(-500, 5_000), min_size=6, max_size=12)
DAYS = st.dates(date(2017, 1, 1), date(2027, 12, 30))


@pytest.mark.parametrize("row", worked("target", "Will we make it"))
def test_the_outlook_as_on_the_page(row: Row) -> None:
    seen = outlook(
        [int(card) for card in row["Month cards"].split()],
        number(row["Members"]),
        number(row["Target"]),
        date.fromisoformat(row["Today"]),
        more_agents=number(row["More agents"]),
        lately=AgentYield(number(row["Agents lately"]), number(row["Kept lately"]), months=3),
    )
    told = None if seen is None else (seen.percent, seen.path[-1].low, seen.path[-1].high)
    assert told == (None if row["Chance"] == "-" else (int(row["Chance"]), number(row["Low"]), number(row["High"])))


def test_what_was_told_came_true_as_often_as_the_page_says() -> None:
    told = backtest.tell_all()
    page = [tuple(row.values()) for row in worked("target", "How well it would have done")]
    assert [(name, *map(str, figures)) for name, *figures in backtest.buckets(told)] == page
    ours, pace = backtest.brier(told)
    assert (round(ours, 3), round(pace, 3)) == (0.131, 0.243)


@given(gains=GAINS, members=st.integers(0, 10**6), today=DAYS)
def test_the_band_is_in_order_and_inside_what_the_cards_allow(gains: list[int], members: int, today: date) -> None:
    ahead = months_ahead(today)
    seen = outlook(gains, members, members + 1, today)
    assert (seen is None) == (not ahead)
    if seen:
        assert [each.on for each in seen.path] == [on for on, _ in ahead]
        for count, each in enumerate(seen.path, start=1):
            assert each.low <= each.middle <= each.high
            assert each.low >= max(members + count * min(*gains, 0), 0)
            assert each.high <= max(members + count * max(*gains, 0), 0)


@given(gains=GAINS, members=st.integers(0, 10**6), gap=st.integers(1, 10**5), more=st.integers(0, 50), today=DAYS)
def test_a_nearer_target_and_more_agents_never_lower_the_chance(
    gains: list[int], members: int, gap: int, more: int, today: date
) -> None:
    lately = AgentYield(agents=10, kept=45, months=3)
    far = outlook(gains, members, members + gap, today)
    near = outlook(gains, members, members + gap - 1, today)
    helped = outlook(gains, members, members + gap, today, more_agents=more, lately=lately)
    if far and near and helped:
        assert far.reached <= near.reached
        assert far.reached <= helped.reached


@given(today=DAYS)
def test_the_months_ahead_end_with_the_year_and_only_the_first_is_a_part(today: date) -> None:
    ahead = months_ahead(today)
    if ahead:
        assert ahead[-1][0] == date(today.year, 12, 31)
        assert all(0 < share <= 1 for _, share in ahead)
        assert all(share == 1 for _, share in ahead[1:])
        assert ahead[0][0] > today - timedelta(days=1)


def test_agents_who_won_nobody_would_win_nobody() -> None:
    assert AgentYield(agents=0, kept=0, months=3).of(20, Fraction(3)) == 0
    assert AgentYield(agents=10, kept=45, months=3).of(20, Fraction(3)) == 90
    assert AgentYield(agents=10, kept=45, months=3).of(1, Fraction(1, 2)) == 0


REPORT = date(2017, 9, 30)


def growing(joined_a_month: int) -> None:
    """Bukittinggi wins as many every month from the summer of 2016."""
    for month in range(16):
        first = Period(2016, 6).plus(month).first_day
        for _ in range(joined_a_month):
            protect(member("BKT"), [(first, 1)])


def bukittinggi_wants(cast: Cast, amount: int) -> None:
    services.set_target(
        actor=cast.irwansyah, office_code="BKT", year=2017, segment="bpu", amount=amount, reason="Rapat kerja"
    )


def test_bukittinggi_wins_two_a_month_and_makes_what_three_months_of_that_reach(cast: Cast) -> None:
    growing(2)
    bukittinggi_wants(cast, 38)
    seen = selectors.attainment(cast.hendri, "BKT", "bpu", REPORT).outlook
    assert seen is not None
    assert (seen.months, seen.percent, [each.high for each in seen.path]) == (12, 100, [34, 36, 38])
    bukittinggi_wants(cast, 39)
    seen = selectors.attainment(cast.hendri, "BKT", "bpu", REPORT).outlook
    assert seen is not None
    assert seen.percent == 0


def test_without_a_target_or_half_a_year_nothing_is_foretold(cast: Cast) -> None:
    growing(1)
    assert selectors.attainment(cast.hendri, "BKT", "bpu", REPORT).outlook is None
    bukittinggi_wants(cast, 30)
    assert selectors.attainment(cast.hendri, "BKT", "bpu", date(2016, 10, 31)).outlook is None


def test_what_more_agents_would_win_comes_from_those_who_won_lately(cast: Cast) -> None:
    growing(1)
    bukittinggi_wants(cast, 20)
    won = member("BKT")
    won.agent_id, won.joined_on = cast.agent_ids["rina"], date(2017, 9, 1)
    won.save()
    protect(won, [(date(2017, 9, 1), 1)])
    left = member("BKT")
    left.agent_id, left.joined_on = cast.agent_ids["rina"], date(2017, 9, 2)
    left.save()
    protect(left, [(date(2017, 9, 2), 1), (date(2017, 9, 20), -1)])
    board = selectors.board(cast.hendri, "BKT", REPORT, more_agents=3)
    assert board.won_lately == AgentYield(agents=1, kept=1, months=3)
    figure = board.attainment["bpu"]
    assert figure.outlook is not None
    assert figure.helped is not None
    assert figure.helped.path[-1].middle == figure.outlook.path[-1].middle + 3
    assert board.attainment["pu"].helped is None


def test_the_page_tells_the_chance_and_what_more_agents_would_change(cast: Cast) -> None:
    growing(2)
    bukittinggi_wants(cast, 39)
    page = signed_in("hendri").get("/target?kantor=BKT&per=2017-09-30").content.decode()
    assert "Peluang tercapai 0%: 0 dari 1.000 kemungkinan yang diundi dari 12 bulan terakhir." in page
    asked = signed_in("hendri").get("/target?kantor=BKT&per=2017-09-30&tambah=5").content.decode()
    assert "Dalam 90 hari terakhir belum ada Perisai yang membawa peserta" in asked
    for nonsense in ("-1", "x", "9" * 30, "²"):
        assert signed_in("hendri").get(f"/target?kantor=BKT&per=2017-09-30&tambah={nonsense}").status_code == 200
