"""A branch's incentive month in the office: prepare, look at the difference, approve with four eyes, close."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from perisai.incentives import selectors, services, wording
from perisai.incentives.rules.month import State
from perisai.kernel.period import Period
from perisai.organisation.policy import Permission
from perisai.web import formats, may
from perisai.web.acting import Act, ReasonForm, act_page, sent
from perisai.web.doors import OfficeRequest, door
from perisai.web.flash import flash
from perisai.web.views.incentives import language, period_of


@require_POST
@door
def prepare(request: OfficeRequest) -> HttpResponse:
    """Hand the month of the person's branches to the worker; its progress stands on the page of the month."""
    may.must_hold(request.actor, Permission.ACCRUE_INCENTIVES)
    period = period_of(request)
    services.request_preparation(actor=request.actor, period=period)
    return redirect(f"{reverse('web:incentives')}?bulan={period}")


@require_GET
@door
def progress(request: OfficeRequest) -> HttpResponse:
    """The part of the page that says how far the preparation has come; it asks for itself again while it runs."""
    may.must_hold(request.actor, Permission.ACCRUE_INCENTIVES)
    period = period_of(request)
    facts = {"preparation": selectors.preparation_of(request.actor, period), "period": period, "moved": True}
    return render(request, "web/pages/incentive_progress.html", facts)


@require_GET
@door
def month(request: OfficeRequest, month_id: UUID) -> HttpResponse:
    """What is booked, what the preparation would add by Wadah, agent and reason, and who does what next."""
    shown = selectors.month_for(request.actor, month_id)
    figures, more = selectors.figures_of(shown), selectors.difference_of(shown)
    approves = may.over(request.actor, Permission.APPROVE_INCENTIVES, shown)
    facts = {
        "month": shown,
        "period": Period.of(shown.period),
        "figures": figures,
        "agent_idr": sum(each.agent_idr for each in figures),
        "wadah_idr": sum(each.wadah_idr for each in figures),
        "difference": [{"sums": each, "why": wording.short(each.kind, each.reason, language())} for each in more],
        "waits": shown.state == State.PREVIEWED,
        "may_approve": approves and shown.state == State.PREVIEWED,
        "own": shown.prepared_by_id == request.actor.user_id,
        "may_close": approves and shown.state == State.APPROVED,
    }
    return render(request, "web/pages/incentive_month.html", facts)


@require_POST
@door
def approve(request: OfficeRequest, month_id: UUID) -> HttpResponse:
    """The second person says yes to exactly what was prepared."""
    services.approve_month(actor=request.actor, month_id=month_id)
    flash(request, _("Disetujui dan dibukukan. Bulan ini tidak menerima baris lagi."))
    return redirect("web:incentive_month", month_id)


@require_http_methods(["GET", "POST"])
@door
def send_back(request: OfficeRequest, month_id: UUID) -> HttpResponse:
    """The second person says no, with the reason."""
    shown = selectors.month_for(request.actor, month_id, Permission.APPROVE_INCENTIVES)
    back = reverse("web:incentive_month", args=[month_id])
    act = Act(
        title=_("Kembalikan bulan ini"),
        label=_("Kembalikan"),
        back=back,
        words=_("Bulan ini terbuka lagi dan disiapkan ulang oleh petugas keuangan."),
        about=f"{formats.month(shown.period, language())} · {shown.branch.name}",
    )

    def do(typed: dict[str, Any]) -> str:
        services.send_back_month(actor=request.actor, month_id=month_id, reason=typed["reason"])
        flash(request, _("Bulan ini dikembalikan."))
        return back

    return act_page(request, act, ReasonForm(sent(request)), do)


@require_POST
@door
def close(request: OfficeRequest, month_id: UUID) -> HttpResponse:
    """The books of the month are closed for good."""
    services.close_month(actor=request.actor, month_id=month_id)
    flash(request, _("Bulan ditutup."))
    return redirect("web:incentive_month", month_id)
