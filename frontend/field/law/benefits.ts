/** What protection pays, by the law of a day, in rupiah: `claims/rules.py`. Figures and their doubts: the rulebook. */
import { share } from "./money";
import { NotInForce, rate, whole, words } from "./rulebook";

/** Death of any cause: the sum at once, the months that are paid at once, and the funeral. */
export interface DeathBenefit {
  readonly lump: number;
  readonly periodic: number;
  readonly funeral: number;
  readonly total: number;
}

export function deathBenefit(day: string): DeathBenefit {
  const lump = whole("benefits.jkm_lump", day).value;
  const periodic =
    whole("benefits.jkm_periodic_month", day).value * whole("benefits.jkm_periodic_months", day).value;
  const funeral = whole("benefits.funeral", day).value;
  return { lump, periodic, funeral, total: lump + periodic + funeral };
}

/** Death by work accident, for a contribution base: months of it, not less than a sum of JKM; months and funeral beside. */
export function accidentDeathBenefit(base: number, day: string): DeathBenefit {
  const { periodic, funeral } = deathBenefit(day);
  const months = whole("benefits.jkk_death_months", day).value;
  const [floor] = words("benefits.jkk_death_floor", day).value;
  const least = whole(`benefits.${floor}` as "benefits.jkm_lump", day).value;
  const lump = Math.max(share(base * months, rate("benefits.jkk_death_rate", day).value), least);
  return { lump, periodic, funeral, total: lump + periodic + funeral };
}

const SCHOOLS = ["kindergarten_primary", "junior_secondary", "senior_secondary", "higher"] as const;

export interface Scholarship {
  readonly perChild: number;
  readonly children: number;
  readonly total: number;
  readonly paidYears: number;
}

/** At most, for children at the start of kindergarten: by the year, or the sum of before 2019. */
export function scholarship(day: string): Scholarship {
  const perChild = known("benefits.scholarship.once", day) ?? byTheYear(day);
  const children = whole("benefits.scholarship.children", day).value;
  const paidYears = whole("benefits.scholarship.paid_years", day).value;
  return { perChild, children, total: perChild * children, paidYears };
}

const byTheYear = (day: string): number =>
  SCHOOLS.map(
    (school) =>
      whole(`benefits.scholarship.${school}_year`, day).value *
      whole(`benefits.scholarship.${school}_years`, day).value,
  ).reduce((sum, years) => sum + years, 0);

function known(name: Parameters<typeof whole>[0], day: string): number | null {
  try {
    return whole(name, day).value;
  } catch (error) {
    if (error instanceof NotInForce) return null;
    throw error;
  }
}
