/** Whole rupiah only, rounded here and by named rule (`kernel/money.py`); a rate is a fraction of integers. */
import type { Rate } from "./rulebook";

/** No single amount in this trade comes near ten trillion rupiah; more is a slip of the finger. */
export const MOST_IDR = 10 ** 13;

/** `rate` of `amount`, half a rupiah up: contributions. */
export function share(amount: number, ...rates: readonly Rate[]): number {
  const [top, bottom] = product(amount, rates);
  return Number((top * 2n + bottom) / (bottom * 2n));
}

/** `rate` of `amount`, the broken rupiah dropped: incentives. */
export function shareDown(amount: number, rate: Rate): number {
  const [top, bottom] = product(amount, [rate]);
  return Number(top / bottom);
}

function product(amount: number, rates: readonly Rate[]): [bigint, bigint] {
  return rates.reduce<[bigint, bigint]>(
    ([top, bottom], [numerator, denominator]) => [top * BigInt(numerator), bottom * BigInt(denominator)],
    [BigInt(amount), 1n],
  );
}
