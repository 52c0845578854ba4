/** The law in force on a day, as the server's rulebook has it (`rulebook/book.py`); a day is `2026-11-24`. */
import {
  type Bracket,
  type Confidence,
  type Dated,
  RATE,
  RATE_SCALES,
  type Rate,
  WHOLE,
  WHOLE_SCALES,
  WORDS,
} from "../../generated/rulebook";

export type { Confidence, Rate };

export interface Value<T> {
  readonly value: T;
  readonly since: string;
  readonly reference: string;
  readonly confidence: Confidence;
}

export interface Rung<T> {
  readonly threshold: Value<number>;
  readonly amount: Value<T>;
}

export class NotInForce extends Error {}

/** A count, an age or an amount of rupiah. Throws NotInForce before its first day. */
export const whole = (name: keyof typeof WHOLE, day: string): Value<number> => onDay(WHOLE[name], day, name);

/** A fraction of integers: `[1, 100]` is one per cent. Throws NotInForce. */
export const rate = (name: keyof typeof RATE, day: string): Value<Rate> => onDay(RATE[name], day, name);

/** Words, days or months as they are written. Throws NotInForce. */
export const words = (name: keyof typeof WORDS, day: string): Value<readonly string[]> =>
  onDay(WORDS[name], day, name);

/** The brackets in force, lowest first. */
export const wholeScale = (name: keyof typeof WHOLE_SCALES, day: string): Rung<number>[] =>
  ladder(WHOLE_SCALES[name], day);

/** The bracket that holds `amount`. Throws NotInForce. */
export const wholeBracket = (name: keyof typeof WHOLE_SCALES, day: string, amount: number): Rung<number> =>
  holding(wholeScale(name, day), amount, name);

/** As `wholeBracket`, for a scale of fractions. */
export const rateBracket = (name: keyof typeof RATE_SCALES, day: string, amount: number): Rung<Rate> =>
  holding(ladder(RATE_SCALES[name], day), amount, name);

function find<T>(values: readonly Dated<T>[], day: string): Value<T> | null {
  const held = values.filter(([since]) => since <= day).at(-1);
  if (!held || held[1] === null) return null;
  return { since: held[0], value: held[1], reference: held[2], confidence: held[3] };
}

function onDay<T>(values: readonly Dated<T>[], day: string, name: string): Value<T> {
  const found = find(values, day);
  if (!found) throw new NotInForce(`${name} has no value on ${day}`);
  return found;
}

function ladder<T>(brackets: readonly Bracket<T>[], day: string): Rung<T>[] {
  return brackets.flatMap(([low, high]) => {
    const threshold = find(low, day);
    const amount = find(high, day);
    return threshold && amount ? [{ threshold, amount }] : [];
  });
}

function holding<T>(rungs: readonly Rung<T>[], amount: number, name: string): Rung<T> {
  const found = rungs.filter((rung) => rung.threshold.value <= amount).at(-1);
  if (!found) throw new NotInForce(`${name} has no bracket for ${amount}`);
  return found;
}
