"""The places of the office, in the order of the rail, and who sees which."""

from dataclasses import dataclass
from typing import Final

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from perisai.kernel import clock
from perisai.kernel.actor import Actor
from perisai.organisation import policy
from perisai.organisation.policy import Permission as P


@dataclass(frozen=True, slots=True)
class Place:
    """``opens``: any of these permissions shows it; none means everybody signed in. ``national``: held over the agency."""

    name: str
    label: str | Promise
    icon: str
    opens: frozenset[P] = frozenset()
    national: bool = False


PLACES: Final = (
    Place("today", _("Hari ini"), "home"),
    Place("registrations", _("Pendaftaran"), "clipboard-check", frozenset({P.VIEW_REGISTRATIONS})),
    Place("members", _("Peserta"), "users", frozenset({P.VIEW_MEMBERS})),
    Place("agents", pgettext_lazy("bagian", "Agen"), "id-badge-2", frozenset({P.VIEW_AGENTS})),
    Place("events", _("Kegiatan"), "users-group", frozenset({P.VIEW_EVENTS})),
    Place("villages", _("Nagari"), "map-pin", frozenset({P.VIEW_VILLAGE})),
    Place("contributions", _("Iuran"), "cash", frozenset({P.VIEW_PAYMENTS})),
    Place("banks", pgettext_lazy("bagian", "Bank"), "building-bank", frozenset({P.VIEW_BANKS}), national=True),
    Place("firms", _("Perusahaan"), "building", frozenset({P.VIEW_FIRMS})),
    Place("incentives", _("Insentif"), "coin", frozenset({P.VIEW_INCENTIVES})),
    Place("targets", _("Target"), "target-arrow", frozenset({P.VIEW_TARGETS})),
    Place("reports", _("Laporan"), "report-analytics", frozenset({P.VIEW_TARGETS})),
    Place("law", _("Aturan"), "books"),
    Place("notices", _("Pesan"), "message", frozenset({P.VIEW_NOTICES})),
    Place("settings", _("Pengaturan"), "settings", frozenset({P.MANAGE_ACCOUNTS})),
)


@dataclass(frozen=True, slots=True)
class Stop:
    """A place as one person sees it now."""

    label: str | Promise
    icon: str
    href: str
    here: bool


def stops(actor: Actor, path: str) -> list[Stop]:
    """Only what exists and what the person may see. The longest address that ``path`` starts with is "here"."""
    today = clock.today()
    may = policy.permissions(actor, today)
    nationwide = frozenset(each for each in may if policy.scope(actor, each, today).everywhere)
    found = [
        (place, address)
        for place in PLACES
        if (not place.opens or place.opens & (nationwide if place.national else may))
        and (address := _address(place.name)) is not None
    ]
    here = max((address for _, address in found if path.startswith(address)), key=len, default="")
    return [Stop(place.label, place.icon, address, address == here) for place, address in found]


def _address(name: str) -> str | None:
    try:
        return reverse(f"web:{name}")
    except NoReverseMatch:
        return None
