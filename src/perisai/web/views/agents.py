"""Perisai and Wadah: who may act today and what is lacking, their papers, and what the branch head may do."""

from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from perisai.agents import selectors
from perisai.agents.rules import State
from perisai.audit import selectors as audit
from perisai.certification import selectors as certification
from perisai.certification.rules import Lack
from perisai.certification.selectors import Papers
from perisai.contributions import selectors as contributions
from perisai.kernel import clock
from perisai.kernel.errors import NotFound
from perisai.kernel.nik import mask
from perisai.kernel.period import Period
from perisai.membership import selectors as membership
from perisai.organisation.policy import Permission
from perisai.web import may, words
from perisai.web.doors import OfficeRequest, door
from perisai.web.paging import page_of
from perisai.web.views.members import language
from perisai.web.views.notices import masked_phone
from perisai.web.views.phones import phones_of

SOON: Final = timedelta(days=30)
"""A paper that ends within a month is told in time to renew it."""
LACKS: Final = {
    Lack.NOT_ACTIVE: _("tidak aktif"),
    Lack.NO_TRAINING_CERTIFICATE: _("sertifikat pelatihan"),
    Lack.NO_SURAT_TUGAS: _("Surat Tugas"),
    Lack.NO_PKS: _("PKS Wadah"),
}


def standing_facts(papers: Papers, today: date) -> dict[str, Any]:
    """What a page says of a standing: may act, what lacks, and what ends soon."""
    ends, lacks = papers.first_to_end, papers.standing.lacks
    if Lack.NOT_ACTIVE in lacks:
        lacks = (Lack.NOT_ACTIVE,)  # the papers of who may not act at all say nothing
    return {
        "may_act": papers.standing.may_act,
        "lacks": [LACKS[lack] for lack in lacks],
        "ends_on": ends - timedelta(days=1) if ends and ends - today <= SOON else None,
    }


@require_GET
@door
def page(request: OfficeRequest) -> HttpResponse:
    """Perisai by name with their standing of today; the Wadah on a tab of their own."""
    may.must_hold(request.actor, Permission.VIEW_AGENTS)
    manages = may.holds(request.actor, Permission.MANAGE_AGENTS)
    if request.GET.get("tab") == "wadah":
        return _wadah_list(request, manages)
    state = request.GET.get("state", "")
    q = " ".join(request.GET.get("q", "").replace("\0", "").split())[:100]
    rows = (
        selectors.visible_to(request.actor).select_related("wadah", "branch", "village").order_by("state", "name", "id")
    )
    if state in tuple(State):
        rows = rows.filter(state=state)
    if q:
        rows = rows.filter(name__icontains=q) | rows.filter(number__iexact=q)
    shown = page_of(request, rows)
    facts = {
        "rows": _rows(shown.object_list),
        "page": shown,
        "total": shown.paginator.count,
        "q": q,
        "state": state if state in tuple(State) else "",
        "states": [(each.value, words.state(each.value).word) for each in State],
        "month": Period.of(clock.today()),
        "manages": manages,
    }
    return render(request, "web/pages/agents.html", facts)


def _rows(agents: Any) -> list[dict[str, Any]]:
    """Four sets are asked once for the page, whatever its length: papers, members, money."""
    today = clock.today()
    agent_ids = [agent.id for agent in agents]
    papers = certification.papers_of_agents(agent_ids, today)
    members = membership.members_of_agents(agent_ids)
    month = Period.of(today)
    money = contributions.totals_of_agents(agent_ids, month.first_day, month.next.first_day)
    return [
        {
            "agent": agent,
            **standing_facts(papers[agent.id], today),
            "members": members.get(agent.id, 0),
            "received_idr": money[agent.id].total_idr if agent.id in money else 0,
        }
        for agent in agents
    ]


def _wadah_list(request: OfficeRequest, manages: bool) -> HttpResponse:
    shown = page_of(request, selectors.wadah_visible_to(request.actor).select_related("branch").order_by("name", "id"))
    agreements = selectors.agreements_on([each.id for each in shown.object_list], clock.today())
    facts = {
        "wadah_tab": True,
        "rows": [{"wadah": each, "pks": agreements.get(each.id)} for each in shown.object_list],
        "page": shown,
        "total": shown.paginator.count,
        "manages": manages,
    }
    return render(request, "web/pages/agents.html", facts)


@require_GET
@door
def agent(request: OfficeRequest, agent_id: UUID) -> HttpResponse:
    """One Perisai: standing, papers on a line of time, members, money of the month, history."""
    one = agent_seen(request, agent_id)
    today, month = clock.today(), Period.of(clock.today())
    papers = certification.papers_of_agents([one.id], today)[one.id]
    letters, phones = selectors.papers_of(one.id), phones_of(request, one.id)
    certificates = certification.certificates_of(one.id)
    money = contributions.totals_of_agents([one.id], month.first_day, month.next.first_day).get(one.id)
    about = [one.id, *(each.id for each in letters), *(each.id for each in certificates)]
    about += [phone["device"].id for phone in phones]
    facts = {
        "agent": one,
        "standing_now": standing_facts(papers, today),
        "timeline": _timeline(letters, certificates, selectors.agreements_of(one.wadah_id), today),
        "members": membership.members_of_agents([one.id]).get(one.id, 0),
        "received_idr": money.total_idr if money else 0,
        "month": month,
        "nik": mask(str(one.nik)) if one.nik else "",
        "phone": masked_phone(str(one.phone)) if one.phone else "",
        "phones": phones,
        "may_manage": may.over(request.actor, Permission.MANAGE_AGENTS, one),
        "may_open_members": may.over(request.actor, Permission.VIEW_MEMBERS, one),
        "events": [
            {"what": line.what, "why": line.note, "who": line.who, "at": line.at}
            for line in audit.history_of(about, language=language())
        ],
    }
    return render(request, "web/pages/agent.html", facts)


def agent_seen(request: OfficeRequest, agent_id: UUID, permission: Permission = Permission.VIEW_AGENTS) -> Any:
    """The Perisai with Wadah, branch and village at hand. Raises NotFound."""
    rows = selectors.visible_to(request.actor, permission).select_related("wadah", "branch", "village")
    one = rows.filter(pk=agent_id).first()
    if one is None:
        raise NotFound("agent")
    return one


def _timeline(letters: Any, certificates: Any, agreements: Any, today: date) -> list[dict[str, Any]]:
    """Every paper, the one that ends last first; ``state``: valid, soon, expired, ended, future or revoked."""
    kinds = {"training": _("Sertifikat pelatihan"), "bnsp": _("Sertifikat BNSP")}
    papers = [{"kind": _("Surat Tugas"), "paper": each} for each in letters]
    papers += [{"kind": kinds[each.kind], "paper": each} for each in certificates]
    papers += [{"kind": _("PKS Wadah"), "paper": each} for each in agreements]
    for row in papers:
        paper = row["paper"]
        row["last_day"] = paper.during.upper - timedelta(days=1)
        row["revoked_on"] = getattr(paper, "revoked_on", None)
        row["state"] = _state(paper, today)
    running = {row["kind"] for row in papers if row["state"] in ("valid", "soon")}
    for row in papers:
        if row["state"] == "expired" and row["kind"] in running:
            row["state"] = "ended"  # a newer one took its place: nothing is missing
    return sorted(papers, key=lambda row: (row["last_day"], row["paper"].number), reverse=True)


def _state(paper: Any, today: date) -> str:
    if getattr(paper, "revoked_on", None) and paper.revoked_on <= today:
        return "revoked"
    if paper.during.lower > today:
        return "future"
    if paper.during.upper <= today:
        return "expired"
    return "soon" if paper.during.upper - today <= SOON else "valid"


@require_GET
@door
def wadah(request: OfficeRequest, wadah_id: UUID) -> HttpResponse:
    """One Wadah: its PKS and its Perisai."""
    one = selectors.wadah_visible_to(request.actor).select_related("branch", "coordinator").filter(pk=wadah_id).first()
    if one is None:
        raise NotFound("wadah")
    today = clock.today()
    agreements = selectors.agreements_of(one.id)
    shown = page_of(
        request,
        selectors.visible_to(request.actor)
        .filter(wadah=one)
        .select_related("wadah", "branch", "village")
        .order_by("name"),
    )
    facts = {
        "wadah": one,
        "timeline": _timeline([], [], agreements, today),
        "pks": next((each for each in agreements if today in each.during), None),
        "rows": _rows(shown.object_list),
        "page": shown,
        "month": Period.of(today),
        "may_manage": may.over(request.actor, Permission.MANAGE_AGENTS, one),
        "events": [
            {"what": line.what, "why": line.note, "who": line.who, "at": line.at}
            for line in audit.history_of([one.id, *(each.id for each in agreements)], language=language())
        ],
    }
    return render(request, "web/pages/wadah.html", facts)
