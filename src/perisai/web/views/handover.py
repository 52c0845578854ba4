"""Members change hands: to whom and why, then what it does to the pay of both, and only then the handover."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from perisai.agents import selectors as agents
from perisai.incentives import handover
from perisai.incentives.rules import work
from perisai.kernel import clock
from perisai.kernel.period import Period
from perisai.membership import services
from perisai.organisation.policy import Permission
from perisai.web.acting import ReasonForm, sent
from perisai.web.doors import OfficeRequest, door
from perisai.web.flash import flash
from perisai.web.views.agents import agent_seen

BRANCH = "cabang"


class HandoverForm(ReasonForm):
    to = forms.ChoiceField(
        label=gettext_lazy("Diserahkan kepada"),
        help_text=gettext_lazy("Perisai aktif dari cabang yang sama, atau kembali ke kantor cabang."),
        error_messages={"required": gettext_lazy("Pilih penerimanya.")},
    )
    field_order = ("to", "reason")

    def __init__(self, *args: Any, takers: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = takers  # type: ignore[attr-defined]


@require_http_methods(["GET", "POST"])
@door
def page(request: OfficeRequest, agent_id: UUID) -> HttpResponse:
    """All members of one Perisai pass on; the effect on pay is shown before it is confirmed."""
    giver = agent_seen(request, agent_id, Permission.MANAGE_AGENTS)
    members = handover.members_of(request.actor, agent_id)
    form = HandoverForm(sent(request), takers=_takers(request, giver))
    facts: dict[str, Any] = {"giver": giver, "form": form, "members": len(members)}
    if request.method == "POST" and form.is_valid():
        to = form.cleaned_data["to"]
        if "confirmed" in request.POST:
            moved = services.hand_over_members(
                actor=request.actor,
                from_agent_id=agent_id,
                to_agent_id=None if to == BRANCH else UUID(to),
                member_ids=list(members),
                reason=form.cleaned_data["reason"],
            )
            flash(request, _("%(n)d peserta diserahkan.") % {"n": moved})
            return redirect("web:agent", agent_id)
        facts["effect"] = work.effect_of_handover(
            Period.of(clock.today()), list(members.values()), to_branch=to == BRANCH
        )
        facts["taker"] = dict(form.fields["to"].choices)[to]  # type: ignore[attr-defined]
    return render(request, "web/pages/handover.html", facts, status=422 if form.errors else 200)


def _takers(request: OfficeRequest, giver: Any) -> list[tuple[str, Any]]:
    others = agents.visible_to(request.actor, Permission.MANAGE_AGENTS).filter(
        branch_id=giver.branch_id, state="active"
    )
    named = others.exclude(pk=giver.pk).order_by("name").values_list("id", "name", "number")
    return [("", "—"), *((str(pk), f"{name} · {number}") for pk, name, number in named), (BRANCH, _("Kantor cabang"))]
