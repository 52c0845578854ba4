"""What the office does with firms: register one, take its wage report after a look, book its money."""

from typing import Any, Final
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from perisai.contributions import firm_selectors, services
from perisai.employers import selectors
from perisai.employers import services as employers
from perisai.employers.files import TEMPLATE
from perisai.employers.rules import Fault, FirmSize, Industry
from perisai.kernel import clock, nik
from perisai.kernel.errors import Refused
from perisai.kernel.period import Period
from perisai.organisation import selectors as organisation
from perisai.organisation.policy import Permission
from perisai.regions import selectors as regions
from perisai.web import exports, formats, may
from perisai.web.acting import Act, act_page, sent
from perisai.web.doors import OfficeRequest, door
from perisai.web.flash import flash
from perisai.web.forms import OfficeForm, day_field, text_field
from perisai.web.views.firms import SIZES, industry_name
from perisai.web.views.members import language
from perisai.web.views.payments import PaymentForm

MOST_FAULTS: Final = 200
"""On one page; who has more corrects these first."""


class FirmForm(OfficeForm):
    branch_code = forms.ChoiceField(label=gettext_lazy("Cabang"))
    npp = text_field("NPP", gettext_lazy("8 huruf dan angka dari sertifikat kepesertaan."), 12)
    division = text_field(gettext_lazy("Divisi"), gettext_lazy("3 angka; 000 untuk seluruh perusahaan."), 3)
    name = text_field(gettext_lazy("Nama perusahaan"), "", 300)
    size = forms.ChoiceField(label=gettext_lazy("Ukuran"), choices=[(each.value, SIZES[each]) for each in FirmSize])
    risk_class = forms.TypedChoiceField(
        label=gettext_lazy("Kelompok risiko JKK"),
        help_text=gettext_lazy("1 sangat rendah sampai 5 sangat tinggi."),
        choices=[(each, each) for each in range(1, 6)],
        coerce=int,
    )
    industry = forms.ChoiceField(label=gettext_lazy("Industri padat karya"), required=False)
    village_code = text_field(gettext_lazy("Kode nagari"), gettext_lazy("Misalnya 13.06.08.2001."), 13)
    registered_on = day_field(gettext_lazy("Terdaftar pada"))

    def __init__(self, *args: Any, branches: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["branch_code"].choices = branches  # type: ignore[attr-defined]
        industries = [("", _("bukan")), *((each.value, industry_name(each)) for each in Industry)]
        self.fields["industry"].choices = industries  # type: ignore[attr-defined]


@require_http_methods(["GET", "POST"])
@door
def register(request: OfficeRequest) -> HttpResponse:
    """A firm comes under a branch."""
    may.must_hold(request.actor, Permission.MANAGE_FIRMS)
    offices = organisation.offices_visible_to(request.actor, Permission.MANAGE_FIRMS).filter(kind="branch")
    branches = list(offices.order_by("name").values_list("code", "name"))
    act = Act(title=_("Daftarkan perusahaan"), label=_("Daftarkan"), back=reverse("web:firms"))

    def do(typed: dict[str, Any]) -> str:
        industry = typed.pop("industry")
        village = regions.get_village_for_referral(typed.pop("village_code"), clock.today())
        firm = employers.register_firm(
            actor=request.actor,
            **typed | {"size": FirmSize(typed["size"])},
            village_code=village.code,
            industry=Industry(industry) if industry else None,
        )
        flash(request, _("Perusahaan terdaftar. Lanjutkan dengan laporan upah."))
        return reverse("web:firm", args=[firm.id])

    initial = {"registered_on": clock.today(), "division": "000"}
    return act_page(request, act, FirmForm(sent(request), branches=branches, initial=initial), do)


# --- wage reports ----------------------------------------------------------------------------------------------------


class WagesForm(OfficeForm):
    month = forms.CharField(
        label=gettext_lazy("Bulan upah"),
        help_text=gettext_lazy("Tahun-bulan, misalnya 2026-10."),
        max_length=7,
        widget=forms.TextInput({"type": "month", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Pilih bulan upahnya.")},
    )
    file = forms.FileField(
        label=gettext_lazy("Berkas CSV atau XLSX"),
        help_text=gettext_lazy("Kolom NIK, Nama, dan Upah; satu baris untuk tiap pekerja."),
        widget=forms.ClearableFileInput({"accept": ".csv,.xlsx"}),
        error_messages={
            "required": gettext_lazy("Pilih berkas laporan upah."),
            "empty": gettext_lazy("Berkas ini kosong. Pilih berkas yang berisi daftar upah."),
        },
    )

    def clean_month(self) -> Period:
        try:
            return Period.parse(self.cleaned_data["month"])
        except ValueError:
            raise forms.ValidationError(_("Tulis tahun-bulan, misalnya 2026-10.")) from None


@require_http_methods(["GET", "POST"])
@door
def wages(request: OfficeRequest, firm_id: UUID) -> HttpResponse:
    """A file comes in and is looked over; nothing counts yet."""
    firm = selectors.firm_for(request.actor, firm_id, Permission.MANAGE_FIRMS)
    last = str(Period.of(clock.today()).plus(-1))
    form = WagesForm(sent(request), request.FILES or None, initial={"month": last})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            draft = employers.draft_wages(
                actor=request.actor, firm_id=firm_id, month=typed["month"], content=typed["file"].read()
            )
        except Refused as refusal:
            form.add_refusal(refusal)
        else:
            return redirect("web:firm_draft", firm_id, draft.id)
    facts = {"form": form, "firm": firm}
    return render(request, "web/pages/firm_wages.html", facts, status=422 if form.errors else 200)


@require_GET
@door
def template(request: OfficeRequest) -> HttpResponse:
    """An empty report to fill in."""
    may.must_hold(request.actor, Permission.MANAGE_FIRMS)
    return exports.sheet("laporan-upah", TEMPLATE, [])


@require_http_methods(["GET", "POST"])
@door
def draft(request: OfficeRequest, firm_id: UUID, draft_id: UUID) -> HttpResponse:
    """What the file would become, every fault by its row; taken whole or not at all."""
    found = selectors.draft_for(request.actor, firm_id, draft_id)
    if request.method == "POST":
        bill = services.take_wage_report(actor=request.actor, firm_id=firm_id, draft_id=draft_id)
        flash(request, _("Laporan upah tersimpan. Kode iuran %(code)s.") % {"code": bill.code})
        return redirect("web:firm", firm_id)
    judged, month = selectors.judge(found), Period.of(found.month)
    facts = {
        "firm": found.firm,
        "draft": found,
        "judged": judged,
        "wages_idr": judged.wages_idr,
        "faults": [_fault(each) for each in judged.faults[:MOST_FAULTS]],
        "more_faults": max(len(judged.faults) - MOST_FAULTS, 0),
        "price": None if judged.faults else firm_selectors.preview(found.firm, month, judged.wages),
        "low": [each.row for each in judged.low[:MOST_FAULTS]],
    }
    return render(request, "web/pages/firm_draft.html", facts, status=422 if judged.faults else 200)


def _fault(fault: Fault) -> dict[str, Any]:
    """A NIK of sixteen digits is masked; anything else is told by its length."""
    digits = fault.nik.strip()
    masked = nik.mask(digits) if len(digits) == 16 and digits.isdigit() else formats.MISSING
    return {"row": fault.row, "nik": masked, "why": fault.why.sentence(language())}


# --- money -----------------------------------------------------------------------------------------------------------


class FirmPaymentForm(PaymentForm):
    """The code is the bill's own."""

    code = None  # type: ignore[assignment]

    def proof(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("amount_idr", "channel", "channel_reference", "paid_at")}


@require_http_methods(["GET", "POST"])
@door
def pay(request: OfficeRequest, code: str) -> HttpResponse:
    """Money for a firm's month, copied from the bank's proof."""
    bill = firm_selectors.bill_for(request.actor, code, Permission.RECORD_PAYMENT)
    balance = firm_selectors.balance_of(bill)
    month = formats.month(balance.month, language())
    act = Act(
        title=_("Catat pembayaran perusahaan"),
        label=_("Catat pembayaran"),
        back=reverse("web:firm", args=[bill.firm_id]),
        words=_(
            "Iuran %(month)s: %(rest)s, denda bila dibayar hari ini %(fine)s. "
            "Terima iuran saja atau iuran dengan denda. Tidak dapat dihapus."
        )
        % {
            "month": month,
            "rest": formats.idr(balance.rest_idr, language()),
            "fine": formats.idr(balance.rest_fine_idr, language()),
        },
        about=f"{bill.firm.name} · {month}",
    )

    def do(typed: dict[str, Any]) -> str:
        services.record_firm_payment(actor=request.actor, code=bill.code, **form.proof())
        flash(request, _("Pembayaran tercatat."))
        return act.back

    form = FirmPaymentForm(sent(request), initial={"paid_on": clock.today()})
    return act_page(request, act, form, do)
