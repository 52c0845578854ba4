"""The outbox as a page: which messages went to whom, and which did not arrive."""

import re
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from perisai.kernel import clock
from perisai.notices import selectors
from perisai.notices.kinds import text
from perisai.organisation import policy
from perisai.organisation import selectors as organisation
from perisai.organisation.policy import Permission
from perisai.web import may
from perisai.web.doors import OfficeRequest, door
from perisai.web.paging import page_of
from perisai.web.views.members import language

STATES: Final = {"queued": _("Menunggu kirim"), "sent": _("Terkirim"), "failed": _("Gagal kirim")}
_PAGES: Final = {
    "registration": ("registration", Permission.VIEW_REGISTRATIONS),
    "payment": ("payment", Permission.VIEW_PAYMENTS),
    "member": ("member", Permission.VIEW_MEMBERS),
    "card": ("member", Permission.VIEW_MEMBERS),
    "contact": ("member", Permission.VIEW_MEMBERS),
    "dispute": ("dispute", Permission.VIEW_INCENTIVES),
}


@require_GET
@door
def page(request: OfficeRequest) -> HttpResponse:
    """Newest first, of the offices where the reader may see messages; the phone is masked."""
    may.must_hold(request.actor, Permission.VIEW_NOTICES)
    state = request.GET.get("state", "")
    state = state if state in STATES else ""
    paths = organisation.scope_of(request.actor, Permission.VIEW_NOTICES).office_paths
    shown = page_of(request, selectors.newest_under(paths, state))
    seen = policy.permissions(request.actor, clock.today())
    facts = {
        "rows": [_row(notice, seen) for notice in shown.object_list],
        "page": shown,
        "total": shown.paginator.count,
        "state": state,
        "states": STATES.items(),
    }
    return render(request, "web/pages/notices.html", facts)


def _row(notice: Any, seen: frozenset[Permission]) -> dict[str, Any]:
    kind = notice.kind.split("_")[0]
    place, needed = _PAGES["member" if notice.kind == "membership_lapsed" else kind]
    return {
        "notice": notice,
        "words": text(notice.kind, notice.facts, language()),
        "to": masked_phone(str(notice.phone)) if notice.phone else notice.user.name,
        "href": reverse(f"web:{place}", args=[notice.about]) if needed in seen else "",
        "state": "waiting" if notice.state == "queued" else notice.state,
    }


def masked_phone(phone: str) -> str:
    """``0812••••0101``: enough to know one's own, too little to call."""
    local = re.sub(r"^\+62", "0", phone)
    return f"{local[:4]}{'•' * max(len(local) - 8, 0)}{local[-4:]}"
