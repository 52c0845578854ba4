"""Irwansyah looks at his region, Hendri at his branch; a percentage is computed, whatever a paper printed."""

from datetime import date
from decimal import Decimal

import pytest
from tests.targets.people import member, protect

from perisai.kernel import clock
from perisai.kernel.actor import Actor
from perisai.kernel.errors import Code, NotFound, Refused
from perisai.site.cast import Cast
from perisai.targets import selectors, services
from perisai.targets.models import ReportedFigure, Target

JOB = Actor.job("test")
REPORT = date(2017, 9, 30)


@pytest.fixture
def report(cast: Cast) -> Cast:
    services.load_report_figures(actor=JOB)
    return cast


def target(cast: Cast, office: str, amount: int, year: int = 2017, segment: str = "bpu") -> Target:
    return services.set_target(
        actor=cast.irwansyah, office_code=office, year=year, segment=segment, amount=amount, reason="Rapat kerja"
    )


def test_the_report_says_75_where_79_04_is_computed(report: Cast) -> None:
    farmers = selectors.attainment(report.irwansyah, "03", "bpu", REPORT)
    assert (farmers.attained, farmers.target, farmers.percent) == (64_809, 82_000, Decimal("79.04"))
    assert farmers.reported is not None
    assert (farmers.reported.percent, farmers.reported.reported_percent) == (Decimal("79.04"), Decimal(75))
    assert (farmers.basis, farmers.missing, farmers.is_synthetic) == ("reported", 17_191, False)
    workers = selectors.attainment(report.irwansyah, "03", "pu", REPORT)
    assert (workers.percent, workers.missing) == (Decimal("85.04"), 137_822)


def test_a_rank_carries_its_population_and_says_what_is_synthetic(report: Cast) -> None:
    rows = selectors.rank(report.irwansyah, "regional", "pu", 2017, REPORT)
    assert [(row.place, row.population) for row in rows] == [(place, 11) for place in range(1, 12)]
    assert [(row.code, row.place) for row in rows if not row.is_synthetic] == [("03", 2)]
    assert all(row.basis == "reported" for row in rows)


def test_where_members_are_counted_the_paper_stands_beside_the_count(report: Cast) -> None:
    protect(member("BKT"), [(date(2017, 9, 1), 1)])
    farmers = selectors.attainment(report.irwansyah, "03", "bpu", REPORT)
    assert (farmers.attained, farmers.basis) == (1, "computed")
    assert farmers.reported is not None
    assert farmers.reported.attained == 64_809
    assert selectors.attainment(report.irwansyah, "03", "pu", REPORT).basis == "reported"


def test_a_figure_of_later_or_of_another_year_is_not_used(report: Cast) -> None:
    assert selectors.attainment(report.irwansyah, "03", "bpu", date(2017, 9, 29)).reported is None
    assert selectors.attainment(report.irwansyah, "03", "bpu", date(2018, 1, 1)).reported is None


def test_the_nation_is_the_sum_of_its_regions(report: Cast) -> None:
    protect(member("BKT"), [(date(2017, 9, 1), 1)])
    rows = selectors.rank(report.maharani, "regional", "bpu", 2017, REPORT)
    nation = selectors.attainment(report.maharani, "KP", "bpu", REPORT)
    assert nation.attained == sum(row.attained for row in rows)
    assert nation.target == sum(row.target or 0 for row in rows)
    assert nation.basis == "mixed"


def test_branch_targets_sum_to_the_regions(report: Cast) -> None:
    for segment, total in (("pu", 921_000), ("bpu", 82_000)):
        rows = selectors.rank(report.irwansyah, "branch", segment, 2017, REPORT)
        assert sum(row.target or 0 for row in rows) == total
        assert all(row.is_synthetic for row in rows)


def test_loaded_again_nothing_is_new_and_a_target_set_by_a_person_stays(cast: Cast) -> None:
    target(cast, "BKT", 5)
    assert services.load_report_figures(actor=JOB) == Target.objects.count() - 1 + ReportedFigure.objects.count()
    assert services.load_report_figures(actor=JOB) == 0
    assert selectors.attainment(cast.hendri, "BKT", "bpu", REPORT).target == 5


def test_bukittinggi_needs_and_has_a_pace(cast: Cast) -> None:
    target(cast, "BKT", 10)
    for day in (date(2016, 5, 1), date(2017, 8, 1), date(2017, 9, 1), date(2017, 9, 2)):
        protect(member("BKT"), [(day, 1)])
    now = selectors.attainment(cast.hendri, "BKT", "bpu", REPORT)
    assert (now.attained, now.target, now.percent, now.missing) == (4, 10, Decimal("40.00"), 6)
    assert now.pace_needed is not None
    assert (now.pace_needed.per_month, now.pace_needed.months_left) == (2, 3)
    assert now.pace_now_per_month == 1
    assert now.expected_at_year_end == 7


def test_without_a_target_there_is_a_count_and_no_place(cast: Cast) -> None:
    protect(member("BKT"), [(date(2017, 8, 1), 1)])
    now = selectors.attainment(cast.hendri, "BKT", "bpu", REPORT)
    assert (now.attained, now.target, now.percent, now.missing, now.pace_needed) == (1, None, None, None, None)
    row = next(each for each in selectors.rank(cast.hendri, "branch", "bpu", 2017, REPORT) if each.code == "BKT")
    assert (row.place, row.population) == (None, 0)


def test_equal_branches_share_a_place_and_the_next_is_skipped(cast: Cast) -> None:
    for branch, joined in (("BKT", 2), ("SLK", 2)):
        target(cast, branch, 4)
        for _ in range(joined):
            protect(member(branch), [(date(2017, 8, 1), 1)])
    target(cast, "PDG", 4)
    rows = selectors.rank(cast.hendri, "branch", "bpu", 2017, REPORT)
    assert {(row.code, row.place, row.shared) for row in rows if row.place} == {
        ("BKT", 1, True),
        ("SLK", 1, True),
        ("PDG", 3, False),
    }
    assert {row.population for row in rows} == {3}


def test_the_board_of_bukittinggi(report: Cast) -> None:
    for day in (date(2016, 5, 1), date(2017, 2, 28), date(2017, 3, 1)):
        protect(member("BKT"), [(day, 1)])
    leaver = member("BKT")
    protect(leaver, [(date(2017, 1, 5), 1), (date(2017, 6, 1), -1)])
    page = selectors.board(report.laras, "BKT", REPORT)
    assert (page.office_code, page.office_kind, page.children["bpu"]) == ("BKT", "branch", ())
    curve = [(point.on.isoformat()[:7], point.members) for point in page.curve["bpu"]]
    assert curve == [
        ("2016-12", 1), ("2017-01", 2), ("2017-02", 3), ("2017-03", 4), ("2017-04", 4), ("2017-05", 4), ("2017-06", 3),
        ("2017-07", 3), ("2017-08", 3), ("2017-09", 3),
    ]  # fmt: skip
    assert page.standing["bpu"].population == 12
    agam = next(row for row in page.regencies if row.code == "13.06")
    assert (agam.name, dict(agam.members)) == ("Agam", {"pu": 0, "bpu": 3})
    assert {row.code for row in page.regencies} >= {"13.06", "13.75"}


def test_the_board_of_the_region_shows_its_branches(report: Cast) -> None:
    protect(member("SLK", "pu"), [(date(2017, 8, 1), 1)])
    page = selectors.board(report.irwansyah, "03", REPORT)
    assert len(page.children["pu"]) == 12
    assert next(row for row in page.children["pu"] if row.code == "SLK").attained == 1
    assert page.standing["bpu"].place == 4
    assert selectors.board(report.maharani, "KP", REPORT).standing["pu"].population == 1


@pytest.mark.parametrize(
    ("who", "office"),
    [("gustina", "BKT"), ("laras", "03"), ("irwansyah", "01"), ("rina", "BKT"), ("nofri", "BKT"), ("admin", "KP"),
     ("datuak", "BKT"), ("hendri", "XXX")],
)  # fmt: skip
def test_an_office_outside_is_not_found(report: Cast, who: str, office: str) -> None:
    with pytest.raises(NotFound):
        selectors.attainment(report.actors[who], office, "bpu", REPORT)
    with pytest.raises(NotFound):
        selectors.board(report.actors[who], office, REPORT)


@pytest.mark.parametrize("who", ["rina", "buyung", "nofri", "datuak", "admin"])
def test_who_sees_no_targets_sees_no_ranking(report: Cast, who: str) -> None:
    with pytest.raises(NotFound):
        selectors.rank(report.actors[who], "branch", "bpu", 2017, REPORT)


@pytest.mark.parametrize("who", ["laras", "hendri", "sudirman", "rina", "gustina"])
def test_who_may_not_set_targets(cast: Cast, who: str) -> None:
    with pytest.raises(NotFound):
        services.set_target(
            actor=cast.actors[who], office_code="BKT", year=2017, segment="bpu", amount=5, reason="Ingin saja"
        )
    with pytest.raises(NotFound):
        services.refresh_tally(actor=cast.actors[who])


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"reason": " "}, Code.REASON_MISSING, "reason"),
        ({"amount": 0}, Code.TARGET_OUT_OF_RANGE, "amount"),
        ({"amount": -1}, Code.TARGET_OUT_OF_RANGE, "amount"),
        ({"amount": 10**15}, Code.TARGET_OUT_OF_RANGE, "amount"),
        ({"segment": "pmi"}, Code.CHOICE_UNKNOWN, "segment"),
        ({"year": 1900}, Code.TARGET_YEAR_OUT_OF_RANGE, "year"),
        ({"year": 20177}, Code.TARGET_YEAR_OUT_OF_RANGE, "year"),
    ],
)
def test_a_wrong_target_is_answered_at_its_field(
    cast: Cast, changed: dict[str, object], code: Code, field: str
) -> None:
    facts = {"office_code": "BKT", "year": 2017, "segment": "bpu", "amount": 5, "reason": "Rapat"} | changed
    with pytest.raises(Refused) as refusal:
        services.set_target(actor=cast.irwansyah, **facts)  # type: ignore[arg-type]
    assert (refusal.value.code, refusal.value.field) == (code, field)


def test_the_latest_target_counts_and_the_older_one_stays_readable(cast: Cast) -> None:
    target(cast, "BKT", 10)
    target(cast, "BKT", 20)
    assert selectors.attainment(cast.hendri, "BKT", "bpu", REPORT).target == 20
    assert [row.amount for row in Target.objects.order_by("id")] == [10, 20]


def test_the_running_year_has_targets_for_the_cast(report: Cast) -> None:
    today = clock.today()
    rows = selectors.rank(report.irwansyah, "branch", "bpu", today.year, today)
    assert {row.population for row in rows} == {12}
    assert sum(row.target or 0 for row in rows) == selectors.attainment(report.irwansyah, "03", "bpu", today).target
