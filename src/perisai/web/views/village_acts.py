"""What a branch does for a village in the programme: each step a page of its own, with what it will cause."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from perisai.agents import services as agents
from perisai.kernel import clock
from perisai.kernel.errors import NotFound
from perisai.membership import services as membership
from perisai.organisation import selectors as organisation
from perisai.organisation.policy import Permission
from perisai.regions import selectors as regions
from perisai.villages import selectors, services
from perisai.villages.rules import Action
from perisai.web import may
from perisai.web.acting import Act, ReasonForm, act_page, sent
from perisai.web.doors import OfficeRequest, door
from perisai.web.flash import flash
from perisai.web.forms import OfficeForm, day_field, text_field, whole_field

Words = str | Promise


class OnForm(OfficeForm):
    on = day_field(gettext_lazy("Tanggal"))


class NominateForm(OnForm):
    jorong = whole_field(gettext_lazy("Jumlah jorong atau dusun"), most=services.MOST_JORONG)
    reason = text_field(
        gettext_lazy("Mengapa nagari ini"), gettext_lazy("Misalnya: banyak petani, perangkat bersemangat."), 500
    )


class OfficialForm(OfficeForm):
    name = text_field(gettext_lazy("Nama seperti di KTP"))
    post = text_field(gettext_lazy("Jabatan"), gettext_lazy("Misalnya Wali Nagari, Sekretaris, Kepala Jorong."), 60)
    nik = text_field("NIK", gettext_lazy("16 angka, salin dari KTP."), 20)
    since_on = day_field(gettext_lazy("Menjabat sejak"))


class SessionForm(OnForm):
    jorong = text_field(gettext_lazy("Jorong atau dusun"), "", 60)
    people = whole_field(gettext_lazy("Jumlah yang hadir"))
    speaker = text_field(gettext_lazy("Pembicara"), "", 100, required=False)


class AgreementForm(OnForm):
    number = text_field(gettext_lazy("Nomor kesepakatan"), gettext_lazy("Seperti tertulis pada dokumen."), 60)


class LaunchForm(OnForm):
    number = text_field(gettext_lazy("Nomor berita acara"), "", 60)
    guests = text_field(gettext_lazy("Yang hadir"), gettext_lazy("Jabatan para tamu, misalnya Wakil Bupati."), 500)


class KeepUpForm(OnForm):
    note = text_field(gettext_lazy("Yang ditemukan"), "", 500)


class PlanForm(OfficeForm):
    year = whole_field(gettext_lazy("Tahun"), most=2100)
    region_code = forms.ChoiceField(label=gettext_lazy("Wilayah"), required=False)
    villages = whole_field(gettext_lazy("Jumlah nagari dan desa"), most=services.MOST_VILLAGES)
    reason = text_field(gettext_lazy("Alasan"), gettext_lazy("Tercatat; rencana lama tidak hilang."), 200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        provinces = [(each.code, each.name) for each in regions.provinces()]
        self.fields["region_code"].choices = [("", _("Seluruh Indonesia")), *provinces]  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Step:
    """``do`` takes actor and village and what was typed; ``done`` is told when it is done."""

    title: Words
    label: Words
    words: Words
    done: Words
    form: type[OfficeForm]
    do: Callable[..., Any]
    tone: str = "primary"


STEPS: Final[dict[str, Step]] = {
    "usulkan": Step(
        gettext_lazy("Usulkan nagari ini"),
        gettext_lazy("Usulkan"),
        gettext_lazy("Nagari ikut program Nagari Sadar. Berikutnya: perangkatnya didaftarkan."),
        gettext_lazy("Nagari diusulkan."),
        NominateForm,
        services.nominate,
    ),
    "perangkat": Step(
        gettext_lazy("Catat perangkat nagari"),
        gettext_lazy("Simpan"),
        gettext_lazy("NIK tersimpan tersegel dan hanya dipakai untuk mencocokkan dengan data peserta."),
        gettext_lazy("Perangkat tercatat."),
        OfficialForm,
        services.add_official,
    ),
    "cocokkan": Step(
        gettext_lazy("Cocokkan perangkat dengan data peserta"),
        gettext_lazy("Cocokkan"),
        gettext_lazy("Setiap perangkat dicari menurut NIK. Bila semua peserta aktif, nagari maju satu langkah."),
        gettext_lazy("Perangkat sudah dicocokkan."),
        OnForm,
        membership.check_officials,
    ),
    "sosialisasi": Step(
        gettext_lazy("Catat sosialisasi"),
        gettext_lazy("Simpan"),
        "",
        gettext_lazy("Sosialisasi tercatat."),
        SessionForm,
        services.record_session,
    ),
    "tuntas": Step(
        gettext_lazy("Sosialisasi tuntas"),
        gettext_lazy("Tuntaskan"),
        gettext_lazy("Semua jorong sudah dicapai. Berikutnya: kesepakatan ditandatangani."),
        gettext_lazy("Sosialisasi tuntas."),
        OnForm,
        services.conclude_sessions,
    ),
    "sepakat": Step(
        gettext_lazy("Kesepakatan ditandatangani"),
        gettext_lazy("Simpan"),
        gettext_lazy("Wali nagari dan kepala cabang sudah menandatangani."),
        gettext_lazy("Kesepakatan tercatat."),
        AgreementForm,
        services.sign_agreement,
    ),
    "perisai": Step(
        gettext_lazy("Pastikan Perisai nagari"),
        gettext_lazy("Pastikan"),
        gettext_lazy("Perisai aktif yang tinggal di nagari ini dihitung. Berikutnya: peluncuran."),
        gettext_lazy("Perisai nagari dipastikan."),
        OnForm,
        agents.confirm_village_agents,
    ),
    "luncurkan": Step(
        gettext_lazy("Luncurkan Nagari Sadar"),
        gettext_lazy("Luncurkan"),
        gettext_lazy("Nagari tercatat sebagai Nagari Sadar sejak tanggal ini."),
        gettext_lazy("Nagari Sadar diluncurkan."),
        LaunchForm,
        lambda *, number, **typed: services.launch(minutes=number, **typed),
    ),
    "pelihara": Step(
        gettext_lazy("Catat kunjungan pemeliharaan"),
        gettext_lazy("Simpan"),
        "",
        gettext_lazy("Kunjungan tercatat."),
        KeepUpForm,
        services.keep_up,
    ),
    "keluar": Step(
        gettext_lazy("Keluarkan dari program"),
        gettext_lazy("Keluarkan"),
        gettext_lazy("Riwayatnya tetap. Nagari dapat diusulkan lagi."),
        gettext_lazy("Nagari keluar dari program."),
        ReasonForm,
        lambda **typed: services.withdraw(on=clock.today(), **typed),
        tone="danger",
    ),
}
FORWARD: Final = {
    Action.CONFIRM_OFFICIALS: "cocokkan",
    Action.CONCLUDE_SESSIONS: "tuntas",
    Action.SIGN_AGREEMENT: "sepakat",
    Action.CONFIRM_AGENTS: "perisai",
    Action.LAUNCH: "luncurkan",
    Action.KEEP_UP: "pelihara",
}
"""The page of each step forward."""


@require_http_methods(["GET", "POST"])
@door
def act(request: OfficeRequest, code: str, step: str) -> HttpResponse:
    """One step of a village, for the branch that serves it."""
    if step not in STEPS:
        raise NotFound("page")
    known, region = STEPS[step], regions.get_region(code)
    if step == "usulkan":
        _must_serve(request, code)
    else:
        selectors.programme_for(request.actor, code, Permission.MANAGE_VILLAGES)
    back = reverse("web:village", args=[code])
    page = Act(title=known.title, label=known.label, back=back, words=known.words, about=region.name, tone=known.tone)

    def do(typed: dict[str, Any]) -> str:
        known.do(actor=request.actor, village_code=code, **typed)
        flash(request, str(known.done))
        return back

    return act_page(request, page, known.form(sent(request), initial=_today()), do)


@require_http_methods(["GET", "POST"])
@door
def leave(request: OfficeRequest, code: str, official_id: UUID) -> HttpResponse:
    """An official left the post."""
    programme = selectors.programme_for(request.actor, code, Permission.MANAGE_VILLAGES)
    official = next((each for each in selectors.officials_of(programme.id) if each.id == official_id), None)
    if official is None:
        raise NotFound("official")
    back = reverse("web:village", args=[code])
    page = Act(title=_("Perangkat berhenti"), label=_("Simpan"), back=back, about=f"{official.name}, {official.post}")

    def do(typed: dict[str, Any]) -> str:
        services.official_leaves(actor=request.actor, village_code=code, official_id=official_id, on=typed["on"])
        flash(request, _("Tercatat."))
        return back

    return act_page(request, page, OnForm(sent(request), initial=_today()), do)


@require_http_methods(["GET", "POST"])
@door
def plan(request: OfficeRequest) -> HttpResponse:
    """How many villages a year is to bring: head office only."""
    if not organisation.scope_of(request.actor, Permission.SET_TARGETS).everywhere:
        raise NotFound("page")
    back = reverse("web:villages")
    page = Act(title=_("Rencana Nagari Sadar"), label=_("Simpan"), back=back)

    def do(typed: dict[str, Any]) -> str:
        services.set_plan(actor=request.actor, **typed)
        flash(request, _("Rencana tercatat."))
        return back

    return act_page(request, page, PlanForm(sent(request), initial={"year": clock.today().year}), do)


def _must_serve(request: OfficeRequest, code: str) -> None:
    may.must_hold(request.actor, Permission.MANAGE_VILLAGES)
    branch = organisation.find_branch_serving(code, clock.today())
    reach = organisation.scope_of(request.actor, Permission.MANAGE_VILLAGES)
    if branch is None or not reach.covers_office(branch.path):
        raise NotFound("page")


def _today() -> dict[str, Any]:
    return {"on": clock.today()}
