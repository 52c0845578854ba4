"""Paying incentives: what is owed and what waits, the batch for the bank, each transfer, the word of who got it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from perisai.incentives import selectors, services
from perisai.organisation import selectors as organisation
from perisai.organisation.policy import Permission
from perisai.web import may
from perisai.web.acting import Act, ReasonForm, act_page, sent
from perisai.web.doors import OfficeRequest, door
from perisai.web.flash import flash


@require_GET
@door
def page(request: OfficeRequest) -> HttpResponse:
    """What each branch of the person owes, and the batches so far."""
    may.must_hold(request.actor, Permission.PAY_INCENTIVES)
    offices = organisation.offices_visible_to(request.actor, Permission.PAY_INCENTIVES).filter(kind="branch")
    owed = [(office, selectors.due(office.id)) for office in offices.order_by("path")]
    facts = {
        "branches": [
            {"office": office, "due": due, "ready_idr": sum(each.net_idr for each in due if not each.withheld)}
            for office, due in owed
            if due
        ],
        "batches": selectors.batches_visible_to(request.actor).select_related("branch").order_by("-made_at")[:50],
    }
    return render(request, "web/pages/payouts.html", facts)


@require_POST
@door
def make(request: OfficeRequest, branch_code: str) -> HttpResponse:
    """Everything that is ready goes to the bank together."""
    branch = organisation.office_for(request.actor, branch_code, Permission.PAY_INCENTIVES)
    batch = services.make_batch(actor=request.actor, branch_id=branch.id)
    flash(request, _("Pembayaran %(number)s dibuat. Unduh berkasnya untuk bank.") % {"number": batch.number})
    return redirect("web:payout_batch", batch.id)


@require_GET
@door
def batch(request: OfficeRequest, batch_id: UUID) -> HttpResponse:
    """Each transfer of a batch and what became of it."""
    shown = selectors.batch_for(request.actor, batch_id)
    rows = list(selectors.payouts_of(shown))
    facts = {"batch": shown, "rows": rows, "waiting": sum(each.state == "sent" for each in rows)}
    return render(request, "web/pages/payout_batch.html", facts)


@require_POST
@door
def file(request: OfficeRequest, batch_id: UUID) -> HttpResponse:
    """The file for the bank, with open account numbers; that it was opened is recorded."""
    shown = selectors.batch_for(request.actor, batch_id)
    content = services.batch_file(actor=request.actor, batch_id=batch_id)
    headers = {
        "Content-Disposition": f'attachment; filename="{shown.number}.csv"',
        "Cache-Control": "no-store, private",
    }
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)


@require_POST
@door
def rest_paid(request: OfficeRequest, batch_id: UUID) -> HttpResponse:
    """The bank says that everything else arrived."""
    services.mark_rest_paid(actor=request.actor, batch_id=batch_id)
    flash(request, _("Transfer yang tersisa ditandai terbayar."))
    return redirect("web:payout_batch", batch_id)


@require_POST
@door
def paid(request: OfficeRequest, payout_id: UUID) -> HttpResponse:
    payout = services.mark_paid(actor=request.actor, payout_id=payout_id)
    return redirect("web:payout_batch", payout.batch_id)


@require_http_methods(["GET", "POST"])
@door
def failed(request: OfficeRequest, payout_id: UUID) -> HttpResponse:
    """The bank could not pay it, with the bank's reason."""
    payout = selectors.payout_seen(request.actor, payout_id)
    back = reverse("web:payout_batch", args=[payout.batch_id])
    act = Act(
        title=_("Transfer gagal"),
        label=_("Tandai gagal"),
        back=back,
        words=_("Rinciannya dapat dibayar lagi dalam pembayaran berikutnya."),
    )

    def do(typed: dict[str, Any]) -> str:
        services.mark_failed(actor=request.actor, payout_id=payout_id, reason=typed["reason"])
        return back

    return act_page(request, act, ReasonForm(sent(request)), do)


@require_POST
@door
def confirm(request: OfficeRequest, statement_id: UUID) -> HttpResponse:
    """The Perisai says that the money came."""
    services.confirm_receipt(actor=request.actor, statement_id=statement_id)
    flash(request, _("Terima kasih. Penerimaan tercatat."))
    return redirect("web:incentives")


@require_http_methods(["GET", "POST"])
@door
def deny(request: OfficeRequest, statement_id: UUID) -> HttpResponse:
    """The Perisai says that the money did not come."""
    selectors.own_statement(request.actor, statement_id)
    back = reverse("web:incentives")
    act = Act(title=_("Uang belum masuk"), label=_("Kirim"), back=back, words=_("Kantor cabang menanyakannya ke bank."))

    def do(typed: dict[str, Any]) -> str:
        services.deny_receipt(actor=request.actor, statement_id=statement_id, text=typed["reason"])
        flash(request, _("Tercatat. Kantor cabang memeriksanya."))
        return back

    return act_page(request, act, ReasonForm(sent(request)), do)
