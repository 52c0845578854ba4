"""What a branch head does to Perisai and Wadah: appoint, suspend, reinstate, end, enter papers."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from perisai.accounts.selectors import find_user
from perisai.agents import selectors, services
from perisai.certification import services as certification
from perisai.kernel import clock
from perisai.kernel.errors import NotFound, Refused
from perisai.kernel.nik import parse_nik
from perisai.organisation import selectors as organisation
from perisai.organisation.policy import Permission
from perisai.regions import selectors as regions
from perisai.web import may
from perisai.web.acting import Act, NamedForm, ReasonForm, act_page, sent
from perisai.web.doors import OfficeRequest, door
from perisai.web.flash import flash
from perisai.web.forms import OfficeForm, day_field, text_field
from perisai.web.views.agents import agent_seen
from perisai.web.views.members import language


class PaperForm(OfficeForm):
    """A paper with its number and its two days; the last day is the last on which it holds."""

    number = text_field(gettext_lazy("Nomor surat"), gettext_lazy("Seperti tertulis pada surat."), 60)
    starts_on = day_field(gettext_lazy("Berlaku mulai"))
    last_on = day_field(gettext_lazy("Berlaku sampai dengan"), gettext_lazy("Hari terakhir surat itu berlaku."))

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("last_on"):
            typed["ends_on"] = typed["last_on"] + timedelta(days=1)
        if typed.get("starts_on") and typed.get("last_on") and typed["last_on"] < typed["starts_on"]:
            self.add_error("last_on", _("Hari terakhir lebih awal dari hari mulai. Periksa keduanya."))
        return typed


class CertificateForm(PaperForm):
    kind = forms.ChoiceField(
        label=gettext_lazy("Jenis"),
        choices=[("training", gettext_lazy("Pelatihan Perisai")), ("bnsp", gettext_lazy("Kompetensi BNSP"))],
    )
    field_order = ("kind", "number")


class WadahForm(OfficeForm):
    branch_code = forms.ChoiceField(label=gettext_lazy("Cabang"))
    code = text_field(gettext_lazy("Kode Wadah"), gettext_lazy("Misalnya BKT-002."), 12)
    name = text_field(gettext_lazy("Nama Wadah"))
    coordinator = text_field(
        gettext_lazy("Nama pengguna koordinator"),
        gettext_lazy("Akunnya dibuat administrator sistem."),
        40,
        required=False,
    )
    registered_on = day_field(gettext_lazy("Terdaftar pada"))

    def __init__(self, *args: Any, branches: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["branch_code"].choices = branches  # type: ignore[attr-defined]

    def clean_coordinator(self) -> UUID | None:
        return _user_id(self.cleaned_data["coordinator"])


class AgentForm(OfficeForm):
    name = text_field(gettext_lazy("Nama seperti di KTP"))
    nik = text_field("NIK", gettext_lazy("16 angka, salin dari KTP."), 20)
    number = text_field(gettext_lazy("Nomor Perisai"), gettext_lazy("Misalnya BKT-P006."), 12)
    village_code = text_field(gettext_lazy("Kode nagari"), gettext_lazy("Misalnya 13.06.08.2001."), 13)
    phone = text_field(gettext_lazy("Nomor HP"), "", 20)
    username = text_field(
        gettext_lazy("Nama pengguna"), gettext_lazy("Akunnya dibuat administrator sistem."), 40, required=False
    )
    appointed_on = day_field(gettext_lazy("Diangkat pada"))

    def clean_nik(self) -> str:
        try:
            return parse_nik(self.cleaned_data["nik"])
        except Refused as refusal:
            raise forms.ValidationError(refusal.sentence(language())) from None

    def clean_phone(self) -> str:
        phone = re.sub(r"[\s.-]", "", self.cleaned_data["phone"])
        if not re.fullmatch(r"\+?[0-9]{9,15}", phone):
            raise forms.ValidationError(_("Tulis nomor HP dengan angka saja, misalnya 081234567890."))
        return phone

    def clean_username(self) -> UUID | None:
        return _user_id(self.cleaned_data["username"])


def _user_id(username: str) -> UUID | None:
    if not username:
        return None
    user = find_user(username)
    if user is None or not user.is_active:
        raise forms.ValidationError(_("Tidak ada akun dengan nama pengguna ini. Minta administrator membuatnya dulu."))
    return user.id


# --- Perisai -------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@door
def move(request: OfficeRequest, agent_id: UUID, action: str) -> HttpResponse:
    """Suspend, reinstate or end, with a reason; for the end the name is typed."""
    agent = agent_seen(request, agent_id, Permission.MANAGE_AGENTS)
    back = reverse("web:agent", args=[agent_id])
    if action not in _moves():
        raise NotFound("page")
    title, words, done = _moves()[action]
    act = Act(
        title=title,
        label=title,
        back=back,
        words=words,
        about=agent.name,
        tone="primary" if action == "aktifkan" else "danger",
    )
    ending = action in ("berhentikan", "curang")
    form = NamedForm(sent(request), name=agent.name) if ending else ReasonForm(sent(request))

    def do(typed: dict[str, Any]) -> str:
        facts = {"actor": request.actor, "agent_id": agent_id, "reason": typed["reason"]}
        if action == "curang":
            services.terminate_agent_for_fraud(**facts, on=clock.today())
        elif ending:
            services.terminate_agent(**facts, on=clock.today())
        elif action == "tangguhkan":
            services.suspend_agent(**facts)
        else:
            services.reinstate_agent(**facts)
        flash(request, done % {"name": agent.name})
        return back

    return act_page(request, act, form, do)


def _moves() -> dict[str, tuple[str, str, str]]:
    return {
        "tangguhkan": (
            _("Tangguhkan Perisai"),
            _("Tidak dapat merujuk sampai diaktifkan lagi. Peserta dan iurannya tetap."),
            _("%(name)s ditangguhkan."),
        ),
        "aktifkan": (
            _("Aktifkan lagi"),
            _("Dapat merujuk lagi selama sertifikat, Surat Tugas, dan PKS berlaku."),
            _("%(name)s aktif lagi."),
        ),
        "curang": (
            _("Berhentikan karena kecurangan"),
            _(
                "Semua hak berakhir hari ini, dan insentif yang belum dibayar tidak dibayar lagi. Tidak dapat dibatalkan."
            ),
            _("%(name)s diberhentikan karena kecurangan."),
        ),
        "berhentikan": (
            _("Berhentikan Perisai"),
            _("Semua hak berakhir hari ini dan tidak dapat dikembalikan. Pesertanya tetap terlindungi."),
            _("%(name)s diberhentikan."),
        ),
    }


@require_http_methods(["GET", "POST"])
@door
def letter(request: OfficeRequest, agent_id: UUID) -> HttpResponse:
    """A Surat Tugas that the Wadah wrote."""
    agent = agent_seen(request, agent_id, Permission.MANAGE_AGENTS)
    back = reverse("web:agent", args=[agent_id])
    act = Act(title=_("Catat Surat Tugas"), label=_("Simpan"), back=back, about=agent.name)

    def do(typed: dict[str, Any]) -> str:
        services.issue_surat_tugas(
            actor=request.actor,
            agent_id=agent_id,
            number=typed["number"],
            starts_on=typed["starts_on"],
            ends_on=typed["ends_on"],
        )
        flash(request, _("Surat Tugas tercatat."))
        return back

    return act_page(request, act, PaperForm(sent(request)), do)


@require_http_methods(["GET", "POST"])
@door
def certificate(request: OfficeRequest, agent_id: UUID) -> HttpResponse:
    """A certificate after training, or of BNSP."""
    agent = agent_seen(request, agent_id, Permission.MANAGE_AGENTS)
    back = reverse("web:agent", args=[agent_id])
    act = Act(title=_("Catat sertifikat"), label=_("Simpan"), back=back, about=agent.name)

    def do(typed: dict[str, Any]) -> str:
        certification.issue_certificate(
            actor=request.actor,
            agent_id=agent_id,
            kind=typed["kind"],
            number=typed["number"],
            issued_on=typed["starts_on"],
            expires_on=typed["ends_on"],
        )
        flash(request, _("Sertifikat tercatat."))
        return back

    return act_page(request, act, CertificateForm(sent(request)), do)


# --- Wadah ---------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@door
def register_wadah(request: OfficeRequest) -> HttpResponse:
    """A Wadah comes under a branch."""
    may.must_hold(request.actor, Permission.MANAGE_AGENTS)
    offices = organisation.offices_visible_to(request.actor, Permission.MANAGE_AGENTS).filter(kind="branch")
    branches = list(offices.order_by("name").values_list("code", "name"))
    back = f"{reverse('web:agents')}?tab=wadah"
    act = Act(title=_("Daftarkan Wadah"), label=_("Daftarkan"), back=back)

    def do(typed: dict[str, Any]) -> str:
        coordinator = typed.pop("coordinator")
        wadah = services.register_wadah(actor=request.actor, coordinator_user_id=coordinator, **typed)
        flash(request, _("Wadah terdaftar. Lanjutkan dengan PKS."))
        return reverse("web:wadah", args=[wadah.id])

    return act_page(
        request, act, WadahForm(sent(request), branches=branches, initial={"registered_on": clock.today()}), do
    )


class AccountForm(OfficeForm):
    bank_account = text_field(
        gettext_lazy("Nomor rekening"),
        gettext_lazy("Dari buku tabungan atas nama yang bersangkutan, 6 sampai 20 angka."),
        40,
    )


@require_http_methods(["GET", "POST"])
@door
def account(request: OfficeRequest, agent_id: UUID) -> HttpResponse:
    """Where the Perisai is paid; the number is sealed and not shown again."""
    agent = agent_seen(request, agent_id, Permission.MANAGE_AGENTS)
    back = reverse("web:agent", args=[agent_id])

    def do(typed: dict[str, Any]) -> str:
        services.record_bank_account(actor=request.actor, agent_id=agent_id, **typed)
        flash(request, _("Rekening tercatat."))
        return back

    return act_page(request, _account_act(back, agent.name), AccountForm(sent(request)), do)


@require_http_methods(["GET", "POST"])
@door
def wadah_account(request: OfficeRequest, wadah_id: UUID) -> HttpResponse:
    """Where the Wadah is paid."""
    wadah, back = _wadah(request, wadah_id), reverse("web:wadah", args=[wadah_id])

    def do(typed: dict[str, Any]) -> str:
        services.record_wadah_bank_account(actor=request.actor, wadah_id=wadah_id, **typed)
        flash(request, _("Rekening tercatat."))
        return back

    return act_page(request, _account_act(back, wadah.name), AccountForm(sent(request)), do)


def _account_act(back: str, about: str) -> Act:
    words = _("Insentif dibayar ke rekening ini. Nomornya tersegel dan tidak ditampilkan lagi.")
    return Act(title=_("Catat rekening"), label=_("Catat"), back=back, words=words, about=about)


def _wadah(request: OfficeRequest, wadah_id: UUID) -> Any:
    wadah = selectors.wadah_visible_to(request.actor).select_related("branch").filter(pk=wadah_id).first()
    if wadah is None or not may.over(request.actor, Permission.MANAGE_AGENTS, wadah):
        raise NotFound("wadah")
    return wadah


@require_http_methods(["GET", "POST"])
@door
def sign_pks(request: OfficeRequest, wadah_id: UUID) -> HttpResponse:
    """The cooperation agreement with the branch."""
    wadah = _wadah(request, wadah_id)
    back = reverse("web:wadah", args=[wadah_id])
    act = Act(
        title=_("Catat PKS"),
        label=_("Simpan"),
        back=back,
        words=_("Tanpa PKS yang berlaku, tidak satu pun Perisai Wadah ini dapat merujuk."),
        about=wadah.name,
    )

    def do(typed: dict[str, Any]) -> str:
        services.sign_pks(
            actor=request.actor,
            wadah_id=wadah_id,
            number=typed["number"],
            starts_on=typed["starts_on"],
            ends_on=typed["ends_on"],
        )
        flash(request, _("PKS tercatat."))
        return back

    return act_page(request, act, PaperForm(sent(request)), do)


@require_http_methods(["GET", "POST"])
@door
def appoint(request: OfficeRequest, wadah_id: UUID) -> HttpResponse:
    """A new Perisai of the Wadah; papers come next."""
    wadah = _wadah(request, wadah_id)
    act = Act(
        title=_("Angkat Perisai"),
        label=_("Angkat"),
        back=reverse("web:wadah", args=[wadah_id]),
        words=_("Baru dapat merujuk sesudah Surat Tugas dan sertifikat pelatihannya tercatat."),
        about=wadah.name,
    )

    def do(typed: dict[str, Any]) -> str:
        village = regions.get_village_for_referral(typed.pop("village_code"), clock.today())
        agent = services.appoint_agent(
            actor=request.actor,
            wadah_id=wadah_id,
            village_code=village.code,
            user_id=typed.pop("username"),
            bank_account=None,
            **typed,
        )
        flash(request, _("%(name)s diangkat. Catat Surat Tugas dan sertifikatnya.") % {"name": agent.name})
        return reverse("web:agent", args=[agent.id])

    return act_page(request, act, AgentForm(sent(request), initial={"appointed_on": clock.today()}), do)
