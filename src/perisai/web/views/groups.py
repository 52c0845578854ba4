"""Codes for many members: a list is tried without writing anything, then one code, one payment, a receipt for each."""

from typing import Any, Final
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from perisai.contributions import groups, services
from perisai.kernel import clock, ids
from perisai.kernel.errors import Refused
from perisai.kernel.money import format_idr
from perisai.organisation.policy import Permission
from perisai.web import lists, may
from perisai.web.acting import Act, ReasonForm, act_page, sent
from perisai.web.doors import OfficeRequest, door
from perisai.web.flash import flash
from perisai.web.forms import OfficeForm
from perisai.web.paging import page_of
from perisai.web.views.members import language
from perisai.web.views.payments import PaymentForm

KINDS: Final = (
    ("family", gettext_lazy("Keluarga")),
    ("wadah", gettext_lazy("Daftar Wadah")),
    ("sponsor", gettext_lazy("Daftar penyandang dana")),
)
OBSTACLES: Final = {
    "unknown": gettext_lazy("nomornya tidak dikenal di wilayah Anda"),
    "twice": gettext_lazy("tertulis dua kali"),
    "not_bpu": gettext_lazy("pekerja perusahaan: dibayar perusahaannya"),
    "died": gettext_lazy("peserta sudah meninggal"),
    "own_code": gettext_lazy("punya kode sendiri yang masih terbuka"),
    "other_branch": gettext_lazy("peserta cabang lain: buat kode sendiri"),
}


_TRIED: Final = 501
"""Rows that are tried at once: one more than a code may hold, so that too many is told and not cut off."""


class GroupForm(OfficeForm):
    group_id = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=gettext_lazy("Siapa yang membayar"), choices=KINDS)
    title = forms.CharField(
        label=gettext_lazy("Nama kelompok"),
        help_text=gettext_lazy("Misalnya Kelompok Tani Sepakat. Tampil di daftar kode."),
        max_length=80,
        error_messages={"required": gettext_lazy("Tulis nama kelompoknya.")},
    )
    months = forms.TypedChoiceField(
        label=gettext_lazy("Untuk berapa bulan"),
        coerce=int,
        choices=[(each, each) for each in (1, 3, 6, 12)],
    )
    numbers = forms.CharField(
        label=gettext_lazy("Nomor peserta, satu per baris"),
        required=False,
        widget=forms.Textarea({"rows": 6, "inputmode": "numeric", "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=gettext_lazy("atau berkas CSV atau XLSX"),
        help_text=gettext_lazy("Kolom pertama berisi nomor peserta. Paling banyak 500 baris."),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        listed = lists.numbers_in(typed.get("numbers") or "")
        if typed.get("file"):
            try:
                listed += lists.numbers_of(typed["file"])
            except forms.ValidationError as wrong:
                self.add_error("file", wrong)
        typed["listed"] = listed
        if not listed and not self.errors:
            self.add_error("numbers", _("Tulis nomor peserta, atau unggah daftarnya."))
        return typed


@require_GET
@door
def page(request: OfficeRequest) -> HttpResponse:
    """Group codes, newest first."""
    may.must_hold(request.actor, Permission.VIEW_PAYMENTS)
    shown = page_of(request, groups.groups_visible_to(request.actor))
    facts = {
        "page": shown,
        "rows": shown.object_list,
        "kinds": dict(KINDS),
        "may_issue": may.holds(request.actor, Permission.ISSUE_PAYMENT_CODE),
    }
    return render(request, "web/pages/groups.html", facts)


@require_http_methods(["GET", "POST"])
@door
def new(request: OfficeRequest) -> HttpResponse:
    """First the list is tried: whom it would pay for, who cannot be and why. Then the code is made."""
    may.must_hold(request.actor, Permission.VIEW_PAYMENTS)
    may.must_hold(request.actor, Permission.ISSUE_PAYMENT_CODE)
    form = GroupForm(sent(request), request.FILES or None, initial={"group_id": ids.new_id(), "kind": "family"})
    facts: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        would = groups.dry_run(request.actor, typed["listed"][:_TRIED], typed["months"])
        if "confirmed" in request.POST:
            try:
                return redirect("web:group", _issued(request, typed).id)
            except Refused as refusal:
                form.add_refusal(refusal)
        facts |= {
            "would": would,
            "problems": [(each, OBSTACLES[each.why]) for each in would.problems],
            "ready_numbers": "\n".join(each.member.number for each in would.ready),
            "typed": {name: request.POST.get(name, "") for name in ("group_id", "kind", "title", "months")},
        }
    return render(request, "web/pages/group_new.html", facts, status=422 if form.errors else 200)


def _issued(request: OfficeRequest, typed: dict[str, Any]) -> Any:
    return services.issue_group_code(
        actor=request.actor,
        group_id=typed["group_id"],
        kind=typed["kind"],
        title=typed["title"],
        numbers=typed["listed"],
        months=typed["months"],
    )


@require_GET
@door
def group(request: OfficeRequest, group_id: UUID) -> HttpResponse:
    """The code, its members, and once paid everybody's receipt."""
    row = groups.group_for(request.actor, group_id)
    receipts = groups.receipts_of(row.id)
    codes = groups.codes_of(row.id)
    facts = {
        "group": row,
        "members": [(code, receipts.get(code.member_id) if code.member_id else None) for code in codes],
        "due_idr": groups.due_of(row.id),
        "asked_idr": sum(code.amount_idr for code in codes),
        "may_record": row.state == "open" and may.over(request.actor, Permission.RECORD_PAYMENT, row),
        "may_cancel": row.state == "open" and may.over(request.actor, Permission.ISSUE_PAYMENT_CODE, row),
    }
    return render(request, "web/pages/group.html", facts)


class GroupPaymentForm(PaymentForm):
    """What stands on the bank's proof; the code is the group's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["code"]


@require_http_methods(["GET", "POST"])
@door
def pay(request: OfficeRequest, group_id: UUID) -> HttpResponse:
    """The bank's proof of the whole sum."""
    row = groups.group_for(request.actor, group_id, Permission.RECORD_PAYMENT)
    back = reverse("web:group", args=[group_id])
    act = Act(
        title=_("Catat pembayaran kelompok"),
        label=_("Catat pembayaran"),
        back=back,
        words=_("Semua peserta dibayar atau tidak seorang pun. Tiap peserta mendapat kuitansi dan pesan sendiri."),
        about=f"{row.title} · {format_idr(groups.due_of(row.id), language())}",
    )

    def do(typed: dict[str, Any]) -> str:
        services.record_group_payment(
            actor=request.actor,
            group_id=group_id,
            **{name: typed[name] for name in ("amount_idr", "channel", "channel_reference", "paid_at")},
        )
        flash(request, _("Pembayaran tercatat; tiap peserta punya kuitansi sendiri."))
        return back

    return act_page(request, act, GroupPaymentForm(sent(request), initial={"paid_on": clock.today()}), do)


@require_http_methods(["GET", "POST"])
@door
def cancel(request: OfficeRequest, group_id: UUID) -> HttpResponse:
    """The code and its members' codes are taken back."""
    row = groups.group_for(request.actor, group_id, Permission.ISSUE_PAYMENT_CODE)
    back = reverse("web:group", args=[group_id])
    act = Act(
        title=_("Batalkan kode kelompok"),
        label=_("Batalkan kode"),
        back=back,
        words=_("Tidak seorang pun dapat dibayar dengan kode ini lagi."),
        about=row.title,
        tone="danger",
    )

    def do(typed: dict[str, Any]) -> str:
        services.cancel_group_code(actor=request.actor, group_id=group_id, reason=typed["reason"])
        flash(request, _("Kode kelompok dibatalkan."))
        return back

    return act_page(request, act, ReasonForm(sent(request)), do)
