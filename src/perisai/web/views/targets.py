"""The board of an office on a day, and the ranking of offices of one kind."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from perisai.kernel import clock
from perisai.kernel.actor import Actor
from perisai.kernel.errors import NotFound
from perisai.membership.rules import Segment
from perisai.organisation import selectors as organisation
from perisai.organisation.policy import Permission
from perisai.targets import selectors as targets
from perisai.targets.selectors import Attainment, Board
from perisai.web import formats
from perisai.web.doors import OfficeRequest, door
from perisai.web.views.search import address

REPORT_DAY: Final = date(2017, 9, 30)
FIRST_DAY: Final = date(2015, 7, 1)
MOST_AGENTS: Final = 9_999
SEGMENTS: Final = {Segment.PU: "PU", Segment.BPU: "BPU"}


@dataclass(frozen=True, slots=True)
class SegmentView:
    """One segment of the board in words: the bar, the pace, the rank, the paper beside the count."""

    segment: str
    name: str
    figure: Attainment
    rank: str
    pace: str
    outlook: str
    helped: str
    members_href: str


@require_GET
@door
def board(request: OfficeRequest) -> HttpResponse:
    """How far the office is on a day, how fast it must go, and where it stands."""
    as_of = _day(request)
    code = request.GET.get("kantor") or _own_office(request.actor)
    more_agents = _more_agents(request)
    shown = targets.board(request.actor, code, as_of, more_agents=more_agents)
    facts = {
        "board": shown,
        "as_of": as_of,
        "code": code,
        "more_agents": more_agents or "",
        "most_agents": MOST_AGENTS,
        "segments": [_segment(shown, segment) for segment in Segment],
        "year_gone": _year_gone(as_of),
        "curves": [_curve(shown, segment) for segment in Segment],
        "children": _children(shown),
        "tiles": _tiles(shown),
        "tile_steps": (2, 5, 10, 20),
        "switches": list(_switches(code, as_of)),
        "today": clock.today(),
        "first_day": FIRST_DAY,
        "rank_href": f"{reverse('web:rank')}?{urlencode({'jenis': shown.office_kind, 'per': as_of})}",
        "parent": _parent(request.actor, code),
    }
    return render(request, "web/pages/board.html", facts)


@require_GET
@door
def rank(request: OfficeRequest) -> HttpResponse:
    """All offices of one kind, best first, in both segments; ties share a place."""
    as_of, kind = _day(request), request.GET.get("jenis", "regional")
    tables = [
        {"name": name, "rows": targets.rank(request.actor, kind, segment, as_of.year, as_of)}
        for segment, name in SEGMENTS.items()
    ]
    visible = set(
        organisation.offices_visible_to(request.actor, Permission.VIEW_TARGETS).values_list("code", flat=True)
    )
    facts = {
        "tables": tables,
        "as_of": as_of,
        "kind": kind,
        "visible": visible,
        "kinds": [("regional", _("Kantor wilayah")), ("branch", _("Kantor cabang"))],
    }
    return render(request, "web/pages/rank.html", facts)


def _day(request: OfficeRequest) -> date:
    """``?per=``; without it the day the boards open at. A date that cannot be read or lies ahead becomes today."""
    asked = request.GET.get("per", "")
    today = clock.today()
    try:
        day = date.fromisoformat(asked) if asked else (settings.BOARDS_OPEN_AT or today)
    except ValueError:
        return today
    return min(max(day, FIRST_DAY), today)


def _own_office(actor: Actor) -> str:
    """The topmost office whose target the person may see. Raises NotFound."""
    office = organisation.offices_visible_to(actor, Permission.VIEW_TARGETS).order_by("path").first()
    if office is None:
        raise NotFound("page")
    return office.code


def _parent(actor: Actor, code: str) -> dict[str, str] | None:
    office = organisation.office_for(actor, code, Permission.VIEW_TARGETS)
    visible = organisation.offices_visible_to(actor, Permission.VIEW_TARGETS)
    above = visible.filter(id=office.parent_id).first() if office.parent_id else None
    return {"code": above.code, "name": above.name} if above else None


def _segment(shown: Board, segment: Segment) -> SegmentView:
    figure, standing = shown.attainment[segment], shown.standing[segment]
    place = ""
    if standing.place is not None and standing.population > 1:
        place = _("%(place)s dari %(population)s") % {"place": standing.place, "population": standing.population}
    return SegmentView(
        segment, SEGMENTS[segment], figure, place, _pace(figure), _outlook(figure), _helped(shown, figure),
        _members(shown, segment),
    )  # fmt: skip


def _pace(figure: Attainment) -> str:
    """The pace needed and the pace now, in words that a director can read aloud."""
    needed = figure.pace_needed
    if figure.target is None:
        return _("Belum ada target untuk tahun ini.")
    if figure.missing == 0:
        return _("Target tahun ini sudah tercapai.")
    if needed is None or needed.per_month is None:
        return _("Tahun ini sudah habis; kurang %(n)s.") % {"n": _count(figure.missing)}
    words = _("Kurang %(missing)s. Perlu %(needed)s per bulan.") % {
        "missing": _count(figure.missing),
        "needed": _count(needed.per_month),
    }
    if figure.pace_now_per_month is not None:
        words += " " + _("Sekarang %(now)s per bulan (rata-rata 90 hari).") % {"now": _count(figure.pace_now_per_month)}
    if figure.expected_at_year_end is not None:
        words += " " + _("Bila laju tetap, akhir tahun %(expected)s.") % {
            "expected": _count(figure.expected_at_year_end)
        }
    return words


def _outlook(figure: Attainment) -> str:
    """The chance of making it, as a count of drawn endings, and the band in which the year may end."""
    seen = figure.outlook
    if seen is None or figure.missing == 0:
        return ""
    return _(
        "Peluang tercapai %(percent)s%%: %(reached)s dari %(drawn)s kemungkinan yang diundi dari %(months)s bulan terakhir. "
        "Akhir tahun kira-kira %(low)s sampai %(high)s."
    ) % {
        "percent": seen.percent,
        "reached": _count(seen.reached),
        "drawn": _count(seen.drawn),
        "months": seen.months,
        "low": _count(seen.path[-1].low),
        "high": _count(seen.path[-1].high),
    }


def _helped(shown: Board, figure: Attainment) -> str:
    """What the more agents that were asked about would change; empty when nobody asked."""
    lately = shown.won_lately
    if lately is None or figure.segment != Segment.BPU:
        return ""
    if not lately.agents:
        return _(
            "Dalam 90 hari terakhir belum ada Perisai yang membawa peserta, jadi tambahannya tidak dapat diperkirakan."
        )
    if figure.helped is None:
        return _("Riwayatnya belum cukup untuk memperkirakan.")
    return _(
        "%(agents)s Perisai terakhir membawa %(kept)s peserta yang bertahan dalam 90 hari. Dengan tambahan seperti mereka, "
        "peluangnya %(percent)s%%, akhir tahun kira-kira %(low)s sampai %(high)s."
    ) % {
        "agents": _count(lately.agents),
        "kept": _count(lately.kept),
        "percent": figure.helped.percent,
        "low": _count(figure.helped.path[-1].low),
        "high": _count(figure.helped.path[-1].high),
    }


def _more_agents(request: OfficeRequest) -> int:
    """``?tambah=``: how many more agents; 0 for what is no such number."""
    text = request.GET.get("tambah", "")
    return min(int(text), MOST_AGENTS) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def _members(shown: Board, segment: Segment) -> str:
    """The members behind a figure, where the list can show them: of today."""
    where = address("members")
    if not where or shown.as_of != clock.today() or shown.office_kind != "branch":
        return ""
    return f"{where}?{urlencode({'segmen': segment.value, 'cabang': shown.office_code, 'keadaan': 'active'})}"


def _year_gone(as_of: date) -> Decimal:
    """How much of the year has gone, in per cent: the mark on the bar."""
    first, last = date(as_of.year, 1, 1), date(as_of.year, 12, 31)
    return (Decimal((as_of - first).days + 1) * 100 / ((last - first).days + 1)).quantize(Decimal("0.1"))


def _curve(shown: Board, segment: Segment) -> dict[str, Any]:
    """The chart of one segment: members at the ends of months, the band ahead, and the target as a line across."""
    counts, target = shown.curve[segment], shown.attainment[segment].target
    seen = shown.attainment[segment].outlook
    path = seen.path if seen else ()
    days = [each.on for each in counts] + [each.on for each in path]
    data: dict[str, Any] = {
        "kind": "line",
        "labels": [formats.day(day, _language()) for day in days],
        "unit": "count",
        "series": [_series(SEGMENTS[segment], [each.members for each in counts], before=0, after=len(path))],
    }
    if path:
        start, lead = counts[-1].members, len(counts) - 1
        data["series"] += [
            _series(name, [start, *values], before=lead, after=0, tone="muted")
            for name, values in (
                (_("Perkiraan rendah"), [each.low for each in path]),
                (_("Perkiraan tinggi"), [each.high for each in path]),
            )
        ]
    if target is not None:
        data["mark"] = {"value": target, "label": _("Target")}
    return {
        "id": f"curve-{segment.value}",
        "title": _("Peserta %(segment)s terlindungi, akhir tiap bulan") % {"segment": SEGMENTS[segment]},
        "data": data,
        "empty": not any(each.members for each in counts),
    }


def _series(name: str, values: list[int], *, before: int, after: int, tone: str = "green") -> dict[str, Any]:
    """A line that begins ``before`` places in and ends ``after`` places early: where it has no value, it has none."""
    return {"name": name, "values": [None] * before + values + [None] * after, "tone": tone}


def _children(shown: Board) -> list[dict[str, Any]]:
    """A row an office below, with both segments side by side, in the order of the BPU ranking."""
    pu = {row.code: row for row in shown.children[Segment.PU]}
    return [
        {
            "code": row.code,
            "name": row.name,
            "href": _board(row.code, shown.as_of),
            "figures": [pu[row.code], row],
            "synthetic": row.is_synthetic or pu[row.code].is_synthetic,
        }
        for row in shown.children[Segment.BPU]
    ]


def _tiles(shown: Board) -> list[dict[str, Any]]:
    """Regencies by their share of the office's members; no source gives the number of workers, so no coverage."""
    total = sum(sum(each.members.values()) for each in shown.regencies)
    return [
        {
            "name": each.name,
            "percent": (Decimal(sum(each.members.values())) * 100 / total).quantize(Decimal("0.01")) if total else None,
            "note": " · ".join(f"{SEGMENTS[segment]} {_count(each.members[segment])}" for segment in Segment),
        }
        for each in shown.regencies
    ]


def _switches(code: str, as_of: date) -> Iterator[dict[str, Any]]:
    for label, day in ((_("30 Sep 2017, laporan"), REPORT_DAY), (_("Hari ini"), clock.today())):
        yield {"label": label, "href": _board(code, day), "here": day == as_of}


def _board(code: str, day: date) -> str:
    return f"{reverse('web:targets')}?{urlencode({'kantor': code, 'per': day.isoformat()})}"


def _language() -> str:
    return "en" if (get_language() or "id").startswith("en") else "id"


def _count(figure: int | None) -> str:
    return formats.count(figure or 0, _language())
