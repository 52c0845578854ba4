"""What agents object to in their pay, and the office's answer."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from perisai.incentives import selectors, services
from perisai.kernel import clock
from perisai.kernel.errors import Refused
from perisai.kernel.period import Period
from perisai.organisation.policy import Permission
from perisai.web import may
from perisai.web.acting import sent
from perisai.web.doors import OfficeRequest, door
from perisai.web.flash import flash
from perisai.web.forms import OfficeForm
from perisai.web.paging import page_of

KINDS = {
    "acquisition": gettext_lazy("Akuisisi"),
    "contribution": gettext_lazy("Iuran"),
}


class AnswerForm(OfficeForm):
    answer = forms.CharField(
        label=gettext_lazy("Jawaban"),
        help_text=gettext_lazy("Perisai membacanya di ponselnya. Sebut barisnya dan alasannya; jangan menulis NIK."),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        error_messages={
            "required": gettext_lazy("Tulis jawabannya."),
            "max_length": gettext_lazy("Terlalu panjang. Paling banyak 500 huruf."),
        },
    )


@require_GET
@door
def page(request: OfficeRequest) -> HttpResponse:
    """Open ones first, the most urgent on top."""
    may.must_hold(request.actor, Permission.VIEW_INCENTIVES)
    shown = page_of(request, selectors.disputes_visible_to(request.actor))
    rows = [_row(each) for each in shown.object_list]
    return render(request, "web/pages/disputes.html", {"page": shown, "rows": rows})


def _row(dispute: Any) -> dict[str, Any]:
    open_still = dispute.answered_at is None
    return {
        "dispute": dispute,
        "period": Period.of(dispute.period),
        "kind": KINDS.get(dispute.kind, dispute.kind),
        "state": "dispute_late" if open_still and dispute.due_on < clock.today() else f"dispute_{dispute.state}",
    }


@require_http_methods(["GET", "POST"])
@door
def one(request: OfficeRequest, dispute_id: UUID) -> HttpResponse:
    """What the agent says, and the answer to it."""
    permission = Permission.ANSWER_DISPUTE if request.method == "POST" else Permission.VIEW_INCENTIVES
    dispute = selectors.dispute_for(request.actor, dispute_id, permission)
    form = AnswerForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.answer_dispute(actor=request.actor, dispute_id=dispute_id, answer=form.cleaned_data["answer"])
        except Refused as refusal:
            form.add_refusal(refusal)
        else:
            flash(request, _("Jawaban terkirim kepada %(name)s.") % {"name": dispute.agent.name})
            return redirect("web:disputes")
    facts = _row(dispute) | {
        "form": form,
        "may_answer": dispute.answered_at is None and may.over(request.actor, Permission.ANSWER_DISPUTE, dispute.agent),
    }
    return render(request, "web/pages/dispute.html", facts, status=422 if form.errors else 200)
