"""Firms are registered once, and a wage report is taken whole or not at all."""

from datetime import date
from typing import Any

import pytest
from tests.employers import people

from perisai.employers import selectors, services
from perisai.employers.models import ReportedWage, WageDraft, WageReport
from perisai.kernel.actor import Actor
from perisai.kernel.errors import Code, NotFound, Refused
from perisai.kernel.period import Period
from perisai.site.cast import Cast

pytestmark = pytest.mark.usefixtures("in_2017")
OWED = ("jkk", "jht", "jp", "jkm")


def taken(cast: Cast, firm: Any, draft: Any) -> Any:
    return services.take_wages(actor=cast.laras, firm_id=firm.id, draft_id=draft.id, programmes=OWED)


def refused(code: Code, call: Any) -> None:
    with pytest.raises(Refused) as refusal:
        call()
    assert refusal.value.code is code


def test_laras_registers_a_firm_of_her_branch(cast: Cast) -> None:
    firm = people.firm(cast, npp="ak-000001", division="1", name=" PT  Rangkiang ")
    assert (firm.npp, firm.division, firm.name, firm.branch.code) == ("AK000001", "001", "PT Rangkiang", "BKT")
    assert selectors.firm_for(cast.hendri, firm.id) == firm
    assert list(selectors.find_firms(cast.laras, "rangki")) == [firm]
    assert list(selectors.find_firms(cast.laras, "AK000001")) == [firm]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"npp": "AK1"}, Code.NPP_MALFORMED),
        ({"division": "x"}, Code.DIVISION_MALFORMED),
        ({"name": "--"}, Code.NAME_MISSING),
        ({"name": "A" * 300}, Code.NAME_TOO_LONG),
        ({"risk_class": 6}, Code.RISK_CLASS_UNKNOWN),
        ({"registered_on": date(2018, 1, 1)}, Code.DATE_IN_FUTURE),
        ({"village_code": "13.06.08.2999"}, Code.VILLAGE_UNKNOWN),
    ],
)
def test_a_firm_that_cannot_be_registered(cast: Cast, changed: dict[str, Any], code: Code) -> None:
    refused(code, lambda: people.firm(cast, **changed))


def test_a_number_is_given_once(cast: Cast) -> None:
    people.firm(cast)
    refused(Code.NPP_TAKEN, lambda: people.firm(cast))
    assert people.firm(cast, division="001")


@pytest.mark.parametrize("who", ["gustina", "nofri", "rina", "sudirman", "datuak", "admin"])
def test_who_does_not_manage_firms_of_bukittinggi_finds_none(cast: Cast, who: str) -> None:
    firm, actor = people.firm(cast), getattr(cast, who)
    with pytest.raises(NotFound):
        services.draft_wages(actor=actor, firm_id=firm.id, month=people.OCTOBER, content=people.csv())
    with pytest.raises(NotFound):
        people.firm(Cast({**cast.actors, "laras": actor}, {}, cast.wadah_id), npp="AK000002")


def test_a_draft_counts_for_nothing_and_the_next_takes_its_place(cast: Cast) -> None:
    firm = people.firm(cast)
    first, second = people.draft(cast, firm), people.draft(cast, firm)
    assert not WageReport.objects.exists()
    assert [each.id for each in WageDraft.objects.all()] == [second.id]
    with pytest.raises(NotFound):
        taken(cast, firm, first)


def test_a_report_in_order_is_taken_whole(cast: Cast) -> None:
    firm = people.firm(cast)
    report = taken(cast, firm, people.draft(cast, firm))
    assert (report.workers, report.wages_idr, report.revision) == (3, 17_149_284, 1)
    assert [(each.nik, each.name, each.wage_idr) for each in selectors.wages_of(report.id)] == list(people.WORKERS)
    assert not WageDraft.objects.exists()


def test_one_wrong_row_and_nothing_is_taken(cast: Cast) -> None:
    firm = people.firm(cast)
    draft = people.draft(cast, firm, content=people.csv(*people.WORKERS, ("1", "Joni", 1)))
    refused(Code.WAGE_REPORT_FAULTY, lambda: taken(cast, firm, draft))
    assert not ReportedWage.objects.exists()
    assert WageDraft.objects.filter(pk=draft.id).exists()


def test_a_second_report_of_a_month_is_the_one_that_counts(cast: Cast) -> None:
    firm = people.firm(cast)
    taken(cast, firm, people.draft(cast, firm))
    second = taken(cast, firm, people.draft(cast, firm, content=people.csv(people.WORKERS[0])))
    assert second.revision == 2
    assert list(selectors.newest_reports(firm.id)) == [second]


@pytest.mark.parametrize(("month", "code"), [("2017-11", Code.WAGE_MONTH_AHEAD), ("2017-07", Code.MONTH_BEFORE_LAW)])
def test_a_month_that_cannot_be_reported(cast: Cast, month: str, code: Code) -> None:
    firm = people.firm(cast)
    refused(code, lambda: people.draft(cast, firm, Period.parse(month)))


def test_a_sealed_draft_tells_nothing_in_the_table(cast: Cast) -> None:
    from django.db import connection

    people.draft(cast, people.firm(cast))
    with connection.cursor() as cursor:
        cursor.execute("SELECT rows FROM employers_wagedraft")
        [(kept,)] = cursor.fetchall()
    assert b"Siti" not in bytes(kept) and b"1306085001900003" not in bytes(kept)


def test_a_job_has_no_hand_in_wage_reports(cast: Cast) -> None:
    firm = people.firm(cast)
    with pytest.raises(NotFound):
        services.draft_wages(actor=Actor.job("night"), firm_id=firm.id, month=people.OCTOBER, content=people.csv())
