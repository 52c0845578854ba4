"""Where is every rupiah: one contribution from the bank's notice to the months, the credit and the incentive, and back."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from perisai.banks import selectors as banks
from perisai.contributions import selectors
from perisai.incentives import selectors as incentives
from perisai.kernel.errors import NotFound
from perisai.kernel.period import Period
from perisai.membership import selectors as membership
from perisai.organisation.policy import Permission
from perisai.web import may
from perisai.web.doors import OfficeRequest, door

BECAUSE = {
    "short": gettext_lazy("kurang dari jumlah kode, ditahan"),
    "surplus": gettext_lazy("kelebihan bayar"),
    "stray": gettext_lazy("kode tidak berlaku lagi, ditahan"),
    "used": gettext_lazy("dipakai membayar kode"),
    "taken_back": gettext_lazy("ditarik bank"),
    "after_death": gettext_lazy("sesudah kematian"),
}


@require_GET
@door
def payment(request: OfficeRequest, payment_id: UUID) -> HttpResponse:
    """Every step with its amount, its rule and its proof; the sums of the steps are the payment."""
    row = selectors.payment_for(request.actor, payment_id)
    lines, entries = selectors.lines_of_payment(row), selectors.credit_entries_of(row.id)
    reversal = selectors.reversal_of(row.id)
    facts = {
        "payment": row,
        "notices": banks.notices_of_payment(row.id, row.recorded_at),
        "lines": lines,
        "entries": [(entry, BECAUSE[entry.because]) for entry in entries],
        "reversal": reversal,
        "months_idr": sum(line.total_idr for line in lines),
        "credit_idr": sum(entry.amount_idr for entry in entries),
        "left_idr": 0 if reversal else row.amount_idr,
        "earned": _earned(request, row, lines),
        "may_see_law": may.holds(request.actor, Permission.VIEW_PAYMENTS),
    }
    return render(request, "web/pages/trace.html", facts)


def _earned(request: OfficeRequest, row: Any, lines: list[Any]) -> list[Any]:
    """The incentive of the lines, and of the registration that the payment completed."""
    agents = {line.agent_id for line in lines if line.agent_id}
    received = {Period.of(line.received_on) for line in lines}
    subjects = [str(line.id) for line in lines] + [str(row.code.registration_id or "")]
    return incentives.earned_from(request.actor, agents, received, subjects) if agents else []


@require_GET
@door
def month(request: OfficeRequest, member_id: UUID, month: str) -> HttpResponse:
    """From a member's month to the payment behind it."""
    may.must_hold(request.actor, Permission.VIEW_PAYMENTS)
    member = membership.member_for(request.actor, member_id)
    try:
        wanted = Period.parse(month)
    except ValueError:
        raise NotFound("month") from None
    return redirect("web:trace", selectors.payment_of_month(member.id, wanted))
