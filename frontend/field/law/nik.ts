/**
 * NIK: sixteen digits given once in a life (`kernel/nik.py`). Its birth digits are a hint for a person to read, never a
 * rule: they are not corrected when a birth date is.
 */
import { isDay } from "./period";
import { Refused } from "./refused";

export interface NikHints {
  readonly woman: boolean;
  /** Null where the digits make no date in the century nearest to today. */
  readonly bornOn: string | null;
}

/** Sixteen digits, blanks and dots forgiven. Throws Refused: nik_malformed, nik_zeros. */
export function parseNik(typed: string): string {
  const digits = typed.trim().replaceAll(/[ .]/g, "");
  if (!/^\d{16}$/.test(digits)) throw new Refused("nik_malformed", "nik", { digits: digitsIn(digits) });
  if (/^0+$/.test(digits)) throw new Refused("nik_zeros", "nik");
  return digits;
}

/** How many digits stand in what was typed so far. */
export const digitsIn = (typed: string): number => typed.replaceAll(/\D/g, "").length;

export function hints(nik: string, today: string): NikHints {
  const day = Number(nik.slice(6, 8));
  const woman = day > 40;
  const rest = `-${nik.slice(8, 10)}-${String(woman ? day - 40 : day).padStart(2, "0")}`;
  const century = Math.floor(Number(today.slice(0, 4)) / 100);
  const guesses = [century, century - 1].map((hundred) => `${hundred}${nik.slice(10, 12)}${rest}`);
  return { woman, bornOn: guesses.find((guess) => isDay(guess) && guess <= today) ?? null };
}

/** What the card says otherwise than the digits. */
export function differences(nik: string, card: { bornOn: string; woman: boolean }): ("born_on" | "sex")[] {
  const day = Number(nik.slice(6, 8));
  const woman = day > 40;
  const digits = `${nik.slice(10, 12)}-${nik.slice(8, 10)}-${String(woman ? day - 40 : day).padStart(2, "0")}`;
  const found: ("born_on" | "sex")[] = [];
  if (card.bornOn.slice(2) !== digits) found.push("born_on");
  if (card.woman !== woman) found.push("sex");
  return found;
}

/** `130608******0001`: place and serial stay, the birth date goes. */
export const maskNik = (nik: string): string => `${nik.slice(0, 6)}******${nik.slice(12)}`;
