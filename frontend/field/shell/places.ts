/** Which screen stands at which address, and the places of the bottom bar. A room of screens adds its lines here. */
import type { ComponentType } from "preact";
import { words } from "../i18n/words";
import type { IconName } from "../parts/icons";
import { later } from "../parts/later";
import { Leave, More, Settings } from "../screens/more";
import { Outbox } from "../screens/outbox";
import { Today } from "../screens/today";

export interface Route {
  /** Parts like `:id` are given to the screen as properties of that name. */
  readonly path: string;
  // biome-ignore lint/suspicious/noExplicitAny: each screen names the parts that its own path has.
  readonly screen: ComponentType<any>;
}

const WORDS = words(
  { today: "Hari ini", refer: "Daftarkan", members: "Peserta", pay: "Insentif", more: "Lainnya" },
  { today: "Today", refer: "Refer", members: "Members", pay: "Pay", more: "More" },
);

const referring = () => import("../screens/refer");
const members = () => import("../screens/members");
const pay = () => import("../screens/pay");
const explaining = () => import("../screens/explain");
const attending = () => import("../screens/attend");

export const ROUTES: readonly Route[] = [
  { path: "/", screen: Today },
  { path: "/daftarkan", screen: later(async () => (await referring()).ReferHome) },
  { path: "/daftarkan/:draft/:step", screen: later(async () => (await referring()).ReferStep) },
  { path: "/perbaiki/:command", screen: later(async () => (await referring()).MendRefused) },
  { path: "/pendaftaran/:id", screen: later(async () => (await referring()).RegistrationScreen) },
  { path: "/slip/:registration", screen: later(async () => (await referring()).SlipScreen) },
  { path: "/peserta", screen: later(async () => (await members()).Members) },
  { path: "/peserta/:id", screen: later(async () => (await members()).MemberScreen) },
  { path: "/peserta/:id/ubah", screen: later(async () => (await members()).ContactScreen) },
  { path: "/insentif", screen: later(async () => (await pay()).PayMonths) },
  { path: "/insentif/hitung", screen: later(async () => (await pay()).PayCalculator) },
  { path: "/insentif/:period", screen: later(async () => (await pay()).PayStatement) },
  { path: "/insentif/:period/:line", screen: later(async () => (await pay()).PayLine) },
  { path: "/jelaskan", screen: later(async () => (await explaining()).Explain) },
  { path: "/jelaskan/hitung", screen: later(async () => (await explaining()).BenefitCalculator) },
  { path: "/jelaskan/:programme", screen: later(async () => (await explaining()).ExplainProgramme) },
  { path: "/hadir", screen: later(async () => (await attending()).Events) },
  { path: "/hadir/perbaiki/:command", screen: later(async () => (await attending()).MendEvent) },
  { path: "/hadir/:draft", screen: later(async () => (await attending()).EventForm) },
  { path: "/hadir/:draft/:person", screen: later(async () => (await attending()).AttendeeForm) },
  { path: "/kotak-keluar", screen: Outbox },
  { path: "/lainnya", screen: More },
  { path: "/pengaturan", screen: Settings },
  { path: "/keluar", screen: Leave },
];

export interface Place {
  readonly path: string;
  readonly icon: IconName;
  readonly label: () => string;
}

export const PLACES: readonly Place[] = [
  { path: "/", icon: "home", label: () => WORDS().today },
  { path: "/daftarkan", icon: "add-user", label: () => WORDS().refer },
  { path: "/peserta", icon: "users", label: () => WORDS().members },
  { path: "/insentif", icon: "coin", label: () => WORDS().pay },
  { path: "/lainnya", icon: "menu", label: () => WORDS().more },
];
