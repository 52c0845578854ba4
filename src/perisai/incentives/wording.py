"""The sentences of a statement, in both languages: why a line counts or does not, what it is about, what is summed."""

from typing import Final

from perisai.incentives.rules import Kind, Reason
from perisai.kernel import written
from perisai.kernel.errors import Sentence
from perisai.rulebook.telling import percent as percent

WHY: Final[dict[tuple[Kind, Reason], Sentence]] = {
    (Kind.ACQUISITION, Reason.COUNTED): Sentence(
        "Peserta baru: dihitung untuk ambang {threshold} peserta.",
        "New member: counts towards the threshold of {threshold} members.",
    ),
    (Kind.ACQUISITION, Reason.THRESHOLD_REACHED): Sentence(
        "{counted} peserta baru, ambang {threshold} tercapai: insentif akuisisi dibayar.",
        "{counted} new members, the threshold of {threshold} is reached: the acquisition incentive is paid.",
    ),
    (Kind.ACQUISITION, Reason.BELOW_THRESHOLD): Sentence(
        "Baru {counted} dari {threshold} peserta baru bulan ini: insentif akuisisi belum dibayar.",
        "Only {counted} of {threshold} new members this month: the acquisition incentive is not paid yet.",
    ),
    (Kind.ACQUISITION, Reason.NIK_KNOWN_BEFORE): Sentence(
        "NIK sudah pernah terdaftar sebagai BPU: tidak dihitung sebagai peserta baru.",
        "The NIK was registered as BPU before: not counted as a new member.",
    ),
    (Kind.ACQUISITION, Reason.SEGMENT_NOT_COVERED): Sentence(
        "Segmen ini tidak dihitung untuk akuisisi.",
        "This segment does not count for acquisition.",
    ),
    (Kind.ACQUISITION, Reason.PROGRAMMES_NOT_COVERED): Sentence(
        "Paketnya tidak memuat JKK dan JKM sekaligus: tidak dihitung.",
        "The package does not hold both JKK and JKM: not counted.",
    ),
    (Kind.ACQUISITION, Reason.TAKEN_BACK): Sentence(
        "Pembayaran pertamanya ditarik kembali: tidak dihitung sebagai peserta baru, dan yang sudah dibukukan diambil lagi.",
        "The first payment was taken back: not counted as a new member, and what was booked for it is taken back.",
    ),
    (Kind.CONTRIBUTION, Reason.TAKEN_BACK): Sentence(
        "Iuran ini ditarik kembali: diambil lagi tepat sebesar yang pernah dibukukan untuknya.",
        "This contribution was taken back: exactly what was booked for it is taken back.",
    ),
    (Kind.CONTRIBUTION, Reason.COUNTED): Sentence(
        "{rate} dari iuran yang diterima.",
        "{rate} of the contribution received.",
    ),
    (Kind.CONTRIBUTION, Reason.SEGMENT_NOT_COVERED): Sentence(
        "Iuran segmen ini tidak diberi insentif.",
        "Contributions of this segment earn no incentive.",
    ),
    (Kind.CONTRIBUTION, Reason.FIRM_PAYS_TOO_MUCH): Sentence(
        "Iuran perusahaan ini melebihi batas: tidak diberi insentif.",
        "This firm pays more than the limit: no incentive is earned.",
    ),
    (Kind.CONTRIBUTION, Reason.BACK_TO_BRANCH): Sentence(
        "Lewat 60 bulan dikelola: peserta kembali ke kantor cabang.",
        "More than 60 months under management: the member is back with the branch.",
    ),
}

SETTLES: Final = Sentence("Susulan untuk {month}.", "Late, for {month}.")
SHORT: Final[dict[tuple[Kind, Reason], Sentence]] = {
    (Kind.ACQUISITION, Reason.COUNTED): Sentence("Peserta baru yang dihitung", "New members that count"),
    (Kind.ACQUISITION, Reason.THRESHOLD_REACHED): Sentence("Ambang akuisisi tercapai", "Threshold reached"),
    (Kind.ACQUISITION, Reason.BELOW_THRESHOLD): Sentence("Akuisisi di bawah ambang", "Acquisition below the threshold"),
    (Kind.ACQUISITION, Reason.NIK_KNOWN_BEFORE): Sentence("NIK sudah pernah terdaftar", "NIK registered before"),
    (Kind.ACQUISITION, Reason.SEGMENT_NOT_COVERED): Sentence("Segmen di luar akuisisi", "Segment outside acquisition"),
    (Kind.ACQUISITION, Reason.PROGRAMMES_NOT_COVERED): Sentence("Paket tidak lengkap", "Package incomplete"),
    (Kind.ACQUISITION, Reason.TAKEN_BACK): Sentence("Peserta baru ditarik kembali", "New members taken back"),
    (Kind.CONTRIBUTION, Reason.COUNTED): Sentence("Iuran diterima", "Contributions received"),
    (Kind.CONTRIBUTION, Reason.SEGMENT_NOT_COVERED): Sentence("Iuran segmen lain", "Contributions of other segments"),
    (Kind.CONTRIBUTION, Reason.FIRM_PAYS_TOO_MUCH): Sentence("Perusahaan di atas batas", "Firms above the limit"),
    (Kind.CONTRIBUTION, Reason.BACK_TO_BRANCH): Sentence("Kembali ke kantor cabang", "Back with the branch"),
    (Kind.CONTRIBUTION, Reason.TAKEN_BACK): Sentence("Iuran ditarik kembali", "Contributions taken back"),
}
"""The head of a sum of lines with one reason."""

NEW_MEMBER: Final = Sentence("Peserta baru {number} {name}", "New member {number} {name}")
CONTRIBUTION: Final = Sentence("Iuran {month}, {number} {name}", "Contribution {month}, {number} {name}")
FLAT_SUM: Final = Sentence("Insentif akuisisi bulanan", "Monthly acquisition incentive")
AGENT_MONTH: Final = Sentence("Perisai {number} {name}", "Perisai {number} {name}")
WADAH_PART: Final = Sentence("Bagian Wadah atas {lines} baris.", "The Wadah's part of lines: {lines}.")
ACQUISITION_TOTAL: Final = Sentence("Akuisisi", "Acquisition")
CONTRIBUTION_TOTAL: Final = Sentence("Iuran", "Contributions")
WADAH_TOTAL: Final = Sentence("Bagian Wadah", "The Wadah's part")
AGENT_TOTAL: Final = Sentence("Dibayarkan kepada Perisai", "Paid to the Perisai")
BROUGHT: Final = Sentence("Sisa dari bulan lalu", "Rest of earlier months")
TAX: Final = Sentence("Pajak yang dipotong", "Tax withheld")
NET: Final = Sentence("Masuk ke rekening", "Goes to the account")
WADAH_PAID: Final = Sentence("Dibayarkan kepada Wadah", "Paid to the Wadah")
REGIMES: Final = {
    "regime_2017": Sentence("Aturan 2017", "Rules of 2017"),
    "regime_2022": Sentence("Aturan 2022 (Perdir 13/PERDIR.02/042022)", "Rules of 2022 (Perdir 13/PERDIR.02/042022)"),
}


def short(kind: Kind, reason: Reason, language: str) -> str:
    return said(SHORT[kind, reason], language)


def said(sentence: Sentence, language: str, **facts: object) -> str:
    told = {name: written.fact(value, language) for name, value in facts.items()}
    return (sentence.en if language.startswith("en") else sentence.id).format(**told)
