// Written by `make generate` from the server's rules; do not edit.

export const REFUSALS = {
  nik_malformed: [
    "NIK harus 16 angka; yang tertulis {digits} angka. Salin lagi dari KTP.",
    "A NIK has 16 digits; this one has {digits}. Copy it again from the identity card.",
  ],
  nik_zeros: [
    "NIK tidak boleh nol semua. Salin dari KTP; bila belum punya KTP, hubungi Dukcapil.",
    "A NIK cannot be all zeros. Copy it from the identity card; without one, ask the civil registry.",
  ],
  kk_malformed: [
    "Nomor KK harus 16 angka; yang tertulis {digits} angka. Salin lagi dari Kartu Keluarga.",
    "A family card number has 16 digits; this one has {digits}. Copy it again from the family card.",
  ],
  village_unknown: [
    "Kode desa {region} tidak ada. Periksa lagi kodenya, atau cari desa dengan namanya.",
    "There is no village with the code {region}. Check the code, or search for the village by its name.",
  ],
  name_missing: [
    "Nama belum terbaca. Tulis nama seperti di KTP, paling sedikit satu huruf.",
    "The name cannot be read. Write it as on the identity card, with at least one letter.",
  ],
  name_too_long: [
    "Nama terlalu panjang; paling banyak {most} huruf. Singkat gelar atau nama tengah.",
    "The name is too long; at most {most} characters. Shorten titles or middle names.",
  ],
  address_missing: [
    "Alamat belum diisi. Tulis alamat seperti di KTP.",
    "The address is missing. Write it as on the identity card.",
  ],
  address_too_long: [
    "Alamat terlalu panjang; paling banyak {most} huruf.",
    "The address is too long; at most {most} characters.",
  ],
  phone_malformed: [
    "Nomor HP tidak dikenal. Tulis seperti 0812 3456 7890.",
    "The phone number is not recognised. Write it like 0812 3456 7890.",
  ],
  born_in_future: [
    "Tanggal lahir ada di masa depan. Periksa tahunnya di KTP.",
    "The birth date lies in the future. Check the year on the identity card.",
  ],
  too_young: [
    "Usianya {age} tahun; pendaftaran mulai {least} tahun. Daftarkan setelah cukup usia.",
    "The worker is {age}; registration starts at {least}. Register the worker once old enough.",
  ],
  too_old: [
    "Usianya {age} tahun; pendaftaran hanya di bawah {below} tahun. Jelaskan kepada pekerjanya.",
    "The worker is {age}; registration is possible only below {below}. Explain this to the worker.",
  ],
  choice_unknown: [
    "Pilihan ini tidak ada. Pilih salah satu dari daftar.",
    "There is no such choice. Pick one from the list.",
  ],
  package_unknown: [
    "Pilih JKK dan JKM, atau JKK, JKM, dan JHT. Paket lain tidak ada untuk BPU.",
    "Choose JKK and JKM, or JKK, JKM and JHT. There is no other package for BPU.",
  ],
  income_out_of_range: [
    "Penghasilan harus lebih dari 0 dan masuk akal. Tulis rupiah bulat per bulan, tanpa angka di belakang koma.",
    "The income must be above 0 and plausible. Write whole rupiah a month, without decimals.",
  ],
  consent_missing: [
    "Persetujuan pekerja belum ada. Bacakan penjelasannya dan minta persetujuannya.",
    "The worker's consent is missing. Read the explanation out and ask for it.",
  ],
  attestation_missing: [
    "Tulis apa pekerjaan orang ini dan bagaimana Anda tahu, paling sedikit satu kalimat.",
    "Write what work this person does and how you know, at least one sentence.",
  ],
  attestation_too_long: [
    "Keterangan kerja terlalu panjang; paling banyak {most} huruf.",
    "The statement about the work is too long; at most {most} characters.",
  ],
  agent_not_active: [
    "Anda bukan Perisai aktif pada hari itu, jadi belum boleh merujuk. Hubungi kantor cabang.",
    "You are not an active Perisai on that day, so you may not refer. Contact the branch.",
  ],
  agent_without_certificate: [
    "Sertifikat Pelatihan Perisai Anda tidak berlaku pada hari itu. Ikuti pelatihan dan tes lagi lewat kantor cabang.",
    "Your training certificate is not valid on that day. Take the training and the test again through the branch.",
  ],
  agent_without_surat_tugas: [
    "Surat Tugas Anda tidak berlaku pada hari itu. Minta yang baru dari Wadah.",
    "Your Surat Tugas is not valid on that day. Ask your Wadah for a new one.",
  ],
  agent_without_pks: [
    "PKS Wadah Anda dengan kantor cabang tidak berlaku pada hari itu. Hubungi Wadah.",
    "Your Wadah's PKS with the branch is not valid on that day. Contact your Wadah.",
  ],
  programmes_incomplete: [
    "Paket terkecil peserta bukan penerima upah adalah JKK dan JKM; {missing} belum dipilih. Tambahkan dahulu.",
    "The smallest package for members without an employer is JKK and JKM; {missing} is not chosen. Add it first.",
  ],
  programme_not_offered: [
    "{programme} tidak tersedia untuk bukan penerima upah. Pilih dari JKK, JKM, dan JHT.",
    "{programme} is not offered to members without an employer. Choose from JKK, JKM and JHT.",
  ],
  months_out_of_range: [
    "Satu kode bayar berlaku untuk 1 sampai {most} bulan, bukan {months}. Pilih jumlah bulan lain.",
    "One payment code covers 1 to {most} months, not {months}. Choose another number of months.",
  ],
  month_before_law: [
    "Untuk {month} belum ada aturan; yang pertama berlaku {first}. Pilih {first} atau sesudahnya.",
    "There is no rule for {month}; the first one is in force from {first}. Choose {first} or later.",
  ],
} as const;

export type RefusalCode = keyof typeof REFUSALS;
