"""Members as a list: newest first, narrowed by filters, found by number, NIK or name; and the same as a file."""

from typing import Any, Final, Literal
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from perisai.agents import selectors as agents
from perisai.kernel import clock, names
from perisai.kernel.nik import mask
from perisai.membership import exports as leaving
from perisai.membership import search, selectors
from perisai.membership.rules import MemberState, Segment
from perisai.membership.selectors import MemberFilter
from perisai.organisation import selectors as organisation
from perisai.organisation.policy import Permission
from perisai.web import exports, formats, may, words
from perisai.web.doors import OfficeRequest, door
from perisai.web.paging import MOST_COUNTED, page_of

MOST_FOUND: Final = 50
SEGMENTS: Final = {Segment.BPU.value: gettext_lazy("BPU"), Segment.PU.value: gettext_lazy("PU")}


@sensitive_post_parameters("q")
@require_http_methods(["GET", "POST"])
@door
def page(request: OfficeRequest) -> HttpResponse:
    """What is searched for comes by POST and is answered at once: it may be a NIK, and stands in no address."""
    may.must_hold(request.actor, Permission.VIEW_MEMBERS)
    narrowed = _asked(request)
    text = names.tidy(request.POST.get("q", ""))[:100]
    facts: dict[str, Any] = {
        "filters": narrowed,
        "query": _query(narrowed),
        "segments": SEGMENTS.items(),
        "states": [(each.value, words.state(each.value).word) for each in MemberState],
        "branches": _branches(request),
        "may_export": may.holds(request.actor, Permission.EXPORT_MEMBERS),
        "clashes": selectors.clashes_open_to(request.actor).count(),
        "may_print": may.holds(request.actor, Permission.ISSUE_CARD),
        "most": MOST_COUNTED,
    }
    if text:
        found = search.search_members(request.actor, text, MOST_FOUND)
        prefetch_related_objects(found, "agent")
        digits = sum(each.isdigit() for each in text)
        facts |= {"members": found, "searched": True, "q": "" if digits > 11 else text, "total": len(found)}
    else:
        shown = page_of(request, selectors.newest_members(request.actor, narrowed))
        facts |= {"members": shown.object_list, "page": shown, "total": shown.paginator.count}
        facts["chips"] = _chips(narrowed, facts["branches"])
    return render(request, "web/pages/members.html", facts)


@require_POST
@door
def export(request: OfficeRequest, kind: Literal["csv", "xlsx"]) -> HttpResponse:
    """The list as a file: NIK masked, no phone; who took it is recorded."""
    rows = leaving.export_members(actor=request.actor, narrowed=_asked(request))
    head = [
        _("Nomor peserta"), _("Nama"), "NIK", _("Segmen"), _("Keadaan"), _("Bergabung"), _("Lunas sampai"),
        _("Nagari"), _("Cabang"), _("Agen"),
    ]  # fmt: skip
    return exports.sheet(f"peserta-{clock.today()}", head, (_cells(each) for each in rows), kind)


def _cells(member: Any) -> list[exports.Cell]:
    return [
        member.number, member.person.name, mask(str(member.person.nik)), str(SEGMENTS[member.segment]),
        str(words.state(member.state).word), member.joined_on.isoformat(),
        member.paid_until.isoformat() if member.paid_until else "", member.person.village.path_names,
        member.branch.name, member.agent.name if member.agent else "",
    ]  # fmt: skip


def _asked(request: OfficeRequest) -> MemberFilter:
    """What the address asks for; anything unreadable in it asks for nothing."""
    asked = request.GET
    try:
        agent_id = UUID(asked.get("agent", ""))
    except ValueError:
        agent_id = None
    return MemberFilter(
        segment=asked.get("segment", "") if asked.get("segment") in SEGMENTS else "",
        state=asked.get("state", "") if asked.get("state") in tuple(MemberState) else "",
        branch_code=asked.get("branch", "").replace("\0", "")[:8],
        agent_id=agent_id,
    )


def _query(narrowed: MemberFilter, without: str = "") -> str:
    asked = {
        "segment": narrowed.segment,
        "state": narrowed.state,
        "branch": narrowed.branch_code,
        "agent": str(narrowed.agent_id or ""),
    }
    return "?" + urlencode({name: value for name, value in asked.items() if value and name != without})


def _branches(request: OfficeRequest) -> list[tuple[str, str]]:
    rows = organisation.offices_visible_to(request.actor, Permission.VIEW_MEMBERS).filter(kind="branch")
    return list(rows.order_by("name").values_list("code", "name"))


def _chips(narrowed: MemberFilter, branches: list[tuple[str, str]]) -> list[dict[str, str]]:
    chips = []
    if narrowed.segment:
        label = _("Segmen: %(name)s") % {"name": SEGMENTS[narrowed.segment]}
        chips.append({"label": label, "href": _query(narrowed, "segment")})
    if narrowed.state:
        label = _("Keadaan: %(name)s") % {"name": words.state(narrowed.state).word}
        chips.append({"label": label, "href": _query(narrowed, "state")})
    if narrowed.branch_code:
        label = _("Cabang: %(name)s") % {"name": dict(branches).get(narrowed.branch_code, narrowed.branch_code)}
        chips.append({"label": label, "href": _query(narrowed, "branch")})
    if narrowed.agent_id:
        agent = agents.agents_by_id([narrowed.agent_id]).get(narrowed.agent_id)
        label = _("Agen: %(name)s") % {"name": agent.name if agent else formats.MISSING}
        chips.append({"label": label, "href": _query(narrowed, "agent")})
    return chips


def language() -> Literal["id", "en"]:
    """The reader's language, as papers and histories take it."""
    return "en" if (get_language() or "id").startswith("en") else "id"
