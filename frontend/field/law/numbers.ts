/** Check digits of paper numbers and telephone numbers, read as the server reads them. */
import { PHONE_SHAPES } from "../../generated/choices";

/** ISO 7064 MOD 11,10 (`kernel/ids.py`). */
export function checkDigit(digits: string): string {
  const carry = [...digits].reduce((before, digit) => (((before + Number(digit)) % 10 || 10) * 2) % 11, 10);
  return String((11 - carry) % 10);
}

/** Whether the last digit fits the ones before it. */
export const isChecked = (number: string): boolean =>
  /^\d{2,}$/.test(number) && checkDigit(number.slice(0, -1)) === number.at(-1);

/** `+6281234567890` for an Indonesian number as typed; null for what is none. Of others only the length is known. */
export function readPhone(typed: string): string | null {
  const digits = typed.replaceAll(/\D/g, "");
  const abroad = typed.trim().startsWith("+") && !digits.startsWith("62");
  if (abroad) return /^[1-9]\d{7,14}$/.test(digits) ? `+${digits}` : null;
  const candidates = typed.trim().startsWith("+") ? [] : [digits];
  if (digits.startsWith("62")) candidates.push(digits.slice(2));
  const national = candidates.map((each) => each.replace(/^0/, "")).find(isIndonesian);
  return national === undefined ? null : `+62${national}`;
}

const isIndonesian = (national: string): boolean =>
  PHONE_SHAPES.some(
    ([lengths, digits]) => lengths.includes(national.length) && new RegExp(`^(?:${digits})$`).test(national),
  );
