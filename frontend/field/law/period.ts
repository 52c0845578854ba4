/** A contribution month, written `2026-11`: the same text as on the wire, so months compare as texts do. */
export type Month = string;

export const monthOf = (day: string): Month => day.slice(0, 7);

export const firstDay = (month: Month): string => `${month}-01`;

export function plus(month: Month, months: number): Month {
  const count = ordinal(month) + months;
  const year = Math.floor(count / 12);
  return `${String(year).padStart(4, "0")}-${String(count - year * 12 + 1).padStart(2, "0")}`;
}

/** How many months `other` lies after `month`; negative when before. */
export const monthsUntil = (month: Month, other: Month): number => ordinal(other) - ordinal(month);

/** `first` and the months after it, `months` in all. */
export const run = (first: Month, months: number): Month[] =>
  Array.from({ length: Math.max(months, 0) }, (_, step) => plus(first, step));

const ordinal = (month: Month): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;

/** Whether the calendar has this day: `2026-02-30` is none. */
export function isDay(text: string): boolean {
  const read = new Date(`${text}T00:00:00Z`);
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(read.getTime()) && read.toISOString().startsWith(text)
  );
}

/** Full years lived on `day`. */
export function ageOn(bornOn: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(bornOn.slice(0, 4));
  return day.slice(5) < bornOn.slice(5) ? years - 1 : years;
}
