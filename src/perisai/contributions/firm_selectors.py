"""Reading what firms owe: for pages and for files."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from perisai.contributions import firm_ledger, rules
from perisai.contributions.firm_ledger import Arrears, Balance
from perisai.contributions.models import FirmBill, FirmPayment
from perisai.contributions.rules import Programme, PuContribution
from perisai.employers import selectors as employers
from perisai.employers.rules import FirmSize, Industry, Wage
from perisai.kernel import clock
from perisai.kernel.actor import Actor
from perisai.kernel.errors import NotFound
from perisai.kernel.period import Period
from perisai.organisation.policy import Permission
from perisai.organisation.selectors import offices_visible_to, scope_of, under_offices

if TYPE_CHECKING:
    from perisai.employers.models import Firm, WageReport

LATEST_FIRST = ("-paid_at", "-id")


def bill_for(actor: Actor, code: str, permission: Permission, *, lock: bool = False) -> FirmBill:
    """A firm's bill by its code, with firm and branch. Raises NotFound."""
    rows = FirmBill.objects.filter(under_offices(scope_of(actor, permission))).select_related("firm", "branch")
    bill = (rows.select_for_update(of=("self",)) if lock else rows).filter(code=code.strip()).first()
    if bill is None:
        raise NotFound("code")
    return bill


def balance_of(bill: FirmBill) -> Balance:
    """The bill as of today. The caller has passed its door."""
    return firm_ledger.balance_of_bill(bill.id, clock.today(ZoneInfo(bill.branch.timezone)))


def months_of(firm: "Firm") -> list[Balance]:
    """Every month of the firm as of today, newest first. The caller has passed the firm's door; branch at hand."""
    return firm_ledger.balances_of_firm(firm.id, clock.today(ZoneInfo(firm.branch.timezone)))


def payments_of(firm_id: UUID) -> QuerySet[FirmPayment]:
    """Newest first. The caller has passed the firm's door."""
    return FirmPayment.objects.filter(bill__firm_id=firm_id).select_related("bill").order_by(*LATEST_FIRST)


@dataclass(frozen=True, slots=True)
class ArrearsRow:
    firm: "Firm"
    arrears: Arrears


def arrears(actor: Actor, permission: Permission = Permission.VIEW_FIRMS) -> list[ArrearsRow]:
    """Firms of the actor's offices with unpaid months past their due day, the oldest first. Raises NotFound."""
    reach = scope_of(actor, permission)
    if reach.nowhere:
        raise NotFound("page")
    branches = None if reach.everywhere else list(offices_visible_to(actor, permission).values_list("id", flat=True))
    found = firm_ledger.arrears_under(branches, clock.today())
    firms = {
        firm.id: firm
        for firm in employers.visible_to(actor, permission)
        .filter(id__in=[each.firm_id for each in found])
        .select_related("branch")
    }
    return [ArrearsRow(firms[each.firm_id], each) for each in found]


@dataclass(frozen=True, slots=True)
class Preview:
    """What the firm would owe for the month, by the pure rule: the ledger's statement must come to the same."""

    programmes: tuple[Programme, ...]
    jkk_idr: int
    jkm_idr: int
    jht_idr: int
    jp_idr: int
    total_idr: int
    due_on: date
    relieved: bool


def preview(firm: "Firm", month: Period, wages: Sequence[Wage]) -> Preview:
    """Each wage is computed once, however many workers have it."""
    owed = rules.owed_programmes(FirmSize(firm.size), month)
    industry = Industry(firm.industry) if firm.industry else None
    through = firm_ledger.paid_through(firm.id, month)
    jkk = jkm = jht = jp = 0
    for wage_idr, times in Counter(wage.wage_idr for wage in wages).items():
        price = rules.pu_contribution(
            wage_idr=wage_idr,
            risk_class=firm.risk_class,
            programmes=owed,
            month=month,
            paid_through=through,
            industry=industry,
            workers=len(wages),
        )
        jkk += times * price.employer.jkk_idr
        jkm += times * price.employer.jkm_idr
        jht += times * (price.employer.jht_idr + price.worker.jht_idr)
        jp += times * (price.employer.jp_idr + price.worker.jp_idr)
    rates = rules.pu_rates(
        risk_class=firm.risk_class,
        programmes=owed,
        month=month,
        paid_through=through,
        industry=industry,
        workers=len(wages),
    )
    due_on = rules.pu_due_on(month)
    return Preview(owed, jkk, jkm, jht, jp, jkk + jkm + jht + jp, due_on, rates.relieved)


def share_of(report: "WageReport", wage_idr: int) -> PuContribution:
    """One worker's part of a report, without reliefs, for the page of its workers."""
    return rules.pu_contribution(
        wage_idr=wage_idr,
        risk_class=report.risk_class,
        programmes=[Programme(each) for each in report.programmes],
        month=Period.of(report.month),
    )
