"""Corrections of payments: what a bank took back, a death, money going back to its payer."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from perisai.contributions import selectors, services
from perisai.kernel import clock, ids, names
from perisai.kernel.errors import NotFound
from perisai.kernel.money import format_idr
from perisai.membership import selectors as membership
from perisai.organisation.policy import Permission
from perisai.web import may
from perisai.web.acting import Act, ReasonForm, act_page, sent
from perisai.web.doors import OfficeRequest, door
from perisai.web.flash import flash
from perisai.web.forms import OfficeForm
from perisai.web.paging import page_of
from perisai.web.views.members import language

DAYS = ("%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d")


def day_field(label: Any, required: Any) -> forms.DateField:
    """A day as people here write it: 31-10-2017."""
    return forms.DateField(
        label=label,
        help_text=gettext_lazy("Hari-bulan-tahun, misalnya 31-10-2017."),
        input_formats=DAYS,
        widget=forms.DateInput({"inputmode": "numeric", "autocomplete": "off"}, format=DAYS[0]),
        error_messages={
            "required": required,
            "invalid": gettext_lazy("Tulis hari-bulan-tahun, misalnya 31-10-2017."),
        },
    )


class TakeBackForm(ReasonForm):
    taken_on = day_field(gettext_lazy("Tanggal penarikan"), gettext_lazy("Tulis tanggal pada bukti bank."))
    bank_reference = forms.CharField(
        label=gettext_lazy("Nomor referensi penarikan"),
        max_length=40,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Salin nomor referensi dari bukti bank.")},
    )
    field_order = ("taken_on", "bank_reference", "reason")


@require_http_methods(["GET", "POST"])
@door
def take_back(request: OfficeRequest, payment_id: UUID) -> HttpResponse:
    """A bank took the payment back: its months are unpaid again."""
    payment = selectors.payment_for(request.actor, payment_id, Permission.CORRECT_PAYMENT)
    back = reverse("web:payment", args=[payment_id])
    act = Act(
        title=_("Pembayaran ditarik bank"),
        label=_("Catat penarikan"),
        back=back,
        words=_(
            "Bulan yang dibayar uang ini tidak terlindungi lagi dan peserta diberi tahu. Kelebihannya yang sudah terpakai "
            "membebaskan bulan terakhir. Tidak dapat dihapus."
        ),
        about=f"{format_idr(payment.amount_idr, language())} · {names.masked(payment.payer_name)}",
        tone="danger",
    )

    def do(typed: dict[str, Any]) -> str:
        services.reverse_payment(
            actor=request.actor,
            payment_id=payment_id,
            taken_on=typed["taken_on"],
            bank_reference=typed["bank_reference"],
            reason=typed["reason"],
        )
        flash(request, _("Penarikan tercatat. Terbitkan kode baru bila peserta mau membayar lagi."))
        return back

    return act_page(request, act, TakeBackForm(sent(request), initial={"taken_on": clock.today()}), do)


# --- death -----------------------------------------------------------------------------------------------------------

EVIDENCE: Final = (
    ("certificate", gettext_lazy("Akta kematian")),
    ("hospital", gettext_lazy("Surat keterangan rumah sakit")),
    ("village", gettext_lazy("Surat keterangan desa atau nagari")),
)


class DeathForm(OfficeForm):
    died_on = day_field(gettext_lazy("Tanggal meninggal"), gettext_lazy("Tulis tanggal pada surat kematian."))
    evidence = forms.ChoiceField(
        label=gettext_lazy("Surat yang dilihat"),
        choices=EVIDENCE,
        error_messages={"required": gettext_lazy("Pilih jenis suratnya.")},
    )
    evidence_number = forms.CharField(
        label=gettext_lazy("Nomor surat"),
        max_length=60,
        error_messages={"required": gettext_lazy("Salin nomor suratnya.")},
    )


@require_http_methods(["GET", "POST"])
@door
def death(request: OfficeRequest, member_id: UUID) -> HttpResponse:
    """A member has died: months after the month of death become credit for the heirs."""
    member = membership.member_for(request.actor, member_id, Permission.RECORD_DEATH)
    back = reverse("web:member", args=[member_id])
    act = Act(
        title=_("Catat kematian"),
        label=_("Catat kematian"),
        back=back,
        words=_(
            "Perlindungan berakhir dan tidak pernah aktif lagi. Bulan sesudah bulan kematian menjadi saldo untuk ahli "
            "waris, kode yang terbuka dibatalkan. Tidak dapat dihapus."
        ),
        about=f"{names.masked(member.person.name)} · {member.number}",
        tone="danger",
    )

    def do(typed: dict[str, Any]) -> str:
        services.record_death(actor=request.actor, member_id=member_id, **typed)
        flash(request, _("Kematian tercatat. Sampaikan hak santunan kepada ahli waris."))
        return f"{back}?tab=iuran"

    return act_page(request, act, DeathForm(sent(request)), do)


# --- refunds ---------------------------------------------------------------------------------------------------------

PAYEES: Final = (
    ("member", gettext_lazy("Peserta sendiri")),
    ("heir", gettext_lazy("Ahli waris peserta")),
    ("payer", gettext_lazy("Orang atau lembaga yang membayar")),
)


def amount_of(typed: str) -> int:
    """Whole rupiah as people write them. Raises ValidationError."""
    fits = _AMOUNT.fullmatch(re.sub(r"\s", "", typed))
    if not fits:
        raise forms.ValidationError(_("Tulis rupiah bulat dengan angka saja, misalnya 16.800."))
    return int(fits[1].replace(".", ""))


_AMOUNT: Final = re.compile(r"(?:rp\.?)?(\d{1,3}(?:\.\d{3})+|\d{1,15})(?:,0{1,2})?", re.IGNORECASE)


def _text_field(label: Any, required: Any, longest: int) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=longest,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": required},
    )


class RefundForm(ReasonForm):
    refund_id = forms.UUIDField(widget=forms.HiddenInput)
    amount_idr = forms.CharField(
        label=gettext_lazy("Jumlah yang dikembalikan (Rp)"),
        max_length=24,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Tulis jumlahnya.")},
    )
    payee = forms.ChoiceField(
        label=gettext_lazy("Kepada"),
        choices=PAYEES,
        help_text=gettext_lazy("Agen dan Wadah tidak pernah menerima uang peserta."),
        error_messages={"required": gettext_lazy("Pilih penerimanya.")},
    )
    payee_name = _text_field(gettext_lazy("Nama pemilik rekening"), gettext_lazy("Salin dari buku rekeningnya."), 100)
    bank = _text_field(gettext_lazy("Bank"), gettext_lazy("Tulis nama banknya."), 30)
    account = _text_field(gettext_lazy("Nomor rekening"), gettext_lazy("Salin dari buku rekeningnya."), 40)
    field_order = ("refund_id", "amount_idr", "payee", "payee_name", "bank", "account", "reason")

    def clean_amount_idr(self) -> int:
        return amount_of(self.cleaned_data["amount_idr"])


@require_http_methods(["GET", "POST"])
@door
def refund(request: OfficeRequest, payment_id: UUID) -> HttpResponse:
    """The credit behind a payment is to go back; somebody else decides."""
    payment = selectors.payment_for(request.actor, payment_id, Permission.CORRECT_PAYMENT)
    balance = selectors.credit_behind(payment)
    act = Act(
        title=_("Usulkan pengembalian"),
        label=_("Usulkan"),
        back=reverse("web:payment", args=[payment_id]),
        words=_("Kepala cabang memutuskan; sesudah itu uang dikirim bank. Saldo berkurang mulai sekarang."),
        about=f"{names.masked(payment.payer_name)} · {_('saldo')} {format_idr(balance, language())}",
    )

    def do(typed: dict[str, Any]) -> str:
        services.propose_refund(actor=request.actor, payment_id=payment_id, **typed)
        flash(request, _("Pengembalian diusulkan dan menunggu keputusan kepala cabang."))
        return reverse("web:refunds")

    return act_page(
        request, act, RefundForm(sent(request), initial={"refund_id": ids.new_id(), "amount_idr": balance}), do
    )


@require_GET
@door
def refunds(request: OfficeRequest) -> HttpResponse:
    """Money going back: what waits for a decision, for the bank, and what was sent."""
    may.must_hold(request.actor, Permission.VIEW_PAYMENTS)
    shown = page_of(request, selectors.refunds_visible_to(request.actor))
    facts = {
        "page": shown,
        "rows": [_told(row) for row in shown.object_list],
        "person_id": request.actor.user_id,
        "may_decide": may.holds(request.actor, Permission.APPROVE_REFUND),
        "may_send": may.holds(request.actor, Permission.CORRECT_PAYMENT),
    }
    return render(request, "web/pages/refunds.html", facts)


def _told(row: Any) -> Any:
    """The words for whom the money goes to and where it stands."""
    row.payee_word, row.state_word = dict(PAYEES)[row.payee], f"refund_{row.state}"
    return row


class SentForm(OfficeForm):
    sent_on = day_field(gettext_lazy("Tanggal kirim"), gettext_lazy("Tulis tanggal pada bukti bank."))
    bank_reference = _text_field(
        gettext_lazy("Nomor referensi bank"), gettext_lazy("Salin nomor referensi dari bukti bank."), 40
    )


@dataclass(frozen=True, slots=True)
class _Step:
    permission: Permission
    title: Any
    words: Any
    form: type[OfficeForm]
    do: Callable[..., Any]
    tone: str = "primary"


_STEPS: Final = {
    "setujui": _Step(
        Permission.APPROVE_REFUND,
        gettext_lazy("Setujui pengembalian"),
        gettext_lazy("Uang boleh dikirim. Cocokkan dulu nama dan rekening dengan bukti permintaannya."),
        OfficeForm,
        services.approve_refund,
    ),
    "tolak": _Step(
        Permission.APPROVE_REFUND,
        gettext_lazy("Tolak pengembalian"),
        gettext_lazy("Uang kembali menjadi saldo iuran pembayar."),
        ReasonForm,
        services.reject_refund,
        "danger",
    ),
    "kirim": _Step(
        Permission.CORRECT_PAYMENT,
        gettext_lazy("Catat pengiriman"),
        gettext_lazy("Bank sudah mengirim uangnya. Pembayar diberi tahu. Tidak dapat dihapus."),
        SentForm,
        services.confirm_refund,
    ),
}


@require_http_methods(["GET", "POST"])
@door
def refund_step(request: OfficeRequest, refund_id: UUID, step: str) -> HttpResponse:
    """Yes, no, or sent: each a page of its own."""
    known = _STEPS.get(step)
    if known is None:
        raise NotFound("page")
    row = selectors.refund_for(request.actor, refund_id, known.permission)
    act = Act(
        title=known.title,
        label=known.title,
        back=reverse("web:refunds"),
        words=known.words,
        about=f"{format_idr(row.amount_idr, language())} · {row.payee_name} · {row.bank} {row.account}",
        tone=known.tone,
    )

    def do(typed: dict[str, Any]) -> str:
        known.do(actor=request.actor, refund_id=refund_id, **typed)
        flash(request, _("Tercatat."))
        return reverse("web:refunds")

    return act_page(request, act, known.form(sent(request)), do)
