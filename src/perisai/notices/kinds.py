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
        "Iuran Rp {amount_idr} diterima. Kuitansi {receipt}, periksa sendiri di /kuitansi. Bulan Anda: /iuran-saya dengan "
        "nomor peserta dan kode {check}; jangan beri tahu kode itu.",
        "Contribution of Rp {amount_idr} received. Receipt {receipt}, check it yourself at /kuitansi. Your months: "
        "/iuran-saya with your member number and the code {check}; tell it to nobody.",
    ),
    "payment_surplus": Sentence(
        "Iuran Rp {amount_idr} diterima. Kuitansi {receipt}. Kelebihan Rp {credit_idr} menjadi saldo iuran Anda dan "
        "dipakai kode bayar berikutnya.",
        "Contribution of Rp {amount_idr} received. Receipt {receipt}. Rp {credit_idr} too much is your credit and the "
        "next payment code uses it.",
    ),
    "payment_short": Sentence(
        "Rp {amount_idr} diterima (kuitansi {receipt}), tetapi belum cukup: belum ada bulan yang terlindungi. "
        "Bayar Rp {missing_idr} lagi dengan kode {code}.",
        "Rp {amount_idr} received (receipt {receipt}), but it is not enough: no month is protected yet. "
        "Pay Rp {missing_idr} more with code {code}.",
    ),
    "payment_stray": Sentence(
        "Rp {amount_idr} diterima (kuitansi {receipt}) untuk kode yang tidak berlaku lagi: belum ada bulan yang "
        "terlindungi. Uang menjadi saldo iuran Anda; minta kode baru atau pengembalian.",
        "Rp {amount_idr} received (receipt {receipt}) for a code that is not valid any more: no month is protected. "
        "It is your credit; ask for a new code or for a refund.",
    ),
    "payment_after_death": Sentence(
        "Rp {amount_idr} diterima (kuitansi {receipt}) untuk peserta yang sudah meninggal: tidak ada bulan yang dibayar. "
        "Ahli waris dapat meminta uangnya kembali di kantor cabang, juga santunannya.",
        "Rp {amount_idr} received (receipt {receipt}) for a member who has died: no month is paid. "
        "The heirs may ask the branch for the money, and for the benefit.",
    ),
    "member_died": Sentence(
        "Kami turut berduka cita. Iuran yang dapat dikembalikan: Rp {amount_idr}. Ahli waris mengurus pengembalian dan "
        "santunan di kantor cabang, tanpa biaya.",
        "Our condolences. Contributions that can be refunded: Rp {amount_idr}. The heirs ask the branch for the refund and "
        "the benefit, free of charge.",
    ),
    "refund_sent": Sentence(
        "Pengembalian iuran Rp {amount_idr} sudah dikirim bank dengan referensi {reference}.",
        "The bank has sent the refund of Rp {amount_idr}, reference {reference}.",
    ),
    "payment_taken_back": Sentence(
        "Bank menarik kembali Rp {amount_idr} dari kuitansi {receipt}. Bulan yang dibayarnya tidak terlindungi lagi. "
        "Minta kode bayar baru.",
        "The bank took back Rp {amount_idr} of receipt {receipt}. The months it paid are not protected any more. "
        "Ask for a new payment code.",
    ),
    "member_number": Sentence(
        "Selamat, Anda peserta dengan nomor {number}. Kartu diterbitkan kantor paling lambat 7 hari kerja.",
        "Congratulations, you are a member with number {number}. The office issues the card within 7 working days.",
    ),
    "card_issued": Sentence(
        "Kartu peserta {number} sudah terbit. Ambil di kantor cabang atau lewat Perisai Anda.",
        "The card of member {number} has been issued. Collect it at the branch or from your Perisai.",
    ),
    "agent_ended_idle": Sentence(
        "Tugas Anda sebagai Perisai berakhir: {months} bulan berturut-turut tanpa hasil. "
        "Wadah dapat memintakan Anda kembali paling cepat enam bulan lagi.",
        "Your work as a Perisai has ended: {months} months in a row without results. "
        "Your Wadah may ask for you again after six months at the earliest.",
    ),
    "dispute_answered": Sentence(
        "Keberatan Anda atas insentif {month} sudah dijawab kantor: {answer}",
        "The office has answered your objection to the incentives of {month}: {answer}",
    ),
    "contact_kept": Sentence(
        "Perubahan data kontak peserta {number} tidak dipakai: kantor memakai datanya sendiri. "
        "Tanyakan lagi kepada peserta bila perlu.",
        "The change of contact data of member {number} was not used: the office keeps its own data. "
        "Ask the member again if need be.",
    ),
    "member_month_missing": Sentence(
        "Iuran peserta {number} belum diterima untuk {months} bulan. Bayar sebelum {ends_on} agar tetap terlindungi. "
        "Bila Anda sudah membayar lewat orang lain, periksa di /iuran-saya dengan kode {check}.",
        "No contribution of member {number} has come for {months} months. Pay before {ends_on} to stay protected. "
        "If you paid through somebody, check at /iuran-saya with the code {check}.",
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
