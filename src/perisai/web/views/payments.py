"""Contributions in the office: what came in, which codes wait, recording a payment, the receipt."""

import re
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from perisai.contributions import documents, selectors, services
from perisai.kernel import clock, ids, names
from perisai.kernel.errors import Code, NotFound, Refused
from perisai.kernel.money import Rupiah
from perisai.kernel.period import Period
from perisai.organisation.policy import Permission
from perisai.web import may
from perisai.web.acting import Act, ReasonForm, act_page, sent
from perisai.web.doors import OfficeRequest, door
from perisai.web.flash import flash
from perisai.web.forms import OfficeForm
from perisai.web.paging import page_of
from perisai.web.templatetags import ui
from perisai.web.views.corrections import amount_of
from perisai.web.views.members import language

CHANNELS: Final = (
    "bank nagari", "bni", "bri", "bsi", "mandiri", "cimb niaga", "kantor pos", "indomaret", "alfamart", "lainnya",
)  # fmt: skip
_DAYS: Final = ("%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d")
_TIMES: Final = ("%H:%M", "%H.%M", "%H:%M:%S")


@require_GET
@door
def page(request: OfficeRequest) -> HttpResponse:
    """Two lists with an address each: payments, newest first; codes that wait, the next to expire first."""
    may.must_hold(request.actor, Permission.VIEW_PAYMENTS)
    waiting = request.GET.get("tab") == "kode"
    rows = selectors.open_codes(request.actor) if waiting else selectors.newest_payments(request.actor)
    shown = page_of(request, rows)
    facts = {
        "waiting": waiting,
        "page": shown,
        "rows": shown.object_list,
        "total": shown.paginator.count,
        "now": clock.now(),
        "may_record": may.holds(request.actor, Permission.RECORD_PAYMENT),
        "may_cancel": may.holds(request.actor, Permission.ISSUE_PAYMENT_CODE),
    }
    return render(request, "web/pages/payments.html", facts)


# --- recording -------------------------------------------------------------------------------------------------------


class PaymentForm(OfficeForm):
    """What stands on the bank's proof. The amount is typed, never offered: it is compared with what the code asks."""

    code = forms.CharField(
        label=gettext_lazy("Kode bayar"),
        help_text=gettext_lazy("11 angka dari bukti bayar; spasi boleh. Angka terakhir memeriksa yang lain."),
        max_length=20,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "autofocus": True}),
        error_messages={"required": gettext_lazy("Salin kode bayar dari bukti bank.")},
    )
    amount_idr = forms.CharField(
        label=gettext_lazy("Jumlah yang diterima (Rp)"),
        help_text=gettext_lazy("Salin dari bukti bank, bukan dari kode."),
        max_length=24,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Tulis jumlah pada bukti bank.")},
    )
    channel = forms.ChoiceField(
        label=gettext_lazy("Saluran"),
        choices=[("", "—"), *((name, ui.channel(name)) for name in CHANNELS)],
        error_messages={"required": gettext_lazy("Pilih bank atau tempat pembayarannya.")},
    )
    channel_reference = forms.CharField(
        label=gettext_lazy("Nomor referensi bank"),
        max_length=40,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Salin nomor referensi transaksi dari bukti bank.")},
    )
    paid_on = forms.DateField(
        label=gettext_lazy("Tanggal bayar"),
        help_text=gettext_lazy("Hari-bulan-tahun, misalnya 31-10-2017."),
        input_formats=_DAYS,
        widget=forms.DateInput({"inputmode": "numeric", "autocomplete": "off"}, format=_DAYS[0]),
        error_messages={
            "required": gettext_lazy("Tulis tanggal pada bukti bank."),
            "invalid": gettext_lazy("Tulis hari-bulan-tahun, misalnya 31-10-2017."),
        },
    )
    paid_time = forms.TimeField(
        label=gettext_lazy("Jam bayar (WIB)"),
        help_text=gettext_lazy("Jam dan menit, misalnya 14.05."),
        input_formats=_TIMES,
        widget=forms.TimeInput({"inputmode": "decimal", "autocomplete": "off"}, format="%H.%M"),
        error_messages={
            "required": gettext_lazy("Tulis jam pada bukti bank."),
            "invalid": gettext_lazy("Tulis jam dan menit, misalnya 14.05."),
        },
    )

    def clean_code(self) -> str:
        code = re.sub(r"[\s.-]", "", self.cleaned_data["code"])
        if not re.fullmatch(r"[0-9]{11}", code):
            raise forms.ValidationError(_("Kode bayar 11 angka; yang tertulis %(n)d.") % {"n": len(code)})
        if not ids.is_checked(code):
            raise forms.ValidationError(
                _("Ada angka yang salah atau tertukar: angka terakhir tidak cocok. Salin lagi.")
            )
        return code

    def clean_amount_idr(self) -> int:
        return amount_of(self.cleaned_data["amount_idr"])

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("paid_on") and typed.get("paid_time") is not None:
            typed["paid_at"] = datetime.combine(typed["paid_on"], typed["paid_time"], clock.WIB)
        return typed

    def proof(self) -> dict[str, Any]:
        """As the verbs take it. The form is valid."""
        wanted = ("code", "amount_idr", "channel", "channel_reference", "paid_at")
        return {name: self.cleaned_data[name] for name in wanted}

    def add_refusal(self, refusal: Refused) -> None:
        """The day and the hour are two fields here."""
        moved = Refused(refusal.code, field="paid_on", **refusal.facts) if refusal.field == "paid_at" else refusal
        super().add_refusal(moved)


@require_http_methods(["GET", "POST"])
@door
def record(request: OfficeRequest) -> HttpResponse:
    """First a look at whom the money is for, then the booking. The same proof sent again leads to the same receipt."""
    may.must_hold(request.actor, Permission.RECORD_PAYMENT)
    form = PaymentForm(sent(request), initial={"paid_on": clock.today(), "code": request.GET.get("kode", "")[:20]})
    more: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        proof = form.proof()
        try:
            if "taken" in request.POST:
                return redirect("web:payment", services.take_money(actor=request.actor, **proof).id)
            if "confirmed" in request.POST:
                payment = services.record_payment(actor=request.actor, **proof)
                return redirect("web:payment", payment.id)
            checked = services.check_payment(actor=request.actor, **proof)
        except Refused as refusal:
            if refusal.code is not Code.CODE_UNKNOWN:
                services.note_refused_payment(actor=request.actor, code=proof["code"], refusal=refusal)
            form.add_refusal(refusal)
            if refusal.code in _TAKEN_ALL_THE_SAME:
                more = {"taken": proof, "typed": {name: request.POST.get(name, "") for name in form.fields}}
        else:
            if checked.already is not None:
                return redirect("web:payment", checked.already.id)
            return _last_look(request, form, proof)
    facts = {"form": form, **more}
    return render(request, "web/pages/payment_record.html", facts, status=422 if form.errors else 200)


_TAKEN_ALL_THE_SAME: Final = frozenset(
    {Code.AMOUNT_WRONG, Code.CODE_EXPIRED, Code.CODE_CANCELLED, Code.CODE_ALREADY_PAID}
)
"""What a bank may have taken although it buys no month: the money is recorded, as credit."""


def _last_look(request: OfficeRequest, form: PaymentForm, proof: dict[str, Any]) -> HttpResponse:
    code = selectors.open_codes(request.actor).filter(code=proof["code"]).first()
    if code is None:
        raise NotFound("code")
    first = Period.of(code.first_month)
    facts = {
        "form": form,
        "proof": proof,
        "code": code,
        "masked_name": names.masked(_name_of(code)),
        "is_first": code.registration_id is not None,
        "last_month": first.plus(code.months - 1),
        "typed": {name: request.POST.get(name, "") for name in form.fields},
    }
    return render(request, "web/pages/payment_confirm.html", facts)


def _name_of(code: Any) -> str:
    """Whose contribution the code asks for."""
    return str((code.registration or code.member.person).name)


# --- receipt -----------------------------------------------------------------------------------------------------------


@require_GET
@door
def receipt(request: OfficeRequest, payment_id: UUID) -> HttpResponse:
    """What the worker can check without the agent; what was taken back says so."""
    payment = selectors.payment_for(request.actor, payment_id)
    lines, reversal = selectors.months_of_payment(payment), selectors.reversal_of(payment.id)
    facts = {
        "payment": payment,
        "lines": lines,
        "months_idr": sum(line.total_idr for line in lines),
        "credit_idr": payment.amount_idr - sum(line.total_idr for line in lines),
        "reversal": reversal,
        "may_refund": selectors.credit_behind(payment) > 0
        and may.over(request.actor, Permission.CORRECT_PAYMENT, payment),
        "may_take_back": reversal is None
        and payment.amount_idr > 0
        and may.over(request.actor, Permission.CORRECT_PAYMENT, payment),
        "may_open_member": payment.member_id and may.over(request.actor, Permission.VIEW_MEMBERS, payment),
        "check_url": request.build_absolute_uri(reverse("web:receipt_check", args=[payment.receipt_number])),
        "may_record": may.holds(request.actor, Permission.RECORD_PAYMENT),
    }
    return render(request, "web/pages/payment.html", facts)


@require_GET
@door
def receipt_pdf(request: OfficeRequest, payment_id: UUID) -> HttpResponse:
    """The receipt on A5; the name is masked."""
    payment = selectors.payment_for(request.actor, payment_id)
    lines = selectors.months_of_payment(payment)
    amounts = {
        name.upper(): Rupiah(total)
        for name in ("jkk", "jkm", "jht")
        if (total := sum(getattr(line, f"{name}_idr") for line in lines))
    }
    facts = documents.ReceiptFacts(
        number=_in_groups(payment.receipt_number),
        name_masked=names.masked(payment.payer_name),
        member_number=_in_groups(payment.payer_number),
        months=tuple(Period.of(line.month) for line in lines),
        amounts_idr=amounts,
        channel=payment.channel,
        paid_on=payment.paid_at.astimezone(clock.WIB).date(),
        check_url=f"{request.get_host()}{reverse('web:receipt_form')}",
        qr_text=request.build_absolute_uri(reverse("web:receipt_check", args=[payment.receipt_number])),
        fictional=payment.member is not None and payment.member.is_synthetic,
        paid_idr=Rupiah(payment.amount_idr),
        taken_back=selectors.reversal_of(payment.id) is not None,
    )
    return HttpResponse(
        documents.receipt_pdf(facts, language()),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="kuitansi-{payment.receipt_number}.pdf"'},
    )


def _in_groups(number: str) -> str:
    return " ".join(number[place : place + 4] for place in range(0, len(number), 4))


# --- codes -------------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@door
def cancel(request: OfficeRequest, code: str) -> HttpResponse:
    """An open code is taken back, with the reason."""
    may.must_hold(request.actor, Permission.ISSUE_PAYMENT_CODE)
    row = selectors.open_codes(request.actor).filter(code=code).first()
    if row is None:
        raise NotFound("code")
    back = (
        f"{reverse('web:member', args=[row.member_id])}?tab=iuran"
        if row.member_id
        else f"{reverse('web:contributions')}?tab=kode"
    )
    act = Act(
        title=_("Batalkan kode bayar"),
        label=_("Batalkan kode"),
        back=back,
        words=_("Kode tidak dapat dibayar lagi. Uang yang terlanjur dibayar dengan kode ini ditolak dan tercatat."),
        about=f"{_in_groups(row.code)} · {names.masked(_name_of(row))}",
        tone="danger",
    )

    def do(typed: dict[str, Any]) -> str:
        services.cancel_code(actor=request.actor, code=code, reason=typed["reason"])
        flash(request, _("Kode bayar dibatalkan."))
        return back

    return act_page(request, act, ReasonForm(sent(request)), do)
