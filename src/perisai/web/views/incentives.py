"""Incentives: the month of all agents, the statement of one, the statement of a Wadah."""

from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from perisai.agents import selectors as agents
from perisai.incentives import selectors, services, wording
from perisai.kernel import clock
from perisai.kernel.actor import Role
from perisai.kernel.period import Period
from perisai.organisation.policy import Permission
from perisai.web import may
from perisai.web.doors import OfficeRequest, door
from perisai.web.exports import sheet
from perisai.web.flash import flash

_MONTHS_BACK: Final = 12


@require_GET
@door
def page(request: OfficeRequest) -> HttpResponse:
    """A Perisai is led to their own statement; everybody else sees the agents of a month."""
    may.must_hold(request.actor, Permission.VIEW_INCENTIVES)
    if Role.PERISAI in request.actor.roles_on(clock.today()):
        return redirect("web:statement", agents.agent_of(request.actor).id)
    period = period_of(request)
    rows = selectors.months_of_agents(request.actor, period)
    facts = {
        "period": period,
        "months": _months(),
        "rows": rows,
        "agent_idr": sum(row.agent_idr for row in rows),
        "wadah_idr": sum(row.wadah_idr for row in rows),
        "accrued_at": selectors.last_accrual(period),
        "branches": selectors.months_visible_to(request.actor).filter(period=period.first_day).select_related("branch"),
        "may_accrue": may.holds(request.actor, Permission.ACCRUE_INCENTIVES),
        "may_pay": may.holds(request.actor, Permission.PAY_INCENTIVES),
        "is_over": period < Period.of(clock.today()),
        "preparation": selectors.preparation_of(request.actor, period),
    }
    return render(request, "web/pages/incentives.html", facts)


@require_POST
@door
def accrue(request: OfficeRequest) -> HttpResponse:
    """Compute the month for the agents of the actor's offices and post what is missing."""
    period = period_of(request)
    lines = services.accrue(actor=request.actor, period=period).lines
    said = (
        ngettext("%(n)s baris baru dibukukan.", "%(n)s baris baru dibukukan.", lines) % {"n": lines}
        if lines
        else _("Tidak ada yang berubah sejak hitungan terakhir.")
    )
    flash(request, said)
    return redirect(f"{reverse('web:incentives')}?bulan={period}")


@require_GET
@door
def statement(request: OfficeRequest, agent_id: UUID) -> HttpResponse:
    """An agent's month, line by line, each with its reason."""
    period, spoken = period_of(request), language()
    shown = selectors.statement(request.actor, agent_id, period)
    settled, payout = selectors.settled_statement(agent_id, period)
    facts = {
        "statement": shown,
        "period": period,
        "months": _months(),
        "regime": wording.said(wording.REGIMES[shown.regime], spoken),
        "lines": [{"line": line, "about": line.about(spoken), "why": line.why(spoken)} for line in shown.lines],
        "own": Role.PERISAI in request.actor.roles_on(clock.today()),
        "settled": settled,
        "payout": payout,
    }
    return render(request, "web/pages/statement.html", facts)


@require_GET
@door
def statement_pdf(request: OfficeRequest, agent_id: UUID) -> HttpResponse:
    period = period_of(request)
    made = services.statement_document(actor=request.actor, agent_id=agent_id, period=period, language=language())
    return _pdf(made, f"insentif-{period}")


@require_GET
@door
def wadah(request: OfficeRequest, wadah_id: UUID) -> HttpResponse:
    """A Wadah's month, an agent a row."""
    period = period_of(request)
    shown = selectors.wadah_statement(request.actor, wadah_id, period)
    settled, payout = selectors.settled_statement_of_wadah(wadah_id, period)
    facts = {
        "settled": settled,
        "payout": payout,
        "statement": shown,
        "period": period,
        "months": _months(),
        "regime": wording.said(wording.REGIMES[shown.regime], language()),
    }
    return render(request, "web/pages/wadah_statement.html", facts)


@require_GET
@door
def wadah_pdf(request: OfficeRequest, wadah_id: UUID) -> HttpResponse:
    period = period_of(request)
    made = services.wadah_statement_document(actor=request.actor, wadah_id=wadah_id, period=period, language=language())
    return _pdf(made, f"insentif-wadah-{period}")


@require_GET
@door
def statement_sheet(request: OfficeRequest, agent_id: UUID) -> HttpResponse:
    """An agent's month for a spreadsheet, with the same lines and sums as the paper."""
    period, spoken = period_of(request), language()
    shown = selectors.statement(request.actor, agent_id, period)
    head = [_("Tentang"), _("Iuran diterima"), _("Untuk Perisai"), _("Untuk Wadah"), _("Mengapa")]
    rows: list[list[str | int | None]] = [
        [line.about(spoken), line.received_idr, line.agent_idr, line.wadah_idr, line.why(spoken)]
        for line in shown.lines
    ]
    rows.append([_("Jumlah"), sum(line.received_idr for line in shown.lines), shown.agent_idr, shown.wadah_idr, ""])
    return sheet(f"insentif-{shown.agent_number}-{period}", head, rows)


@require_GET
@door
def wadah_sheet(request: OfficeRequest, wadah_id: UUID) -> HttpResponse:
    """A Wadah's month for a spreadsheet, an agent a row."""
    period = period_of(request)
    shown = selectors.wadah_statement(request.actor, wadah_id, period)
    head = [_("Perisai"), _("Nomor"), _("Baris"), _("Untuk Perisai"), _("Untuk Wadah")]
    rows: list[list[str | int | None]] = [
        [each.agent_name, each.agent_number, each.lines, each.agent_idr, each.wadah_idr] for each in shown.agents
    ]
    rows.append([_("Jumlah"), None, sum(each.lines for each in shown.agents), shown.agent_idr, shown.wadah_idr])
    return sheet(f"insentif-{shown.wadah_code}-{period}", head, rows)


def period_of(request: OfficeRequest) -> Period:
    """``bulan`` of the form or the address; without a readable one the running month, never a later one."""
    now = Period.of(clock.today())
    asked = request.POST.get("bulan") or request.GET.get("bulan") or ""
    try:
        return min(Period.parse(asked), now)
    except ValueError:
        return now


def _months() -> list[Period]:
    now = Period.of(clock.today())
    return [now.plus(-back) for back in range(_MONTHS_BACK + 1)]


def _pdf(content: bytes, name: str) -> HttpResponse:
    headers: dict[str, Any] = {"Content-Disposition": f'inline; filename="{name}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def language() -> services.Language:
    return "en" if (get_language() or "id").startswith("en") else "id"
