"""Rina and her Wadah read what they earned, and why a line does not count."""

from datetime import date

import pytest
from tests.incentives.people import Worker, enter

from perisai.incentives import rules, selectors, services, wording
from perisai.kernel.actor import Actor
from perisai.kernel.errors import NotFound
from perisai.kernel.period import Period
from perisai.site.cast import Cast

JOB = Actor.job("test")
OCTOBER, APRIL = Period(2017, 10), Period(2026, 4)
THREE = ("jkk", "jkm", "jht")


@pytest.fixture
def april(cast: Cast) -> Cast:
    """Rina wins 24 new members and wins one back; Mira's one member pays for the 61st month."""
    rina, mira, day = cast.agent_ids["rina"], cast.agent_ids["mira"], date(2026, 4, 20)
    enter(cast, [Worker(rina, day, THREE, 36_800)] * 24)
    enter(
        cast,
        [Worker(rina, day, THREE, 36_800, first_time=False), Worker(mira, day, first_managed_month=61, joins=False)],
    )
    services.accrue(actor=JOB, period=APRIL)
    return cast


def test_rina_reads_that_one_new_member_is_missing(april: Cast) -> None:
    month = selectors.statement(april.rina, april.agent_ids["rina"], APRIL)
    assert (month.counted_members, month.threshold, month.missing_members) == (24, 25, 1)
    assert (month.acquisition_idr, month.contribution_idr, month.agent_idr) == (0, 25 * 5_520, 25 * 5_520)
    [known] = [line for line in month.lines if line.reason is rules.Reason.NIK_KNOWN_BEFORE]
    assert not known.counted
    assert "NIK" in known.why("id")
    below = next(line for line in month.lines if line.reason is rules.Reason.BELOW_THRESHOLD)
    assert below.why("id").startswith("Baru 24 dari 25")
    assert below.why("en").startswith("Only 24 of 25")


def test_one_more_member_turns_every_line_and_the_statement_shows_the_sum(april: Cast) -> None:
    enter(april, [Worker(april.agent_ids["rina"], date(2026, 4, 30), ("jkk", "jkm"), 16_800)])
    services.accrue(actor=april.nofri, period=APRIL)
    month = selectors.statement(april.rina, april.agent_ids["rina"], APRIL)
    assert month.acquisition_idr == 24 * 15_000 + 10_000
    assert month.missing_members == 0
    assert len(month.lines) == 26 + 26
    assert {line.reason for line in month.lines} == {rules.Reason.COUNTED, rules.Reason.NIK_KNOWN_BEFORE}


def test_after_sixty_months_the_member_is_back_with_the_branch(april: Cast) -> None:
    [line] = selectors.statement(april.mira, april.agent_ids["mira"], APRIL).lines
    assert (line.agent_idr, line.counted, line.rate, line.received_idr) == (0, False, None, 16_800)
    assert "kantor cabang" in line.why()


def test_names_are_masked_on_the_statement(april: Cast) -> None:
    assert {line.member_name for line in selectors.statement(april.rina, april.agent_ids["rina"], APRIL).lines} == {
        "A*****"
    }


def test_the_wadah_has_a_tenth_on_top_of_every_agent(april: Cast) -> None:
    month = selectors.wadah_statement(april.buyung, april.wadah_id, APRIL)
    assert [(each.agent_name, each.agent_idr, each.wadah_idr) for each in month.agents] == [
        ("Mira Susanti", 0, 0),
        ("Rina Marlina", 138_000, 13_800),
    ]
    assert (month.agent_idr, month.wadah_idr) == (138_000, 13_800)


def test_in_2017_the_wadah_has_a_tenth_of_the_whole(cast: Cast) -> None:
    enter(cast, [Worker(cast.agent_ids["rina"], date(2017, 10, 30), THREE, 36_800)] * 50)
    services.accrue(actor=JOB, period=OCTOBER)
    month = selectors.statement(cast.rina, cast.agent_ids["rina"], OCTOBER)
    assert (month.agent_idr, month.wadah_idr, month.regime) == (574_200, 63_800, "regime_2017")
    assert selectors.periods_of(cast.rina, cast.agent_ids["rina"]) == [OCTOBER]


@pytest.mark.parametrize("who", ["rina", "buyung", "laras", "hendri", "nofri", "irwansyah", "maharani", "sudirman"])
def test_who_may_read_rinas_statement(april: Cast, who: str) -> None:
    assert selectors.statement(april.actors[who], april.agent_ids["rina"], APRIL).agent_name == "Rina Marlina"


@pytest.mark.parametrize("who", ["gustina", "mira", "datuak", "admin"])
def test_the_neighbours_officer_and_others_see_nothing(april: Cast, who: str) -> None:
    actor, rina = april.actors[who], april.agent_ids["rina"]
    with pytest.raises(NotFound):
        selectors.statement(actor, rina, APRIL)
    with pytest.raises(NotFound):
        selectors.periods_of(actor, rina)
    with pytest.raises(NotFound):
        selectors.wadah_statement(actor, april.wadah_id, APRIL)
    with pytest.raises(NotFound):
        services.statement_document(actor=actor, agent_id=rina, period=APRIL)


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_statements_are_printed(april: Cast, language: services.Language) -> None:
    mine = services.statement_document(
        actor=april.rina, agent_id=april.agent_ids["rina"], period=APRIL, language=language
    )
    theirs = services.wadah_statement_document(
        actor=april.buyung, wadah_id=april.wadah_id, period=APRIL, language=language
    )
    assert mine.startswith(b"%PDF")
    assert theirs.startswith(b"%PDF")


def test_every_reason_that_a_rule_can_give_has_a_sentence() -> None:
    both = {rules.Reason.COUNTED, rules.Reason.SEGMENT_NOT_COVERED}
    acquisition = {rules.Reason.THRESHOLD_REACHED, rules.Reason.BELOW_THRESHOLD, rules.Reason.NIK_KNOWN_BEFORE}
    for reason in rules.Reason:
        kinds = {kind for kind in rules.Kind if (kind, reason) in wording.WHY}
        assert kinds, reason
        if reason in both:
            assert kinds == set(rules.Kind)
        elif reason in acquisition:
            assert kinds == {rules.Kind.ACQUISITION}
