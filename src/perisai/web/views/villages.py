"""Villages: find one, and see in counts who is protected there. Names of members stay in the branch."""

from datetime import timedelta
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from perisai.agents import selectors as agents
from perisai.certification import selectors as certification
from perisai.kernel import clock
from perisai.kernel.actor import Actor
from perisai.kernel.errors import NotFound
from perisai.membership import selectors as membership
from perisai.organisation import selectors as organisation
from perisai.organisation.policy import Permission
from perisai.regions import selectors as regions
from perisai.regions.rules import Level, is_within
from perisai.web import may
from perisai.web.doors import OfficeRequest, door

_MOST: Final = 20
_YEAR: Final = timedelta(days=365)


@require_GET
@door
def page(request: OfficeRequest) -> HttpResponse:
    """Search by name; a wali nagari is led to their own nagari."""
    may.must_hold(request.actor, Permission.VIEW_VILLAGE)
    reach = organisation.scope_of(request.actor, Permission.VIEW_VILLAGE)
    if len(reach.region_codes) == 1 and not reach.office_paths:
        return redirect("web:village", reach.region_codes[0])
    q = " ".join(request.GET.get("q", "").replace("\0", "").split())[:100]
    hits = regions.search(q, limit=_MOST) if q else []
    facts = {"q": q, "hits": [hit for hit in hits if _may_see(request.actor, hit.code)], "searched": bool(q)}
    return render(request, "web/pages/villages.html", facts)


@require_GET
@door
def village(request: OfficeRequest, code: str) -> HttpResponse:
    """One village: members by segment today and a year ago, its Perisai with their standing, its branch, its history."""
    region = regions.get_region(code)
    if region.level != Level.VILLAGE or not _may_see(request.actor, code):
        raise NotFound("region")
    today = clock.today()
    branch = organisation.find_branch_serving(code, today)
    facts: dict[str, Any] = {
        "region": region,
        "today": today,
        "now": membership.protected_in_village(region.id, today),
        "year_ago": membership.protected_in_village(region.id, today - _YEAR),
        "branch": branch,
        "agents": [
            {"agent": agent, "standing": certification.may_act(agent.id, today)}
            for agent in agents.agents_of_village(region.id)
        ],
        "parts": regions.successors_of(code),
        "from_parts": regions.predecessors_of(code),
    }
    return render(request, "web/pages/village.html", facts)


def _may_see(actor: Actor, code: str) -> bool:
    """By the region itself (a wali nagari), or by the branch that serves it (an office)."""
    reach = organisation.scope_of(actor, Permission.VIEW_VILLAGE)
    if reach.everywhere or any(is_within(code, over) for over in reach.region_codes):
        return True
    branch = organisation.find_branch_serving(code, clock.today())
    return branch is not None and reach.covers_office(branch.path)
