/** Figures and dates as people write them: `Rp 16.800`, `30 Okt 2017`, `2 hari lalu`. */
import { type Language, language } from "./words";

const LOCALE: Record<Language, string> = { id: "id-ID", en: "en-GB" };

const made = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat | Intl.RelativeTimeFormat>();

/** Making a formatter is slow on a phone, so each is made once. */
function once<T extends Intl.DateTimeFormat | Intl.NumberFormat | Intl.RelativeTimeFormat>(
  name: string,
  make: (locale: string) => T,
): T {
  const key = `${language.value}:${name}`;
  if (!made.has(key)) made.set(key, make(LOCALE[language.value]));
  return made.get(key) as T;
}

export const count = (number: number): string =>
  once("count", (locale) => new Intl.NumberFormat(locale)).format(number);

export const rupiah = (amount_idr: number): string => `Rp ${count(amount_idr)}`;

const dated = (name: string, options: Intl.DateTimeFormatOptions, at: Date): string =>
  once(name, (locale) => new Intl.DateTimeFormat(locale, options)).format(at);

/** `2026-11-24` as `24 Nov 2026`. */
export const day = (written: string): string =>
  dated(
    "day",
    { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" },
    new Date(`${written}T00:00:00Z`),
  );

/** `2026-11` or a day of it as `Nov 2026`. */
export const month = (written: string): string =>
  dated(
    "month",
    { month: "short", year: "numeric", timeZone: "UTC" },
    new Date(`${written.slice(0, 7)}-01T00:00:00Z`),
  );

/** An instant in the phone's own zone: `24 Nov 2026 08.15`. */
export const instant = (at: Date): string =>
  dated(
    "instant",
    { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" },
    at,
  );

const STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/** How long ago, in the largest whole step: `baru saja`, `5 menit yang lalu`, `2 hari yang lalu`. */
export function ago(at: Date, now: Date = new Date()): string {
  const seconds = Math.max(0, (now.getTime() - at.getTime()) / 1000);
  const [unit, size] = STEPS.find(([, length]) => seconds >= length) ?? ["second", 1];
  const format = once("ago", (locale) => new Intl.RelativeTimeFormat(locale, { numeric: "auto" }));
  return unit === "second" ? format.format(0, "second") : format.format(-Math.floor(seconds / size), unit);
}
