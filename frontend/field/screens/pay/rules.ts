/** The figures of the law that decide a line of pay, as they stood in its month: what the office computed with. */
import { regimeOf } from "../../law/incentive";
import { firstDay } from "../../law/period";
import { rate, rateBracket, whole } from "../../law/rulebook";
import type { LineRow } from "../../wire/shapes";
import type { Named } from "../law";

type Line = Pick<LineRow, "period" | "line_kind" | "rate">;

export function rulesOf({ period, line_kind, rate: used }: Line): Named[] {
  const day = firstDay(period.slice(0, 7));
  const wholes = (...names: Parameters<typeof whole>[0][]) =>
    names.map((rule) => ({ rule, ...whole(rule, day) }));
  const rates = (...names: Parameters<typeof rate>[0][]) =>
    names.map((rule) => ({ rule, ...rate(rule, day) }));
  if (regimeOf(period.slice(0, 7)) === "regime_2017") {
    return line_kind === "acquisition"
      ? [
          ...wholes("incentive.regime_2017.threshold", "incentive.regime_2017.acquisition"),
          ...rates("incentive.regime_2017.wadah_share"),
        ]
      : rates("incentive.regime_2017.contribution_rate", "incentive.regime_2017.wadah_share");
  }
  if (line_kind === "acquisition") {
    return wholes(
      "incentive.regime_2022.threshold",
      "incentive.regime_2022.acquisition_with_jht",
      "incentive.regime_2022.acquisition_without_jht",
    );
  }
  const rule = "incentive.regime_2022.contribution_rate";
  // The ledger tells the share, not the managed month: any month of the bracket with that share will do.
  const bracket = [1, 25, 61]
    .map((managed) => rateBracket(rule, day, managed).amount)
    .find(({ value: [numerator, denominator] }) => Number(used ?? 0) * denominator === numerator);
  return bracket ? [{ rule, ...bracket }] : [];
}
