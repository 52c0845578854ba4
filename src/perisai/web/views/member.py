"""One member: history, contributions, card, agent; and what the office may do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from perisai.audit import selectors as audit
from perisai.contributions import selectors as contributions
from perisai.contributions import services as paying
from perisai.kernel import clock
from perisai.kernel.nik import mask
from perisai.kernel.period import Period
from perisai.membership import selectors, services
from perisai.organisation.policy import Permission
from perisai.web import may, words
from perisai.web.acting import Act, ReasonForm, act_page, sent
from perisai.web.doors import OfficeRequest, door
from perisai.web.flash import flash
from perisai.web.views.members import language

TABS: Final = (
    ("riwayat", gettext_lazy("Riwayat"), "history"),
    ("iuran", gettext_lazy("Iuran"), "cash"),
    ("kartu", gettext_lazy("Kartu"), "id"),
    ("agen", gettext_lazy("Agen"), "id-badge-2"),
)


@require_GET
@door
def page(request: OfficeRequest, member_id: UUID) -> HttpResponse:
    """Each tab has an address and reads only what it shows."""
    return shown(request, member_id, request.GET.get("tab", ""))


def shown(request: OfficeRequest, member_id: UUID, tab: str = "", **more: Any) -> HttpResponse:
    member = selectors.member_for(request.actor, member_id)
    tab = tab if tab in {name for name, _word, _icon in TABS} else TABS[0][0]
    facts = {
        "member": member,
        "person": member.person,
        "nik": mask(str(member.person.nik)),
        "occupation": words.OCCUPATIONS.get(member.person.occupation, ""),
        "tab": tab,
        "tabs": TABS,
        "may_record_death": may.over(request.actor, Permission.RECORD_DEATH, member),
        "may_correct": may.in_office(request.actor, Permission.CHANGE_CONTACT, member),
        "may_reveal": may.over(request.actor, Permission.REVEAL_NIK, member),
        **_TAB_FACTS[tab](request, member),
        **more,
    }
    return render(request, "web/pages/member.html", facts)


# --- history -------------------------------------------------------------------------------------------------------


def _history(request: OfficeRequest, member: Any) -> dict[str, Any]:
    """What was done to the member, the registration, cards, codes and payments; and when protection began and ended."""
    registration = selectors.registration_of_member(member.id)
    codes = contributions.codes_of_member(member.id)
    if registration:
        codes += contributions.codes_of_registration(registration.id)
    about = [member.id, *(card.id for card in selectors.cards_of(member.id)), *(code.id for code in codes)]
    about += [payment.id for payment in contributions.payments_of_member(member.id)]
    about += [registration.id] if registration else []
    zone = ZoneInfo(member.branch.timezone)
    events = [
        {"when": line.at, "at": line.at, "what": line.what, "why": line.note, "who": line.who}
        for line in audit.history_of(about, language=language())
    ] + [
        {
            "when": datetime.combine(entry.on, time(), zone),
            "on": entry.on,
            "what": _("Perlindungan mulai") if entry.change > 0 else _("Perlindungan berakhir"),
            "why": str(_BECAUSE.get(entry.because, "")),
            "where": member.branch.name,
        }
        for entry in selectors.protection_of(member.id)
    ]
    return {"events": sorted(events, key=lambda event: event["when"], reverse=True)}


_BECAUSE: Final = {
    "joined": gettext_lazy("iuran pertama diterima"),
    "resumed": gettext_lazy("iuran dibayar lagi"),
    "lapsed": gettext_lazy("tiga bulan tanpa iuran"),
    "ended": gettext_lazy("masa kepesertaan habis"),
    "taken_back": gettext_lazy("pembayaran ditarik bank"),
    "died": gettext_lazy("peserta meninggal"),
}


# --- contributions ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MonthCell:
    """``state``: paid, missed, due (this month, still unpaid) or none (not asked for)."""

    month: date
    state: str
    line: Any = None


def _contributions(request: OfficeRequest, member: Any) -> dict[str, Any]:
    lines = contributions.months_of_member(member.id)
    registration = selectors.registration_of_member(member.id)
    codes = contributions.codes_of_member(member.id)
    codes += contributions.codes_of_registration(registration.id) if registration else []
    now = clock.now()
    open_code = next((code for code in codes if code.state == "open" and code.expires_at > now), None)
    may_issue = may.over(request.actor, Permission.ISSUE_PAYMENT_CODE, member)
    return {
        "years": month_grid(member, lines, clock.today(ZoneInfo(member.branch.timezone))),
        "payments": contributions.payments_of_member(member.id),
        "codes": sorted(codes, key=lambda code: code.issued_at, reverse=True),
        "open_code": open_code,
        "due_idr": contributions.due_of(open_code) if open_code else 0,
        "credit_idr": contributions.credit_of_member(member.id),
        "now": now,
        **({} if open_code or not may_issue else _offers(member)),
        "may_cancel": may.over(request.actor, Permission.ISSUE_PAYMENT_CODE, member) and _is_office(request, member),
        "may_open_payments": may.over(request.actor, Permission.VIEW_PAYMENTS, member),
    }


def _is_office(request: OfficeRequest, member: Any) -> bool:
    """Cancelling is the office's: a Perisai may ask for a code, not take one back."""
    return may.over(request.actor, Permission.VIEW_PAYMENTS, member)


def month_grid(member: Any, lines: Sequence[Any], today: date) -> list[tuple[int, list[MonthCell]]]:
    """A row of twelve months a year, newest year first, from the first month asked for to the last one paid or running."""
    paid = {Period.of(line.month): line for line in lines}
    this_month = Period.of(today)
    first = min([*paid, Period.of(member.protected_from)])
    last = max([*paid, this_month])
    grid = []
    for year in range(last.year, max(first.year, last.year - 9) - 1, -1):
        cells = []
        for month in Period(year, 1).run(12):
            asked = member.segment == "bpu" and first <= month <= this_month
            state = "paid" if month in paid else "none"
            if asked and month not in paid:
                state = "due" if month == this_month else "missed"
            cells.append(MonthCell(month.first_day, state, paid.get(month)))
        grid.append((year, cells))
    return grid


def _offers(member: Any) -> dict[str, Any]:
    """What a new code would ask for 1, 3, 6 and 12 months, and every figure of the law that goes into any of them."""
    amounts = contributions.offers_for(member)
    rules = [rule for amount in amounts.values() for price in amount.months for rule in price.contribution.rules]
    offers = [
        {
            "months": months,
            "first": amount.months[0].month,
            "last": amount.months[-1].month,
            "total_idr": amount.total_idr,
        }
        for months, amount in amounts.items()
    ]
    return {"offers": offers, "law": list(dict.fromkeys(rules))}


@require_POST
@door
def issue_code(request: OfficeRequest, member_id: UUID) -> HttpResponse:
    """A code for the next months; while one can still be paid there is no second."""
    asked = request.POST.get("months", "")
    code = paying.issue_member_code(
        actor=request.actor, member_id=member_id, months=int(asked) if asked in ("1", "3", "6", "12") else 0
    )
    if code.state == "paid":
        flash(request, _("Saldo iuran cukup: bulan-bulan itu sudah lunas tanpa membayar lagi."))
    else:
        flash(request, _("Kode bayar %(code)s terbit. Peserta membayarnya sendiri di bank.") % {"code": code.code})
    return redirect(f"{reverse('web:member', args=[member_id])}?tab=iuran")


# --- card, agent ----------------------------------------------------------------------------------------------------


def _cards(request: OfficeRequest, member: Any) -> dict[str, Any]:
    cards = selectors.cards_of(member.id)
    valid = next((card for card in cards if card.state == "valid"), None)
    may_issue = may.over(request.actor, Permission.ISSUE_CARD, member)
    return {
        "cards": cards,
        "valid": valid,
        "check_url": request.build_absolute_uri(reverse("web:card_check", args=[valid.token])) if valid else "",
        "may_print": may_issue,
        "may_issue": may_issue and member.segment == "bpu" and member.state == "active",
    }


def _agent(request: OfficeRequest, member: Any) -> dict[str, Any]:
    seen = member.agent is not None and may.over(request.actor, Permission.VIEW_AGENTS, member)
    return {"may_open_agent": seen}


_TAB_FACTS: Final = {"riwayat": _history, "iuran": _contributions, "kartu": _cards, "agen": _agent}


# --- NIK ------------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@door
def reveal(request: OfficeRequest, member_id: UUID) -> HttpResponse:
    """The full NIK on the answer to this form only; the reason is recorded."""
    member = selectors.member_for(request.actor, member_id, Permission.REVEAL_NIK)
    act = Act(
        title=_("Lihat NIK"),
        label=_("Tampilkan NIK"),
        back=reverse("web:member", args=[member_id]),
        words=_("NIK ditampilkan satu kali. Nama Anda, waktu, dan alasannya tercatat dalam riwayat peserta."),
        about=f"{member.person.name} · {mask(str(member.person.nik))}",
    )

    def do(typed: dict[str, Any]) -> HttpResponse:
        nik = services.reveal_nik(actor=request.actor, member_id=member_id, reason=typed["reason"])
        return shown(request, member_id, revealed=nik)

    return act_page(request, act, ReasonForm(sent(request)), do)
