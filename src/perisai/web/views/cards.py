"""Cards: those that wait for the printer, one in place of another, and the papers."""

from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from perisai.kernel import clock
from perisai.kernel.errors import NotFound
from perisai.membership import cards, documents, selectors
from perisai.organisation.policy import Permission
from perisai.web import may
from perisai.web.acting import Act, act_page, sent
from perisai.web.doors import OfficeRequest, door
from perisai.web.flash import flash
from perisai.web.forms import OfficeForm
from perisai.web.paging import page_of
from perisai.web.views.members import language
from perisai.web.views.registrations.clocks import card_days


@require_http_methods(["GET", "POST"])
@door
def waiting(request: OfficeRequest) -> HttpResponse:
    """Who waits for a card, longest wait first; several are issued at once and printed on one sheet."""
    may.must_hold(request.actor, Permission.VIEW_REGISTRATIONS)
    if request.method == "POST":
        issued = cards.issue_waiting_cards(actor=request.actor, member_ids=_ids(request.POST.getlist("member")))
        if not issued:
            flash(request, _("Tidak ada kartu yang terbit. Pilih dulu pesertanya."), tone="soon")
            return redirect("web:cards")
        said = ngettext(
            "%(n)d kartu terbit. Cetak lembarnya sekarang.",
            "%(n)d kartu terbit. Cetak lembarnya sekarang.",
            len(issued),
        )
        flash(request, said % {"n": len(issued)})
        sheet = urlencode([("kartu", str(card.id)) for card in issued])
        return redirect(f"{reverse('web:cards')}?{sheet}")
    page = page_of(request, selectors.members_without_card(request.actor), cards.MOST_AT_ONCE)
    today = clock.today()
    facts = {
        "rows": [{"member": each, "clock": _clock(each, today)} for each in page.object_list],
        "page": page,
        "total": page.paginator.count,
        "may_issue": may.holds(request.actor, Permission.ISSUE_CARD),
        "printable": selectors.cards_to_print(request.actor, _ids(request.GET.getlist("kartu"))),
        "sheet": urlencode([("kartu", each) for each in request.GET.getlist("kartu")]),
    }
    return render(request, "web/pages/cards.html", facts)


def _clock(member: Any, today: date) -> dict[str, int]:
    left, total = card_days(member.joined_on, today)
    return {"left": left, "total": total}


@require_http_methods(["GET", "POST"])
@door
def issue(request: OfficeRequest, member_id: UUID) -> HttpResponse:
    """The first card, or a new one in place of the valid one; sent twice it is one card."""
    member = selectors.member_for(request.actor, member_id, Permission.ISSUE_CARD)
    valid = next((card for card in selectors.cards_of(member.id) if card.state == "valid"), None)
    back = f"{reverse('web:member', args=[member_id])}?tab=kartu"
    act = Act(
        title=_("Ganti kartu") if valid else _("Terbitkan kartu"),
        label=_("Ganti kartu") if valid else _("Terbitkan kartu"),
        back=back,
        words=_(
            "Kartu yang sekarang berhenti berlaku saat ini juga: siapa pun yang memeriksa kodenya membaca “diganti”. "
            "Kartu baru mendapat kode sendiri, dan peserta diberi tahu."
        )
        if valid
        else _("Kartu langsung berlaku dan dapat diperiksa siapa pun dengan kodenya. Peserta diberi tahu lewat pesan."),
        about=member.person.name,
    )
    # Which card the reader saw travels along, so that sending the form again does not replace the new card too.
    seen = request.POST.get("serial", "") if request.method == "POST" else valid.serial if valid else ""

    def do(typed: dict[str, Any]) -> str:
        cards.replace_card(actor=request.actor, member_id=member_id, serial=seen)
        flash(request, _("Kartu terbit. Cetak dari halaman ini."))
        return back

    return act_page(request, act, _SerialForm(sent(request), initial={"serial": seen}), do)


class _SerialForm(OfficeForm):
    """Carries the serial of the card that is replaced; empty for a first card."""

    serial = forms.CharField(required=False, max_length=10, widget=forms.HiddenInput())


@require_GET
@door
def pdf(request: OfficeRequest, member_id: UUID) -> HttpResponse:
    """The valid card in card size."""
    member = selectors.member_for(request.actor, member_id, Permission.ISSUE_CARD)
    valid = [card.id for card in selectors.cards_of(member.id) if card.state == "valid"]
    found = selectors.cards_to_print(request.actor, valid)
    if not found:
        raise NotFound("card")
    return _file(documents.card_pdf(_facts(request, found[0]), language()), f"kartu-{member.number}")


@require_GET
@door
def sheet(request: OfficeRequest) -> HttpResponse:
    """Cards on A4 with cut marks, ten a page."""
    found = selectors.cards_to_print(request.actor, _ids(request.GET.getlist("kartu")))
    if not found:
        raise NotFound("card")
    facts = [_facts(request, card) for card in found]
    return _file(documents.card_sheet_pdf(facts, language()), f"kartu-{clock.today()}")


def _facts(request: OfficeRequest, card: Any) -> documents.CardFacts:
    member = card.member
    return documents.CardFacts(
        name=member.person.name,
        number=member.number,
        programmes=tuple(programme.upper() for programme in member.programmes),
        issued_on=card.issued_on,
        branch_name=member.branch.name,
        check_url=f"{request.get_host()}{reverse('web:card_form')}",
        qr_text=request.build_absolute_uri(reverse("web:card_check", args=[card.token])),
        fictional=member.is_synthetic,
    )


def _file(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}.pdf"'}
    )


def _ids(texts: list[str]) -> list[UUID]:
    """Those of the texts that are ids; others name nothing."""
    found = []
    for text in texts[: cards.MOST_AT_ONCE]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
