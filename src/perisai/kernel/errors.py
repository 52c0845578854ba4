"""Refusals that people read.

``Refused`` is a decision of the rules, ``NotFound`` says unknown and invisible alike, ``Misuse`` is a caller's mistake.
Anything else that raises is a bug.
"""

from enum import StrEnum
from typing import NamedTuple

from perisai.kernel import written


class Sentence(NamedTuple):
    """What happened, why, and what to do next; ``{facts}`` are filled in and never hold personal data."""

    id: str
    en: str


class Code(StrEnum):
    """Stable names of refusals; the sentences stand in SENTENCES below, in the same order."""

    NIK_MALFORMED = "nik_malformed"
    NIK_ZEROS = "nik_zeros"
    SIGN_IN_REFUSED = "sign_in_refused"
    USERNAME_MALFORMED = "username_malformed"
    USERNAME_TAKEN = "username_taken"
    PASSWORD_OLD_WRONG = "password_old_wrong"  # noqa: S105 (a name, not a password)
    PASSWORD_SAME = "password_same"  # noqa: S105 (a name, not a password)
    PASSWORD_WEAK = "password_weak"  # noqa: S105 (a name, not a password)
    VILLAGE_UNKNOWN = "village_unknown"
    VILLAGE_NOT_YET = "village_not_yet"
    VILLAGE_ENDED = "village_ended"
    VILLAGE_GONE = "village_gone"
    REGIONS_FOLDER_MISSING = "regions_folder_missing"
    REGIONS_FILE_MISSING = "regions_file_missing"
    REGIONS_FILE_UNREADABLE = "regions_file_unreadable"
    REGIONS_FILE_EMPTY = "regions_file_empty"
    REGIONS_HEADER_WRONG = "regions_header_wrong"
    REGIONS_ROW_MALFORMED = "regions_row_malformed"
    REGIONS_NAME_LONG = "regions_name_long"
    REGIONS_CODE_MALFORMED = "regions_code_malformed"
    REGIONS_PARENT_UNKNOWN = "regions_parent_unknown"
    REGIONS_CODE_TWICE = "regions_code_twice"
    REGIONS_DATE_OLD = "regions_date_old"
    REGIONS_TOO_MANY_GONE = "regions_too_many_gone"
    SUCCESSION_DATE_WRONG = "succession_date_wrong"
    SUCCESSION_UNKNOWN = "succession_unknown"
    KK_MALFORMED = "kk_malformed"
    NAME_MISSING = "name_missing"
    NAME_TOO_LONG = "name_too_long"
    ADDRESS_MISSING = "address_missing"
    ADDRESS_TOO_LONG = "address_too_long"
    PHONE_MALFORMED = "phone_malformed"
    BORN_IN_FUTURE = "born_in_future"
    TOO_YOUNG = "too_young"
    TOO_OLD = "too_old"
    CHOICE_UNKNOWN = "choice_unknown"
    PACKAGE_UNKNOWN = "package_unknown"
    INCOME_OUT_OF_RANGE = "income_out_of_range"
    CONSENT_MISSING = "consent_missing"
    ATTESTATION_MISSING = "attestation_missing"
    ATTESTATION_TOO_LONG = "attestation_too_long"
    DATE_IN_FUTURE = "date_in_future"
    AGENT_NOT_ACTIVE = "agent_not_active"
    AGENT_WITHOUT_CERTIFICATE = "agent_without_certificate"
    AGENT_WITHOUT_SURAT_TUGAS = "agent_without_surat_tugas"
    AGENT_WITHOUT_PKS = "agent_without_pks"
    WRONG_ORDER = "wrong_order"
    REASON_MISSING = "reason_missing"
    OWN_CASE = "own_case"
    NIK_OPEN_ELSEWHERE = "nik_open_elsewhere"
    NIK_ACTIVE_MEMBER = "nik_active_member"
    ROLE_ALREADY_HELD = "role_already_held"
    ROLE_REACH_WRONG = "role_reach_wrong"
    OWN_ACCOUNT = "own_account"
    EXPORT_TOO_LARGE = "export_too_large"
    WADAH_CODE_TAKEN = "wadah_code_taken"
    AGENT_ALREADY_APPOINTED = "agent_already_appointed"
    SPAN_OVERLAPS = "span_overlaps"
    SPAN_EMPTY = "span_empty"
    CARD_NOT_YET = "card_not_yet"
    CODE_UNKNOWN = "code_unknown"
    CODE_EXPIRED = "code_expired"
    CODE_CANCELLED = "code_cancelled"
    CODE_ALREADY_PAID = "code_already_paid"
    CODE_STILL_OPEN = "code_still_open"
    AMOUNT_WRONG = "amount_wrong"
    CHANNEL_REFERENCE_USED = "channel_reference_used"
    PAID_IN_FUTURE = "paid_in_future"
    PAID_BEFORE_CODE = "paid_before_code"
    CHANNEL_MISSING = "channel_missing"
    MONTH_ALREADY_PAID = "month_already_paid"
    AMOUNT_NOT_POSITIVE = "amount_not_positive"
    CHANNEL_NOT_A_BANK = "channel_not_a_bank"
    PAYMENT_TAKEN_BACK = "payment_taken_back"
    PAYMENT_NOT_OF_A_BANK = "payment_not_of_a_bank"
    TAKEN_BACK_WHEN = "taken_back_when"
    NOTHING_TO_PAY = "nothing_to_pay"
    MONTH_BEFORE_LAW = "month_before_law"
    OWN_MONTH = "own_month"
    MONTH_NOT_OVER = "month_not_over"
    MONTH_CHANGED = "month_changed"
    EARLIER_MONTH_OPEN = "earlier_month_open"
    PROGRAMMES_INCOMPLETE = "programmes_incomplete"
    PROGRAMME_NOT_OFFERED = "programme_not_offered"
    PROGRAMMES_NONE = "programmes_none"
    RISK_CLASS_UNKNOWN = "risk_class_unknown"
    MONTHS_OUT_OF_RANGE = "months_out_of_range"
    LINE_NOT_UTF8 = "line_not_utf8"
    LINE_TOO_LONG = "line_too_long"
    LINE_NOT_JSON = "line_not_json"
    LINE_NOT_OBJECT = "line_not_object"
    FIELD_MISSING = "field_missing"
    FIELD_UNKNOWN = "field_unknown"
    FIELD_TWICE = "field_twice"
    FIELD_WRONG = "field_wrong"
    FIELD_NOT_WHOLE = "field_not_whole"
    FIELD_NOT_MONTH = "field_not_month"
    NOT_FOUND = "not_found"
    MISUSED = "misused"
    SIGN_IN_NEEDED = "sign_in_needed"
    PASSWORD_TO_CHANGE = "password_to_change"  # noqa: S105 (a name, not a password)
    CSRF_MISSING = "csrf_missing"
    BODY_NOT_JSON = "body_not_json"
    BODY_TOO_LARGE = "body_too_large"
    TOO_MANY_REQUESTS = "too_many_requests"
    TARGET_OUT_OF_RANGE = "target_out_of_range"
    TARGET_YEAR_OUT_OF_RANGE = "target_year_out_of_range"
    AMOUNT_OUT_OF_RANGE = "amount_out_of_range"
    PLACEMENT_UNKNOWN = "placement_unknown"
    EXTENSION_OUT_OF_RANGE = "extension_out_of_range"
    JHT_OUT_OF_RANGE = "jht_out_of_range"
    FIELD_NOT_DAY = "field_not_day"
    FIELDS_CLASH = "fields_clash"
    BANK_CODE_MALFORMED = "bank_code_malformed"
    BANK_CODE_TAKEN = "bank_code_taken"
    BANK_SERVICE_ID_WRONG = "bank_service_id_wrong"
    BANK_KEY_UNREADABLE = "bank_key_unreadable"
    BANK_LIMIT_WRONG = "bank_limit_wrong"
    BANK_PAYMENT_TOO_LARGE = "bank_payment_too_large"
    BANK_DAY_FULL = "bank_day_full"
    STATEMENT_UNREADABLE = "statement_unreadable"
    STATEMENT_LINE_WRONG = "statement_line_wrong"
    STATEMENT_OTHER_DAY = "statement_other_day"
    STATEMENT_NOT_WHOLE = "statement_not_whole"
    BANK_DAY_CLOSED = "bank_day_closed"
    BANK_DAY_OPEN_ITEMS = "bank_day_open_items"
    ITEM_SETTLED = "item_settled"
    ITEM_ACTION_WRONG = "item_action_wrong"
    HANDOVER_IMPOSSIBLE = "handover_impossible"
    DEVICE_REVOKED = "device_revoked"
    DEVICE_TAKEN = "device_taken"
    ONLY_FOR_PERISAI = "only_for_perisai"
    COMMAND_UNKNOWN = "command_unknown"
    COMMAND_EARLY = "command_early"
    COMMAND_STUMBLED = "command_stumbled"
    BATCH_TOO_LONG = "batch_too_long"
    NOTHING_CHANGED = "nothing_changed"
    CONTACT_CHANGED = "contact_changed"
    DISPUTE_TEXT_MISSING = "dispute_text_missing"
    DISPUTE_TEXT_TOO_LONG = "dispute_text_too_long"
    ATTENDANCE_EMPTY = "attendance_empty"
    ATTENDANCE_TOO_LONG = "attendance_too_long"
    TITLE_MISSING = "title_missing"
    BLOB_PIECE_WRONG = "blob_piece_wrong"
    BLOB_TOO_LARGE = "blob_too_large"
    BLOB_NOT_PICTURE = "blob_not_picture"
    BLOB_DAMAGED = "blob_damaged"
    PARCEL_BROKEN = "parcel_broken"
    VILLAGE_IN_PROGRAMME = "village_in_programme"
    VILLAGE_OFFICIALS_MISSING = "village_officials_missing"
    VILLAGE_SESSIONS_MISSING = "village_sessions_missing"
    VILLAGE_AGENTS_MISSING = "village_agents_missing"
    JORONG_OUT_OF_RANGE = "jorong_out_of_range"
    JORONG_MISSING = "jorong_missing"
    PEOPLE_OUT_OF_RANGE = "people_out_of_range"
    OFFICIAL_KNOWN = "official_known"
    POST_MISSING = "post_missing"
    DOCUMENT_MISSING = "document_missing"
    MEMBER_DIED = "member_died"
    PERSON_DIED = "person_died"
    DEATH_KNOWN = "death_known"
    DIED_WHEN = "died_when"
    EVIDENCE_MISSING = "evidence_missing"
    HEIR_ONLY = "heir_only"
    PAYEE_MISSING = "payee_missing"
    CREDIT_TOO_SMALL = "credit_too_small"
    SENT_WHEN = "sent_when"
    STATEMENT_TOO_LARGE = "statement_too_large"
    NOTHING_TO_PAY_OUT = "nothing_to_pay_out"
    BANK_ACCOUNT_MALFORMED = "bank_account_malformed"
    NPP_MALFORMED = "npp_malformed"
    DIVISION_MALFORMED = "division_malformed"
    NPP_TAKEN = "npp_taken"
    WAGE_FILE_KIND = "wage_file_kind"
    WAGE_FILE_TOO_LARGE = "wage_file_too_large"
    WAGE_FILE_UNREADABLE = "wage_file_unreadable"
    WAGE_FILE_NOT_UTF8 = "wage_file_not_utf8"
    WAGE_COLUMNS_MISSING = "wage_columns_missing"
    WAGE_FILE_EMPTY = "wage_file_empty"
    WAGE_TOO_MANY_ROWS = "wage_too_many_rows"
    NIK_AS_NUMBER = "nik_as_number"
    NIK_TWICE = "nik_twice"
    WAGE_MALFORMED = "wage_malformed"
    WAGE_OUT_OF_RANGE = "wage_out_of_range"
    WAGE_MONTH_AHEAD = "wage_month_ahead"
    WAGE_REPORT_FAULTY = "wage_report_faulty"
    WAGE_REPORT_PAID = "wage_report_paid"
    FIRM_AMOUNT_WRONG = "firm_amount_wrong"
    FIRM_BILL_PAID = "firm_bill_paid"
    GROUP_EMPTY = "group_empty"
    GROUP_TOO_LARGE = "group_too_large"
    GROUP_HAS_PROBLEMS = "group_has_problems"


SENTENCES: dict[Code, Sentence] = {
    Code.NIK_MALFORMED: Sentence(
        "NIK harus 16 angka; yang tertulis {digits} angka. Salin lagi dari KTP.",
        "A NIK has 16 digits; this one has {digits}. Copy it again from the identity card.",
    ),
    Code.NIK_ZEROS: Sentence(
        "NIK tidak boleh nol semua. Salin dari KTP; bila belum punya KTP, hubungi Dukcapil.",
        "A NIK cannot be all zeros. Copy it from the identity card; without one, ask the civil registry.",
    ),
    Code.SIGN_IN_REFUSED: Sentence(
        "Nama pengguna atau kata sandi tidak cocok. Periksa keduanya dan coba lagi; "
        "setelah {times} kali gagal, akun terkunci paling sedikit {minutes} menit.",
        "The user name or the password is wrong. Check both and try again; "
        "after {times} failures the account stays locked for {minutes} minutes or longer.",
    ),
    Code.USERNAME_MALFORMED: Sentence(
        "Nama pengguna harus 3 sampai 40 huruf kecil, angka, titik, atau garis. Pilih yang lain.",
        "A user name has 3 to 40 small letters, digits, dots or dashes. Choose another one.",
    ),
    Code.USERNAME_TAKEN: Sentence(
        "Nama pengguna ini sudah dipakai orang lain. Pilih yang lain.",
        "This user name belongs to somebody else. Choose another one.",
    ),
    Code.PASSWORD_OLD_WRONG: Sentence(
        "Kata sandi lama tidak cocok, jadi kata sandi belum diganti. Ketik sekali lagi.",
        "The old password is wrong, so nothing was changed. Type it once more.",
    ),
    Code.PASSWORD_SAME: Sentence(
        "Kata sandi baru sama dengan yang lama. Pilih yang berbeda.",
        "The new password is the same as the old one. Choose a different one.",
    ),
    Code.PASSWORD_WEAK: Sentence(
        "Kata sandi ini mudah ditebak. Pakai paling sedikit 10 huruf dan angka, bukan kata umum, dan tidak mirip nama.",
        "This password is easy to guess. Use at least 10 letters and digits, no common word, nothing like your name.",
    ),
    Code.VILLAGE_UNKNOWN: Sentence(
        "Kode desa {region} tidak ada. Periksa lagi kodenya, atau cari desa dengan namanya.",
        "There is no village with the code {region}. Check the code, or search for the village by its name.",
    ),
    Code.VILLAGE_NOT_YET: Sentence(
        "{village} baru ada sejak {since}, jadi belum ada pada {day}. Periksa tanggalnya atau pilih desa lain.",
        "{village} has existed only since {since}, so not yet on {day}. Check the date or choose another village.",
    ),
    Code.VILLAGE_ENDED: Sentence(
        "{village} sudah tidak ada sejak {since}. Penggantinya: {successors}. Pilih salah satu.",
        "{village} ceased to exist on {since}. Its successors: {successors}. Choose one of them.",
    ),
    Code.VILLAGE_GONE: Sentence(
        "{village} sudah tidak ada sejak {since}, dan penggantinya belum tercatat. Cari desa yang sekarang.",
        "{village} ceased to exist on {since}, and no successor is on record. Search for today's village by its name.",
    ),
    Code.REGIONS_FOLDER_MISSING: Sentence(
        "Folder {folder} tidak ada. Beri folder berisi provinces.csv, regencies.csv, districts.csv, villages.csv.",
        "There is no folder {folder}. Give the one with provinces.csv, regencies.csv, districts.csv, villages.csv.",
    ),
    Code.REGIONS_FILE_MISSING: Sentence(
        "Berkas {file} tidak ada di folder {folder}. Salin semua berkas dari paket idn-area-data.",
        "The file {file} is not in the folder {folder}. Copy all files from the package idn-area-data.",
    ),
    Code.REGIONS_FILE_UNREADABLE: Sentence(
        "Berkas {file} tidak dapat dibaca sebagai teks UTF-8. Simpan ulang sebagai CSV UTF-8.",
        "The file {file} cannot be read as UTF-8 text. Save it again as UTF-8 CSV.",
    ),
    Code.REGIONS_FILE_EMPTY: Sentence(
        "Berkas {file} tidak berisi satu wilayah pun. Ambil lagi berkas yang lengkap.",
        "The file {file} holds no region at all. Fetch the complete file again.",
    ),
    Code.REGIONS_HEADER_WRONG: Sentence(
        'Baris pertama {file} harus "{expected}". Periksa apakah ini berkas yang benar.',
        'The first line of {file} must be "{expected}". Check whether this is the right file.',
    ),
    Code.REGIONS_ROW_MALFORMED: Sentence(
        "{file} baris {line}: harus ada {expected} kolom yang semuanya terisi. Perbaiki baris itu.",
        "{file} line {line}: there must be {expected} columns, all filled. Correct that line.",
    ),
    Code.REGIONS_NAME_LONG: Sentence(
        "{file} baris {line}: nama lebih panjang dari {longest} huruf. Perbaiki baris itu.",
        "{file} line {line}: the name is longer than {longest} letters. Correct that line.",
    ),
    Code.REGIONS_CODE_MALFORMED: Sentence(
        "{file} baris {line}: {region} bukan kode wilayah tingkat ini (contoh: {example}). Perbaiki baris itu.",
        "{file} line {line}: {region} is not a code of this level (example: {example}). Correct that line.",
    ),
    Code.REGIONS_PARENT_UNKNOWN: Sentence(
        "{file} baris {line}: induk {parent} dari {region} tidak ada atau tidak cocok. Perbaiki baris itu.",
        "{file} line {line}: the parent {parent} of {region} does not exist or does not fit. Correct that line.",
    ),
    Code.REGIONS_CODE_TWICE: Sentence(
        "{file} baris {line}: kode {region} sudah ada di berkas ini. Hapus salah satunya.",
        "{file} line {line}: the code {region} already stands in this file. Remove one of the two.",
    ),
    Code.REGIONS_DATE_OLD: Sentence(
        "Data per {effective_from} lebih lama daripada data per {loaded} yang sudah dimuat. Muat data yang lebih baru.",
        "Data of {effective_from} is older than the data of {loaded} that is already loaded. Load newer data.",
    ),
    Code.REGIONS_TOO_MANY_GONE: Sentence(
        "{gone} dari {current} wilayah akan hilang bila data ini dimuat; mungkin berkasnya terpotong. Periksa lagi.",
        "{gone} of {current} regions would vanish with this data, which is the sign of a cut file. Check the files.",
    ),
    Code.SUCCESSION_DATE_WRONG: Sentence(
        "{file} baris {line}: {day} bukan tanggal (TTTT-BB-HH) sampai {effective_from}. Perbaiki baris itu.",
        "{file} line {line}: {day} is not a date (YYYY-MM-DD) on or before {effective_from}. Correct that line.",
    ),
    Code.SUCCESSION_UNKNOWN: Sentence(
        "{file} baris {line}: {from_code} atau {to_code} tidak dikenal, atau keduanya sama. Perbaiki baris itu.",
        "{file} line {line}: {from_code} or {to_code} is unknown, or both are the same. Correct that line.",
    ),
    Code.KK_MALFORMED: Sentence(
        "Nomor KK harus 16 angka; yang tertulis {digits} angka. Salin lagi dari Kartu Keluarga.",
        "A family card number has 16 digits; this one has {digits}. Copy it again from the family card.",
    ),
    Code.NAME_MISSING: Sentence(
        "Nama belum terbaca. Tulis nama seperti di KTP, paling sedikit satu huruf.",
        "The name cannot be read. Write it as on the identity card, with at least one letter.",
    ),
    Code.NAME_TOO_LONG: Sentence(
        "Nama terlalu panjang; paling banyak {most} huruf. Singkat gelar atau nama tengah.",
        "The name is too long; at most {most} characters. Shorten titles or middle names.",
    ),
    Code.ADDRESS_MISSING: Sentence(
        "Alamat belum diisi. Tulis alamat seperti di KTP.",
        "The address is missing. Write it as on the identity card.",
    ),
    Code.ADDRESS_TOO_LONG: Sentence(
        "Alamat terlalu panjang; paling banyak {most} huruf.",
        "The address is too long; at most {most} characters.",
    ),
    Code.PHONE_MALFORMED: Sentence(
        "Nomor HP tidak dikenal. Tulis seperti 0812 3456 7890.",
        "The phone number is not recognised. Write it like 0812 3456 7890.",
    ),
    Code.BORN_IN_FUTURE: Sentence(
        "Tanggal lahir ada di masa depan. Periksa tahunnya di KTP.",
        "The birth date lies in the future. Check the year on the identity card.",
    ),
    Code.TOO_YOUNG: Sentence(
        "Usianya {age} tahun; pendaftaran mulai {least} tahun. Daftarkan setelah cukup usia.",
        "The worker is {age}; registration starts at {least}. Register the worker once old enough.",
    ),
    Code.TOO_OLD: Sentence(
        "Usianya {age} tahun; pendaftaran hanya di bawah {below} tahun. Jelaskan kepada pekerjanya.",
        "The worker is {age}; registration is possible only below {below}. Explain this to the worker.",
    ),
    Code.CHOICE_UNKNOWN: Sentence(
        "Pilihan ini tidak ada. Pilih salah satu dari daftar.",
        "There is no such choice. Pick one from the list.",
    ),
    Code.PACKAGE_UNKNOWN: Sentence(
        "Pilih JKK dan JKM, atau JKK, JKM, dan JHT. Paket lain tidak ada untuk BPU.",
        "Choose JKK and JKM, or JKK, JKM and JHT. There is no other package for BPU.",
    ),
    Code.INCOME_OUT_OF_RANGE: Sentence(
        "Penghasilan harus lebih dari 0 dan masuk akal. Tulis rupiah bulat per bulan, tanpa angka di belakang koma.",
        "The income must be above 0 and plausible. Write whole rupiah a month, without decimals.",
    ),
    Code.CONSENT_MISSING: Sentence(
        "Persetujuan pekerja belum ada. Bacakan penjelasannya dan minta persetujuannya.",
        "The worker's consent is missing. Read the explanation out and ask for it.",
    ),
    Code.ATTESTATION_MISSING: Sentence(
        "Tulis apa pekerjaan orang ini dan bagaimana Anda tahu, paling sedikit satu kalimat.",
        "Write what work this person does and how you know, at least one sentence.",
    ),
    Code.ATTESTATION_TOO_LONG: Sentence(
        "Keterangan kerja terlalu panjang; paling banyak {most} huruf.",
        "The statement about the work is too long; at most {most} characters.",
    ),
    Code.DATE_IN_FUTURE: Sentence(
        "Tanggal kejadian ada di masa depan. Periksa tanggal HP Anda.",
        "The date lies in the future. Check the date on your phone.",
    ),
    Code.AGENT_NOT_ACTIVE: Sentence(
        "Anda bukan Perisai aktif pada hari itu, jadi belum boleh merujuk. Hubungi kantor cabang.",
        "You are not an active Perisai on that day, so you may not refer. Contact the branch.",
    ),
    Code.AGENT_WITHOUT_CERTIFICATE: Sentence(
        "Sertifikat Pelatihan Perisai Anda tidak berlaku pada hari itu. Ikuti pelatihan dan tes lagi lewat kantor cabang.",
        "Your training certificate is not valid on that day. Take the training and the test again through the branch.",
    ),
    Code.AGENT_WITHOUT_SURAT_TUGAS: Sentence(
        "Surat Tugas Anda tidak berlaku pada hari itu. Minta yang baru dari Wadah.",
        "Your Surat Tugas is not valid on that day. Ask your Wadah for a new one.",
    ),
    Code.AGENT_WITHOUT_PKS: Sentence(
        "PKS Wadah Anda dengan kantor cabang tidak berlaku pada hari itu. Hubungi Wadah.",
        "Your Wadah's PKS with the branch is not valid on that day. Contact your Wadah.",
    ),
    Code.WRONG_ORDER: Sentence(
        "Langkah ini tidak bisa lagi: keadaannya sudah berubah. Muat ulang halaman dan lihat riwayatnya.",
        "This step is no longer possible: the state has changed. Reload the page and look at the history.",
    ),
    Code.REASON_MISSING: Sentence(
        "Tulis alasannya; orang yang terkena akan membacanya.",
        "Write the reason; the person concerned will read it.",
    ),
    Code.OWN_CASE: Sentence(
        "Anda tidak boleh memutus rujukan yang Anda masukkan sendiri. Minta rekan lain memutus.",
        "You may not decide on a referral that you entered yourself. Ask a colleague to decide.",
    ),
    Code.NIK_OPEN_ELSEWHERE: Sentence(
        "NIK ini masih punya pendaftaran lain yang terbuka. Selesaikan yang itu dulu.",
        "This NIK still has another open registration. Settle that one first.",
    ),
    Code.NIK_ACTIVE_MEMBER: Sentence(
        "Pemilik NIK ini sudah peserta aktif. Tolak rujukan ini dan sebut alasannya.",
        "The owner of this NIK is already an active member. Reject this referral and say why.",
    ),
    Code.ROLE_ALREADY_HELD: Sentence(
        "Orang ini sudah memegang peran itu pada masa itu. Periksa daftar perannya.",
        "This person already holds that role in that time. Check the list of roles.",
    ),
    Code.ROLE_REACH_WRONG: Sentence(
        "Peran ini memerlukan tempat yang lain: peran kantor memerlukan kantor, wali nagari memerlukan nagari, "
        "Perisai, koordinator Wadah, dan administrator tanpa keduanya. Perbaiki tempatnya.",
        "This role needs another place: an office role needs an office, a wali nagari a nagari, "
        "a Perisai, a Wadah coordinator and an administrator neither. Correct the place.",
    ),
    Code.OWN_ACCOUNT: Sentence(
        "Ini akun Anda sendiri. Minta administrator lain mengubahnya, supaya tidak ada yang memberi hak kepada diri sendiri.",
        "This is your own account. Ask another administrator to change it, so that nobody gives rights to themselves.",
    ),
    Code.EXPORT_TOO_LARGE: Sentence(
        "Daftar ini lebih dari {most} peserta, terlalu besar untuk satu berkas. Persempit dengan saringan, "
        "misalnya satu cabang atau satu keadaan, lalu unduh lagi.",
        "This list has more than {most} members, too many for one file. Narrow it with filters, "
        "such as one branch or one state, and download again.",
    ),
    Code.WADAH_CODE_TAKEN: Sentence(
        "Kode Wadah sudah dipakai. Pilih kode lain.",
        "This Wadah code is already in use. Choose another one.",
    ),
    Code.AGENT_ALREADY_APPOINTED: Sentence(
        "Orang atau nomor ini sudah terdaftar sebagai Perisai. Cari di daftar agen.",
        "This person or number is already registered as a Perisai. Look in the list of agents.",
    ),
    Code.SPAN_OVERLAPS: Sentence(
        "Masa berlakunya bertumpuk dengan yang sudah ada. Periksa tanggal mulai dan akhir.",
        "The period overlaps one that exists already. Check the first and the last day.",
    ),
    Code.SPAN_EMPTY: Sentence(
        "Tanggal akhir harus sesudah tanggal mulai. Perbaiki salah satunya.",
        "The last day must come after the first. Correct one of them.",
    ),
    Code.CARD_NOT_YET: Sentence(
        "Kartu baru bisa terbit setelah pendaftaran disetujui dan iuran pertama diterima.",
        "A card can be issued only after approval and the first contribution.",
    ),
    Code.CODE_UNKNOWN: Sentence(
        "Kode bayar ini tidak dikenal. Periksa 11 angkanya; angka terakhir adalah angka pemeriksa.",
        "This payment code is not known. Check its 11 digits; the last one is a check digit.",
    ),
    Code.CODE_EXPIRED: Sentence(
        "Masa berlaku kode bayar habis pada {expired}. Minta kode baru; jangan membayar dengan kode lama.",
        "The payment code expired on {expired}. Ask for a new one; do not pay with the old code.",
    ),
    Code.CODE_CANCELLED: Sentence(
        "Kode bayar sudah dibatalkan. Minta kode baru.",
        "The payment code was cancelled. Ask for a new one.",
    ),
    Code.CODE_ALREADY_PAID: Sentence(
        "Kode ini sudah dibayar dengan kuitansi {receipt}. Kembalikan uang yang kedua kepada pembayar.",
        "This code has already been paid, with receipt {receipt}. Return the second payment to the payer.",
    ),
    Code.CODE_STILL_OPEN: Sentence(
        "Masih ada kode bayar {code} yang terbuka. Pakai kode itu atau batalkan dulu.",
        "Payment code {code} is still open. Use it or cancel it first.",
    ),
    Code.AMOUNT_WRONG: Sentence(
        "Jumlah harus tepat Rp {wanted}; yang datang Rp {given}. Kembalikan uangnya dan minta dibayar tepat.",
        "The amount must be exactly Rp {wanted}; Rp {given} arrived. Return the money and ask for the exact amount.",
    ),
    Code.CHANNEL_REFERENCE_USED: Sentence(
        "Nomor referensi bank ini sudah dipakai untuk pembayaran lain. Periksa bukti banknya.",
        "This bank reference belongs to another payment. Check the proof from the bank.",
    ),
    Code.PAID_IN_FUTURE: Sentence(
        "Waktu bayar ada di masa depan. Periksa tanggal di bukti bank.",
        "The time of payment lies in the future. Check the date on the proof from the bank.",
    ),
    Code.PAID_BEFORE_CODE: Sentence(
        "Waktu bayar lebih awal dari terbitnya kode. Perlindungan tidak bisa dimundurkan; periksa bukti bank.",
        "The time of payment is before the code was issued. Protection cannot be backdated; check the proof from the bank.",
    ),
    Code.CHANNEL_MISSING: Sentence(
        "Isi saluran dan nomor referensi bank seperti di bukti bayar.",
        "Fill in the channel and the bank reference number as on the proof of payment.",
    ),
    Code.MONTH_ALREADY_PAID: Sentence(
        "Bulan {month} sudah dibayar. Minta kode untuk bulan berikutnya.",
        "The month {month} is already paid. Ask for a code for the months after it.",
    ),
    Code.AMOUNT_NOT_POSITIVE: Sentence(
        "Jumlah harus lebih dari nol. Salin jumlahnya dari bukti bank.",
        "The amount must be more than nought. Copy it from the proof of the bank.",
    ),
    Code.CHANNEL_NOT_A_BANK: Sentence(
        "“{channel}” bukan bank atau tempat pembayaran: agen tidak pernah menerima iuran. Minta peserta membayar "
        "sendiri dengan kodenya, lalu catat bukti banknya.",
        "“{channel}” is no bank or place of payment: an agent never receives contributions. Ask the member to pay with the "
        "code, then record the proof of the bank.",
    ),
    Code.PAYMENT_TAKEN_BACK: Sentence(
        "Kuitansi {receipt} sudah ditarik bank pada {on}. Periksa bukti banknya; satu pembayaran ditarik satu kali.",
        "The bank took receipt {receipt} back on {on} already. Check its proof; a payment is taken back once.",
    ),
    Code.PAYMENT_NOT_OF_A_BANK: Sentence(
        "Pembayaran ini memakai saldo iuran, bukan uang dari bank. Cari pembayaran yang mengisi saldonya.",
        "This payment used credit, not money from a bank. Look for the payment that filled the credit.",
    ),
    Code.TAKEN_BACK_WHEN: Sentence(
        "Tanggal penarikan harus antara hari pembayaran dan hari ini. Salin tanggalnya dari bukti bank.",
        "The day must lie between the payment and today. Copy it from the proof of the bank.",
    ),
    Code.NOTHING_TO_PAY: Sentence(
        "Pendaftaran ini belum disetujui, jadi belum ada yang harus dibayar.",
        "This registration is not approved yet, so there is nothing to pay.",
    ),
    Code.MONTH_BEFORE_LAW: Sentence(
        "Untuk {month} belum ada aturan; yang pertama berlaku {first}. Pilih {first} atau sesudahnya.",
        "There is no rule for {month}; the first one is in force from {first}. Choose {first} or later.",
    ),
    Code.OWN_MONTH: Sentence(
        "Anda sendiri yang menyiapkan bulan ini. Minta orang lain menyetujuinya, supaya empat mata melihatnya.",
        "You prepared this month yourself. Ask somebody else to approve it, so that four eyes see it.",
    ),
    Code.MONTH_NOT_OVER: Sentence(
        "{month} belum berakhir, jadi iurannya belum lengkap. Siapkan bulan ini mulai {opens}.",
        "{month} is not over, so its contributions are not complete. Prepare it from {opens} on.",
    ),
    Code.MONTH_CHANGED: Sentence(
        "Sejak disiapkan, ada iuran atau koreksi baru, jadi angkanya tidak sama lagi. Siapkan ulang, lalu setujui.",
        "New contributions or corrections came in since this was prepared, so the figures differ. "
        "Prepare it again, then approve.",
    ),
    Code.EARLIER_MONTH_OPEN: Sentence(
        "{month} kantor ini belum disetujui. Selesaikan bulan itu dahulu, karena sisanya dibawa ke bulan berikutnya.",
        "{month} of this office is not approved yet. Settle that month first, because its balance is carried forward.",
    ),
    Code.PROGRAMMES_INCOMPLETE: Sentence(
        "Paket terkecil peserta bukan penerima upah adalah JKK dan JKM; {missing} belum dipilih. Tambahkan dahulu.",
        "The smallest package for members without an employer is JKK and JKM; {missing} is not chosen. Add it first.",
    ),
    Code.PROGRAMME_NOT_OFFERED: Sentence(
        "{programme} tidak tersedia untuk bukan penerima upah. Pilih dari JKK, JKM, dan JHT.",
        "{programme} is not offered to members without an employer. Choose from JKK, JKM and JHT.",
    ),
    Code.PROGRAMMES_NONE: Sentence(
        "Belum ada program yang dipilih. Pilih paling sedikit satu.",
        "No programme is chosen. Choose at least one.",
    ),
    Code.RISK_CLASS_UNKNOWN: Sentence(
        "Kelompok risiko {risk_class} tidak ada. Pilih 1 (sangat rendah) sampai 5 (sangat tinggi).",
        "There is no risk class {risk_class}. Choose 1 (very low) to 5 (very high).",
    ),
    Code.MONTHS_OUT_OF_RANGE: Sentence(
        "Satu kode bayar berlaku untuk 1 sampai {most} bulan, bukan {months}. Pilih jumlah bulan lain.",
        "One payment code covers 1 to {most} months, not {months}. Choose another number of months.",
    ),
    Code.LINE_NOT_UTF8: Sentence(
        "Baris ini bukan teks UTF-8. Simpan berkas sebagai UTF-8, lalu kirim lagi.",
        "This line is not UTF-8 text. Save the file as UTF-8 and send it again.",
    ),
    Code.LINE_TOO_LONG: Sentence(
        "Baris ini lebih dari {most} bita. Kirim satu perhitungan per baris.",
        "This line is longer than {most} bytes. Send one case per line.",
    ),
    Code.LINE_NOT_JSON: Sentence(
        "Baris ini bukan JSON. Tulis satu objek JSON per baris.",
        "This line is not JSON. Write one JSON object per line.",
    ),
    Code.LINE_NOT_OBJECT: Sentence(
        "Baris ini bukan objek JSON. Tulis {{ … }} dengan nama dan isi.",
        "This line is not a JSON object. Write {{ … }} with names and values.",
    ),
    Code.FIELD_MISSING: Sentence(
        "Isian {name} tidak ada. Tambahkan.",
        "The field {name} is missing. Add it.",
    ),
    Code.FIELD_UNKNOWN: Sentence(
        "Isian {name} tidak dikenal. Hapus, atau periksa ejaannya.",
        "The field {name} is not known. Remove it, or check its spelling.",
    ),
    Code.FIELD_TWICE: Sentence(
        "{name} tertulis dua kali. Tulis sekali saja.",
        "{name} is written twice. Write it once.",
    ),
    Code.FIELD_WRONG: Sentence(
        "Isian {name} salah; yang diharapkan: {expected}.",
        "The field {name} is wrong; expected: {expected}.",
    ),
    Code.FIELD_NOT_WHOLE: Sentence(
        "Isian {name} harus bilangan bulat tanpa tanda kutip, titik, atau koma. Tulis misalnya 1000000.",
        "The field {name} must be a whole number without quotes, points or commas. Write 1000000, for example.",
    ),
    Code.FIELD_NOT_MONTH: Sentence(
        "Isian {name} harus bulan. Tulis tahun dan bulan, misalnya 2026-04.",
        "The field {name} must be a month. Write year and month, for example 2026-04.",
    ),
    Code.NOT_FOUND: Sentence(
        "Tidak ditemukan, atau bukan wilayah kerja Anda. Periksa alamat atau nomornya.",
        "Not found, or not within your area. Check the address or the number.",
    ),
    Code.MISUSED: Sentence(
        "Nomor id ini sudah dipakai untuk isi yang lain. Kirim dengan id baru.",
        "This id was used before for something else. Send it with a new id.",
    ),
    Code.SIGN_IN_NEEDED: Sentence(
        "Anda belum masuk, atau sesi sudah berakhir. Masuk dahulu, lalu kirim lagi.",
        "You are not signed in, or the session has ended. Sign in and send it again.",
    ),
    Code.PASSWORD_TO_CHANGE: Sentence(
        "Kata sandi ini hanya untuk masuk pertama kali. Ganti dahulu di halaman kantor.",
        "This password is for the first sign-in only. Change it on the office pages first.",
    ),
    Code.CSRF_MISSING: Sentence(
        "Token pengaman tidak ada atau tidak cocok. Masuk lagi dan kirim tokennya sebagai X-CSRFToken.",
        "The safety token is missing or wrong. Sign in again and send its token as X-CSRFToken.",
    ),
    Code.BODY_NOT_JSON: Sentence(
        "Isi permintaan bukan satu objek JSON. Kirim application/json dengan tiap nama sekali saja.",
        "The body is not one JSON object. Send application/json with each name only once.",
    ),
    Code.BODY_TOO_LARGE: Sentence(
        "Isi permintaan lebih dari {kilobytes} KiB. Kirim lebih sedikit sekaligus.",
        "The body is longer than {kilobytes} KiB. Send less at once.",
    ),
    Code.TOO_MANY_REQUESTS: Sentence(
        "Terlalu banyak permintaan dari alamat ini. Coba lagi setelah {seconds} detik.",
        "Too many requests from this address. Try again after {seconds} seconds.",
    ),
    Code.TARGET_OUT_OF_RANGE: Sentence(
        "Jumlah peserta harus bilangan bulat, paling banyak {most}; target lebih dari 0. Periksa angkanya.",
        "The number of members must be a whole number up to {most}, and a target above 0. Check the figure.",
    ),
    Code.TARGET_YEAR_OUT_OF_RANGE: Sentence(
        "Target dapat ditetapkan untuk tahun {first} sampai {last}. Pilih tahun lain.",
        "A target can be set for the years {first} to {last}. Choose another year.",
    ),
    Code.AMOUNT_OUT_OF_RANGE: Sentence(
        "Nilainya harus lebih dari 0 dan masuk akal. Tulis rupiah bulat, tanpa angka di belakang koma.",
        "The amount must be above 0 and plausible. Write whole rupiah, without decimals.",
    ),
    Code.PLACEMENT_UNKNOWN: Sentence(
        "Penempatan {months} bulan tidak ada tarifnya. Pilih 6, 12, atau 24 bulan, lalu tambahkan perpanjangan.",
        "A placement of {months} months has no price. Choose 6, 12 or 24 months and add the extension.",
    ),
    Code.EXTENSION_OUT_OF_RANGE: Sentence(
        "Perpanjangan harus 0 sampai {most} bulan. Periksa jumlah bulannya.",
        "An extension has 0 to {most} months. Check the number of months.",
    ),
    Code.JHT_OUT_OF_RANGE: Sentence(
        "JHT pekerja migran Rp {least} sampai Rp {most} sebulan. Pilih jumlah di antaranya, atau 0 tanpa JHT.",
        "JHT of a migrant worker is Rp {least} to Rp {most} a month. Choose an amount between, or 0 without JHT.",
    ),
    Code.FIELD_NOT_DAY: Sentence(
        "Isian {name} harus tanggal. Tulis tahun, bulan, dan hari, misalnya 2026-04-15.",
        "The field {name} must be a day. Write year, month and day, for example 2026-04-15.",
    ),
    Code.FIELDS_CLASH: Sentence(
        "{name} dan {other} tidak dapat dipakai bersama. Pilih salah satu.",
        "{name} and {other} cannot stand together. Choose one of them.",
    ),
    Code.BANK_CODE_MALFORMED: Sentence(
        "Nama pendek bank harus 2 sampai 20 huruf kecil, angka, spasi, atau garis. Pilih yang lain.",
        "The short name of a bank has 2 to 20 small letters, digits, blanks or dashes. Choose another one.",
    ),
    Code.BANK_CODE_TAKEN: Sentence(
        "Nama pendek, id mitra, atau id layanan ini sudah dipakai bank lain. Periksa daftar bank.",
        "This short name, partner id or service id belongs to another bank. Check the list of banks.",
    ),
    Code.BANK_SERVICE_ID_WRONG: Sentence(
        "Id layanan (partnerServiceId) harus 1 sampai 8 angka. Salin dari perjanjian dengan bank.",
        "The service id (partnerServiceId) has 1 to 8 digits. Copy it from the agreement with the bank.",
    ),
    Code.BANK_KEY_UNREADABLE: Sentence(
        "Ini bukan kunci umum RSA paling sedikit 2.048 bit dalam bentuk PEM. Minta lagi kepada bank; jangan kunci pribadinya.",
        "This is not an RSA public key of at least 2,048 bits as PEM. Ask the bank again; never for its private key.",
    ),
    Code.BANK_LIMIT_WRONG: Sentence(
        "Batas harus lebih dari 0, dan batas sehari tidak lebih kecil daripada batas sekali bayar. Perbaiki angkanya.",
        "A limit is above 0, and a day's limit is not below the limit of one payment. Correct the figures.",
    ),
    Code.BANK_PAYMENT_TOO_LARGE: Sentence(
        "Pembayaran Rp {amount_idr} melebihi batas Rp {limit_idr} untuk bank ini. Hubungi kantor pusat.",
        "A payment of Rp {amount_idr} is above this bank's limit of Rp {limit_idr}. Ask the head office.",
    ),
    Code.BANK_DAY_FULL: Sentence(
        "Batas sehari Rp {limit_idr} untuk bank ini sudah tercapai. Kirim lagi besok atau hubungi kantor pusat.",
        "This bank's limit of Rp {limit_idr} a day is reached. Send it again tomorrow or ask the head office.",
    ),
    Code.STATEMENT_UNREADABLE: Sentence(
        "Berkas ini bukan rekening koran CSV atau MT940 yang dikenal. Minta lagi kepada bank, dalam UTF-8.",
        "This file is no statement that we know as CSV or MT940. Ask the bank for it again, in UTF-8.",
    ),
    Code.STATEMENT_LINE_WRONG: Sentence(
        "Baris {line} tidak dapat dibaca: waktu, nomor, atau jumlahnya salah. Tidak ada yang diambil; minta berkas yang benar.",
        "Line {line} cannot be read: its time, number or amount is wrong. Nothing was taken in; ask for a correct file.",
    ),
    Code.STATEMENT_OTHER_DAY: Sentence(
        "Baris {line} bukan dari {day}. Pilih hari yang benar, atau minta berkas hari itu saja.",
        "Line {line} is not of {day}. Choose the right day, or ask for a file of that day only.",
    ),
    Code.STATEMENT_NOT_WHOLE: Sentence(
        "Jumlah di akhir berkas tidak cocok dengan barisnya: berkas terpotong atau diubah. Minta lagi kepada bank.",
        "The sum at the end does not fit the lines: the file is cut or was changed. Ask the bank for it again.",
    ),
    Code.BANK_DAY_CLOSED: Sentence(
        "Hari {day} untuk bank ini sudah ditutup. Yang datang kemudian dicatat pada hari yang masih terbuka.",
        "The day {day} of this bank is closed. What comes later is worked off on a day that is still open.",
    ),
    Code.BANK_DAY_OPEN_ITEMS: Sentence(
        "Masih ada {items} selisih yang terbuka. Selesaikan semuanya, lalu tutup harinya.",
        "There are {items} open differences. Settle all of them, then close the day.",
    ),
    Code.ITEM_SETTLED: Sentence(
        "Selisih ini sudah diselesaikan. Muat ulang halamannya.",
        "This difference is settled already. Load the page again.",
    ),
    Code.ITEM_ACTION_WRONG: Sentence(
        "Langkah ini tidak berlaku untuk selisih seperti ini. Pilih salah satu yang ditawarkan.",
        "This step does not fit such a difference. Choose one of those that are offered.",
    ),
    Code.HANDOVER_IMPOSSIBLE: Sentence(
        "Peserta hanya dapat dialihkan kepada Perisai lain yang masih bertugas di cabang yang sama. Pilih yang lain.",
        "Members can pass only to another Perisai who still serves in the same branch. Choose another one.",
    ),
    Code.DEVICE_REVOKED: Sentence(
        "Ponsel ini dicabut oleh kantor cabang, jadi tidak ada yang diterima darinya. Hubungi cabang Anda.",
        "The branch has revoked this phone, so nothing is taken from it any more. Ask your branch.",
    ),
    Code.DEVICE_TAKEN: Sentence(
        "Pengenal ponsel ini sudah dipakai orang lain atau sudah dicabut. Pasang ulang aplikasi, lalu masuk lagi.",
        "The id of this phone belongs to somebody else or was revoked. Install the app anew and sign in again.",
    ),
    Code.ONLY_FOR_PERISAI: Sentence(
        "Aplikasi lapangan hanya untuk Perisai yang masih bertugas. Pegawai kantor memakai halaman kantor.",
        "The field app is only for a Perisai who is in service. Office staff use the office pages.",
    ),
    Code.COMMAND_UNKNOWN: Sentence(
        "Kantor belum mengenal perintah {kind} versi {version}. Perbarui aplikasi atau hubungi cabang Anda.",
        "The office does not know the command {kind} version {version}. Update the app or ask your branch.",
    ),
    Code.COMMAND_EARLY: Sentence(
        "Perintah sebelumnya tentang hal ini belum sampai, jadi yang ini ditunda. Ia terkirim lagi setelah yang itu.",
        "The command before this one about the same thing has not come, so this one waits. It is sent again after that one.",
    ),
    Code.COMMAND_STUMBLED: Sentence(
        "Perintah ini belum dapat diproses karena gangguan di kantor. Ia tetap tersimpan di ponsel; kirim lagi nanti.",
        "The office could not process this command because of a fault on its side. It stays on the phone; send it again later.",
    ),
    Code.BATCH_TOO_LONG: Sentence(
        "Sekali kirim paling banyak {most} perintah. Kirim lebih sedikit sekaligus.",
        "At most {most} commands are taken at once. Send fewer at a time.",
    ),
    Code.NOTHING_CHANGED: Sentence(
        "Tidak ada data yang berubah, jadi tidak ada yang disimpan. Ubah salah satu isian dahulu.",
        "No data changed, so nothing was saved. Change one of the fields first.",
    ),
    Code.CONTACT_CHANGED: Sentence(
        "Data kontak peserta ini diubah orang lain sejak halaman dibuka. Periksa yang terbaru, lalu ubah lagi.",
        "Somebody changed the contact data of this member since the page was opened. Look at them again, then change.",
    ),
    Code.DISPUTE_TEXT_MISSING: Sentence(
        "Keberatan belum menyebut apa yang salah. Tulis satu atau dua kalimat.",
        "The objection does not say what is wrong. Write a sentence or two.",
    ),
    Code.DISPUTE_TEXT_TOO_LONG: Sentence(
        "Tulisan lebih dari {most} huruf. Pendekkan sampai hal yang penting saja.",
        "The text is longer than {most} characters. Shorten it to what matters.",
    ),
    Code.ATTENDANCE_EMPTY: Sentence(
        "Daftar hadir belum berisi satu orang pun. Isi paling sedikit satu nama.",
        "The attendance list holds nobody yet. Enter at least one name.",
    ),
    Code.ATTENDANCE_TOO_LONG: Sentence(
        "Daftar hadir paling banyak {most} orang. Bagi menjadi beberapa daftar.",
        "An attendance list holds at most {most} people. Split it into several lists.",
    ),
    Code.TITLE_MISSING: Sentence(
        "Judul kegiatan belum diisi. Tulis namanya, misalnya Sosialisasi di Balai Nagari.",
        "The event has no title yet. Write its name, for example Information evening at the village hall.",
    ),
    Code.BLOB_PIECE_WRONG: Sentence(
        "Potongan gambar tidak menyambung dengan yang sudah diterima. Tanyakan dahulu berapa yang sudah sampai.",
        "The piece of the picture does not join what was received. Ask first how much has come.",
    ),
    Code.BLOB_TOO_LARGE: Sentence(
        "Gambar lebih dari {kilobytes} KiB. Kecilkan dahulu, lalu kirim lagi.",
        "The picture is larger than {kilobytes} KiB. Make it smaller and send it again.",
    ),
    Code.BLOB_NOT_PICTURE: Sentence(
        "Hanya gambar JPEG atau PNG yang diterima. Ambil foto lagi dengan aplikasi.",
        "Only JPEG and PNG pictures are taken. Take the photo again with the app.",
    ),
    Code.BLOB_DAMAGED: Sentence(
        "Isi gambar tidak sama dengan tandanya, jadi semuanya dibuang. Kirim lagi dari awal.",
        "The picture is not what its hash says, so all of it was dropped. Send it again from the start.",
    ),
    Code.PARCEL_BROKEN: Sentence(
        "Berkas ini tidak dapat dibuka: rusak, terpotong, atau bukan untuk kantor ini. Minta Perisai membuatnya lagi.",
        "This file cannot be opened: damaged, cut short or not for this office. Ask the Perisai to make it again.",
    ),
    Code.VILLAGE_IN_PROGRAMME: Sentence(
        "Nagari ini sudah ikut program. Buka halamannya untuk melihat langkah berikutnya.",
        "This village is in the programme already. Open its page for the next step.",
    ),
    Code.VILLAGE_OFFICIALS_MISSING: Sentence(
        "Baru {have} dari {wanted} perangkat yang terdaftar sebagai peserta. Daftarkan sisanya, lalu periksa lagi.",
        "Only {have} of {wanted} officials are members. Register the others, then check again.",
    ),
    Code.VILLAGE_SESSIONS_MISSING: Sentence(
        "Baru {have} dari {wanted} jorong yang disosialisasi. Catat sosialisasi di jorong lainnya dulu.",
        "The programme was explained in {have} of {wanted} jorong only. Record the sessions of the others first.",
    ),
    Code.VILLAGE_AGENTS_MISSING: Sentence(
        "Perisai yang aktif di nagari ini baru {have}; perlu {wanted}. Angkat dulu lewat Wadah.",
        "This village has {have} active Perisai; {wanted} are needed. Have one appointed by a Wadah first.",
    ),
    Code.JORONG_OUT_OF_RANGE: Sentence(
        "Jumlah jorong harus antara 1 dan {most}. Periksa angkanya.",
        "The number of jorong must be between 1 and {most}. Check the figure.",
    ),
    Code.JORONG_MISSING: Sentence(
        "Nama jorong belum ditulis. Tulis jorong tempat sosialisasi itu.",
        "The jorong is missing. Write where the session was held.",
    ),
    Code.PEOPLE_OUT_OF_RANGE: Sentence(
        "Jumlah yang hadir harus antara 1 dan 100.000. Periksa angkanya.",
        "The number of people must be between 1 and 100,000. Check the figure.",
    ),
    Code.OFFICIAL_KNOWN: Sentence(
        "Orang dengan NIK ini sudah ada di daftar perangkat. Cari namanya di bawah.",
        "Somebody with this NIK is on the list of officials already. Look for the name below.",
    ),
    Code.POST_MISSING: Sentence(
        "Jabatannya belum ditulis, misalnya Wali Nagari atau Kepala Jorong.",
        "The post is missing: for example Wali Nagari or head of a jorong.",
    ),
    Code.DOCUMENT_MISSING: Sentence(
        "Nomor suratnya belum ditulis. Salin dari dokumen yang ditandatangani.",
        "The number of the document is missing. Copy it from the signed paper.",
    ),
    Code.MEMBER_DIED: Sentence(
        "Peserta ini sudah meninggal, jadi tidak ada lagi iuran yang dapat dibayar. Kembalikan saldonya kepada ahli waris.",
        "This member has died, so no contribution can be paid any more. Refund the credit to the heirs.",
    ),
    Code.PERSON_DIED: Sentence(
        "Orang dengan NIK ini tercatat meninggal, jadi tidak dapat didaftarkan. Periksa lagi NIK-nya dengan KTP.",
        "The person with this NIK is recorded as dead and cannot be registered. Compare the NIK with the card again.",
    ),
    Code.DEATH_KNOWN: Sentence(
        "Kematian pada {died} sudah tercatat untuk orang ini. Periksa lagi tanggal dan suratnya.",
        "A death on {died} is recorded for this person already. Check the day and the paper again.",
    ),
    Code.DIED_WHEN: Sentence(
        "Tanggal kematian harus sesudah lahir dan paling lambat hari ini. Salin tanggalnya dari surat kematian.",
        "The day of death lies after the birth and not after today. Copy it from the paper.",
    ),
    Code.EVIDENCE_MISSING: Sentence(
        "Nomor surat kematian belum ditulis. Salin nomornya dari akta atau surat keterangan.",
        "The number of the paper is missing. Copy it from the certificate.",
    ),
    Code.HEIR_ONLY: Sentence(
        "Peserta sudah meninggal: saldonya kembali kepada ahli waris atau pembayar. Pilih salah satu.",
        "The member has died: the credit goes to an heir or to the payer. Choose one of them.",
    ),
    Code.PAYEE_MISSING: Sentence(
        "Nama, bank, dan nomor rekening penerima harus lengkap. Salin dari buku rekeningnya.",
        "Name, bank and account of the payee must be complete. Copy them from the bank book.",
    ),
    Code.CREDIT_TOO_SMALL: Sentence(
        "Saldo iuran yang dapat dikembalikan Rp {balance}. Tulis jumlah antara 1 dan saldo itu.",
        "The credit that can be refunded is Rp {balance}. Write an amount from 1 to that credit.",
    ),
    Code.SENT_WHEN: Sentence(
        "Tanggal kirim harus antara hari usulan dan hari ini. Salin tanggalnya dari bukti bank.",
        "The day of sending lies between the proposal and today. Copy it from the proof of the bank.",
    ),
    Code.STATEMENT_TOO_LARGE: Sentence(
        "Berkas lebih dari {megabytes} MiB. Ambil dengan perintah perisai take-statement di server.",
        "The file is above {megabytes} MiB. Take it in with the command perisai take-statement on the server.",
    ),
    Code.NOTHING_TO_PAY_OUT: Sentence(
        "Tidak ada rincian yang dapat dibayar sekarang: semuanya sudah dikirim, ditahan, atau tanpa rekening. "
        "Lihat alasannya pada daftar.",
        "No statement can be paid now: all are sent, withheld or without an account. Look at the reasons in the list.",
    ),
    Code.BANK_ACCOUNT_MALFORMED: Sentence(
        "Nomor rekening 6 sampai 20 angka, tanpa huruf. Salin dari buku tabungan atas nama yang bersangkutan.",
        "An account number has 6 to 20 digits and no letters. Copy it from the savings book in their own name.",
    ),
    Code.NPP_MALFORMED: Sentence(
        "NPP harus {signs} huruf dan angka. Salin dari sertifikat kepesertaan perusahaan.",
        "An NPP has {signs} letters and digits. Copy it from the firm's certificate of membership.",
    ),
    Code.DIVISION_MALFORMED: Sentence(
        "Kode divisi harus 3 angka, 000 untuk seluruh perusahaan. Periksa lagi.",
        "A division has 3 digits, 000 for the whole firm. Check it again.",
    ),
    Code.NPP_TAKEN: Sentence(
        "NPP dan divisi ini sudah terdaftar. Cari perusahaannya di daftar.",
        "This NPP and division are registered already. Look for the firm in the list.",
    ),
    Code.WAGE_FILE_KIND: Sentence(
        "Berkas ini bukan CSV atau XLSX. Buka dengan program lembar kerja dan simpan sebagai XLSX.",
        "This file is neither CSV nor XLSX. Open it in a spreadsheet program and save it as XLSX.",
    ),
    Code.WAGE_FILE_TOO_LARGE: Sentence(
        "Berkas lebih besar dari {megabytes} MB. Kirim hanya kolom NIK, Nama, dan Upah, atau bagi per divisi.",
        "The file is larger than {megabytes} MB. Send only the columns NIK, Nama and Upah, or one division at a time.",
    ),
    Code.WAGE_FILE_UNREADABLE: Sentence(
        "Berkas rusak atau terkunci sandi. Buka, simpan ulang tanpa sandi, lalu unggah lagi.",
        "The file is damaged or locked by a password. Open it, save it without one, and upload it again.",
    ),
    Code.WAGE_FILE_NOT_UTF8: Sentence(
        "Berkas CSV ini bukan UTF-8, jadi huruf dalam nama tidak dapat dipercaya. Simpan ulang sebagai CSV UTF-8 atau XLSX.",
        "This CSV is not UTF-8, so letters in names cannot be trusted. Save it again as CSV UTF-8 or XLSX.",
    ),
    Code.WAGE_COLUMNS_MISSING: Sentence(
        "Kolom {missing} tidak ada pada baris judul. Beri judul NIK, Nama, dan Upah seperti pada contoh.",
        "The column {missing} is missing in the heads. Name the columns NIK, Nama and Upah as in the sample.",
    ),
    Code.WAGE_FILE_EMPTY: Sentence(
        "Berkas tidak berisi satu pekerja pun. Isi satu baris untuk tiap pekerja di bawah judul kolom.",
        "The file holds no worker at all. Write one row a worker below the heads.",
    ),
    Code.WAGE_TOO_MANY_ROWS: Sentence(
        "Berkas lebih dari {most} baris. Bagi per divisi, lalu unggah satu per satu.",
        "The file has more than {most} rows. Divide it by division and upload one at a time.",
    ),
    Code.NIK_AS_NUMBER: Sentence(
        "NIK tertulis sebagai bilangan, dan lembar kerja membulatkan angka ke-16. "
        "Ubah kolom NIK menjadi teks dan salin lagi dari KTP.",
        "The NIK is written as a number, and spreadsheets round the 16th digit. "
        "Make the column text and copy it again from the card.",
    ),
    Code.NIK_TWICE: Sentence(
        "NIK ini sudah ada di baris {row}. Hapus salah satunya.",
        "This NIK stands in row {row} already. Remove one of the two.",
    ),
    Code.WAGE_MALFORMED: Sentence(
        "Upah harus rupiah bulat sebulan. Tulis misalnya 4500000 atau 4.500.000.",
        "A wage is whole rupiah a month. Write 4500000 or 4.500.000, for example.",
    ),
    Code.WAGE_OUT_OF_RANGE: Sentence(
        "Upah harus lebih dari 0 dan paling banyak Rp {most} sebulan. Periksa jumlah nolnya.",
        "A wage is above 0 and at most Rp {most} a month. Check the number of zeros.",
    ),
    Code.WAGE_MONTH_AHEAD: Sentence(
        "Bulan {month} belum mulai, jadi upahnya belum dapat dilaporkan. Pilih bulan ini atau sebelumnya.",
        "The month {month} has not begun, so its wages cannot be reported. Choose this month or an earlier one.",
    ),
    Code.WAGE_REPORT_FAULTY: Sentence(
        "Masih ada {faults} kesalahan, jadi tidak ada yang disimpan. Perbaiki berkasnya dan unggah lagi.",
        "There are still {faults} faults, so nothing was saved. Correct the file and upload it again.",
    ),
    Code.WAGE_REPORT_PAID: Sentence(
        "Iuran {month} sudah dibayar, jadi laporan upahnya tidak berubah lagi. Laporkan perubahan di bulan berikutnya.",
        "The contribution of {month} is paid, so its wage report changes no more. Report the change in a later month.",
    ),
    Code.FIRM_AMOUNT_WRONG: Sentence(
        "Jumlah harus Rp {contribution} (iuran saja) atau Rp {whole} (dengan denda); yang datang Rp {given}. "
        "Kembalikan uangnya dan minta dibayar tepat.",
        "The amount must be Rp {contribution} (the contribution alone) or Rp {whole} (with the fine); Rp {given} arrived. "
        "Return the money and ask for the exact amount.",
    ),
    Code.FIRM_BILL_PAID: Sentence(
        "Iuran {month} perusahaan ini sudah lunas. Kembalikan uang yang kedua kepada perusahaan.",
        "This firm's contribution of {month} is paid in full. Return the second payment to the firm.",
    ),
    Code.GROUP_EMPTY: Sentence(
        "Daftarnya kosong, jadi tidak ada yang dibayar. Tulis paling sedikit satu nomor peserta.",
        "The list is empty, so nobody is paid for. Write one member number at least.",
    ),
    Code.GROUP_TOO_LARGE: Sentence(
        "Satu kode kelompok paling banyak {most} peserta. Bagi daftarnya menjadi beberapa kode.",
        "A group code holds {most} members at the most. Divide the list into several codes.",
    ),
    Code.GROUP_HAS_PROBLEMS: Sentence(
        "{many} baris tidak dapat dibayar sekarang. Perbaiki atau buang baris itu, lalu kirim lagi.",
        "{many} rows cannot be paid for now. Correct or drop those rows and send the list again.",
    ),
}


class Refused(Exception):
    """The rules say no. ``field`` names the input that the sentence is about; ``also`` what else was wrong at once."""

    def __init__(self, code: Code, /, *, field: str = "", **facts: object) -> None:
        super().__init__(code.value)
        self.code, self.field, self.facts = code, field, facts
        self.also: tuple[Refused, ...] = ()

    def sentence(self, language: str = "id") -> str:
        """What people read; days, months and large figures are written in their way."""
        template = SENTENCES[self.code]
        facts = {name: written.fact(value, language) for name, value in self.facts.items()}
        return (template.en if language.startswith("en") else template.id).format(**facts)


class NotFound(Exception):
    """No such thing, or not for this actor: the answer is the same."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class Misuse(Exception):
    """A door or a machine called a verb in a way no person could: a second use of an id, a field of the wrong type."""
