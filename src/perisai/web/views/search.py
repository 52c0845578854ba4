"""Search over everything. What is searched never stands in an address: it may be a NIK."""

from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from perisai import vault
from perisai.contributions import selectors as contributions
from perisai.kernel import names
from perisai.kernel.actor import Actor
from perisai.kernel.errors import Refused
from perisai.kernel.nik import mask, parse_nik
from perisai.membership import search as members
from perisai.membership import selectors as membership
from perisai.membership.services import PERSON_NIK
from perisai.regions import selectors as regions
from perisai.web.doors import OfficeRequest, door
from perisai.web.views.registrations.clocks import verification

_MOST: Final = 10
_LEFT: Final = "searched"
_LONGEST: Final = 100


@dataclass(frozen=True, slots=True)
class Found:
    """What the words may mean, kind by kind, each only as far as the actor may see it."""

    members: list[Any]
    registrations: list[Any]
    payments: list[Any]
    villages: list[Any]

    @property
    def nothing(self) -> bool:
        return not (self.members or self.registrations or self.payments or self.villages)


def is_private(text: str) -> bool:
    """Whether the words may be a NIK, whole or cut short: those are answered, and kept nowhere."""
    return sum(character.isdigit() for character in text) > 11


@sensitive_post_parameters("q")
@require_http_methods(["GET", "POST"])
@door
def page(request: OfficeRequest) -> HttpResponse:
    """Words wait in the session for the page that shows them, so that going back to it works."""
    if request.method == "GET":
        return results(request, request.session.get(_LEFT, ""))
    text = request.POST.get("q", "")[:_LONGEST]
    if is_private(text):
        return results(request, text)
    request.session[_LEFT] = names.tidy(text)
    return redirect("web:search")


def results(request: OfficeRequest, text: str) -> HttpResponse:
    """What was found; a NIK is not written back onto the page."""
    text = names.tidy(text)[:_LONGEST]
    found = look(request.actor, text)
    private = is_private(text)
    page = {
        "found": found,
        "asked": "" if private else text,
        "shown": "" if not text else text if not private else _masked(text),
    }
    return render(request, "web/pages/search.html", page)


def look(actor: Actor, text: str) -> Found:
    """Members by name, number or NIK; registrations by reference, name or NIK; receipts; villages."""
    if len(text) < 2:
        return Found([], [], [], [])
    return Found(
        members=[_member(each) for each in members.search_members(actor, text, _MOST)],
        registrations=[{"registration": each, "clock": verification(each)} for each in _registrations(actor, text)],
        payments=list(contributions.newest_payments(actor).filter(receipt_number=text.upper())[:1]),
        villages=[] if text.isdigit() else [_village(each) for each in regions.search(text, limit=5)],
    )


def _member(member: Any) -> dict[str, Any]:
    return {"member": member, "nik": mask(str(member.person.nik)), "href": address("member", member.id)}


def _registrations(actor: Actor, text: str) -> list[Any]:
    rows = membership.registrations_visible_to(actor).select_related("agent", "branch", "village")
    if is_private(text):
        try:
            index = vault.blind_index(parse_nik(text), context=PERSON_NIK)
        except Refused:
            return []
        rows = rows.filter(nik_index=index)
    else:
        by_reference = rows.filter(reference=text.upper())
        rows = by_reference if by_reference.exists() else rows.filter(name__icontains=text)
    return list(rows.order_by("-submitted_at")[:_MOST])


def _village(hit: regions.RegionHit) -> dict[str, Any]:
    return {"village": hit, "href": address("village", hit.code)}


def _masked(text: str) -> str:
    try:
        return mask(parse_nik(text))
    except Refused:
        return "•" * 8


def address(name: str, *about: object) -> str:
    """The address of an office page, or nothing where this installation has no such page."""
    try:
        return reverse(f"web:{name}", args=about)
    except NoReverseMatch:
        return ""
