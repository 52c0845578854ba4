/** What programmes, work and states are called on every screen; a word that is missing in one language does not compile. */
import type { Doubt, MemberState, Occupation, Programme } from "../../generated/choices";
import type { RegistrationState } from "../../generated/transitions";
import { words } from "../i18n/words";
import type { IconName } from "../parts/icons";
import type { Tone } from "../parts/parts";

export const OCCUPATIONS = words<Record<Occupation, string>>(
  {
    farmer: "Petani",
    fisher: "Nelayan",
    livestock: "Peternak",
    trader: "Pedagang",
    craft: "Perajin",
    builder: "Tukang bangunan",
    domestic: "Pekerja rumah tangga",
    service: "Jasa",
    ojek: "Pengemudi ojek",
    driver: "Sopir",
    courier: "Kurir",
    other: "Lainnya",
  },
  {
    farmer: "Farmer",
    fisher: "Fisher",
    livestock: "Livestock keeper",
    trader: "Trader",
    craft: "Craftsperson",
    builder: "Builder",
    domestic: "Domestic worker",
    service: "Services",
    ojek: "Motorcycle taxi rider",
    driver: "Driver",
    courier: "Courier",
    other: "Other",
  },
);

export const PROGRAMMES = words<Record<Programme, string>>(
  { jkk: "Kecelakaan kerja (JKK)", jkm: "Kematian (JKM)", jht: "Hari tua (JHT)" },
  { jkk: "Work accident (JKK)", jkm: "Death (JKM)", jht: "Old age (JHT)" },
);

export const REGISTRATION_STATES = words<Record<RegistrationState, string>>(
  {
    submitted: "Masuk",
    in_review: "Dalam verifikasi",
    returned: "Dikembalikan",
    rejected: "Ditolak",
    approved: "Disetujui, menunggu iuran",
    completed: "Selesai",
  },
  {
    submitted: "Received",
    in_review: "In review",
    returned: "Returned",
    rejected: "Rejected",
    approved: "Approved, waits for the contribution",
    completed: "Completed",
  },
);

export const REGISTRATION_TONES: Readonly<Record<RegistrationState, readonly [Tone, IconName]>> = {
  submitted: ["info", "send"],
  in_review: ["info", "search"],
  returned: ["soon", "back"],
  rejected: ["bad", "cross"],
  approved: ["soon", "hourglass"],
  completed: ["good", "check"],
};

export const MEMBER_STATES = words<Record<MemberState, string>>(
  { active: "Aktif", inactive: "Tidak aktif", deceased: "Meninggal" },
  { active: "Active", inactive: "Inactive", deceased: "Deceased" },
);

export const DOUBTS = words<Record<Doubt, string>>(
  {
    nik_referred_twice: "NIK ini juga dirujuk oleh pendaftaran lain.",
    nik_already_member: "NIK ini sudah menjadi peserta.",
    outside_territory: "Tempat tinggalnya di luar wilayah kantor cabang Anda.",
  },
  {
    nik_referred_twice: "Another registration refers this NIK, too.",
    nik_already_member: "This NIK is a member already.",
    outside_territory: "The home lies outside the territory of your branch.",
  },
);

/** The word for a name from the wire; one that this version does not know shows itself, so that no screen is lost. */
export const wordFor = (known: Readonly<Record<string, string>>, name: string): string =>
  Object.hasOwn(known, name) ? (known[name] ?? name) : name.replaceAll("_", " ");
