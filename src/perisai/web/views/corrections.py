"""Corrections of payments: what a bank took back."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from perisai.contributions import selectors, services
from perisai.kernel import clock, names
from perisai.kernel.money import format_idr
from perisai.organisation.policy import Permission
from perisai.web.acting import Act, ReasonForm, act_page, sent
from perisai.web.doors import OfficeRequest, door
from perisai.web.flash import flash
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
