"""Firms: the list, one firm with its months, who is in arrears."""

from collections import Counter
from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_POST

from perisai.audit import selectors as audit
from perisai.contributions import firm_ledger, firm_selectors, services
from perisai.contributions.rules import Collectability
from perisai.employers import selectors
from perisai.employers.rules import FirmSize, Industry
from perisai.kernel import clock, names, nik
from perisai.membership import selectors as membership
from perisai.organisation.policy import Permission
from perisai.rulebook import telling
from perisai.web import exports, may
from perisai.web.doors import OfficeRequest, door
from perisai.web.paging import page_of
from perisai.web.views.members import language

SIZES: Final = {
    FirmSize.MICRO: gettext_lazy("Mikro"),
    FirmSize.SMALL: pgettext_lazy("ukuran perusahaan", "Kecil"),
    FirmSize.MEDIUM: gettext_lazy("Menengah"),
    FirmSize.LARGE: gettext_lazy("Besar"),
}
CLASSES: Final = {
    Collectability.CURRENT: (gettext_lazy("Lancar"), "info", "clock"),
    Collectability.SUBSTANDARD: (gettext_lazy("Kurang lancar"), "soon", "clock-exclamation"),
    Collectability.DOUBTFUL: (gettext_lazy("Diragukan"), "soon", "alert-triangle"),
    Collectability.BAD: (gettext_lazy("Macet"), "bad", "alert-circle"),
}


def industry_name(industry: str) -> str:
    """Empty for a firm of no labour-intensive industry."""
    if not industry:
        return ""
    sentence = telling.WORDS[Industry(industry)]
    return sentence.en if language() == "en" else sentence.id


@require_GET
@door
def page(request: OfficeRequest) -> HttpResponse:
    """Firms by name; those in arrears on a tab of their own."""
    may.must_hold(request.actor, Permission.VIEW_FIRMS)
    manages = may.holds(request.actor, Permission.MANAGE_FIRMS)
    if request.GET.get("tab") == "tunggakan":
        return _arrears(request, manages)
    q = names.tidy(request.GET.get("q", ""))[:100]
    shown = page_of(request, selectors.find_firms(request.actor, q))
    facts = {
        "rows": [{"firm": firm, "size": SIZES[FirmSize(firm.size)]} for firm in shown.object_list],
        "page": shown,
        "total": shown.paginator.count,
        "q": q,
        "manages": manages,
    }
    return render(request, "web/pages/firms.html", facts)


def _arrears(request: OfficeRequest, manages: bool) -> HttpResponse:
    rows = firm_selectors.arrears(request.actor)
    wanted = request.GET.get("kelas", "")
    counted = Counter(row.arrears.collectability for row in rows)
    classes = [{"value": each.value, "word": CLASSES[each][0], "firms": counted[each]} for each in Collectability]
    kept = [row for row in rows if not wanted or row.arrears.collectability == wanted]
    contribution, fine = firm_ledger.total_of([row.arrears for row in kept])
    shown = page_of(request, kept)
    facts = {
        "arrears": True,
        "rows": [{"firm": row.firm, "owes": row.arrears, "chip": _chip(row.arrears)} for row in shown.object_list],
        "page": shown,
        "total": len(kept),
        "contribution": contribution,
        "fine": fine,
        "classes": classes,
        "wanted": wanted,
        "manages": manages,
        "may_export": may.holds(request.actor, Permission.EXPORT_MEMBERS),
    }
    return render(request, "web/pages/firms.html", facts)


def _chip(owes: firm_ledger.Arrears) -> dict[str, Any]:
    word, tone, icon = CLASSES[owes.collectability]
    return {"word": word, "tone": tone, "icon": icon}


@require_POST
@door
def export(request: OfficeRequest) -> HttpResponse:
    """The arrears as a file; who took it is recorded."""
    rows = services.export_arrears(actor=request.actor)
    head = [
        "NPP", _("Divisi"), _("Perusahaan"), _("Cabang"), _("Bulan tertua"), _("Bulan terlambat"),
        _("Jumlah bulan"), _("Kelas"), _("Tunggakan iuran (Rp)"), _("Denda sampai hari ini (Rp)"),
    ]  # fmt: skip
    return exports.sheet(f"tunggakan-{clock.today()}", head, (_cells(row) for row in rows))


def _cells(row: firm_selectors.ArrearsRow) -> list[exports.Cell]:
    firm, owes = row.firm, row.arrears
    return [
        firm.npp, firm.division, firm.name, firm.branch.name, str(owes.oldest), owes.months_late, owes.months,
        str(CLASSES[owes.collectability][0]), owes.rest_idr, owes.fine_idr,
    ]  # fmt: skip


@require_GET
@door
def firm(request: OfficeRequest, firm_id: UUID) -> HttpResponse:
    """A firm: what it is, its months with what is owed and paid, its payments, its reports."""
    found = selectors.firm_for(request.actor, firm_id)
    months = firm_selectors.months_of(found)
    reports = {report.month: report for report in selectors.newest_reports(firm_id)}
    facts = {
        "firm": found,
        "size": SIZES[FirmSize(found.size)],
        "industry": industry_name(found.industry),
        "members": membership.workers_of_firm(firm_id),
        "months": [_month(balance, reports) for balance in months],
        "owed": sum(balance.rest_idr for balance in months if balance.in_arrears),
        "fines": sum(balance.rest_fine_idr for balance in months),
        "payments": list(firm_selectors.payments_of(firm_id)[:50]),
        "history": audit.history_of([firm_id], language=language()),
        "manages": may.over(request.actor, Permission.MANAGE_FIRMS, found),
        "may_record": may.over(request.actor, Permission.RECORD_PAYMENT, found),
    }
    return render(request, "web/pages/firm.html", facts)


def _month(balance: firm_ledger.Balance, reports: dict[Any, Any]) -> dict[str, Any]:
    if balance.is_paid:
        state = "paid"
    elif balance.rest_idr == 0:
        state = "fine"
    else:
        state = "late" if balance.months_late else "open"
    return {"balance": balance, "report": reports.get(balance.month.first_day), "state": state}


@require_GET
@door
def report(request: OfficeRequest, firm_id: UUID, report_id: UUID) -> HttpResponse:
    """The workers of a report, with the NIK masked."""
    found = selectors.report_for(request.actor, firm_id, report_id)
    shown = page_of(request, selectors.wages_of(report_id))
    facts = {
        "report": found,
        "firm": found.firm,
        "programmes": ", ".join(each.upper() for each in found.programmes),
        "rows": [{"wage": wage, "nik": nik.mask(str(wage.nik))} for wage in shown.object_list],
        "page": shown,
        "total": shown.paginator.count,
    }
    return render(request, "web/pages/firm_report.html", facts)
