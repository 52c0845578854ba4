"""Villages: find one, and see in counts who is protected there. Names of members stay in the branch."""

from datetime import timedelta
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from perisai.agents import selectors as agents
from perisai.audit import actions as audit
from perisai.certification import selectors as certification
from perisai.kernel import clock
from perisai.kernel.actor import Actor
from perisai.kernel.errors import NotFound
from perisai.membership import selectors as membership
from perisai.organisation import selectors as organisation
from perisai.organisation.policy import Permission
from perisai.regions import selectors as regions
from perisai.regions.rules import Level, is_within
from perisai.villages import selectors as programme
from perisai.villages.rules import NEXT_STEP, Action, State
from perisai.web import may, words
from perisai.web.doors import OfficeRequest, door
from perisai.web.paging import page_of
from perisai.web.views.members import language
from perisai.web.views.village_acts import FORWARD, STEPS

_MOST: Final = 20
FIRST_YEAR: Final = 2017
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
    state = request.GET.get("keadaan", "")
    facts = {
        "q": q,
        "hits": [hit for hit in hits if _may_see(request.actor, hit.code)],
        "searched": bool(q),
        "plans": programme.plan_years(request.actor, year := _year(request)),
        "year": year,
        "years": range(FIRST_YEAR, clock.today().year + 1),
        "state": state if state in tuple(State) else "",
        "states": [(each.value, words.state(each.value).word) for each in State],
        "page": page_of(request, programme.programmes(request.actor, state if state in tuple(State) else "")),
        "sets_plan": organisation.scope_of(request.actor, Permission.SET_TARGETS).everywhere,
    }
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
        **_in_programme(request.actor, code),
    }
    return render(request, "web/pages/village.html", facts)


def _in_programme(actor: Actor, code: str) -> dict[str, Any]:
    """Where the village is in the programme, what it lacks, and what the branch may do next."""
    reach = organisation.scope_of(actor, Permission.MANAGE_VILLAGES)
    branch = organisation.find_branch_serving(code, clock.today())
    manages = branch is not None and reach.covers_office(branch.path)
    found, today = programme.find_programme(actor, code), clock.today()
    if found is None:
        return {"manages": manages}
    return {
        "manages": manages,
        "programme": found,
        "officials": programme.officials_of(found.id),
        "sessions": programme.sessions_of(found.id),
        "checks": [
            (_("Perangkat yang peserta"), programme.officials_check(found, today)),
            (_("Jorong yang disosialisasi"), programme.sessions_check(found, today)),
        ],
        "forward": _step_page(NEXT_STEP.get(State(found.state))),
        "events": [_event(step) for step in programme.steps_of(found.id)],
    }


def _step_page(action: Action | None) -> tuple[str, Any]:
    """Address part and label of the page of a step; a village that left may be nominated anew."""
    name = FORWARD[action] if action else "usulkan"
    return name, STEPS[name].title


def _event(step: Any) -> dict[str, Any]:
    return {
        "what": audit.sentence(
            f"villages.programme.{'nominated' if step.action == 'nominate' else step.action}", language()
        ),
        "why": " · ".join(part for part in (step.document, step.note) if part),
        "who": step.recorded_by.name if step.recorded_by else "",
        "on": step.on,
    }


def _year(request: OfficeRequest) -> int:
    asked = request.GET.get("tahun", "")
    this_year = clock.today().year
    return int(asked) if asked in {str(year) for year in range(FIRST_YEAR, this_year + 1)} else this_year


def _may_see(actor: Actor, code: str) -> bool:
    """By the region itself (a wali nagari), or by the branch that serves it (an office)."""
    reach = organisation.scope_of(actor, Permission.VIEW_VILLAGE)
    if reach.everywhere or any(is_within(code, over) for over in reach.region_codes):
        return True
    branch = organisation.find_branch_serving(code, clock.today())
    return branch is not None and reach.covers_office(branch.path)
