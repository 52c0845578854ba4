/** Whom to visit before protection ends: computed on the phone, by the law of the phone's own day. */
import { SECTOR_OF } from "../../generated/choices";
import { daysBetween } from "../kernel/days";
import { contributionOf, lapseStarts } from "../law/contribution";
import { firstDay, monthOf } from "../law/period";
import type { MemberRow } from "../wire/shapes";

/** Days ahead that Today looks. */
export const AHEAD = 7;

export interface Visit {
  readonly member: MemberRow;
  /** Days until the first day without protection. */
  readonly days: number;
  /** One month's contribution: what keeps the member protected. */
  readonly month_idr: number;
}

/** Active members whose protection ends within a week; the most rupiah first, then the fewest days. */
export function visits(members: readonly MemberRow[], today: string): Visit[] {
  return members
    .flatMap((member) => {
      if (member.state !== "active" || !member.paid_until) return [];
      const days = daysBetween(today, firstDay(lapseStarts(monthOf(member.paid_until))));
      return days >= 0 && days <= AHEAD ? [{ member, days, month_idr: monthly(member, today) }] : [];
    })
    .sort((one, other) => other.month_idr - one.month_idr || one.days - other.days);
}

/** The generated names are the wire's: what a newer office sends beyond them counts as "other". */
function monthly({ income_idr, programmes, occupation }: MemberRow, today: string): number {
  const sector = SECTOR_OF[occupation as keyof typeof SECTOR_OF] ?? "other";
  const known = programmes.filter((each) => each === "jkk" || each === "jkm" || each === "jht");
  return contributionOf({ income: income_idr, programmes: known, sector }, monthOf(today)).total;
}
