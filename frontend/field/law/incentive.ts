/** What an agent and its Wadah earn for one month: the two formulas of `incentives/rules.py`, chosen by date. */
import type { LineKind, Programme, Reason, Segment } from "../../generated/choices";
import { shareDown } from "./money";
import { firstDay, type Month } from "./period";
import { Refused } from "./refused";
import { NotInForce, type Rate, rate, rateBracket, whole, words } from "./rulebook";

export interface NewMember {
  readonly programmes: readonly Programme[];
  readonly firstTimeBpu: boolean;
  readonly segment?: Segment;
}

/** A contribution received. `managedMonth` counts from 1; `firmMonth` is what the whole firm pays, for small firms. */
export interface PaidMonth {
  readonly amount: number;
  readonly managedMonth: number;
  readonly segment?: Segment;
  readonly firmMonth?: number;
}

/** `amount` is what the formula gives; `agent` and `wadah` are what each is paid, in rupiah. */
export interface Line {
  readonly kind: LineKind;
  readonly amount: number;
  readonly agent: number;
  readonly wadah: number;
  readonly counted: boolean;
  readonly reason: Reason;
}

export interface Incentive {
  readonly regime: string;
  readonly acquisition: number;
  readonly contribution: number;
  readonly agent: number;
  readonly wadah: number;
  readonly countedMembers: number;
  readonly threshold: number;
  readonly lines: readonly Line[];
}

const SMALL_FIRMS: readonly Segment[] = ["pu_micro", "pu_small"];

/** Throws Refused month_before_law before the agents' scheme began. */
export function incentiveOf(
  month: Month,
  members: readonly NewMember[],
  paid: readonly PaidMonth[],
): Incentive {
  const regime = regimeOf(month);
  return (regime === "regime_2017" ? of2017 : of2022)(firstDay(month), members, paid);
}

/** How many new members of a month bring the acquisition incentive. */
export const thresholdOf = (month: Month): number =>
  whole(`incentive.${regimeOf(month)}.threshold`, firstDay(month)).value;

/** Throws Refused month_before_law. */
export function regimeOf(month: Month): "regime_2017" | "regime_2022" {
  try {
    const [name] = words("incentive.regime", firstDay(month)).value;
    return name === "regime_2017" ? name : "regime_2022";
  } catch (error) {
    if (error instanceof NotInForce)
      throw new Refused("month_before_law", "period", { month, first: "2017-01" });
    throw error;
  }
}

/** A flat sum from the threshold, a share of receipts; the Wadah has its part of every line. */
function of2017(day: string, members: readonly NewMember[], paid: readonly PaidMonth[]): Incentive {
  const officeShare = rate("incentive.regime_2017.wadah_share", day).value;
  const receipts = rate("incentive.regime_2017.contribution_rate", day).value;
  const threshold = whole("incentive.regime_2017.threshold", day).value;
  const line = (kind: LineKind, amount: number, reason: Reason): Line => {
    const wadah = shareDown(amount, officeShare);
    const counted = reason === "counted" || reason === "threshold_reached";
    return { kind, amount, agent: amount - wadah, wadah, counted, reason };
  };
  const joined = members.map(({ segment = "bpu" }) =>
    line("acquisition", 0, segment === "bpu" || segment === "pu_micro" ? "counted" : "segment_not_covered"),
  );
  const counted = joined.filter((each) => each.counted).length;
  const flat =
    counted >= threshold
      ? line("acquisition", whole("incentive.regime_2017.acquisition", day).value, "threshold_reached")
      : line("acquisition", 0, "below_threshold");
  const received = paid.map((each) => {
    const reason = coveredIn2017(each, day);
    return line("contribution", reason === "counted" ? shareDown(each.amount, receipts) : 0, reason);
  });
  return summed("regime_2017", [...joined, flat, ...received], counted, threshold);
}

/** A sum for each new member from the threshold, shares of receipts by managed month; the Wadah's part is on top. */
function of2022(day: string, members: readonly NewMember[], paid: readonly PaidMonth[]): Incentive {
  const onTop = rate("incentive.regime_2022.wadah_rate", day).value;
  const threshold = whole("incentive.regime_2022.threshold", day).value;
  const withJht = whole("incentive.regime_2022.acquisition_with_jht", day).value;
  const withoutJht = whole("incentive.regime_2022.acquisition_without_jht", day).value;
  const line = (kind: LineKind, amount: number, counted: boolean, reason: Reason): Line => ({
    kind,
    amount,
    agent: amount,
    wadah: shareDown(amount, onTop),
    counted,
    reason,
  });
  const reasons = members.map(newIn2022);
  const counted = reasons.filter((reason) => reason === "counted").length;
  const joined = members.map((member, place) => {
    const reason = reasons[place] ?? "counted";
    if (reason !== "counted") return line("acquisition", 0, false, reason);
    if (counted < threshold) return line("acquisition", 0, true, "below_threshold");
    return line("acquisition", member.programmes.includes("jht") ? withJht : withoutJht, true, reason);
  });
  const received = paid.map((each) => {
    const [used, reason] = rateIn2022(each, day);
    return line("contribution", shareDown(each.amount, used), reason === "counted", reason);
  });
  return summed("regime_2022", [...joined, ...received], counted, threshold);
}

function coveredIn2017({ segment = "bpu", firmMonth = 0 }: PaidMonth, day: string): Reason {
  if (segment === "bpu") return "counted";
  if (!SMALL_FIRMS.includes(segment)) return "segment_not_covered";
  return firmMonth <= whole("incentive.regime_2017.firm_month_at_most", day).value
    ? "counted"
    : "firm_pays_too_much";
}

function newIn2022({ programmes, firstTimeBpu, segment = "bpu" }: NewMember): Reason {
  if (segment !== "bpu") return "segment_not_covered";
  if (!(programmes.includes("jkk") && programmes.includes("jkm"))) return "programmes_not_covered";
  return firstTimeBpu ? "counted" : "nik_known_before";
}

/** Small firms keep the old share while the old scope runs out; then the rate is nought. */
function rateIn2022(
  { segment = "bpu", managedMonth, firmMonth = 0 }: PaidMonth,
  day: string,
): [Rate, Reason] {
  const nothing: Rate = [0, 1];
  if (SMALL_FIRMS.includes(segment)) {
    const used = rate("incentive.regime_2022.pu_contribution_rate", day).value;
    if (used[0] && firmMonth > whole("incentive.regime_2017.firm_month_at_most", day).value) {
      return [nothing, "firm_pays_too_much"];
    }
    return [used, used[0] ? "counted" : "segment_not_covered"];
  }
  if (segment !== "bpu") return [nothing, "segment_not_covered"];
  const used = rateBracket("incentive.regime_2022.contribution_rate", day, managedMonth).amount.value;
  return [used, used[0] ? "counted" : "back_to_branch"];
}

function summed(
  regime: string,
  lines: readonly Line[],
  countedMembers: number,
  threshold: number,
): Incentive {
  const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);
  return {
    regime,
    acquisition: sum(lines.filter((line) => line.kind === "acquisition").map((line) => line.amount)),
    contribution: sum(lines.filter((line) => line.kind === "contribution").map((line) => line.amount)),
    agent: sum(lines.map((line) => line.agent)),
    wadah: sum(lines.map((line) => line.wadah)),
    countedMembers,
    threshold,
    lines,
  };
}
