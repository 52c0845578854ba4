"""The simulated bank pays a code of the cast over a real socket: bill, money, receipt, statement, storm."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.cache import cache
from django.db import connections
from django.test import Client
from django.test.testcases import LiveServerThread
from tests.contributions.money import approved

from perisai.banks.models import BankNotice, Partner
from perisai.contributions.models import Payment
from perisai.kernel import clock
from perisai.site.bank import journal, papers
from perisai.site.cast import FAMILY_NOW, Cast
from perisai.site.commands.bank_simulator import command, introduce


class Bank:
    """The command line of the bank, at the address where Perisai is served."""

    def __init__(self, url: str) -> None:
        self.url = url

    def __call__(self, *arguments: str, typed: str = "") -> Result:
        return CliRunner().invoke(command, ["--url", self.url, *arguments], input=typed)

    def says(self, *arguments: str, typed: str = "") -> str:
        result = self(*arguments, typed=typed)
        assert result.exit_code == 0, result.output
        return result.output


@pytest.fixture
def bank(open_stage: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bank]:
    cache.clear()
    monkeypatch.setattr(papers, "home", lambda: tmp_path)
    introduce()
    server = LiveServerThread("127.0.0.1", StaticFilesHandler, port=0)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    try:
        yield Bank(f"http://127.0.0.1:{server.port}")
    finally:
        server.terminate()
        connections.close_all()


def test_wati_pays_at_the_bank_and_checks_her_receipt_herself(open_stage: Cast, bank: Bank) -> None:
    code = approved(open_stage, FAMILY_NOW["wati"]).code
    assert bank.says("inquire", code) == "R********  Rp 8.400\n"
    said = bank.says("pay", code)
    payment = Payment.objects.get()
    assert said.startswith("Lunas: R********  Rp 8.400\n")
    assert f"{bank.url}/kuitansi/{payment.receipt_number}" in said
    assert "Iuran sudah diterima" in Client().get(f"/kuitansi/{payment.receipt_number}").content.decode()
    assert payment.channel == papers.CODE


def test_what_cannot_be_paid_is_given_back(open_stage: Cast, bank: Bank) -> None:
    code = approved(open_stage, FAMILY_NOW["wati"]).code
    wrong = bank("pay", code, "--amount", "5")
    assert (wrong.exit_code, "4042513" in wrong.output) == (1, True)
    assert "4042412" in bank("inquire", "90000000000").output
    assert bank.says("statement", "today").splitlines()[-1] == "TOTAL,0,,0.00"


def test_the_statement_of_the_day_stands_in_both_formats(open_stage: Cast, bank: Bank) -> None:
    paid, silent = (approved(open_stage, FAMILY_NOW[name]).code for name in ("wati", "ijus"))
    bank.says("pay", paid)
    assert "not told" in bank.says("pay", silent, "--silent")
    lines = bank.says("statement", "today").splitlines()
    first, second = journal.Journal(papers.home()).of_day(clock.today())
    assert lines[0] == "booked_at,reference,virtual_account,amount"
    assert lines[1] == f"{first.paid_at.isoformat(timespec='seconds')},{first.request_id},88899{paid},8400.00"
    assert lines[-1] == "TOTAL,2,,16800.00"
    swift = bank.says("statement", clock.today().isoformat(), "--format", "mt940")
    assert f":61:{clock.today():%y%m%d%m%d}C8400,00NTRF{second.request_id}" in swift
    assert f":62F:C{clock.today():%y%m%d}IDR16800,00" in swift
    assert Payment.objects.count() == 1


def test_a_storm_pays_every_code_once(open_stage: Cast, bank: Bank) -> None:
    codes = [approved(open_stage, FAMILY_NOW[name]) for name in ("wati", "joni", "ijus")]
    bills = "".join(f"{each.code} {each.amount_idr}\n" for each in [*codes, codes[0]])
    said = bank.says("storm", "--rate", "50", "--seconds", "1", typed=bills)
    assert said.startswith("3 of 4 accepted")
    assert "4042514  1" in said
    assert Payment.objects.count() == 3
    assert len(journal.Journal(papers.home()).of_day(clock.today())) == 3
    assert bank("storm", typed="nonsense\n").exit_code == bank("storm", typed="").exit_code == 1


def test_perisai_out_of_reach_is_said_and_the_money_stays_on_the_statement(open_stage: Cast, bank: Bank) -> None:
    code = approved(open_stage, FAMILY_NOW["wati"]).code
    bank.url = "http://127.0.0.1:9"
    assert "Perisai tidak menjawab" in bank("inquire", code).output
    assert "akan dicocokkan" in bank("pay", code, "--amount", "8400").output
    assert bank.says("statement", "today").splitlines()[-1] == "TOTAL,1,,8400.00"


def test_introduced_again_the_bank_has_new_papers_and_they_work(open_stage: Cast, bank: Bank) -> None:
    before = papers.papers()
    introduce()
    assert papers.papers().client_secret != before.client_secret
    assert Partner.objects.count() == 1
    bank.says("pay", approved(open_stage, FAMILY_NOW["wati"]).code)
    assert BankNotice.objects.filter(response_code="2002500").count() == 1


def test_papers_are_for_their_owner_only(bank: Bank) -> None:
    for name in ("partner.json", "key.pem"):
        assert (papers.home() / name).stat().st_mode & 0o077 == 0


def test_without_papers_the_bank_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(papers, "home", lambda: tmp_path)
    result = CliRunner().invoke(command, ["pay", "91234567895"])
    assert result.exit_code == 1
    assert "register" in result.output
