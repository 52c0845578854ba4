"""What the states of things are called on screens, and how they look."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from perisai.kernel.actor import Role


@dataclass(frozen=True, slots=True)
class StateWord:
    """``tone``: good, soon, bad, info or empty; colour never speaks alone, so there is an icon and a word."""

    word: str | Promise
    tone: str
    icon: str


STATES: Final[dict[str, StateWord]] = {
    # registration
    "submitted": StateWord(pgettext_lazy("pendaftaran", "Masuk"), "info", "inbox"),
    "in_review": StateWord(_("Dalam verifikasi"), "info", "search"),
    "returned": StateWord(_("Dikembalikan"), "soon", "arrow-back-up"),
    "rejected": StateWord(_("Ditolak"), "bad", "circle-x"),
    "approved": StateWord(_("Disetujui, menunggu iuran"), "soon", "hourglass"),
    "completed": StateWord(_("Selesai"), "good", "circle-check"),
    # member, agent, agreement, certificate
    "active": StateWord(_("Aktif"), "good", "shield-check"),
    "inactive": StateWord(_("Tidak aktif"), "bad", "shield-off"),
    "deceased": StateWord(_("Meninggal"), "", "circle-dashed"),
    "refund_proposed": StateWord(_("Diusulkan"), "soon", "hourglass"),
    "refund_approved": StateWord(_("Disetujui, menunggu dikirim"), "soon", "hourglass"),
    "refund_rejected": StateWord(_("Ditolak"), "bad", "x"),
    "refund_paid": StateWord(_("Sudah dikirim"), "good", "circle-check"),
    "suspended": StateWord(_("Ditangguhkan"), "soon", "player-pause"),
    "terminated": StateWord(_("Berhenti"), "bad", "user-off"),
    "valid": StateWord(_("Berlaku"), "good", "circle-check"),
    "expired": StateWord(_("Kedaluwarsa"), "bad", "clock-exclamation"),
    "ended": StateWord(_("Berakhir"), "", "circle-dashed"),
    "candidate": StateWord(_("Calon"), "info", "user"),
    # card
    "issued": StateWord(_("Terbit"), "good", "id"),
    "replaced": StateWord(_("Diganti"), "soon", "refresh"),
    "revoked": StateWord(_("Dicabut"), "bad", "ban"),
    # payment
    "open": StateWord(_("Menunggu bayar"), "soon", "hourglass"),
    "paid": StateWord(_("Lunas"), "good", "circle-check"),
    "cancelled": StateWord(_("Dibatalkan"), "", "ban"),
    # incentive month
    "month_open": StateWord(_("Terbuka"), "info", "circle-dashed"),
    "month_previewed": StateWord(_("Menunggu persetujuan"), "soon", "hourglass"),
    "month_approved": StateWord(_("Sudah disetujui"), "good", "circle-check"),
    "month_closed": StateWord(_("Sudah ditutup"), "", "clipboard-check"),
    # village
    "nominated": StateWord(_("Diusulkan"), "info", "flag"),
    "officials_registered": StateWord(_("Perangkat terdaftar"), "info", "users"),
    "socialised": StateWord(_("Tersosialisasi"), "info", "speakerphone"),
    "agreed": StateWord(_("Sepakat"), "info", "signature"),
    "staffed": StateWord(_("Siap diluncurkan"), "soon", "rocket"),
    "launched": StateWord(_("Nagari Sadar"), "good", "award"),
    "withdrawn": StateWord(_("Keluar dari program"), "", "circle-dashed"),
    # dispute
    "dispute_open": StateWord(_("Menunggu jawaban"), "soon", "hourglass"),
    "dispute_late": StateWord(_("Terlambat dijawab"), "bad", "clock-exclamation"),
    "dispute_answered": StateWord(_("Sudah dijawab"), "good", "circle-check"),
    # transfer of an incentive
    "payout_sent": StateWord(_("Dikirim ke bank"), "info", "send"),
    "payout_paid": StateWord(_("Terbayar"), "good", "circle-check"),
    "payout_failed": StateWord(_("Transfer gagal"), "bad", "alert-triangle"),
    "payout_confirmed": StateWord(_("Diterima"), "good", "check"),
    "payout_denied": StateWord(_("Dinyatakan belum masuk"), "bad", "alert-circle"),
    "withheld_suspended": StateWord(_("Ditahan: Perisai ditangguhkan"), "soon", "player-pause"),
    "withheld_fraud": StateWord(_("Tidak dibayar: kecurangan"), "bad", "ban"),
    "withheld_dispute": StateWord(_("Ditahan: ada sengketa"), "soon", "hourglass"),
    "withheld_no_account": StateWord(_("Rekening belum dicatat"), "soon", "alert-circle"),
    "withheld_": StateWord(_("Siap dibayar"), "good", "circle-check"),
    # notice
    "waiting": StateWord(_("Menunggu kirim"), "soon", "clock"),
    "sent": StateWord(_("Terkirim"), "good", "send"),
    "failed": StateWord(_("Gagal kirim"), "bad", "alert-triangle"),
}

ROLES: Final[dict[Role, str | Promise]] = {
    Role.PERISAI: _("Perisai"),
    Role.WADAH_COORDINATOR: _("Koordinator Wadah"),
    Role.BRANCH_OFFICER: _("Petugas cabang"),
    Role.BRANCH_HEAD: _("Kepala cabang"),
    Role.FINANCE_OFFICER: _("Petugas keuangan"),
    Role.REGIONAL_HEAD: _("Kepala kantor wilayah"),
    Role.HEAD_OFFICE_DIRECTOR: _("Direktur kantor pusat"),
    Role.SUPERVISORY_BOARD: _("Dewan Pengawas"),
    Role.WALI_NAGARI: _("Wali nagari"),
    Role.SYSTEM_ADMINISTRATOR: _("Administrator sistem"),
    Role.JOB: _("Pekerjaan terjadwal"),
    Role.BANK: _("Bank mitra"),
}

OCCUPATIONS: Final[dict[str, str | Promise]] = {
    "farmer": _("Petani"),
    "fisher": _("Nelayan"),
    "livestock": _("Peternak"),
    "trader": _("Pedagang"),
    "craft": _("Perajin"),
    "builder": _("Tukang bangunan"),
    "domestic": _("Pekerja rumah tangga"),
    "service": _("Jasa"),
    "ojek": _("Pengemudi ojek"),
    "driver": _("Sopir"),
    "courier": _("Kurir"),
    "other": _("Lainnya"),
}

CHANNELS: Final[dict[str, str | Promise]] = {
    "cimb niaga": "CIMB Niaga",
    "kantor pos": _("Kantor Pos"),
    "lainnya": _("Lainnya"),
    "saldo": _("Saldo iuran"),
}
"""Those that are more than a name with a capital letter."""

SEXES: Final[dict[str, str | Promise]] = {"f": _("Perempuan"), "m": _("Laki-laki")}


def state(name: str) -> StateWord:
    """The word of a state. An unknown one shows its own name, so that a page is never lost for want of a word."""
    return STATES.get(name) or StateWord(name.replace("_", " ").capitalize(), "", "circle-dashed")
