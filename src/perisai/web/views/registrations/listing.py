"""Registrations as lists: the office's queue by clock, a Perisai's own, newest first; and the same as a file."""

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from perisai.agents import selectors as agents
from perisai.kernel import clock, names
from perisai.kernel.errors import NotFound
from perisai.kernel.nik import mask
from perisai.membership import exports as leaving
from perisai.membership import selectors
from perisai.membership.rules import WAITS_FOR_OFFICE, State
from perisai.organisation.policy import Permission
from perisai.web import exports, formats, words
from perisai.web.doors import OfficeRequest, door
from perisai.web.may import holds, must_hold
from perisai.web.paging import MOST_COUNTED, page_of
from perisai.web.views import search
from perisai.web.views.registrations import clocks

QUEUE: Final = "queue"
ALL: Final = "all"
TABS: Final = (
    (QUEUE, gettext_lazy("Antrean")),
    (State.RETURNED.value, gettext_lazy("Dikembalikan")),
    (State.APPROVED.value, gettext_lazy("Menunggu iuran")),
    (State.COMPLETED.value, gettext_lazy("Selesai")),
    (State.REJECTED.value, gettext_lazy("Ditolak")),
    (ALL, gettext_lazy("Semua")),
)


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for; anything unreadable in it asks for nothing."""

    state: str
    doubts: bool = False
    agent_id: UUID | None = None
    q: str = ""

    @classmethod
    def of(cls, request: OfficeRequest, default: str) -> "Filters":
        asked = request.GET.get("state", "")
        try:
            agent_id = UUID(request.GET.get("agent", ""))
        except ValueError:
            agent_id = None
        return cls(
            state=asked if asked in dict(TABS) else default,
            doubts=request.GET.get("doubts") == "1",
            agent_id=agent_id,
            q=names.tidy(request.GET.get("q", ""))[:100],
        )

    def chosen(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The rows that fit, the queue by its clock and anything else newest first."""
        if self.state == QUEUE:
            rows = rows.filter(state__in=WAITS_FOR_OFFICE)
        elif self.state != ALL:
            rows = rows.filter(state=self.state)
        if self.doubts:
            rows = rows.exclude(doubts=[])
        if self.agent_id:
            rows = rows.filter(agent_id=self.agent_id)
        if self.q:
            reference = rows.filter(reference=self.q.upper())
            rows = reference if reference.exists() else rows.filter(name__icontains=self.q)
        oldest_first = self.state == QUEUE
        return rows.order_by("submitted_at" if oldest_first else "-submitted_at", "id" if oldest_first else "-id")


@sensitive_post_parameters("q")
@require_http_methods(["GET", "POST"])
@door
def page(request: OfficeRequest) -> HttpResponse:
    """A search comes by POST: digits, which may be a NIK, are answered at once and stand in no address."""
    must_hold(request.actor, Permission.VIEW_REGISTRATIONS)
    if request.method == "POST":
        return _searched(request)
    own_only = holds(request.actor, Permission.REFER_MEMBER)
    filters = Filters.of(request, ALL if own_only else QUEUE)
    rows = filters.chosen(selectors.registrations_visible_to(request.actor)).select_related(
        "agent", "branch", "village"
    )
    shown = page_of(request, rows)
    facts = {
        "filters": filters,
        "tabs": [(name, word, name == filters.state) for name, word in TABS],
        "chips": _chips(filters),
        "page": shown,
        "rows": [{"registration": each, "clock": clocks.verification(each)} for each in shown.object_list],
        "total": shown.paginator.count,
        "most": MOST_COUNTED,
        "may_refer": own_only,
        "may_take_in": holds(request.actor, Permission.DECIDE_REGISTRATION),
        "may_export": holds(request.actor, Permission.EXPORT_MEMBERS),
        "query": _query(filters),
    }
    return render(request, "web/pages/registrations.html", facts)


def _searched(request: OfficeRequest) -> HttpResponse:
    text = request.POST.get("q", "")
    if search.is_private(text):
        return search.results(request, text)
    kept = {name: request.POST[name] for name in ("state", "doubts", "agent") if request.POST.get(name)}
    address = {**kept, "q": names.tidy(text)[:100]} if text.strip() else kept
    return redirect(f"{reverse('web:registrations')}?{urlencode(address)}")


def _query(filters: Filters, **without: None) -> str:
    """The address that asks for the same, without what is named."""
    asked = {
        "state": filters.state,
        "doubts": "1" if filters.doubts else None,
        "agent": str(filters.agent_id) if filters.agent_id else None,
        "q": filters.q or None,
    } | without
    return urlencode({name: value for name, value in asked.items() if value})


def _chips(filters: Filters) -> list[dict[str, str]]:
    chips = []
    if filters.q:
        chips.append({"label": f"“{filters.q}”", "href": "?" + _query(filters, q=None)})
    if filters.doubts:
        chips.append({"label": _("Perlu dibandingkan"), "href": "?" + _query(filters, doubts=None)})
    if filters.agent_id:
        agent = agents.agents_by_id([filters.agent_id]).get(filters.agent_id)
        label = _("Agen: %(name)s") % {"name": agent.name if agent else "?"}
        chips.append({"label": label, "href": "?" + _query(filters, agent=None)})
    return chips


# --- the same as a file --------------------------------------------------------------------------------------------


@require_GET
@door
def export(request: OfficeRequest, kind: str) -> HttpResponse:
    """The list as it is narrowed, NIK masked, no phone; who took it is recorded."""
    if kind not in ("csv", "xlsx"):
        raise NotFound("page")
    found = leaving.export_registrations(actor=request.actor, narrowed=Filters.of(request, QUEUE).chosen)
    head = [
        _("Nomor rujukan"),
        _("Nama"),
        "NIK",
        _("Nagari"),
        _("Agen"),
        _("Cabang"),
        _("Keadaan"),
        pgettext("pendaftaran", "Masuk"),
        _("Diputus"),
    ]
    rows_written = [_cells(each) for each in found]
    return exports.sheet(f"pendaftaran-{clock.today()}", head, rows_written, "csv" if kind == "csv" else "xlsx")


def _cells(each: Any) -> list[exports.Cell]:
    language = get_language() or "id"
    return [
        each.reference, each.name, mask(str(each.nik)), each.village.path_names, each.agent.name, each.branch.name,
        str(words.state(each.state).word), formats.moment(each.submitted_at, language).replace(formats.NARROW, " "),
        formats.moment(each.decided_at, language).replace(formats.NARROW, " ") if each.decided_at else "",
    ]  # fmt: skip
