"""Every message that goes out, in both languages; ``{facts}`` hold no personal data."""

from typing import Final

from perisai.kernel import written
from perisai.kernel.errors import Sentence

KINDS: Final[dict[str, Sentence]] = {
    "registration_received": Sentence(
        "Data Anda sudah diterima kantor BPJS Ketenagakerjaan untuk diperiksa. Ini BUKAN bukti kepesertaan.",
        "The BPJS Ketenagakerjaan office has received your data and will check them. This is NOT proof of membership.",
    ),
    "registration_returned": Sentence(
        "Rujukan {reference} dikembalikan: {reason} Perbaiki, lalu kirim lagi.",
        "Referral {reference} was returned: {reason} Correct it and send it again.",
    ),
    "registration_rejected": Sentence(
        "Rujukan {reference} ditolak: {reason}",
        "Referral {reference} was rejected: {reason}",
    ),
    "registration_approved": Sentence(
        "Pendaftaran disetujui. Bayar Rp {amount_idr} dengan kode {code} paling lambat {expires_on}. "
        "Jangan menitipkan uang kepada siapa pun.",
        "Registration approved. Pay Rp {amount_idr} with code {code} by {expires_on}. "
        "Do not hand the money to anybody.",
    ),
    "payment_received": Sentence(
        "Iuran Rp {amount_idr} diterima. Kuitansi {receipt}. Periksa sendiri di halaman /kuitansi.",
        "Contribution of Rp {amount_idr} received. Receipt {receipt}. Check it yourself at /kuitansi.",
    ),
    "member_number": Sentence(
        "Selamat, Anda peserta dengan nomor {number}. Kartu diterbitkan kantor paling lambat 7 hari kerja.",
        "Congratulations, you are a member with number {number}. The office issues the card within 7 working days.",
    ),
    "card_issued": Sentence(
        "Kartu peserta {number} sudah terbit. Ambil di kantor cabang atau lewat Perisai Anda.",
        "The card of member {number} has been issued. Collect it at the branch or from your Perisai.",
    ),
    "membership_lapsed": Sentence(
        "Kepesertaan {number} TIDAK AKTIF: tiga bulan tanpa iuran. Bayar lagi untuk terlindungi kembali.",
        "Membership {number} is INACTIVE: three months without contribution. Pay again to be protected again.",
    ),
}


def text(kind: str, facts: dict[str, object], language: str = "id") -> str:
    """The words of a notice. Raises KeyError for an unknown kind or a missing fact."""
    words = KINDS[kind]
    told = {name: written.fact(value, language) for name, value in facts.items()}
    return (words.en if language.startswith("en") else words.id).format(**told)
