"""Partner banks: who may tell us of payments, by which keys, up to which sums, and everything they said."""

from typing import Any, Final
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from perisai.audit import selectors as audit
from perisai.banks import selectors
from perisai.banks.rules import signing
from perisai.banks.services import partners
from perisai.organisation.policy import Permission
from perisai.web import may, words
from perisai.web.acting import Act, ReasonForm, act_page, sent
from perisai.web.doors import OfficeRequest, door
from perisai.web.flash import flash
from perisai.web.forms import OfficeForm, RupiahField
from perisai.web.paging import page_of
from perisai.web.views.members import language

_NEEDED: Final = {"required": gettext_lazy("Isian ini diperlukan.")}


@require_GET
@door
def page(request: OfficeRequest) -> HttpResponse:
    """Every partner bank, by name."""
    rows = list(selectors.partners_for(request.actor))
    return render(request, "web/pages/banks.html", {"rows": rows, "may_manage": _may_manage(request)})


@require_GET
@door
def partner(request: OfficeRequest, partner_id: UUID) -> HttpResponse:
    """One bank: what both sides know, its limits, and what was done to it."""
    return _shown(request, partner_id)


def _shown(request: OfficeRequest, partner_id: UUID, secret: str = "") -> HttpResponse:
    bank = selectors.partner_for(request.actor, partner_id)
    lines = audit.history_of([bank.id], language=language())
    facts = {
        "bank": bank,
        "secret": secret,
        "fingerprint": signing.fingerprint(bank.public_key),
        "may_manage": _may_manage(request),
        "events": [{"what": line.what, "why": line.note, "who": line.who, "at": line.at} for line in lines],
    }
    return render(request, "web/pages/bank.html", facts)


def _may_manage(request: OfficeRequest) -> bool:
    return may.holds_everywhere(request.actor, Permission.MANAGE_BANKS)


# --- forms -----------------------------------------------------------------------------------------------------------


def _text(label: Any, hint: Any, most: int) -> forms.CharField:
    widget = forms.TextInput({"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"})
    return forms.CharField(label=label, help_text=hint, max_length=most, widget=widget, error_messages=_NEEDED)


class LimitsForm(OfficeForm):
    payment_limit_idr = RupiahField(
        label=gettext_lazy("Batas sekali bayar (Rp)"),
        help_text=gettext_lazy("Pembayaran yang lebih besar ditolak dan tercatat."),
        error_messages=_NEEDED,
    )
    day_limit_idr = RupiahField(
        label=gettext_lazy("Batas sehari (Rp)"),
        help_text=gettext_lazy("Kosong berarti tanpa batas sehari."),
        required=False,
    )


class KeyForm(OfficeForm):
    public_key = forms.CharField(
        label=gettext_lazy("Kunci umum bank (PEM)"),
        help_text=gettext_lazy(
            "RSA 2.048 bit atau lebih. Bacakan sidik jarinya kepada bank lewat telepon sesudah ini."
        ),
        max_length=10_000,
        widget=forms.Textarea({"rows": 8, "spellcheck": "false", "autocomplete": "off"}),
        error_messages=_NEEDED,
    )


class PartnerForm(KeyForm, LimitsForm):
    name = _text(gettext_lazy("Nama bank"), "", 80)
    code = _text(
        gettext_lazy("Nama pendek"), gettext_lazy("Berdiri di kuitansi dan di buku, misalnya bank nagari."), 20
    )
    partner_id = _text(gettext_lazy("Id mitra (X-PARTNER-ID)"), gettext_lazy("Dari perjanjian dengan bank."), 36)
    service_id = _text(
        gettext_lazy("Id layanan (partnerServiceId)"),
        gettext_lazy("1 sampai 8 angka: kepala nomor virtual account."),
        8,
    )
    field_order = ["name", "code", "partner_id", "service_id", "public_key", "payment_limit_idr", "day_limit_idr"]


@require_http_methods(["GET", "POST"])
@door
def new(request: OfficeRequest) -> HttpResponse:
    """The client secret stands on the answer to this form only."""
    may.must_hold_everywhere(request.actor, Permission.MANAGE_BANKS)
    act = Act(
        title=_("Daftarkan bank"),
        label=_("Daftarkan"),
        back=reverse("web:banks"),
        words=_("Sesudah ini clientKey dan clientSecret ditampilkan satu kali, untuk diserahkan kepada bank."),
    )

    def do(typed: dict[str, Any]) -> HttpResponse:
        introduced = partners.register_partner(actor=request.actor, **typed)
        return _shown(request, introduced.partner.id, introduced.secret)

    return act_page(request, act, PartnerForm(sent(request)), do)


@require_http_methods(["GET", "POST"])
@door
def secret(request: OfficeRequest, partner_id: UUID) -> HttpResponse:
    """For a secret that was lost, or told to somebody."""
    bank = selectors.partner_for(request.actor, partner_id, Permission.MANAGE_BANKS)
    act = Act(
        title=_("Ganti rahasia bank"),
        label=_("Buat rahasia baru"),
        back=reverse("web:bank", args=[partner_id]),
        words=_(
            "Rahasia lama dan semua token berhenti berlaku saat ini juga. Bank tidak dapat mengirim sebelum menerima yang baru."
        ),
        about=bank.name,
        tone="danger",
    )
    return act_page(
        request, act, OfficeForm(sent(request)),
        lambda typed: _shown(request, partner_id, partners.renew_secret(actor=request.actor, partner_id=partner_id).secret),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@door
def key(request: OfficeRequest, partner_id: UUID) -> HttpResponse:
    """The bank signs with another key."""
    bank = selectors.partner_for(request.actor, partner_id, Permission.MANAGE_BANKS)
    back = reverse("web:bank", args=[partner_id])
    act = Act(
        title=_("Ganti kunci umum"),
        label=_("Ganti kunci"),
        back=back,
        words=_("Token dengan kunci lama berakhir. Minta kuncinya lewat jalan lain daripada permintaannya."),
        about=bank.name,
    )

    def do(typed: dict[str, Any]) -> str:
        partners.replace_key(actor=request.actor, partner_id=partner_id, public_key=typed["public_key"])
        flash(request, _("Kunci diganti. Cocokkan sidik jarinya dengan bank."))
        return back

    return act_page(request, act, KeyForm(sent(request)), do)


@require_http_methods(["GET", "POST"])
@door
def limits(request: OfficeRequest, partner_id: UUID) -> HttpResponse:
    """From the next payment on."""
    bank = selectors.partner_for(request.actor, partner_id, Permission.MANAGE_BANKS)
    back = reverse("web:bank", args=[partner_id])
    act = Act(title=_("Ubah batas"), label=_("Simpan batas"), back=back, about=bank.name)
    now = {"payment_limit_idr": bank.payment_limit_idr, "day_limit_idr": bank.day_limit_idr}

    def do(typed: dict[str, Any]) -> str:
        partners.set_limits(actor=request.actor, partner_id=partner_id, **typed)
        flash(request, _("Batas disimpan."))
        return back

    return act_page(request, act, LimitsForm(sent(request), initial=now), do)


@require_http_methods(["GET", "POST"])
@door
def close(request: OfficeRequest, partner_id: UUID) -> HttpResponse:
    """Closes an open connection, opens a closed one."""
    bank = selectors.partner_for(request.actor, partner_id, Permission.MANAGE_BANKS)
    back, closing = reverse("web:bank", args=[partner_id]), bank.is_active
    act = Act(
        title=_("Tutup sambungan") if closing else _("Buka lagi sambungan"),
        label=_("Tutup") if closing else _("Buka lagi"),
        back=back,
        words=_("Mulai permintaan berikut bank ini ditolak. Pembayaran yang sudah tercatat tetap ada.")
        if closing
        else _("Bank dapat mengirim lagi dengan kunci dan rahasia yang lama."),
        about=bank.name,
        tone="danger" if closing else "primary",
    )

    def do(typed: dict[str, Any]) -> str:
        verb = partners.close_partner if closing else partners.reopen_partner
        verb(actor=request.actor, partner_id=partner_id, reason=typed["reason"])
        flash(request, _("Sambungan ditutup.") if closing else _("Sambungan dibuka lagi."))
        return back

    return act_page(request, act, ReasonForm(sent(request)), do)


# --- what they said --------------------------------------------------------------------------------------------------

OUTCOMES: Final = {
    "answered": words.StateWord(gettext_lazy("Dijawab"), "good", "circle-check"),
    "repeated": words.StateWord(gettext_lazy("Ulangan"), "info", "copy"),
    "refused": words.StateWord(gettext_lazy("Ditolak"), "bad", "circle-x"),
}
SERVICES: Final = {
    "73": gettext_lazy("Token"),
    "24": gettext_lazy("Tagihan"),
    "25": gettext_lazy("Pembayaran"),
}


@require_GET
@door
def notices(request: OfficeRequest) -> HttpResponse:
    """The log, newest first; refused ones alone under an address of their own."""
    refused = request.GET.get("tab") == "ditolak"
    shown = page_of(request, selectors.notices_for(request.actor, refused_only=refused))
    rows = [_told(each) for each in shown.object_list]
    return render(request, "web/pages/bank_notices.html", {"rows": rows, "page": shown, "refused": refused})


@require_GET
@door
def notice(request: OfficeRequest, notice_id: UUID) -> HttpResponse:
    """One request of a bank: when, what, what it was answered, and what came of it."""
    row = selectors.notice_for(request.actor, notice_id)
    return render(request, "web/pages/bank_notice.html", _told(row) | {"digest": bytes(row.digest).hex()})


def _told(row: Any) -> dict[str, Any]:
    return {"notice": row, "outcome": OUTCOMES[row.outcome], "service": SERVICES[row.service]}
