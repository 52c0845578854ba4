/** What a month of protection costs, when it is due, when it lapses: `contributions/rules.py` to the rupiah. */
import type { Funding, Programme, Sector } from "../../generated/choices";
import { MOST_IDR, share } from "./money";
import { firstDay, type Month, monthOf, monthsUntil, plus, run } from "./period";
import { Refused } from "./refused";
import { type Rate, rate, type Value, whole, wholeBracket, words } from "./rulebook";

/** One figure of the rulebook that went into an amount. */
export interface Cited extends Value<number | Rate> {
  readonly rule: string;
}

/** One month of a member without an employer. `base` is the bracket's base, not the income. All in rupiah. */
export interface Contribution {
  readonly jkk: number;
  readonly jkm: number;
  readonly jht: number;
  readonly total: number;
  readonly base: number;
  readonly rules: readonly Cited[];
}

/** Who pays for what. `paidThrough` is the last month paid without gap, null when not known. */
export interface Circumstances {
  readonly income: number;
  readonly programmes: readonly Programme[];
  readonly sector: Sector;
  readonly fundedBy?: Funding;
  readonly paidThrough?: Month | null;
}

export interface CodeAmount {
  readonly months: readonly { readonly month: Month; readonly contribution: Contribution }[];
  readonly total: number;
}

const FIRST_MONTH = "2015-07";
const MINIMUM: readonly Programme[] = ["jkk", "jkm"];

/** Throws Refused: income_out_of_range, programmes_incomplete, month_before_law. */
export function contributionOf(who: Circumstances, month: Month): Contribution {
  if (!(Number.isSafeInteger(who.income) && who.income > 0 && who.income <= MOST_IDR)) {
    throw new Refused("income_out_of_range", "income_idr");
  }
  const missing = MINIMUM.filter((programme) => !who.programmes.includes(programme));
  if (missing.length > 0) {
    throw new Refused("programmes_incomplete", "programmes", { missing: missing.join(", ").toUpperCase() });
  }
  const day = firstDay(inForce(month));
  const { note, rules } = notes();
  const bracket = wholeBracket("bpu.base", day, who.income);
  note("bpu.base.income_from", bracket.threshold);
  const base = note("bpu.base", bracket.amount);
  const jkkRate = note("bpu.jkk_rate", rate("bpu.jkk_rate", day));
  const jkmFull = note("bpu.jkm", whole("bpu.jkm", day));
  const jht = who.programmes.includes("jht")
    ? share(base, note("bpu.jht_rate", rate("bpu.jht_rate", day)))
    : 0;
  const keeps = reliefs(who, day).map(([name, kept]) => note(name, kept));
  const jkk = share(base, jkkRate, ...keeps);
  const jkm = share(jkmFull, ...keeps);
  return { jkk, jkm, jht, total: jkk + jkm + jht, base, rules };
}

/** The sum of `months` months from `first`, each at its own month's law. Throws what `contributionOf` throws. */
export function codeAmount(who: Circumstances, first: Month, months: number): CodeAmount {
  const most = whole("service.most_months_at_once", firstDay(inForce(first))).value;
  if (!(months >= 1 && months <= most)) throw new Refused("months_out_of_range", "months", { months, most });
  const priced = run(first, months).map((month) => ({ month, contribution: contributionOf(who, month) }));
  return { months: priced, total: priced.reduce((sum, { contribution }) => sum + contribution.total, 0) };
}

/** The day of the month itself by which it is to be paid. */
export const dueOn = (month: Month): string =>
  `${month}-${String(whole("service.bpu_due_day", firstDay(inForce(month))).value).padStart(2, "0")}`;

/** The first month without protection after `lastPaid`. */
export const lapseStarts = (lastPaid: Month): Month =>
  plus(lastPaid, whole("service.months_to_lapse", firstDay(inForce(lastPaid))).value + 1);

/** Whole months that went by unpaid after `lastPaid`, up to the month before today's; oldest first. */
export const missedMonths = (lastPaid: Month, today: string): Month[] =>
  run(plus(lastPaid, 1), monthsUntil(lastPaid, monthOf(today)) - 1);

export const isLapsed = (lastPaid: Month, today: string): boolean => monthOf(today) >= lapseStarts(lastPaid);

function inForce(month: Month): Month {
  if (month < FIRST_MONTH) throw new Refused("month_before_law", "month", { month, first: FIRST_MONTH });
  return month;
}

/** The reliefs that lower JKK and JKM on this day: PP 49/2020 for who had paid, PP 50/2025 by sector and payer. */
function reliefs(who: Circumstances, day: string): [string, Value<Rate>][] {
  const found: [string, Value<Rate>][] = [];
  const pandemic = rate("discounts.pp_49_2020.keeps", day);
  if (lowers(pandemic) && who.paidThrough) {
    const [needed = ""] = words("discounts.pp_49_2020.paid_through", day).value;
    if (who.paidThrough >= needed) found.push(["discounts.pp_49_2020.keeps", pandemic]);
  }
  const name = `discounts.pp_50_2025.${who.sector}` as const;
  const relief = rate(name, day);
  if (lowers(relief)) {
    const excluded = words("discounts.pp_50_2025.not_funded_by", day).value;
    if (!excluded.includes(who.fundedBy ?? "self")) found.push([name, relief]);
  }
  return found;
}

const lowers = ({ value: [numerator, denominator] }: Value<Rate>): boolean => numerator !== denominator;

/** Keeps a note of each figure that is read. */
function notes() {
  const rules: Cited[] = [];
  const note = <T extends number | Rate>(rule: string, value: Value<T>): T => {
    rules.push({ rule, ...value });
    return value.value;
  };
  return { note, rules };
}
