"""Reconciliation: a bank's day taken in, its differences worked off, the day closed."""

from typing import Any, Final
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from perisai.banks import selectors
from perisai.banks.rules.reconciling import ACTIONS, Action, Difference
from perisai.banks.services import statements
from perisai.kernel import clock
from perisai.kernel.errors import Code, Refused
from perisai.organisation.policy import Permission
from perisai.web import exports, may, words
from perisai.web.acting import Act, ReasonForm, act_page, sent
from perisai.web.doors import OfficeRequest, door
from perisai.web.flash import flash
from perisai.web.forms import OfficeForm, day_field
from perisai.web.paging import page_of

MOST_BYTES: Final = 20 * 1024 * 1024

DIFFERENCES: Final = {
    Difference.MISSING_HERE: gettext_lazy("Bank punya, kita belum"),
    Difference.MISSING_AT_BANK: gettext_lazy("Kita punya, bank belum"),
    Difference.DOUBLE: gettext_lazy("Ganda di bank"),
    Difference.UNKNOWN: gettext_lazy("Bukan kode kita"),
    Difference.AMOUNT_DIFFERS: gettext_lazy("Jumlah berbeda"),
}
DECISIONS: Final = {
    Action.BOOK_NOW: gettext_lazy("Catat sekarang"),
    Action.BANK_TO_CORRECT: gettext_lazy("Bank memperbaiki"),
    Action.REFUND_LATER: gettext_lazy("Kembalikan nanti"),
    Action.SEEN_LATER: gettext_lazy("Cocok kemudian"),
}
_MEANS: Final = {
    Action.BOOK_NOW: gettext_lazy(
        "Catat sekarang: kode dilunasi menurut nomor dan waktu bank, atau menjadi saldo pembayar."
    ),
    Action.BANK_TO_CORRECT: gettext_lazy(
        "Bank memperbaiki: rekening korannya yang salah; alasan menyebut siapa yang ditelepon."
    ),
    Action.REFUND_LATER: gettext_lazy("Kembalikan nanti: uang ini bukan iuran dan akan dikembalikan kepada pembayar."),
}
STATES: Final = {
    "balanced": words.StateWord(gettext_lazy("Seimbang"), "good", "circle-check"),
    "open": words.StateWord(pgettext_lazy("hari bank", "Terbuka"), "soon", "hourglass"),
    "closed": words.StateWord(pgettext_lazy("hari bank", "Ditutup"), "", "lock"),
}


@require_GET
@door
def page(request: OfficeRequest) -> HttpResponse:
    """Days of all banks, newest first, each with what is still open."""
    shown = page_of(request, selectors.days_for(request.actor))
    rows = [{"day": each, "state": _state(each, each.open_items)} for each in shown.object_list]
    may_work = may.holds_everywhere(request.actor, Permission.RECONCILE_BANKS)
    return render(request, "web/pages/bank_days.html", {"rows": rows, "page": shown, "may_work": may_work})


def _state(day: Any, open_items: int) -> words.StateWord:
    if day.state == "closed":
        return STATES["closed"]
    return STATES["open" if open_items else "balanced"]


@require_GET
@door
def day(request: OfficeRequest, day_id: UUID) -> HttpResponse:
    """Both sides of a day and every difference between them."""
    row = selectors.day_for(request.actor, day_id)
    balance = selectors.balance_of(row)
    shown = page_of(request, selectors.items_of(row))
    facts = {
        "day": row,
        "state": _state(row, balance.open_items),
        "balance": balance,
        "page": shown,
        "rows": [_item(each) for each in shown.object_list],
        "may_work": row.state == "open" and may.holds_everywhere(request.actor, Permission.RECONCILE_BANKS),
    }
    return render(request, "web/pages/bank_day.html", facts)


def _item(item: Any) -> dict[str, Any]:
    return {
        "item": item,
        "difference": DIFFERENCES[Difference(item.difference)],
        "decision": DECISIONS[Action(item.action)] if item.action else "",
    }


# --- work ------------------------------------------------------------------------------------------------------------


class StatementForm(OfficeForm):
    partner_id = forms.ChoiceField(
        label=pgettext_lazy("isian", "Bank"), error_messages={"required": gettext_lazy("Pilih banknya.")}
    )
    on = day_field(
        gettext_lazy("Hari rekening koran"), gettext_lazy("Semua baris berkas harus dari hari ini, waktu Jakarta.")
    )
    file = forms.FileField(
        label=gettext_lazy("Berkas (CSV atau MT940)"),
        help_text=gettext_lazy("Diambil seluruhnya atau tidak sama sekali. Berkas yang sama dua kali dihitung sekali."),
        error_messages={
            "required": gettext_lazy("Pilih berkas dari bank."),
            "empty": gettext_lazy("Berkas ini kosong. Minta lagi kepada bank."),
        },
    )

    def __init__(self, *args: Any, banks: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partner_id"].choices = [("", "—"), *banks]  # type: ignore[attr-defined]


@require_http_methods(["GET", "POST"])
@door
def take_in(request: OfficeRequest) -> HttpResponse:
    """A statement of one bank and one day."""
    may.must_hold_everywhere(request.actor, Permission.RECONCILE_BANKS)
    banks = [(str(each.id), each.name) for each in selectors.partners_for(request.actor)]
    act = Act(
        title=_("Ambil rekening koran"),
        label=_("Ambil dan cocokkan"),
        back=reverse("web:bank_days"),
        words=_("Tidak ada yang dicatat sebagai iuran oleh langkah ini; yang tidak cocok menjadi daftar selisih."),
    )

    def do(typed: dict[str, Any]) -> str:
        if typed["file"].size > MOST_BYTES:
            raise Refused(Code.STATEMENT_TOO_LARGE, field="file", megabytes=MOST_BYTES // 1024 // 1024)
        taken = statements.take_in_statement(
            actor=request.actor, partner_id=UUID(typed["partner_id"]), on=typed["on"], content=typed["file"].read()
        )
        return reverse("web:bank_day", args=[taken.id])

    form = StatementForm(sent(request), request.FILES or None, banks=banks, initial={"on": clock.today()})
    return act_page(request, act, form, do)


@require_POST
@door
def match(request: OfficeRequest, day_id: UUID) -> HttpResponse:
    """Look once more: a late notice may have come."""
    statements.match_again(actor=request.actor, day_id=day_id)
    flash(request, _("Dicocokkan lagi."))
    return redirect("web:bank_day", day_id)


@require_http_methods(["GET", "POST"])
@door
def close(request: OfficeRequest, day_id: UUID) -> HttpResponse:
    """Nothing is open any more."""
    row = selectors.day_for(request.actor, day_id, Permission.RECONCILE_BANKS)
    back = reverse("web:bank_day", args=[day_id])
    act = Act(
        title=_("Tutup hari"),
        label=_("Tutup hari ini"),
        back=back,
        words=_(
            "Hari yang ditutup tidak berubah lagi. Yang datang kemudian tampak pada hari berikut yang masih terbuka."
        ),
        about=f"{row.partner.name} · {row.on:%d-%m-%Y}",
    )

    def do(typed: dict[str, Any]) -> str:
        statements.close_day(actor=request.actor, day_id=day_id)
        flash(request, _("Hari ditutup."))
        return back

    return act_page(request, act, OfficeForm(sent(request)), do)


class SettleForm(ReasonForm):
    action = forms.ChoiceField(
        label=gettext_lazy("Keputusan"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Pilih salah satu.")},
    )
    field_order = ["action", "reason"]

    def __init__(self, *args: Any, actions: tuple[Action, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["action"].choices = [(each.value, _MEANS[each]) for each in actions]  # type: ignore[attr-defined]


@require_http_methods(["GET", "POST"])
@door
def settle(request: OfficeRequest, item_id: UUID) -> HttpResponse:
    """The decision about one difference."""
    item = selectors.item_for(request.actor, item_id)
    difference = Difference(item.difference)
    back = reverse("web:bank_day", args=[item.day_id])
    act = Act(
        title=_("Selesaikan selisih"),
        label=_("Simpan keputusan"),
        back=back,
        about=f"{DIFFERENCES[difference]} · {item.reference}",
    )

    def do(typed: dict[str, Any]) -> str:
        statements.settle_item(
            actor=request.actor, item_id=item_id, action=Action(typed["action"]), reason=typed["reason"]
        )
        flash(request, _("Selisih diselesaikan."))
        return back

    return act_page(request, act, SettleForm(sent(request), actions=ACTIONS[difference]), do)


@require_GET
@door
def export(request: OfficeRequest, day_id: UUID) -> HttpResponse:
    """Every difference of the day as a spreadsheet."""
    row = selectors.day_for(request.actor, day_id)
    head = [_("Selisih"), _("Nomor bank"), _("Kode bayar"), _("Menurut bank (Rp)"), _("Menurut kita (Rp)"),
            _("Keadaan"), _("Keputusan"), _("Alasan"), _("Oleh"), _("Pada")]  # fmt: skip
    cells = [_cells(each) for each in selectors.items_of(row)]
    return exports.sheet(f"{row.partner.code.replace(' ', '-')}-{row.on}", head, cells)


def _cells(item: Any) -> list[exports.Cell]:
    told = _item(item)
    return [
        str(told["difference"]), item.reference, item.code, item.bank_idr, item.ours_idr,
        _("Selesai") if item.state == "settled" else _("Terbuka"), str(told["decision"]), item.reason,
        item.settled_by.name if item.settled_by else "",
        item.settled_at.astimezone(clock.WIB).isoformat(" ", "minutes") if item.settled_at else "",
    ]  # fmt: skip
