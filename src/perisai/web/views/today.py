"""The home page: what waits for this person, with its clocks, and how far their office is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from perisai.agents import selectors as agents
from perisai.contributions import selectors as contributions
from perisai.incentives import selectors as incentives
from perisai.kernel import clock
from perisai.kernel.actor import Actor
from perisai.kernel.period import Period
from perisai.membership import selectors as membership
from perisai.membership.rules import WAITS_FOR_OFFICE, Segment, State
from perisai.organisation import policy
from perisai.organisation import selectors as organisation
from perisai.organisation.policy import Permission as P
from perisai.targets.selectors import Attainment, attainment
from perisai.web.doors import OfficeRequest, door
from perisai.web.views.registrations import clocks
from perisai.web.views.search import address

_MOST: Final = 10_000
_LOOKED_AT: Final = 200
"""The oldest cases of a queue; how many of them are late is what the person hears."""
_SHOWN: Final = 8
_EXPIRES_SOON: Final = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Queue:
    """One thing that waits: how many, where, and the shortest clock."""

    name: str
    icon: str
    n: int
    href: str
    hours_left: int | None = None
    total: int | None = None
    words: str = ""


@require_GET
@door
def page(request: OfficeRequest) -> HttpResponse:
    """Three or four queues by role; then the first cases themselves."""
    actor, today = request.actor, clock.today()
    may = policy.permissions(actor, today)
    if not may:
        return render(request, "web/pages/home.html")
    waiting = membership.queue(actor)
    office = P.VIEW_REGISTRATIONS in may and P.REFER_MEMBER not in may
    facts = {
        "queues": list(_queues(actor, may)),
        "may_refer": P.REFER_MEMBER in may,
        "may_decide": P.DECIDE_REGISTRATION in may,
        "first": [{"registration": each, "clock": clocks.verification(each)} for each in waiting[:_SHOWN]]
        if office
        else [],
        "office": office,
        "returned": _own(actor, State.RETURNED)[:_SHOWN] if P.REFER_MEMBER in may else [],
        "today": today,
        "month": Period.of(today),
        "own_month": _own_month(actor) if P.REFER_MEMBER in may else None,
        "targets": _targets(actor) if P.VIEW_TARGETS in may else [],
        "year_gone": _year_gone(today),
    }
    return render(request, "web/pages/today.html", facts)


def _queues(actor: Actor, may: frozenset[P]) -> Iterator[Queue]:
    if P.REFER_MEMBER in may:
        yield from _own_queues(actor)
        return
    if P.VIEW_REGISTRATIONS in may:
        yield _verification(actor)
        doubtful = membership.queue(actor).exclude(doubts=[])
        why = _("NIK atau wilayah meragukan")
        yield Queue(_("Perlu dibandingkan"), "scale", _count(doubtful), _list(doubts="1"), words=why)
    if P.ISSUE_CARD in may:
        yield _cards(actor)
    if P.VIEW_PAYMENTS in may:
        soon = contributions.open_codes(actor).filter(
            expires_at__gt=clock.now(), expires_at__lt=clock.now() + _EXPIRES_SOON
        )
        where = address("contributions") or _list(state=State.APPROVED.value)
        yield Queue(_("Kode bayar hampir habis"), "calendar-due", _count(soon), where, words=_("habis dalam 2 hari"))


def _verification(actor: Actor) -> Queue:
    waiting = membership.queue(actor)
    oldest = [
        clocks.verification_since(submitted_at, ZoneInfo(zone))
        for submitted_at, zone in waiting.values_list("submitted_at", "branch__timezone")[:_LOOKED_AT]
    ]
    late = sum(each.late for each in oldest)
    worst = min((each for each in oldest if each.left is not None), key=lambda each: each.left or 0, default=None)
    return Queue(
        _("Menunggu keputusan"), "inbox", _count(waiting), _list(),
        hours_left=worst.left if worst else None, total=worst.total if worst else None,
        words="· " + _("%(n)s lewat waktu") % {"n": late} if late else "",
    )  # fmt: skip


def _cards(actor: Actor) -> Queue:
    waiting = membership.members_without_card(actor)
    first, days = waiting.first(), ""
    if first is not None:
        left, _total = clocks.card_days(first.joined_on, clock.today(ZoneInfo(first.branch.timezone)))
        days = (
            ngettext("yang pertama lewat %(n)s hari kerja", "yang pertama lewat %(n)s hari kerja", -left) % {"n": -left}
            if left < 0
            else ngettext("yang pertama %(n)s hari kerja lagi", "yang pertama %(n)s hari kerja lagi", left)
            % {"n": left}
        )
    where = address("cards") or _list(state=State.COMPLETED.value)
    return Queue(_("Kartu belum terbit"), "id", _count(waiting), where, words=days)


def _own_queues(actor: Actor) -> Iterator[Queue]:
    yield Queue(
        _("Dikembalikan kepada saya"), "arrow-back-up", _count(_own(actor, State.RETURNED)),
        _list(state=State.RETURNED.value), words=_("perbaiki dan kirim lagi"),
    )  # fmt: skip
    reviewed = _own(actor, *WAITS_FOR_OFFICE)
    yield Queue(_("Diperiksa kantor cabang"), "search", _count(reviewed), _list(state="queue"))
    yield Queue(
        _("Menunggu iuran pertama"), "hourglass", _count(_own(actor, State.APPROVED)),
        _list(state=State.APPROVED.value), words=_("ingatkan sebelum kodenya habis"),
    )  # fmt: skip


def _own(actor: Actor, *states: State) -> QuerySet[Any]:
    return (
        membership.registrations_visible_to(actor)
        .filter(state__in=states)
        .select_related("village", "branch", "agent")
        .order_by("-decided_at", "-submitted_at")
    )


@dataclass(frozen=True, slots=True)
class OwnMonth:
    """New members of a Perisai in this month, and how many are missing to the threshold of the incentive."""

    members: int
    threshold: int

    @property
    def missing(self) -> int:
        return max(self.threshold - self.members, 0)


def _own_month(actor: Actor) -> OwnMonth:
    """Members that this Perisai brought since the first of the month; which of them count, the accrual decides."""
    agent, today = agents.agent_of(actor), clock.today()
    members = (
        membership.members_visible_to(actor).filter(agent_id=agent.id, joined_on__gte=today.replace(day=1)).count()
    )
    return OwnMonth(members, incentives.statement(actor, agent.id, Period.of(today)).threshold)


def _targets(actor: Actor) -> list[Attainment]:
    """The actor's own office, a segment a line, where a target is set."""
    office = organisation.offices_visible_to(actor, P.VIEW_TARGETS).order_by("path").first()
    if office is None:
        return []
    found = [attainment(actor, office.code, segment.value, clock.today()) for segment in Segment]
    return [each for each in found if each.target]


def _year_gone(today: date) -> float:
    """How much of the year is behind, in per cent."""
    return round(today.timetuple().tm_yday * 100 / 365, 1)


def _count(rows: QuerySet[Any]) -> int:
    """How many, looking no further than _MOST."""
    return rows.order_by()[:_MOST].count()


def _list(**asked: str) -> str:
    return reverse("web:registrations") + (f"?{urlencode(asked)}" if asked else "")
