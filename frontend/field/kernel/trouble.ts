/** What can be wrong with the phone itself. Each has its own screen: nothing fails in silence. */
import { signal } from "@preact/signals";

export type Trouble = "no_store" | "insecure" | "full" | "clock";

/** The trouble that must be read now, or null. */
export const trouble = signal<Trouble | null>(null);

/** A day in milliseconds. */
const DAY = 86_400_000;

/**
 * Whether the phone's clock cannot be right: before this version was built, or more than a day before the last contact
 * by the office's clock.
 * Hours of difference are found at the next contact; this is for a clock that stands years away after the battery died.
 */
export const clockIsWrong = (now: Date, built_on: string, last_contact: Date | null): boolean =>
  now.getTime() < Date.parse(built_on) - DAY ||
  (last_contact !== null && now.getTime() < last_contact.getTime() - DAY);

/** What the browser says when the phone is full; Dexie puts it inside its own error. */
export function isFull(error: unknown): boolean {
  const seen = error as { name?: string; inner?: { name?: string }; message?: string } | null;
  return seen?.name === "QuotaExceededError" || seen?.inner?.name === "QuotaExceededError";
}
