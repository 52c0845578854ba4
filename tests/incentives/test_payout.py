"""What is approved is paid: tax withheld, one batch, the bank's file, each transfer paid or failed, Rina confirms."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st
from tests.algorithms import number, worked
from tests.incentives.people import Worker, enter

from perisai.agents import services as agents
from perisai.audit.models import Entry
from perisai.incentives import rules as rules_of_lines
from perisai.incentives import selectors, services
from perisai.incentives.models import Batch, IncentiveLine, Payout, Statement
from perisai.incentives.rules import payout as rules
from perisai.incentives.rules.payout import State, Withheld
from perisai.kernel import ids
from perisai.kernel.errors import Code, NotFound, Refused
from perisai.kernel.money import Rupiah
from perisai.kernel.period import Period
from perisai.organisation.selectors import get_office
from perisai.site.cast import Cast

APRIL = Period(2026, 4)
THREE = ("jkk", "jkm", "jht")


def approve(cast: Cast, period: Period) -> None:
    month = services.prepare_month(actor=cast.nofri, branch_id=get_office("BKT").id, period=period)
    services.approve_month(actor=cast.hendri, month_id=month.id)


def worked_for(cast: Cast, who: str, paid_on: date, count: int = 1, **changed: object) -> None:
    worker = Worker(cast.agent_ids[who], paid_on, THREE, 36_800)
    enter(cast, [replace(worker, **changed)] * count)  # type: ignore[arg-type]


@pytest.fixture
def april(cast: Cast) -> Cast:
    """Rina wins 25 members in April, Mira keeps one; the month is approved."""
    worked_for(cast, "rina", date(2026, 4, 20), 25)
    worked_for(cast, "mira", date(2026, 4, 20), joins=False)
    approve(cast, APRIL)
    return cast


def batch(cast: Cast) -> Batch:
    return services.make_batch(actor=cast.nofri, branch_id=get_office("BKT").id)


def refused(code: Code, do: Callable[[], object]) -> None:
    with pytest.raises(Refused) as refusal:
        do()
    assert refusal.value.code is code


def statement_of(cast: Cast, who: str) -> Statement:
    return Statement.objects.get(agent_id=cast.agent_ids[who])


def due(cast: Cast) -> dict[str, tuple[int, Withheld | None]]:
    return {each.number: (each.net_idr, each.withheld) for each in selectors.due(get_office("BKT").id)}


def test_approved_every_payee_has_a_statement_with_the_tax_of_the_law(april: Cast) -> None:
    rina = statement_of(april, "rina")
    assert (rina.gross_idr, rina.tax_idr, rina.net_idr) == (513_000, 12_825, 500_175)
    wadah = Statement.objects.get(agent=None)
    assert (wadah.gross_idr, wadah.tax_idr, wadah.net_idr) == (51_300 + 552, 1_296, 50_556)
    assert due(april) == {"BKT-P001": (500_175, None), "BKT-P004": (5_382, None), "BKT-001": (50_556, None)}


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_papers_show_what_goes_to_the_account(april: Cast, language: services.Language) -> None:
    rina, wadah = april.agent_ids["rina"], april.wadah_id
    for made in (
        services.statement_document(actor=april.rina, agent_id=rina, period=APRIL, language=language),
        services.wadah_statement_document(actor=april.buyung, wadah_id=wadah, period=APRIL, language=language),
    ):
        assert made.startswith(b"%PDF")


@pytest.mark.parametrize("row", worked("incentive", "What is paid"))
def test_the_worked_table_of_what_is_paid(row: dict[str, str]) -> None:
    given = (number(row["Earned"]), number(row["Brought"]), Decimal(row["Tax rate"]))
    settled = rules.settle(Rupiah(given[0]), Rupiah(given[1]), given[2])
    assert (settled.tax_idr, settled.net_idr, settled.carried_idr) == tuple(
        number(row[name]) for name in ("Tax", "Paid", "Carried")
    )


@given(st.integers(-(10**9), 10**9), st.integers(-(10**9), 0), st.sampled_from(["0", "0.025", "0.05"]))
def test_nothing_is_lost_between_earned_and_paid(gross: int, brought: int, rate: str) -> None:
    settled = rules.settle(Rupiah(gross), Rupiah(brought), Decimal(rate))
    assert gross + brought == settled.net_idr + settled.tax_idr + settled.carried_idr
    assert settled.net_idr >= 0 >= settled.carried_idr
    assert settled.net_idr == 0 or settled.carried_idr == 0


def test_what_was_taken_back_is_brought_to_the_next_month(cast: Cast) -> None:
    """In May more is taken back than earned; June pays off the rest before anything is paid out."""
    worked_for(cast, "rina", date(2026, 4, 20), gone_on=date(2026, 5, 4))
    worked_for(cast, "rina", date(2026, 6, 10), each_idr=100_000)
    for month in (APRIL, APRIL.plus(1), APRIL.plus(2)):
        services.accrue(actor=cast.nofri, period=month)
        approve(cast, month)
    found = Statement.objects.filter(agent_id=cast.agent_ids["rina"]).order_by("period")
    assert [(each.gross_idr, each.brought_idr, each.tax_idr, each.net_idr, each.carried_idr) for each in found] == [
        (5_520, 0, 138, 5_382, 0),
        (-5_520, 0, 0, 0, -5_520),
        (15_000, -5_520, 237, 9_243, 0),
    ]
    for each in found:
        pure = rules.settle(Rupiah(each.gross_idr), Rupiah(each.brought_idr), each.tax_rate)
        assert (pure.tax_idr, pure.net_idr, pure.carried_idr) == (each.tax_idr, each.net_idr, each.carried_idr)


def test_the_batch_holds_each_payee_once_and_its_file_the_accounts(april: Cast) -> None:
    made = batch(april)
    assert (made.payouts, made.total_idr, made.due_on) == (3, 556_113, date(2026, 5, 5))
    content = services.batch_file(actor=april.nofri, batch_id=made.id).decode()
    lines = content.split("\r\n")
    assert lines[1].split(";")[1:] == ["70020000004", "Mira Susanti", "5382", "BKT-P004/2026-04"]
    assert lines[-2] == f"total;3;{made.number};556113;2026-05-05"
    [entry] = Entry.objects.filter(action="incentives.batch.file_opened")
    assert len(entry.facts["sha256"]) == 64
    assert "7002" not in str(entry.facts)
    refused(Code.NOTHING_TO_PAY_OUT, lambda: batch(april))


def test_a_failed_transfer_is_paid_again_in_the_next_batch_and_a_paid_one_is_not(april: Cast) -> None:
    made = batch(april)
    first = Payout.objects.get(batch=made, statement=statement_of(april, "rina"))
    refused(Code.REASON_MISSING, lambda: services.mark_failed(actor=april.nofri, payout_id=first.id, reason=" "))
    services.mark_failed(actor=april.nofri, payout_id=first.id, reason="Rekening tidak aktif")
    assert services.mark_rest_paid(actor=april.nofri, batch_id=made.id) == 2
    assert [(each.number, each.failed) for each in selectors.due(get_office("BKT").id)] == [
        ("BKT-P001", "Rekening tidak aktif")
    ]
    again = batch(april)
    assert (again.payouts, again.total_idr) == (1, 500_175)
    with pytest.raises(IntegrityError, match="once_a_statement"), transaction.atomic():
        Payout.objects.create(batch=again, place=9, statement=first.statement, amount_idr=1)


def test_rina_confirms_what_came_and_mira_says_that_nothing_did(april: Cast) -> None:
    made = batch(april)
    rina, mira = statement_of(april, "rina"), statement_of(april, "mira")
    refused(Code.WRONG_ORDER, lambda: services.confirm_receipt(actor=april.rina, statement_id=rina.id))
    services.mark_rest_paid(actor=april.nofri, batch_id=made.id)
    for _ in range(2):
        assert services.confirm_receipt(actor=april.rina, statement_id=rina.id).state == State.CONFIRMED
    denied = services.deny_receipt(actor=april.mira, statement_id=mira.id, text="Belum masuk")
    assert (denied.state, denied.answer) == (State.DENIED, "Belum masuk")
    services.mark_failed(actor=april.nofri, payout_id=denied.id, reason="Dikembalikan bank")
    with pytest.raises(NotFound):
        services.confirm_receipt(actor=april.mira, statement_id=rina.id)


def test_while_an_agent_is_suspended_their_statement_waits(april: Cast) -> None:
    agents.suspend_agent(actor=april.hendri, agent_id=april.agent_ids["rina"], reason="Diperiksa")
    assert due(april)["BKT-P001"] == (500_175, Withheld.SUSPENDED)
    assert batch(april).payouts == 2
    agents.reinstate_agent(actor=april.hendri, agent_id=april.agent_ids["rina"], reason="Beres")
    assert batch(april).total_idr == 500_175


def test_while_a_dispute_about_the_month_is_open_the_statement_waits(april: Cast) -> None:
    line = IncentiveLine.objects.filter(agent_id=april.agent_ids["mira"]).latest("id")
    dispute = services.dispute_line(
        actor=april.mira,
        dispute_id=ids.new_id(),
        period=APRIL,
        kind=rules_of_lines.Kind(line.kind),
        subject=line.subject,
        text="Seharusnya peserta baru",
    )
    assert due(april)["BKT-P004"] == (5_382, Withheld.DISPUTE)
    services.answer_dispute(actor=april.nofri, dispute_id=dispute.id, answer="NIK sudah terdaftar")
    assert due(april)["BKT-P004"] == (5_382, None)


def test_after_fraud_nothing_is_paid_any_more(april: Cast) -> None:
    agents.terminate_agent_for_fraud(
        actor=april.hendri, agent_id=april.agent_ids["rina"], reason="Iuran ditahan", on=date(2026, 5, 2)
    )
    assert due(april)["BKT-P001"] == (500_175, Withheld.FRAUD)
    assert batch(april).payouts == 2


@pytest.mark.parametrize("who", ["rina", "buyung", "laras", "hendri", "irwansyah", "sudirman", "admin", "gustina"])
def test_only_finance_of_the_branch_pays(april: Cast, who: str) -> None:
    actor, made = april.actors[who], batch(april)
    payout = Payout.objects.filter(batch=made).first()
    assert payout is not None
    for do in (
        lambda: services.make_batch(actor=actor, branch_id=get_office("BKT").id),
        lambda: services.batch_file(actor=actor, batch_id=made.id),
        lambda: services.mark_paid(actor=actor, payout_id=payout.id),
        lambda: services.mark_failed(actor=actor, payout_id=payout.id, reason="Gagal"),
        lambda: services.mark_rest_paid(actor=actor, batch_id=made.id),
    ):
        with pytest.raises(NotFound):
            do()
