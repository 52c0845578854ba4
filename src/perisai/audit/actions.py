"""Every action that may be recorded, with the sentence a person reads in a history."""

from typing import Final

from perisai.kernel.errors import Sentence

ACTIONS: Final[dict[str, Sentence]] = {
    "accounts.user.created": Sentence("Akun dibuat", "Account created"),
    "accounts.user.closed": Sentence("Akun ditutup", "Account closed"),
    "accounts.user.reopened": Sentence("Akun dibuka lagi", "Account opened again"),
    "accounts.password.reset": Sentence("Kata sandi sementara dibuat", "Temporary password made"),
    "regions.loaded": Sentence("Data wilayah dimuat", "Region data loaded"),
    "organisation.role.granted": Sentence("Peran diberikan", "Role granted"),
    "organisation.role.ended": Sentence("Peran diakhiri", "Role ended"),
    "agents.wadah.registered": Sentence("Wadah didaftarkan", "Wadah registered"),
    "agents.pks.signed": Sentence("PKS ditandatangani", "PKS signed"),
    "agents.perisai.appointed": Sentence("Perisai diangkat", "Perisai appointed"),
    "agents.perisai.suspended": Sentence("Perisai ditangguhkan", "Perisai suspended"),
    "agents.perisai.reinstated": Sentence("Perisai diaktifkan lagi", "Perisai reinstated"),
    "agents.perisai.terminated": Sentence("Perisai diberhentikan", "Perisai terminated"),
    "agents.surat_tugas.issued": Sentence("Surat Tugas diterbitkan", "Surat Tugas issued"),
    "certification.certificate.issued": Sentence("Sertifikat diterbitkan", "Certificate issued"),
    "certification.certificate.revoked": Sentence("Sertifikat dicabut", "Certificate revoked"),
    "membership.registration.submitted": Sentence("Rujukan dikirim", "Referral submitted"),
    "membership.registration.resubmitted": Sentence("Rujukan diperbaiki dan dikirim lagi", "Referral corrected and sent again"),
    "membership.registration.held": Sentence("Rujukan ditahan untuk ditelaah", "Referral held for review"),
    "membership.registration.returned": Sentence("Rujukan dikembalikan ke Perisai", "Referral returned to the Perisai"),
    "membership.registration.rejected": Sentence("Rujukan ditolak", "Referral rejected"),
    "membership.registration.approved": Sentence("Rujukan disetujui", "Referral approved"),
    "membership.registration.completed": Sentence("Pendaftaran selesai, nomor terbit", "Registration completed, number issued"),
    "membership.register.seeded": Sentence("Register sintetis dimuat", "Synthetic register loaded"),
    "membership.nik.revealed": Sentence("NIK dibuka", "NIK revealed"),
    "membership.members.exported": Sentence("Daftar peserta diekspor", "Member list exported"),
    "membership.card.issued": Sentence("Kartu diterbitkan", "Card issued"),
    "membership.card.replaced": Sentence("Kartu diganti", "Card replaced"),
    "membership.contact.changed": Sentence("Data kontak diubah", "Contact data changed"),
    "membership.contact.settled": Sentence("Perbedaan data kontak diputus", "Clash of contact data settled"),
    "membership.members.handed_over": Sentence("Peserta dialihkan", "Members handed over"),
    "membership.member.resumed": Sentence("Kepesertaan aktif kembali", "Membership active again"),
    "sync.device.enrolled": Sentence("Ponsel didaftarkan", "Phone enrolled"),
    "sync.device.revoked": Sentence("Ponsel dicabut", "Phone revoked"),
    "membership.member.unpaid": Sentence("Tidak ada lagi bulan yang terbayar", "No paid month is left"),
    "contributions.code.issued": Sentence("Kode bayar diterbitkan", "Payment code issued"),
    "contributions.code.cancelled": Sentence("Kode bayar dibatalkan", "Payment code cancelled"),
    "contributions.payment.recorded": Sentence("Pembayaran dicatat", "Payment recorded"),
    "contributions.payment.short": Sentence("Uang kurang ditahan", "Money that was too little is held"),
    "contributions.payment.stray": Sentence("Uang tanpa kode terbuka ditahan", "Money without an open code is held"),
    "contributions.payment.taken_back": Sentence("Pembayaran ditarik bank", "Payment taken back by the bank"),
    "contributions.payment.refused": Sentence("Pembayaran ditolak", "Payment refused"),
    "banks.partner.registered": Sentence("Bank mitra didaftarkan", "Partner bank registered"),
    "banks.partner.secret_renewed": Sentence("Rahasia bank diganti", "Bank's secret renewed"),
    "banks.partner.key_replaced": Sentence("Kunci umum bank diganti", "Bank's public key replaced"),
    "banks.partner.limits_set": Sentence("Batas bank ditetapkan", "Bank's limits set"),
    "banks.partner.closed": Sentence("Sambungan bank ditutup", "Bank's connection closed"),
    "banks.partner.reopened": Sentence("Sambungan bank dibuka lagi", "Bank's connection opened again"),
    "outreach.attendance.recorded": Sentence("Daftar hadir dicatat", "Attendance list recorded"),
    "incentives.dispute.raised": Sentence("Keberatan atas baris insentif diajukan", "Incentive line disputed"),
    "incentives.dispute.answered": Sentence("Keberatan dijawab", "Dispute answered"),
    "incentives.period.accrued": Sentence("Insentif bulan dihitung", "Incentives of the month accrued"),
    "incentives.month.prepared": Sentence("Insentif bulan disiapkan", "Incentives of the month prepared"),
    "incentives.month.sent_back": Sentence("Insentif bulan dikembalikan", "Incentives of the month sent back"),
    "incentives.month.approved": Sentence("Insentif bulan disetujui", "Incentives of the month approved"),
    "incentives.month.closed": Sentence("Bulan insentif ditutup", "Incentive month closed"),
    "targets.target.set": Sentence("Target ditetapkan", "Target set"),
    "targets.figure.reported": Sentence("Angka laporan dicatat", "Reported figure recorded"),
}  # fmt: skip


def sentence(action: str, language: str = "id") -> str:
    """The human sentence of a recorded action. Raises KeyError for one that is not in the registry."""
    known = ACTIONS[action]
    return known.en if language.startswith("en") else known.id
